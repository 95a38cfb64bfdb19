"""How does an issuer prove to us who somebody is? OpenID Connect's code flow, with every answer checked.

We prove ourselves by a signed assertion (private_key_jwt), the code is bound to this browser (PKCE, state), and the ID
token to this very sign-in (nonce). Authlib speaks to the issuer; joserfc judges what it signed.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, RSAKey
from joserfc.jws import extract_compact

from api.issuer import ALGORITHMS_OF_OTHERS
from api.signing_in.providers import Provider, trusted_address
from ledger.vault.signing_in.sessions import AtIssuer

LOGGED_OUT = "http://schemas.openid.net/event/backchannel-logout"
_PATIENCE = 10  # seconds an issuer may take to answer
_LEEWAY = 30  # seconds its clock may differ


class IssuerAway(Exception):
    """The sign-in service of your council does not answer. Try again in a few minutes."""


class NotTrusted(Exception):
    """What the sign-in service told us does not fit together, so we did not sign you in. Start again."""


class Begun(NamedTuple):
    """What this browser keeps of a sign-in that was begun, and has to bring again."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Self:
        return cls(*(secrets.token_urlsafe(48) for _ in cls._fields))


class Vouched(NamedTuple):
    """What an issuer says of somebody, its signature and every claim checked."""

    claims: Mapping[str, Any]
    at_issuer: AtIssuer


class RelyingParty:
    """Us, as one issuer knows us."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider

    def address(self, begun: Begun, back: str) -> str:
        """Where the browser goes to sign in at the issuer. Raises IssuerAway, NotTrusted."""
        address, _ = self._session(back).create_authorization_url(
            self._endpoint("authorization_endpoint"),
            state=begun.state,
            code_verifier=begun.verifier,
            nonce=begun.nonce,
            **self.provider.extra,
        )
        return str(address)

    def vouched(self, begun: Begun, code: str, back: str) -> Vouched:
        """Whom the issuer says a code stands for. Raises IssuerAway, NotTrusted."""
        endpoint = self._endpoint("token_endpoint")
        try:
            answer = self._session(back).fetch_token(
                endpoint, code=code, code_verifier=begun.verifier, timeout=_PATIENCE, allow_redirects=False
            )
        except OAuthError as fault:
            raise NotTrusted(NotTrusted.__doc__) from fault
        except (requests.RequestException, ValueError) as fault:
            raise IssuerAway(IssuerAway.__doc__) from fault
        token = answer.get("id_token")
        claims = self._claims(token, nonce={"essential": True, "value": begun.nonce}, sub={"essential": True})
        return Vouched(claims, AtIssuer(self.provider.issuer, claims["sub"], claims.get("sid"), token))

    def logged_out(self, token: str) -> tuple[str | None, str | None]:
        """Of whom a logout token says that they signed out: a subject, a session of the issuer's or both.

        Raises NotTrusted, IssuerAway.
        """
        claims = self._claims(token, jti={"essential": True})
        sub, sid = claims.get("sub"), claims.get("sid")
        if LOGGED_OUT not in (claims.get("events") or {}) or "nonce" in claims or not (sub or sid):
            raise NotTrusted(NotTrusted.__doc__)
        return sub, sid

    def address_to_leave(self, id_token: str, back: str) -> str | None:
        """Where somebody signs out at the issuer too, if it has such a place. Raises IssuerAway, NotTrusted."""
        if "end_session_endpoint" not in self._metadata:
            return None
        asked = {"id_token_hint": id_token, "post_logout_redirect_uri": back, "client_id": self.provider.client_id}
        return f"{self._endpoint('end_session_endpoint')}?{urlencode(asked)}"

    def _session(self, back: str) -> OAuth2Session:
        key = self.provider.key
        session = OAuth2Session(
            self.provider.client_id,
            key,
            scope=" ".join(self.provider.scopes),
            redirect_uri=back,
            token_endpoint_auth_method="private_key_jwt",
            code_challenge_method="S256",
        )
        header = {"kid": key.kid} if key.kid else None
        alg = "RS256" if isinstance(key, RSAKey) else "ES256"
        session.register_client_auth_method(PrivateKeyJWT(self._endpoint("token_endpoint"), headers=header, alg=alg))
        return session

    @cached_property
    def _metadata(self) -> Mapping[str, Any]:
        found = self._get(f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.provider.issuer:
            raise NotTrusted(NotTrusted.__doc__)
        return found

    def _endpoint(self, name: str) -> str:
        try:
            return trusted_address(self._metadata[name])
        except (KeyError, ValueError, TypeError, AttributeError) as fault:
            raise NotTrusted(NotTrusted.__doc__) from fault

    @cached_property
    def _keys(self) -> KeySet:
        try:
            return KeySet.import_key_set(self._get(self._endpoint("jwks_uri")))  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError) as fault:
            raise NotTrusted(NotTrusted.__doc__) from fault

    def _get(self, address: str) -> dict[str, Any]:
        try:
            answer = requests.get(address, timeout=_PATIENCE, allow_redirects=False)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as fault:
            raise IssuerAway(IssuerAway.__doc__) from fault
        if not isinstance(found, dict):
            raise NotTrusted(NotTrusted.__doc__)
        return found

    def _claims(self, token: object, **more: Any) -> dict[str, Any]:
        """What a token of the issuer's says that is for us and for now. A key that is new is looked for once."""
        rules = jwt.JWTClaimsRegistry(
            now=int(datetime.now(UTC).timestamp()),
            leeway=_LEEWAY,
            iss={"essential": True, "value": self.provider.issuer},
            aud={"essential": True, "value": self.provider.client_id},
            iat={"essential": True},
            exp={"essential": True},
            **more,
        )
        try:
            claims = self._signed(str(token))
            rules.validate(claims)
        except (JoseError, ValueError, KeyError, TypeError) as fault:
            raise NotTrusted(NotTrusted.__doc__) from fault
        if claims.get("azp", self.provider.client_id) != self.provider.client_id:
            raise NotTrusted(NotTrusted.__doc__)
        return claims

    def _signed(self, token: str) -> dict[str, Any]:
        if extract_compact(token.encode()).headers().get("kid") not in {key.kid for key in self._keys.keys}:
            self.__dict__.pop("_keys", None)  # the issuer may have changed its keys since
        return jwt.decode(token, self._keys, algorithms=ALGORITHMS_OF_OTHERS).claims
