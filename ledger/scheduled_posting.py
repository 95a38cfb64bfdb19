"""How is a period posted when the schedule asks for it?"""

from uuid import UUID

from ledger.council import Council
from ledger.outcomes import Caller
from ledger.resuming import Clock
from ledger.runs import PostingRuns
from ledger.store.run_claims import Claim

BY_SCHEDULE = Caller("schedule", "machine")
"""Who is named in history where no person posted."""


class ScheduledPosting:
    """One council's posting runs, as its schedule asks for them."""

    def __init__(self, council: Council) -> None:
        self._runs = PostingRuns(council)

    def begin(self, claim: Claim) -> UUID:
        """The run of a period: begun together with its claim, or the one that was."""
        run, _ = self._runs.begin(claim.period.last, by=BY_SCHEDULE, now=claim.at, claim=claim)
        return run.run_id

    def is_finished(self, run_id: UUID) -> bool:
        """Whether each of the run's accounts has its row."""
        return self._runs.rows.standing(run_id).finished_at is not None

    def work(self, run_id: UUID, clock: Clock) -> None:
        """Post what is left of the run."""
        self._runs.work(self._runs.rows.standing(run_id).run, clock)

    def in_words(self, run_id: UUID) -> str:
        """What came of the run, counted."""
        found = self._runs.rows.standing(run_id)
        counted = f"{found.posted} posted, {found.unchanged} posted before, {found.not_posted} not posted"
        return f"posting run {found.run.number} through {found.run.through}: {found.run.accounts} accounts, {counted}"
