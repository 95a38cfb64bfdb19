"""/v1/care-accounts/search: find accounts by who they are kept for, or by their reference."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from api.auth import Forbidden
from api.kit.call import Answer, Call
from api.kit.endpoint import post
from api.kit.problems import invalid_field
from api.policy import SEES_PEOPLE
from api.v1.paging import Paged, Place, cursor, place_of
from api.v1.person import shown_people
from domain.terms import Terms
from ledger.outcomes import NoSuchAccount
from ledger.reference import NoReference, read_reference
from ledger.vault.people import Search
from ledger.vault.person import Person


class FoundAccount(Terms):
    """An account that a search found."""

    account_id: UUID
    reference: str
    person: Person | None


class FoundAccounts(Terms):
    """One page of what a search found."""

    items: tuple[FoundAccount, ...]
    next: str | None


class AccountSearch(Search):
    """What to look for; every part that is given has to match, a family name by its beginning."""

    reference: Annotated[str, Field(max_length=64)] | None = None


@post("/v1/care-accounts/search", "read_council", AccountSearch, {200: FoundAccounts}, query=Paged, records=False)
def search_care_accounts(call: Call[AccountSearch, Paged]) -> Answer:
    """Find accounts by who they are kept for; personal values stand in the body, never in an address."""
    if not any(call.body.model_dump().values()):
        raise invalid_field("", "Say what to look for: give at least one of the fields.")
    _require_leave_to_search(call)
    found, start = _search(call), place_of(call).offset
    page = found[start : start + call.query.limit]
    call.shows(page)
    people = shown_people(call.council, page, call.identity)
    references = call.council.ledger.references.of(page)
    items = tuple(FoundAccount(account_id=i, reference=references[i], person=people.get(i)) for i in page)
    more = start + len(page) < len(found)
    return Answer(FoundAccounts(items=items, next=cursor(Place(offset=start + len(page))) if more else None))


def _require_leave_to_search(call: Call[AccountSearch, Paged]) -> None:
    """Whoever is shown no names may not learn by asking for a name whose account it is. Raises Forbidden."""
    if call.identity.role not in SEES_PEOPLE and call.body.model_dump(exclude={"reference"}, exclude_none=True):
        raise Forbidden("Your role is shown no names: search by reference.")


def _search(call: Call[AccountSearch, Paged]) -> list[UUID]:
    wanted = Search.model_validate(call.body.model_dump(exclude={"reference"}))
    by_person = call.council.people.find(wanted) if any(wanted.model_dump().values()) else None
    if call.body.reference is None:
        return by_person or []
    try:
        named = call.council.ledger.account_of_reference(read_reference(call.body.reference))
    except NoReference as fault:
        raise invalid_field("/reference", str(fault)) from None
    except NoSuchAccount:
        return []
    return [named] if by_person is None or named in by_person else []
