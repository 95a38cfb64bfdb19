"""What has each account of a reassessment, or of taking one back, to be asked?"""

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from uuid import UUID

from domain.account.reassessing import Occasion
from domain.account.state import CareAccount
from domain.dates import day_in_london
from domain.schemes import Scheme
from ledger.council import Council
from ledger.reassessment import Came, reassessment, reversal
from ledger.reassessment_run import ReassessmentRun, Wanted
from ledger.store.reassessment_runs import ReassessmentRows

Ask = Callable[[CareAccount], Came]
"""What comes of an account, as it stands."""
Asking = Callable[[Collection[UUID]], Iterator[tuple[UUID, Ask]]]
"""For some accounts, what to ask of each."""


def anew(council: Council, wanted: Wanted, since: datetime) -> Asking:
    """To be assessed anew, on the day of a moment, by the amounts known at it, so that a run that is gone on with goes
    by the same ones throughout. Dates of birth come from the vault, and stay in memory.
    """
    amounts = council.amounts_at(since)
    scheme, occasion = council.scheme, Occasion(wanted.on, day_in_london(since), amounts, wanted.rises)

    def asking(accounts: Collection[UUID]) -> Iterator[tuple[UUID, Ask]]:
        people = council.people.of(accounts)
        for account_id in accounts:
            person = people.get(account_id)
            yield account_id, _reassessed(person.date_of_birth if person else None, occasion, scheme, wanted.every)

    return asking


def back(council: Council, reversed_run: UUID) -> Asking:
    """To let the assessment before the one that a run recorded hold again."""
    scheme, rows = council.scheme, ReassessmentRows(council.app, council.names)

    def asking(accounts: Collection[UUID]) -> Iterator[tuple[UUID, Ask]]:
        for account_id, version in rows.versions(reversed_run, accounts).items():
            yield account_id, _taken_back(version, scheme)

    return asking


def asking_of(council: Council, run: ReassessmentRun) -> Asking:
    """What a run asks of its accounts."""
    return back(council, run.reverses) if run.reverses else anew(council, run.wanted, run.started_at)


def _reassessed(born: date | None, occasion: Occasion, scheme: Scheme, every: bool) -> Ask:
    return lambda account: reassessment(account, born, occasion, scheme, every)


def _taken_back(version: int, scheme: Scheme) -> Ask:
    return lambda account: reversal(account, version, scheme)
