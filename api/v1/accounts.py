"""/v1/care-accounts: open an account, and read it."""

from typing import Any, Literal
from uuid import UUID

from api.kit.basis import Basis, basis
from api.kit.call import Answer, Call, Write
from api.kit.endpoint import get, post
from api.kit.problems import ApiError
from api.kit.recording import Recorded, Weighed, recorded
from api.v1.in_force import BalanceCarriedIn, InForce, carried_in, closed_on, in_force
from api.v1.person import shown_people
from api.v1.shared import OnDay, account_known, known_at, on_day
from domain.account.commands import OpenAccount
from domain.account.decisions import open_account
from domain.account.figures import CapProgress
from domain.account.progress import cap_progress
from domain.account.state import CareAccount, Entry
from domain.dates import Day, Instant, day_in_london
from domain.terms import Terms
from ledger.outcomes import AccountExists
from ledger.reference import new_reference
from ledger.vault.people import Search
from ledger.vault.person import Person


class OpenCareAccount(Terms):
    """A person, and the day from which the council keeps a care account for them."""

    person: Person
    opened_on: Day


class Opened(Recorded):
    """What was recorded, and the reference to use in letters and on the telephone."""

    reference: str


class Account(Terms):
    """An account as it stands on a day, as known at a moment. It is closed from its last day on."""

    account_id: UUID
    reference: str
    version: int
    on: Day
    known_at: Instant
    status: Literal["open", "closed", "transferred"]
    opened_on: Day
    person: Person | None
    opening: BalanceCarriedIn | None
    in_force: InForce
    cap_progress: CapProgress
    basis: Basis


@post("/v1/care-accounts", "open_account", OpenCareAccount, {201: Opened, 200: Weighed})
def open_care_account(call: Call[OpenCareAccount, Write]) -> Answer:
    """Open a care account for a person.

    The council keeps one account for each local_id: a second is refused with `/problems/account-exists`.
    """
    command = OpenAccount(reference=new_reference(), opened_on=call.body.opened_on)
    if "If-Match" in call.request.headers:
        raise ApiError(412, "stale", "There is no account yet whose version could match: leave If-Match out.")
    if call.query.dry_run:
        return _weigh_opening(call, command)
    outcome = call.council.ledger.open(
        call.body.person, command, by=call.identity.caller, now=call.now, request=call.as_request
    )
    call.shows([outcome.account.id])
    return recorded(outcome, Opened, reference=outcome.account.opened.reference)


@get("/v1/care-accounts/{account_id}", "read_account", Account, OnDay)
def read_care_account(call: Call[Any, OnDay]) -> Answer:
    """Read an account: what is in force on a day, and how far it has come."""
    account, day, scheme = account_known(call), on_day(call), call.schemes.known_at(known_at(call)).adopted
    found = Account(
        account_id=account.id,
        reference=account.opened.reference,
        version=account.version,
        on=day,
        known_at=known_at(call),
        status="closed" if closed_on(account, day) else "open",
        opened_on=account.opened.opened_on,
        person=shown_people(call.council, [account.id], call.identity).get(account.id),
        opening=carried_in(account, day),
        in_force=in_force(account, day),
        cap_progress=cap_progress(account, scheme, day),
        basis=basis(scheme),
    )
    return Answer(found, version=account.version)


def _weigh_opening(call: Call[OpenCareAccount, Write], command: OpenAccount) -> Answer:
    if call.council.people.find(Search(local_id=call.body.person.local_id)):
        raise AccountExists(AccountExists.__doc__)
    (opened,) = open_account(command)
    entry = Entry(UUID(int=0), 1, opened, call.now, call.identity.sub, call.identity.role)
    scheme = call.council.scheme
    after = cap_progress(CareAccount((entry,)), scheme, day_in_london(call.now))
    return Answer(Weighed(account_id=None, version=0, dry_run=True, before=None, after=after, basis=basis(scheme)))
