"""/v1/care-accounts: open an account, read it, find it."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from pydantic import Field, SerializeAsAny

from api.kit.endpoint import Answer, Call, Write, get, post
from api.kit.problems import invalid_field
from api.kit.recording import Recorded, Weighed, recorded
from api.v1.person import shown_people
from api.v1.shared import AsKnown, Basis, Paged, Place, account_known, basis, cursor, place_of
from domain.account.commands import OpenAccount
from domain.account.decisions import open_account
from domain.account.facts import BreakRecorded, BudgetSet, Fact, FinancialAssessmentImported, NeedsAssessed
from domain.account.figures import CapProgress, Figures
from domain.account.in_force import entry_on
from domain.account.progress import cap_progress
from domain.account.state import CareAccount, Entry
from domain.dates import Day, day_in_london
from domain.terms import Terms
from ledger.application import AccountExists, NoSuchAccount
from ledger.reference import NoReference, new_reference, read_reference
from ledger.vault.people import Search
from ledger.vault.person import Person, Text


class OpenCareAccount(Terms):
    """A person, and the day from which the council keeps a care account for them."""

    person: Person
    opened_on: Day


class Opened(Recorded):
    """What was recorded, and the reference to use in letters and on the telephone."""

    reference: str


class EntryInForce(Terms):
    """A fact in force, under the entry that holds it."""

    entry_id: UUID
    version: int
    data: SerializeAsAny[Fact]


class InForce(Figures):
    """What is in force on the day, kind by kind."""

    needs_assessment: EntryInForce | None
    budget: EntryInForce | None
    financial_assessment: EntryInForce | None
    break_: EntryInForce | None = Field(alias="break")


class Account(Terms):
    """An account as it stands today, or stood as it was known."""

    account_id: UUID
    reference: str
    version: int
    status: Literal["open", "closed", "transferred"]
    opened_on: Day
    person: Person | None
    in_force: InForce
    cap_progress: CapProgress
    basis: Basis


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

    reference: Text | None = None


@post("/v1/care-accounts", "open_account", OpenCareAccount, {201: Opened, 200: Weighed})
def open_care_account(call: Call[OpenCareAccount, Write]) -> Answer:
    """Open a care account for a person.

    The council keeps one account for each local_id: a second is refused with `/problems/account-exists`.
    """
    command = OpenAccount(reference=new_reference(), opened_on=call.body.opened_on)
    if call.query.dry_run:
        return _weigh_opening(call, command)
    outcome = call.council.ledger.open(
        call.body.person, command, by=call.identity.caller, now=call.now, request=call.as_request
    )
    return recorded(outcome, Opened, reference=outcome.account.opened.reference)


@get("/v1/care-accounts/{account_id}", "read_account", Account, AsKnown)
def read_care_account(call: Call[Any, AsKnown]) -> Answer:
    """Read an account: what is in force today, and how far it has come."""
    account, today, scheme = account_known(call), day_in_london(call.now), call.council.scheme
    found = Account(
        account_id=account.id,
        reference=account.opened.reference,
        version=account.version,
        status="closed" if account.closed else "open",
        opened_on=account.opened.opened_on,
        person=shown_people(call.council, [account.id], call.identity).get(account.id),
        in_force=_in_force(account, today),
        cap_progress=cap_progress(account, scheme, today),
        basis=basis(scheme),
    )
    return Answer(found, version=account.version)


@post("/v1/care-accounts/search", "read_council", AccountSearch, {200: FoundAccounts}, query=Paged, records=False)
def search_care_accounts(call: Call[AccountSearch, Paged]) -> Answer:
    """Find accounts by who they are kept for; personal values stand in the body, never in an address."""
    if not any(call.body.model_dump().values()):
        raise invalid_field("", "Say what to look for: give at least one of the fields.")
    found, start = _search(call), place_of(call).offset
    page = found[start : start + call.query.limit]
    people = shown_people(call.council, page, call.identity)
    references = call.council.ledger.recorder.references(page)
    items = tuple(FoundAccount(account_id=i, reference=references[i], person=people.get(i)) for i in page)
    more = start + len(page) < len(found)
    return Answer(FoundAccounts(items=items, next=cursor(Place(offset=start + len(page))) if more else None))


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


def _weigh_opening(call: Call[OpenCareAccount, Write], command: OpenAccount) -> Answer:
    if call.council.people.find(Search(local_id=call.body.person.local_id)):
        raise AccountExists(AccountExists.__doc__)
    (opened,) = open_account(command)
    entry = Entry(UUID(int=0), 1, opened, call.now, call.identity.sub, call.identity.role)
    after = cap_progress(CareAccount((entry,)), call.council.scheme, day_in_london(call.now))
    return Answer(Weighed(account_id=None, version=0, dry_run=True, before=None, after=after))


def _in_force(account: CareAccount, day: date) -> InForce:
    def shown(kind: type[Fact]) -> EntryInForce | None:
        entry = entry_on(account, kind, day)
        return EntryInForce(entry_id=entry.id, version=entry.version, data=entry.fact) if entry else None

    return InForce(
        needs_assessment=shown(NeedsAssessed),
        budget=shown(BudgetSet),
        financial_assessment=shown(FinancialAssessmentImported),
        break_=shown(BreakRecorded),
    )
