"""How is everybody assessed anew for a day, and how is that taken back: resumable, counted, once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.application import ATTEMPTS, step_aside
from ledger.council import Council
from ledger.outcomes import Caller, TooManyAtOnce
from ledger.reassessment import Came, Outcome, stopped
from ledger.reassessment_asking import Ask, asking_of
from ledger.reassessment_run import NotFinishedYet, ReassessmentRun, TakesBackItself, Wanted
from ledger.receipts import Request
from ledger.resuming import Beginning, Clock, Progress, chunks_to_do, noted
from ledger.store.database import StoreUnavailable
from ledger.store.reassessment_runs import ONCE_IN_A_RUN, ReassessmentRows


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
        asking, work = asking_of(self._council, run), _Work(self._council, self.rows, run)
        for chunk in chunks_to_do(self.rows, run, progress):
            for account_id, ask in asking(chunk):
                work.do(account_id, ask, max(clock(), run.started_at))

    def _run(self, run_id: UUID) -> ReassessmentRun:
        return self.rows.standing(run_id).run


@dataclass(frozen=True, slots=True)
class _Work:
    """One worker at one run."""

    council: Council
    rows: ReassessmentRows
    run: ReassessmentRun

    def do(self, account_id: UUID, ask: Ask, now: datetime) -> None:
        """Do one account. What stops it is noted for this account alone, and the run goes on."""
        try:
            self._until_done(account_id, ask, now)
        except StoreUnavailable:
            raise
        except Exception as fault:
            otherwise: Outcome = "left" if self.run.reverses else "not_reassessed"
            self._note(account_id, stopped(account_id, fault, otherwise), now, 0)

    def _until_done(self, account_id: UUID, ask: Ask, now: datetime) -> None:
        """Read, decide, append with the run's row; decide again when another writer came first."""
        for losses in range(ATTEMPTS):
            step_aside(losses)
            account = self.council.ledger.account(account_id)
            if self._note(account_id, ask(account), now, account.version):
                return
        raise TooManyAtOnce(TooManyAtOnce.__doc__)

    def _note(self, account_id: UUID, came: Came, now: datetime, version: int) -> bool:
        """Keep what came of the account with its facts and their words; False when it has to be looked at again."""
        people, words = self.council.people, {}
        if came.words_of:
            words = people.texts(account_id, [came.words_of]).get(came.words_of, {})

        def row_first(statements: cursor) -> None:
            self.rows.note(statements, self.run, account_id, came, version, now)
            people.add_texts(statements, account_id, version + 1, words)

        return noted(self.council, self.run, account_id, version, came.facts, now, row_first, ONCE_IN_A_RUN)
