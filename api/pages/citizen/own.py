"""Whose account is it? For the pages of a person, always their own."""

from collections.abc import Mapping
from uuid import UUID

from api.auth import Forbidden
from api.care_words import as_shown
from api.pages.page import Visit
from api.policy import Decision, Verb, decide
from api.v1.person import shown_words
from domain.account.state import CareAccount
from ledger.vault.person import Person


def own_account(visit: Visit) -> CareAccount:
    """The account of whoever is signed in, as far as they are shown it; raises Forbidden for staff, who have none."""
    return as_shown(visit.council.ledger.account(own_id(visit)), visit.identity)


def own_id(visit: Visit) -> UUID:
    """Which account that is."""
    if visit.identity.account is None:
        raise Forbidden(Forbidden.__doc__)
    return visit.identity.account


def own_person(visit: Visit) -> Person | None:
    """Who they are."""
    return visit.council.people.of([own_id(visit)]).get(own_id(visit))


def own_words(visit: Visit) -> Mapping[int, Mapping[str, str]]:
    """The words kept for the entries of the account, by version and field, where they are shown them."""
    return shown_words(visit.council, own_id(visit), None, visit.identity)


def may_also(visit: Visit, verb: Verb) -> bool:
    """Whether whoever was let in may do something else to the account too, by the one policy."""
    identity = visit.identity
    return decide(identity.role, verb, identity.mandate or "own", visit.today) is Decision.ALLOWED
