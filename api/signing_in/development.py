"""Who vouches for people where no issuer has been set up? An OpenID provider of our own, for demonstrations and tests.

It answers on this machine alone, and in production not at all. It asks nobody for a password: whoever opens its page
chooses whom to be. All else is as any issuer does it: discovery, keys, PKCE, private_key_jwt, codes that work once.
"""

import base64
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.issuer import ALGORITHM, Issuer
from api.limits import Limits
from api.signing_in.providers import STAFF_ROLES, Audience, Provider, is_loopback
from ledger.council import Council

PLACE = "development-issuer"
CODES = "codes of the development issuer"
_ASSERTED = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_CODE_LASTS, _TOKEN_LASTS = timedelta(minutes=1), timedelta(minutes=5)


class AskedWrongly(Exception):
    """What was asked does not fit OpenID Connect: the first word is its name for the fault."""


class Chosen(NamedTuple):
    """Whom somebody chose to be, and for staff the role they have."""

    sub: str
    role: str | None = None


def own_provider(key: Path, host: str, council: str, audience: Audience) -> Provider | None:
    """The development issuer at this address as a provider of a council; None where it is not on this machine."""
    if not is_loopback(host):
        return None
    roles = {role: role for role in STAFF_ROLES} if audience == "staff" else {}
    return Provider(
        council=council,
        audience=audience,
        issuer=f"{host.rstrip('/')}/{PLACE}",
        client_id=f"{council}-{audience}",
        private_key_file=key,
        role_claim="roles" if roles else None,
        roles=roles,
    )


class DevelopmentIssuer:
    """The embedded issuer as it answers under one address, for one council's client."""

    def __init__(self, issuer: Issuer, limits: Limits, council: Council, provider: Provider) -> None:
        self._issuer, self._limits, self._council, self._provider = issuer, limits, council, provider

    def require_asked_rightly(self, asked: Mapping[str, str], back: str) -> None:
        """Raises AskedWrongly for a request to sign in that no issuer should follow."""
        fits = {
            "redirect_uri": asked.get("redirect_uri") == back,
            "response_type": asked.get("response_type") == "code",
            "scope": "openid" in asked.get("scope", "").split(),
            "code_challenge": len(asked.get("code_challenge", "")) == 43,
            "code_challenge_method": asked.get("code_challenge_method") == "S256",
            "state": bool(asked.get("state")),
            "nonce": bool(asked.get("nonce")),
        }
        if wrong := [name for name, right in fits.items() if not right]:
            raise AskedWrongly(f"invalid_request: {', '.join(wrong)}")

    def sends_back(self, asked: Mapping[str, str], chosen: Chosen | None) -> str:
        """Where the browser goes with a code for whom somebody chose to be, or with word that they chose nobody."""
        if chosen is None:
            answer = {"error": "access_denied"}
        else:
            kept = {name: asked[name] for name in ("redirect_uri", "nonce", "code_challenge")}
            answer = {"code": self._signed(CODES, _CODE_LASTS, **chosen._asdict(), **kept)}
        more = {"state": asked["state"], "iss": self._provider.issuer}
        return f"{asked['redirect_uri']}?{urlencode(answer | more)}"

    def token(self, sent: Mapping[str, str], token_endpoint: str) -> dict[str, object]:
        """The tokens for a code, once, to whoever proves to be the client that it was given to; raises AskedWrongly."""
        self._require_client(sent, token_endpoint)
        code = self._code(sent.get("code", ""))
        challenge = base64.urlsafe_b64encode(sha256(sent.get("code_verifier", "").encode()).digest()).decode()
        if code["redirect_uri"] != sent.get("redirect_uri") or code["code_challenge"] != challenge.rstrip("="):
            raise AskedWrongly("invalid_grant: the code was given to another browser")
        roles = {"roles": [code["role"]]} if code["role"] else {}
        said = {"sub": code["sub"], "nonce": code["nonce"], "sid": secrets.token_hex(16), **roles}
        return {
            "access_token": secrets.token_urlsafe(32),
            "token_type": "Bearer",
            "expires_in": int(_TOKEN_LASTS.total_seconds()),
            "id_token": self._signed(self._provider.client_id, _TOKEN_LASTS, **said),
        }

    def _code(self, text: str) -> Mapping[str, Any]:
        code = self._read(text, self._issuer.public_keys, CODES, "invalid_grant: no code of ours, or too old")
        self._require_once(code["jti"], "invalid_grant: the code was used before")
        return code

    def _require_client(self, sent: Mapping[str, str], token_endpoint: str) -> None:
        if sent.get("grant_type") != "authorization_code" or sent.get("client_assertion_type") != _ASSERTED:
            raise AskedWrongly("invalid_request: a code and private_key_jwt are taken, nothing else")
        keys, why = KeySet([self._provider.key]), "invalid_client: the assertion is not the client's"
        said = self._read(sent.get("client_assertion", ""), keys, token_endpoint, why)
        if not said.get("iss") == said.get("sub") == self._provider.client_id:
            raise AskedWrongly(why)
        self._require_once(str(said.get("jti")), "invalid_client: the assertion was used before")

    def _require_once(self, jti: str, why: str) -> None:
        """What is used once is counted where every process sees it."""
        midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        if self._council.attempts.count(CODES, self._limits.digest(CODES, jti), midnight) > 1:
            raise AskedWrongly(why)

    def _signed(self, audience: str, lasts: timedelta, **said: Any) -> str:
        now = int(datetime.now(UTC).timestamp())
        more = {"iss": self._provider.issuer, "aud": audience, "iat": now, "exp": now + int(lasts.total_seconds())}
        return self._issuer.signed({**said, **more, "jti": secrets.token_hex(16)})

    def _read(self, token: str, keys: KeySet, audience: str, why: str) -> Mapping[str, Any]:
        rules = jwt.JWTClaimsRegistry(
            now=int(datetime.now(UTC).timestamp()),
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            jti={"essential": True},
        )
        try:
            claims = jwt.decode(token, keys, algorithms=[ALGORITHM]).claims
            rules.validate(claims)
        except (JoseError, ValueError, KeyError, TypeError) as fault:
            raise AskedWrongly(why) from fault
        return claims
