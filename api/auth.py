"""Who is calling: the claims of a bearer token or of a signed-in browser, as one identity."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from api.issuer import API, SIGN_IN, Issuer, NotVouchedFor
from api.policy import OWN_ACCOUNT_ONLY, ROLES, Decision, Mandate, Role, Tie, Verb, decide
from domain.account.represented import representative
from domain.dates import ONE_DAY
from domain.words import day
from ledger.council import Council
from ledger.outcomes import Caller, NoSuchAccount

_SUBJECT = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,255}")
"""Whoever is named here is written beside every entry, so it has to be something that can be written."""


class NotSignedIn(Exception):
    """Sign in first: send a bearer token, as `careledger token` prints one."""


class Forbidden(Exception):
    """Your role does not allow this."""


class HasEnded(Forbidden):
    """A representative's permission ended. It is said when, and how to renew it, or that the person died."""

    def __init__(self, last: date, *, by_death: bool = False) -> None:
        super().__init__(_ended_by_death(last) if by_death else _ended(last))


def _ended(last: date) -> str:
    return (
        f"Your permission to see this account ended on {day(last)}. To renew it, phone or write to the council."
        " Give the reference of the account. Show the paper that lets you act, such as a power of attorney or a"
        " court order. If you help without such a paper, the person can ask us to let you see their account again."
    )


def _ended_by_death(last: date) -> str:
    return (
        f"Your permission to see this account ended on {day(last)}, when the person died. We are sorry for your loss."
        " If you deal with what they left, phone or write to the council. Give the reference of the account."
    )


class NotYours(Exception):
    """For a caller who may see one account only, every other is as good as absent."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody known: of which council, in which role, and for which account alone, where they are no officer.

    `authority` is the entry that names a representative, `mandate` what it comes to today.
    """

    sub: str
    council: str
    role: Role
    account: UUID | None = None
    authority: UUID | None = None
    mandate: Mandate | None = None

    @property
    def caller(self) -> Caller:
        return Caller(self.sub, self.role)

    @property
    def sees_care(self) -> bool:
        """Whether they are shown words of care: a representative only where the person's authority covers them."""
        return self.role != "representative" or (self.mandate is not None and "view_care" in self.mandate.permissions)


def allow(identity: Identity, verb: Verb, account_id: UUID | None, council: Council, on: date) -> Identity:
    """Somebody with what they may do to an account today, read from its facts at each request.

    Raises Forbidden for the role, NotYours for an account that is not theirs to know of, HasEnded.
    """
    tie = _tie(identity, account_id, council)
    decision = decide(identity.role, verb, tie, on)
    if decision is Decision.ABSENT:
        raise NotYours
    if decision is Decision.ENDED:
        assert isinstance(tie, Mandate)  # nothing else has an end
        assert tie.ending_before is not None
        raise HasEnded(tie.ending_before - ONE_DAY, by_death=tie.by_death)
    if decision is not Decision.ALLOWED:
        raise Forbidden(Forbidden.__doc__)
    return replace(identity, mandate=tie if isinstance(tie, Mandate) else None)


def _tie(identity: Identity, account_id: UUID | None, council: Council) -> Tie:
    """What somebody is to an account; whoever asks for none is where their role puts them."""
    if identity.role not in OWN_ACCOUNT_ONLY:
        return "of the council"
    if identity.account is None or account_id not in (None, identity.account):
        return "none"
    return "own" if identity.role == "citizen" else _mandate(identity, identity.account, council)


def _mandate(identity: Identity, account_id: UUID, council: Council) -> Tie:
    """What a representative may do for the account; nothing where no entry that counts names them."""
    try:
        found = representative(council.ledger.account(account_id), str(identity.authority))
    except NoSuchAccount:
        return "none"
    if found is None:
        return "none"
    named = found.named
    return Mandate(named.authority, named.permissions, named.effective_from, found.ending_before, found.by_death)


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
    council, sub = claims.get("council"), claims.get("sub")
    if not isinstance(council, str) or not isinstance(sub, str) or not _SUBJECT.fullmatch(sub):
        raise NotVouchedFor("The token has to name a council, and a subject of 1 to 255 characters on one line.")
    return Identity(sub, council, roles[0], _id_in(claims, "account"), _id_in(claims, "authority"))


def _id_in(claims: Mapping[str, Any], name: str) -> UUID | None:
    try:
        return UUID(claims[name]) if claims.get(name) else None
    except (ValueError, AttributeError, TypeError):
        raise NotVouchedFor(f"The token's {name} is no {name}.") from None
