"""Who vouches for a caller: a council's own issuer in production, an embedded one for development and tests."""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from api.settings import Settings

ALGORITHM = "ES256"
ALGORITHMS_OF_OTHERS = ["ES256", "RS256", "PS256"]
"""What an external issuer may sign with: public keys only, so that nobody signs with a key meant for checking."""
API = "careledger"
SIGN_IN = "careledger sign-in"
DEVELOPMENT = "careledger development issuer"


class NotVouchedFor(Exception):
    """The token was not signed by the issuer this installation trusts, or it has expired. Ask for a new one."""


class NoDevelopmentIssuer(Exception):
    """In production the council's own issuer signs people and machines in; the development issuer is off."""


class Issuer:
    """Checks what the trusted issuer signed, and in development signs it too."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._name = settings.issuer or DEVELOPMENT
        self._signed = lru_cache(maxsize=1024)(self._claims_signed)  # a token comes with every request of its caller

    def token(self, *, audience: str, sub: str, council: str, role: str, lasts: timedelta, **more: str) -> str:
        """A signed token of the development issuer; raises NoDevelopmentIssuer in production."""
        now = _wall_clock()
        claims = {
            "iss": self._name,
            "aud": audience,
            "sub": sub,
            "council": council,
            "roles": [role],
            "iat": int(now.timestamp()),
            "exp": int((now + lasts).timestamp()),
            **more,
        }
        return self.signed(claims)

    def signed(self, claims: dict[str, Any]) -> str:
        """Claims under the development issuer's signature; raises NoDevelopmentIssuer in production."""
        return jwt.encode({"alg": ALGORITHM, "kid": self._own_key.kid}, claims, self._own_key, algorithms=[ALGORITHM])

    @property
    def public_keys(self) -> KeySet:
        """The keys by which the development issuer's signature is checked; raises NoDevelopmentIssuer in production."""
        return KeySet([self._own_key])

    def key_file(self, name: str) -> Path:
        """A file with a private key of this installation's own, for its development."""
        file = self._settings.home / f"{name}.json"
        _key_in(file)
        return file

    def claims(self, token: str, *, audience: str) -> Mapping[str, Any]:
        """What a valid token says; raises NotVouchedFor. Algorithm, issuer and audience are pinned."""
        now = int(_wall_clock().timestamp())
        rules = jwt.JWTClaimsRegistry(
            now=now,
            iss={"essential": True, "value": self._name},
            aud={"essential": True, "value": audience},
            sub={"essential": True},
            exp={"essential": True},
        )
        try:
            found = self._signed(token)
            rules.validate(found)
        except (JoseError, ValueError, KeyError, TypeError) as fault:
            raise NotVouchedFor(NotVouchedFor.__doc__) from fault
        return found

    def _claims_signed(self, token: str) -> dict[str, Any]:
        """What stands under a signature of the issuer's. For how long and for what it is good is not looked at here."""
        return jwt.decode(token, self._keys, algorithms=self._algorithms).claims

    @cached_property
    def _keys(self) -> KeySet:
        if self._settings.issuer_keys:
            return KeySet.import_key_set(json.loads(self._settings.issuer_keys.read_text("utf-8")))
        return KeySet([self._own_key])

    @property
    def _algorithms(self) -> list[str]:
        return ALGORITHMS_OF_OTHERS if self._settings.issuer_keys else [ALGORITHM]

    @cached_property
    def _own_key(self) -> ECKey:
        if self._settings.mode == "production":
            raise NoDevelopmentIssuer(NoDevelopmentIssuer.__doc__)
        return _key_in(self._settings.home / "development-issuer.json")


def _wall_clock() -> datetime:
    """Who may come in is a matter of the real now, also where the ledger's clock is fixed for a demonstration:
    a token printed beside such a server would otherwise have expired for it, or never would."""
    return datetime.now(UTC)


def _key_in(file: Path) -> ECKey:
    """The key in the file, made at first use; of two first uses at once, one wins and both read what it wrote."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = ECKey.generate_key("P-256", auto_kid=True)
        draft = file.with_suffix(f".{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
            json.dump(key.as_dict(private=True), out)
        try:
            file.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return ECKey.import_key(json.loads(file.read_text("utf-8")))
