"""How are statements made when the schedule asks for them? They wait for a second person to let them go out."""

from uuid import UUID

from ledger.council import Council
from ledger.resuming import Clock
from ledger.scheduled_posting import BY_SCHEDULE
from ledger.statement_run import StatementsWanted
from ledger.statement_runs import SetOnPaper, StatementRuns, without_paper
from ledger.store.run_claims import Claim


class ScheduledStatements:
    """One council's runs of yearly statements, as its schedule asks for them."""

    def __init__(self, council: Council, set_on_paper: SetOnPaper = without_paper) -> None:
        self._runs = StatementRuns(council, set_on_paper)

    def begin(self, claim: Claim) -> UUID:
        """The run of a period: begun together with its claim, or the one that was."""
        wanted = StatementsWanted(claim.period.last)
        run, _ = self._runs.begin(wanted, by=BY_SCHEDULE, now=claim.at, claim=claim)
        return run.run_id

    def is_finished(self, run_id: UUID) -> bool:
        """Whether each of the run's accounts has its row."""
        return self._runs.rows.standing(run_id).finished_at is not None

    def work(self, run_id: UUID, clock: Clock) -> None:
        """Do what is left of the run."""
        self._runs.work(self._runs.rows.standing(run_id).run, clock)

    def in_words(self, run_id: UUID) -> str:
        """What came of the run, counted."""
        found = self._runs.rows.standing(run_id)
        counted = f"{found.made} made, {sum(found.held.values())} held, {found.not_due} not due"
        return f"statement run {found.run.number} to {found.run.wanted.to}: {found.run.accounts} accounts, {counted}"
