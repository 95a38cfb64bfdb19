"""How a period is posted for every account of a council: resumable, counted, once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

import psycopg2
from eventsourcing.persistence import IntegrityError
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
from ledger.receipts import Receipt, Receipts, Request
from ledger.store.database import OutcomeUnknown, StoreUnavailable
from ledger.store.posting_runs import ONCE_IN_A_RUN, PostingRunRows

CHUNK = 100
Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]
"""Called with how many accounts are done and how many there are."""

_BEFORE_ALL = UUID(int=0)


class PostingRuns:
    """One council's posting runs. Only rows say how far one has come, so whoever comes may work at any of them."""

    def __init__(self, council: Council) -> None:
        self.rows = PostingRunRows(council.app, council.names)
        self._council = council
        self._receipts = Receipts(council.app, council.names)

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
        for losses in range(ATTEMPTS):
            step_aside(losses)
            if request and (receipt := self._receipts.find(request)):
                return self.rows.standing(receipt.account_id).run, True
            try:
                with self._council.app.transaction() as statements:
                    run = self._unfinished_or_new(statements, through, scheme, by, now)
                    if request:  # where others' receipts name an account it names the run, and versions of nothing
                        self._receipts.write(statements, request, Receipt(run.run_id, 0, 0))
                return run, False
            except (psycopg2.errors.UniqueViolation, OutcomeUnknown):
                continue  # another began one meanwhile, or this very request came first: either is found now
        raise TooManyAtOnce(TooManyAtOnce.__doc__)

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
        for account_id in work.remaining(progress):
            work.post(account_id, max(clock(), run.started_at))


@dataclass(frozen=True, slots=True)
class _Work:
    """One worker at one run."""

    council: Council
    rows: PostingRunRows
    run: PostingRun
    scheme: Scheme

    def remaining(self, progress: Progress | None) -> Iterator[UUID]:
        """Accounts to do, each worker beginning somewhere else, until a look at all of them finds none."""
        after, looks_at_all = uuid4(), False
        while True:
            if progress:
                progress(self.rows.done(self.run), self.run.accounts)
            chunk = self.rows.remaining(self.run, after, CHUNK)
            yield from chunk
            if not chunk and looks_at_all:
                return
            after, looks_at_all = (chunk[-1], False) if chunk else (_BEFORE_ALL, True)

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
        """Append the facts after a version, with what came of the account; False when that has to be looked at again.

        A row that another worker wrote first is as good: the account is done.
        """

        def row_first(statements: cursor) -> None:
            self.rows.note(statements, self.run, account_id, came, now)

        try:
            self.council.ledger.append(account_id, version, came.facts, by=self.run.by, now=now, before=row_first)
        except OutcomeUnknown:
            return False  # the row tells whether it was recorded
        except IntegrityError as conflict:
            return str(conflict) == ONCE_IN_A_RUN
        return True
