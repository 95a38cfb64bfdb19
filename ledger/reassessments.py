"""How is everybody assessed anew for a day, and how is that taken back: resumable, counted, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg2.extensions import cursor

from domain.account.state import CareAccount
from ledger.council import Council
from ledger.outcomes import Caller, NoSuchAccount
from ledger.reassessment import Came, Outcome, stopped
from ledger.reassessment_asking import Ask, asking_of
from ledger.reassessment_run import NotFinishedYet, ReassessmentRun, TakesBackItself, Wanted
from ledger.receipts import Request
from ledger.resuming import Beginning, Clock, Progress, chunks_to_do
from ledger.store.reassessment_runs import ReassessmentRows
from ledger.together import OfAccount, Together, Work
from ledger.vault.people import People


class Reassessments:
    """One council's reassessments. Only rows say how far one has come, so whoever comes may work at any of them."""

    def __init__(self, council: Council) -> None:
        self.rows = ReassessmentRows(council.app, council.names)
        self._council = council

    def begin(
        self, wanted: Wanted, *, by: Caller, now: datetime, request: Request | None = None
    ) -> tuple[ReassessmentRun, bool]:
        """The run to work at, and whether this request had been carried out before.

        It is the one that was left unfinished for the same, else a new one over the accounts there are now. Raises
        KeyUsedForAnotherRequest, TooManyAtOnce.
        """
        known_at = self._council.ledger.recorder.latest(now)  # all that is recorded by now is known to the run

        def unfinished_or_new(statements: cursor) -> ReassessmentRun:
            last = self.rows.last_number(statements)
            newest = self.rows.newest(statements, wanted)
            if newest and not newest.finished_at:
                return newest.run
            return self.rows.begin(statements, last + 1, wanted, by, known_at)

        return Beginning(self._council, request).of(unfinished_or_new, self._run)

    def begin_reversal(
        self, run_id: UUID, *, by: Caller, now: datetime, request: Request | None = None
    ) -> tuple[ReassessmentRun, bool]:
        """The run that takes another back, begun now or before: a run is taken back once.

        Raises NoSuchReassessment, NotFinishedYet, TakesBackItself, KeyUsedForAnotherRequest, TooManyAtOnce.
        """
        made = self.to_take_back(run_id)

        def begun_or_new(statements: cursor) -> ReassessmentRun:
            last = self.rows.last_number(statements)
            begun = self.rows.reversal(statements, run_id)
            return begun or self.rows.begin_reversal(statements, last + 1, made, by, now)

        return Beginning(self._council, request).of(begun_or_new, self._run)

    def to_take_back(self, run_id: UUID) -> ReassessmentRun:
        """A run that can be taken back; raises NoSuchReassessment, NotFinishedYet, TakesBackItself."""
        standing = self.rows.standing(run_id)
        if standing.run.reverses:
            raise TakesBackItself(TakesBackItself.__doc__)
        if not standing.finished_at:
            raise NotFinishedYet(NotFinishedYet.__doc__)
        return standing.run

    def work(self, run: ReassessmentRun, clock: Clock, progress: Progress | None = None) -> None:
        """Do every account of the run that is not done yet; raises StoreUnavailable.

        Several may work at one run, and it may be cut off anywhere: what is done is done, and the rest remains.
        """
        asking = asking_of(self._council, run)
        for chunk in chunks_to_do(self.rows, run, progress):
            work = _Work(self._council.people, self.rows, run, dict(asking(chunk)))
            Together(self._council.ledger, work, run.by).do(chunk, max(clock(), run.started_at))

    def _run(self, run_id: UUID) -> ReassessmentRun:
        return self.rows.standing(run_id).run


@dataclass(frozen=True, slots=True)
class _Work(Work[Came]):
    """What a run does to each of some accounts."""

    people: People
    rows: ReassessmentRows
    run: ReassessmentRun
    asks: Mapping[UUID, Ask]

    def left(self, accounts: Sequence[UUID]) -> list[UUID]:
        return self.rows.not_done(self.run, accounts)

    def decide(self, account_id: UUID, account: CareAccount | None, version: int, now: datetime) -> Came:
        if account is None:
            raise NoSuchAccount
        return self.asks[account_id](account)

    def stopped(self, account_id: UUID, fault: Exception) -> Came:
        otherwise: Outcome = "left" if self.run.reverses else "not_reassessed"
        return stopped(account_id, fault, otherwise)

    def keep(self, statements: cursor, of_accounts: Sequence[OfAccount[Came]], now: datetime) -> None:
        """The row of each account, and the words of its old assessment for the new one too."""
        self.rows.note(statements, self.run, of_accounts, now)
        self.people.repeat_texts(
            statements, [(id_, came.words_of, version + 1) for id_, version, came in of_accounts if came.words_of]
        )
