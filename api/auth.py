"""Who is calling: the claims of a bearer token or of a signed-in browser, as one identity."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from api.issuer import API, SIGN_IN, Issuer, NotVouchedFor
from api.policy import OWN_ACCOUNT_ONLY, ROLES, Role, Verb, may
from ledger.outcomes import Caller

_SUBJECT = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,255}")
"""Whoever is named here is written beside every entry, so it has to be something that can be written."""


class NotSignedIn(Exception):
    """Sign in first: send a bearer token, as `careledger token` prints one."""


class Forbidden(Exception):
    """Your role does not allow this."""


class NotYours(Exception):
    """For a caller who may see one account only, every other is as good as absent."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody known: of which council, in which role, and for a citizen the one account that is theirs."""

    sub: str
    council: str
    role: Role
    account: UUID | None = None

    @property
    def caller(self) -> Caller:
        return Caller(self.sub, self.role)

    def require(self, verb: Verb, account_id: UUID | None = None) -> None:
        """The one question of authority: raises Forbidden for the role, NotYours for the account."""
        if not may(self.role, verb):
            raise Forbidden(Forbidden.__doc__)
        if self.role in OWN_ACCOUNT_ONLY and account_id is not None and account_id != self.account:
            raise NotYours


def of_bearer(issuer: Issuer, authorization: str | None) -> Identity:
    """The identity an Authorization header proves; raises NotSignedIn, NotVouchedFor."""
    kind, _, token = (authorization or "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise NotSignedIn(NotSignedIn.__doc__)
    return of_claims(issuer.claims(token.strip(), audience=API))


def of_sign_in_link(issuer: Issuer, token: str) -> Identity:
    """The identity a development sign-in link proves; raises NotVouchedFor."""
    return of_claims(issuer.claims(token, audience=SIGN_IN))


def of_claims(claims: Mapping[str, Any]) -> Identity:
    """The identity in claims whose signature was checked; raises NotVouchedFor when they name no one role."""
    roles = claims.get("roles")
    if not isinstance(roles, list) or len(roles) != 1 or roles[0] not in ROLES:
        raise NotVouchedFor("The token has to name one role that this service knows.")
    council, account, sub = claims.get("council"), claims.get("account"), claims.get("sub")
    if not isinstance(council, str) or not isinstance(sub, str) or not _SUBJECT.fullmatch(sub):
        raise NotVouchedFor("The token has to name a council, and a subject of 1 to 255 characters on one line.")
    try:
        own = UUID(account) if account else None
    except (ValueError, AttributeError, TypeError):
        raise NotVouchedFor("The token's account is no account.") from None
    return Identity(sub, council, roles[0], own)
