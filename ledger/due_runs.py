"""Which run does a council's schedule ask for now, and how is each begun once and done in order?"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from domain.dates import EARLIEST, day_in_london
from domain.schedule import Period, due, periods
from ledger.council import Council
from ledger.resuming import Clock
from ledger.schedule import RunKind
from ledger.scheduled_notices import ScheduledNotices
from ledger.scheduled_posting import ScheduledPosting
from ledger.scheduled_statements import ScheduledStatements
from ledger.store.run_claims import Claim, Claimed


class ScheduledRuns(Protocol):
    """A council's runs of one kind, as its schedule asks for them."""

    def begin(self, claim: Claim) -> UUID:
        """The run of a period: begun together with its claim, or the one that was."""

    def is_finished(self, run_id: UUID) -> bool:
        """Whether nothing of the run is left to do. Once it is so it stays so."""

    def work(self, run_id: UUID, clock: Clock) -> None:
        """Do what is left of the run, which may be cut off anywhere; raises StoreUnavailable."""

    def in_words(self, run_id: UUID) -> str:
        """What came of the run, in one line."""


Kinds = Mapping[RunKind, Callable[[Council], ScheduledRuns]]
KINDS: Kinds = {
    "posting": ScheduledPosting,
    "statements": ScheduledStatements,
    "notices": ScheduledNotices,
}
"""Every kind of run that a schedule can ask for. Of each, every period that was missed is done, in order."""


class DueRuns:
    """What one council's schedule asks for."""

    def __init__(self, council: Council, kinds: Kinds = KINDS) -> None:
        self._council = council
        self._kinds = {run: kind(council) for run, kind in kinds.items()}
        self._finished = set[UUID]()

    def do(self, clock: Clock) -> Iterator[str]:
        """Do whatever is due, first what somebody left unfinished; a line for each run. Raises StoreUnavailable."""
        for run, kind in self._kinds.items():
            while run_id := self._next(run, clock()):
                kind.work(run_id, clock)
                yield kind.in_words(run_id)

    def _next(self, run: RunKind, now: datetime) -> UUID | None:
        """The run to work at: that of the last period, until it is finished, and only then that of the next."""
        last = self._council.run_claims.last(run)
        if last and not self._is_finished(run, last.run_id):
            return last.run_id
        for period in due(self._council.schedule.of(run), _after(last), day_in_london(now)):
            number = last.number + 1 if last else 1
            return self._kinds[run].begin(Claim(self._council.run_claims, run, number, period, now))
        return None

    def _is_finished(self, run: RunKind, run_id: UUID) -> bool:
        """Looked up until it is so: to count a run's accounts at every turn would be much for nothing."""
        if run_id not in self._finished and self._kinds[run].is_finished(run_id):
            self._finished.add(run_id)
        return run_id in self._finished


def next_period(council: Council, run: RunKind, known_at: datetime | None = None) -> Period | None:
    """The period that is begun next, due from the day after its last, as known now or at a moment."""
    schedule = council.schedule.known_at(known_at) if known_at else council.schedule
    return next(periods(schedule.of(run), _after(council.run_claims.last(run, known_at))), None)


def _after(last: Claimed | None) -> date:
    """The first day that is in no period yet."""
    return last.period.ending_before if last else EARLIEST
