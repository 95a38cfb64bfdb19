"""Whose account is it? For the pages of a person, always their own."""

from uuid import UUID

from api.auth import Forbidden
from api.pages.page import Visit
from domain.account.state import CareAccount
from ledger.vault.person import Person


def own_account(visit: Visit) -> CareAccount:
    """The account of whoever is signed in; raises Forbidden for staff, who have none of their own."""
    visit.identity.require("read_account", own_id(visit))
    return visit.council.ledger.account(own_id(visit))


def own_id(visit: Visit) -> UUID:
    """Which account that is."""
    if visit.identity.account is None:
        raise Forbidden(Forbidden.__doc__)
    return visit.identity.account


def own_person(visit: Visit) -> Person | None:
    """Who they are."""
    return visit.council.people.of([own_id(visit)]).get(own_id(visit))
