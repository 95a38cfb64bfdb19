"""What the environment says about this installation."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BeforeValidator, Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.delivery.keys import services_in
from api.limits import Limit, LimitOrOff
from api.signing_in.providers import is_loopback, read_providers
from domain.dates import Instant


def _instant(value: object) -> object:
    """A bare day stands for its noon, so that a demonstration can be set to a day."""
    return f"{value}T12:00:00Z" if isinstance(value, str) and len(value) == 10 else value


def _is_key_set(file: Path) -> bool:
    """Whether bearer tokens can be checked at all: better told at the start than with the first request."""
    try:
        return bool(KeySet.import_key_set(json.loads(file.read_text("utf-8"))).keys)
    except (OSError, ValueError, KeyError, TypeError, JoseError):
        return False


def _words(value: object) -> object:
    return value.split() if isinstance(value, str) else value


Site = Annotated[str, Field(pattern=r"^(https://[a-z0-9-]+(\.[a-z0-9-]+)+|http://127\.0\.0\.1)(:[0-9]{1,5})?$")]
"""The origin of a site: its scheme and name, without a path. Without HTTPS only one on this machine."""


class Settings(BaseSettings):
    """Each is an environment variable that begins with CARELEDGER_."""

    model_config = SettingsConfigDict(env_prefix="CARELEDGER_", extra="ignore")

    home: Path = Path(".careledger")
    database_url: str | None = None
    mode: Literal["development", "production"] = "development"
    clock: Annotated[Instant | None, BeforeValidator(_instant)] = None
    store_timeout: float = Field(default=30.0, gt=0, description="seconds PostgreSQL may work on one statement")
    client_timeout: float = Field(default=20.0, gt=0, description="seconds a client may take to send or take a piece")
    proxies: int = Field(default=0, ge=0, description="reverse proxies in front, whose X-Forwarded-* are believed")
    embedded_in: Annotated[tuple[Site, ...], NoDecode, BeforeValidator(_words)] = Field(
        default=(), description="sites that may show the pages inside their own, such as https://www.example.gov.uk"
    )
    notify: Path | None = Field(default=None, description="a JSON file with each council's key of GOV.UK Notify")
    notify_url: str = Field(default="https://api.notifications.service.gov.uk", description="where Notify is asked")
    issuer: str | None = Field(default=None, description="the `iss` of bearer tokens; production needs one")
    issuer_keys: Path | None = Field(default=None, description="a JSON Web Key Set file with the issuer's public keys")
    sign_in: Path | None = Field(default=None, description="a file of the issuers that vouch for staff and citizens")
    limit_sign_in: LimitOrOff = Field(default=Limit(30, 900), description="tries of one address to sign in")
    limit_estimates: LimitOrOff = Field(default=Limit(20, 3600), description="estimates that one address may send")
    limit_calls: LimitOrOff = Field(default=None, description="calls of one bearer; each that is counted is a commit")

    @field_validator("notify")
    @classmethod
    def _with_services(cls, file: Path | None) -> Path | None:
        services_in(file)  # raises ValueError
        return file

    @field_validator("sign_in")
    @classmethod
    def _readable(cls, file: Path | None) -> Path | None:
        if file:
            read_providers(file)  # raises UnreadableProviders, which is a ValueError
        return file

    @model_validator(mode="after")
    def _fit_for_production(self) -> "Settings":
        if self.mode == "production":
            if self.clock:
                raise ValueError("CARELEDGER_CLOCK fixes the clock for demonstrations; production needs the real one.")
            if not (self.issuer and self.issuer_keys):
                raise ValueError(
                    "Production needs CARELEDGER_ISSUER and CARELEDGER_ISSUER_KEYS: the development issuer lets"
                    " anybody with this folder sign in as anyone."
                )
            if not _is_key_set(self.issuer_keys):
                raise ValueError("CARELEDGER_ISSUER_KEYS has to name a JSON Web Key Set file that can be read.")
            if not self.sign_in:
                raise ValueError("Production needs CARELEDGER_SIGN_IN: without it nobody of the council can sign in.")
            if any(is_loopback(each.issuer) for each in read_providers(self.sign_in)):
                raise ValueError("CARELEDGER_SIGN_IN names an issuer on this machine, which is for development alone.")
        return self

    def now(self) -> datetime:
        """The clock of every request."""
        return self.clock or datetime.now(UTC)
