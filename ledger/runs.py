"""How a period is posted for every account of a council: resumable, counted, once."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg2.extensions import cursor

from domain.account.commands import PostPeriod
from domain.account.refusals import PostsDaysToCome
from domain.dates import day_in_london
from domain.schemes import Scheme
from ledger.application import ATTEMPTS, step_aside
from ledger.council import Council
from ledger.outcomes import Caller, TooManyAtOnce
from ledger.posting import Posting, not_posted, posting
from ledger.posting_run import PostingRun
from ledger.receipts import Request
from ledger.resuming import Beginning, Clock, Progress, chunks_to_do, noted
from ledger.store.database import StoreUnavailable
from ledger.store.posting_runs import ONCE_IN_A_RUN, PostingRunRows


class PostingRuns:
    """One council's posting runs. Only rows say how far one has come, so whoever comes may work at any of them."""

    def __init__(self, council: Council) -> None:
        self.rows = PostingRunRows(council.app, council.names)
        self._council = council

    def begin(
        self, through: date, *, by: Caller, now: datetime, request: Request | None = None
    ) -> tuple[PostingRun, bool]:
        """The run to work at, and whether this request had been carried out before.

        It is the one that was left unfinished for the day, else a new one over the accounts there are now. Raises
        PostsDaysToCome, KeyUsedForAnotherRequest, TooManyAtOnce.
        """
        if through > day_in_london(now):
            raise PostsDaysToCome
        scheme = self._council.scheme.name
        return Beginning(self._council, request).of(
            lambda statements: self._unfinished_or_new(statements, through, scheme, by, now),
            lambda run_id: self.rows.standing(run_id).run,
        )

    def _unfinished_or_new(
        self, statements: cursor, through: date, scheme: str, by: Caller, now: datetime
    ) -> PostingRun:
        last = self.rows.last_number(statements)
        newest = self.rows.newest(statements, through, scheme)
        if newest and not newest.finished_at:
            return newest.run
        # A run that was begun since `last` was read has taken this number, and is found when all is read again.
        return self.rows.begin(statements, last + 1, through, scheme, by, now)

    def work(self, run: PostingRun, clock: Clock, progress: Progress | None = None) -> None:
        """Post every account of the run that is not done yet; raises StoreUnavailable.

        Several may work at one run, and it may be cut off anywhere: what is done is done, and the rest remains.
        """
        work = _Work(self._council, self.rows, run, self._council.schemes.named(run.scheme))
        for chunk in chunks_to_do(self.rows, run, progress):
            for account_id in chunk:
                work.post(account_id, max(clock(), run.started_at))


@dataclass(frozen=True, slots=True)
class _Work:
    """One worker at one run."""

    council: Council
    rows: PostingRunRows
    run: PostingRun
    scheme: Scheme

    def post(self, account_id: UUID, now: datetime) -> None:
        """Post one account. What stops it is noted for this account alone, and the run goes on."""
        try:
            self._until_posted(account_id, now)
        except StoreUnavailable:
            raise
        except Exception as fault:
            self._note(account_id, not_posted(account_id, fault), now)

    def _until_posted(self, account_id: UUID, now: datetime) -> None:
        """Read, decide, append with the run's row; decide again when another writer came first."""
        command = PostPeriod(through=self.run.through, known_at=now)
        for losses in range(ATTEMPTS):
            step_aside(losses)
            account = self.council.ledger.account(account_id)
            if self._note(account_id, posting(account, self.scheme, command), now, account.version):
                return
        raise TooManyAtOnce(TooManyAtOnce.__doc__)

    def _note(self, account_id: UUID, came: Posting, now: datetime, version: int = 0) -> bool:
        """Keep what came of the account with its facts; False when that has to be looked at again."""

        def row_first(statements: cursor) -> None:
            self.rows.note(statements, self.run, account_id, came, now)

        return noted(self.council, self.run, account_id, version, came.facts, now, row_first, ONCE_IN_A_RUN)
