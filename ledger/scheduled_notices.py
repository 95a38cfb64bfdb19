"""How are people told what has come about when the schedule asks for it?"""

from uuid import UUID

from ledger.council import Council
from ledger.notice_runs import NoticeRuns
from ledger.resuming import Clock
from ledger.scheduled_posting import BY_SCHEDULE
from ledger.store.run_claims import Claim


class ScheduledNotices:
    """One council's runs of notices, as its schedule asks for them."""

    def __init__(self, council: Council) -> None:
        self._runs = NoticeRuns(council)

    def begin(self, claim: Claim) -> UUID:
        """The run of a period: begun together with its claim, or the one that was."""
        return self._runs.begin(claim.period.last, by=BY_SCHEDULE, now=claim.at, claim=claim).run_id

    def is_finished(self, run_id: UUID) -> bool:
        """Whether each of the run's accounts has its row."""
        return self._runs.rows.standing(run_id).finished

    def work(self, run_id: UUID, clock: Clock) -> None:
        """Do what is left of the run."""
        self._runs.work(self._runs.rows.standing(run_id).run, clock)

    def in_words(self, run_id: UUID) -> str:
        """What came of the run, counted."""
        found = self._runs.rows.standing(run_id)
        counts = found.counts
        counted = f"{counts['notices']} notices to {counts['told']}, {counts['not_worked_out']} not worked out"
        return f"notice run {found.run.number} to {found.run.through}: {found.run.accounts} accounts, {counted}"
