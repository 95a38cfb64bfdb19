"""Which issuers vouch for whom, as the file says that CARELEDGER_SIGN_IN names?"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import yaml
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from api.policy import ROLES, Role

Audience = Literal["staff", "citizens"]
LOOPBACK = ("127.0.0.1", "localhost", "::1")
STAFF_ROLES = tuple(role for role in ROLES if role not in ("citizen", "representative", "machine"))
_OURS = {
    "client_id", "response_type", "redirect_uri", "scope", "state", "nonce", "code_challenge", "code_challenge_method"
}  # fmt: skip


class UnreadableProviders(ValueError):
    """The file that CARELEDGER_SIGN_IN names cannot be read."""


def is_loopback(address: str) -> bool:
    """Whether an address is on this very machine, as that of the development issuer is."""
    return urlsplit(address).hostname in LOOPBACK


def trusted_address(address: str) -> str:
    """An address that is asked by HTTPS, or stays on this machine; else a ValueError."""
    parts = urlsplit(address)
    if not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(address))):
        raise ValueError("write an address that begins with https://")
    return address


class Provider(BaseModel):
    """An issuer that vouches for one council's staff or citizens, and how we are known to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    council: str = Field(pattern=r"^E[0-9]{8}$")
    audience: Audience
    issuer: Annotated[str, AfterValidator(trusted_address)]
    client_id: str = Field(min_length=1)
    private_key_file: Path
    scopes: tuple[str, ...] = ("openid",)
    extra: Mapping[str, str] = {}
    subject_claim: str = "sub"
    role_claim: str | None = None
    roles: Mapping[str, Role] = {}

    @model_validator(mode="after")
    def _fits(self) -> "Provider":
        if "openid" not in self.scopes:
            raise ValueError("scopes have to hold openid")
        if taken := sorted(_OURS & self.extra.keys()):
            raise ValueError(f"extra may not hold {', '.join(taken)}: we fill these in")
        if self.audience == "citizens" and (self.role_claim or self.roles or self.subject_claim != "sub"):
            raise ValueError("citizens have no role_claim, roles or subject_claim: a letter code links each")
        if self.audience == "staff" and not (self.role_claim and self.roles):
            raise ValueError("staff need role_claim and roles: which claim gives the role, and which value which role")
        if wrong := sorted(set(self.roles.values()) - set(STAFF_ROLES)):
            raise ValueError(f"roles may not give {', '.join(wrong)} to staff")
        return self

    @property
    def key(self) -> ECKey | RSAKey:
        """The private key by which we prove who asks; raises UnreadableProviders."""
        return private_key(self.private_key_file)


def read_providers(file: Path) -> tuple[Provider, ...]:
    """What the file says; raises UnreadableProviders with the entry, the field and how to mend it."""
    try:
        found = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as fault:
        raise UnreadableProviders(f"{file} cannot be read as YAML: {type(fault).__name__}.") from None
    if not isinstance(found, list) or not found:
        raise UnreadableProviders(f"{file} has to be a list of issuers, each with its council and audience.")
    providers = tuple(_read(file, number, each) for number, each in enumerate(found, start=1))
    for provider in providers:
        _ = provider.key
        if sum((one.council, one.audience) == (provider.council, provider.audience) for one in providers) > 1:
            raise UnreadableProviders(f"{file}: {provider.council} has more than one issuer for {provider.audience}.")
    return providers


def private_key(file: Path) -> ECKey | RSAKey:
    """The private key in a file, as PEM or as a JSON Web Key: of RSA, or of the curve P-256."""
    try:
        text = file.read_text("utf-8")
        for kind in (ECKey, RSAKey):
            try:
                key = kind.import_key(json.loads(text) if text.lstrip().startswith("{") else text)
            except (JoseError, ValueError, KeyError, TypeError):
                continue
            if key.is_private and (isinstance(key, RSAKey) or key.curve_name == "P-256"):
                return key
    except (OSError, ValueError):
        pass
    raise UnreadableProviders(f"{file} holds no private key of RSA or P-256, as PEM or as a JSON Web Key.")


def _read(file: Path, number: int, given: Any) -> Provider:
    try:
        provider = Provider.model_validate(given)
    except ValidationError as fault:
        said = "; ".join(
            ".".join(map(str, error["loc"])) + (": " if error["loc"] else "") + error["msg"] for error in fault.errors()
        )
        raise UnreadableProviders(f"{file}, issuer {number}: {said.replace('Value error, ', '')}.") from None
    return provider.model_copy(update={"private_key_file": file.parent / provider.private_key_file})
