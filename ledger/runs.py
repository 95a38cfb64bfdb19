"""How a period is posted for every account of a council: resumable, counted, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg2.extensions import cursor

from domain.account.refusals import PostsDaysToCome
from domain.account.state import CareAccount
from domain.dates import day_in_london
from domain.schemes import Scheme
from ledger.council import Council
from ledger.outcomes import Caller, NoSuchAccount
from ledger.posting import Posting, not_posted, posting, posting_onward
from ledger.posting_run import PostingRun
from ledger.receipts import Request
from ledger.resuming import Beginning, Clock, Progress, chunks_to_do
from ledger.store.onwards import Onwards
from ledger.store.posting_runs import PostingRunRows
from ledger.store.run_claims import Claim
from ledger.together import OfAccount, Together, Work


class PostingRuns:
    """One council's posting runs. Only rows say how far one has come, so whoever comes may work at any of them."""

    def __init__(self, council: Council) -> None:
        self.rows = PostingRunRows(council.app, council.names)
        self._onwards = Onwards(council.app, council.names)
        self._council = council

    def begin(
        self, through: date, *, by: Caller, now: datetime, request: Request | None = None, claim: Claim | None = None
    ) -> tuple[PostingRun, bool]:
        """The run to work at, and whether this request had been carried out, or this period begun, before.

        It is the one that was left unfinished for the day, else a new one over the accounts there are now; for a period
        of the schedule always a new one, since accounts may have been opened after a run that was left. Raises
        PostsDaysToCome, KeyUsedForAnotherRequest, TooManyAtOnce.
        """
        if through > day_in_london(now):
            raise PostsDaysToCome
        scheme = self._council.scheme.name
        return Beginning(self._council, request, claim).of(
            lambda statements: self._unfinished_or_new(statements, through, scheme, by, now, joins=claim is None),
            lambda run_id: self.rows.standing(run_id).run,
        )

    def _unfinished_or_new(
        self, statements: cursor, through: date, scheme: str, by: Caller, now: datetime, *, joins: bool
    ) -> PostingRun:
        last = self.rows.last_number(statements)
        newest = self.rows.newest(statements, through, scheme) if joins else None
        if newest and not newest.finished_at:
            return newest.run
        # A run that was begun since `last` was read has taken this number, and is found when all is read again.
        return self.rows.begin(statements, last + 1, through, scheme, by, now)

    def work(self, run: PostingRun, clock: Clock, progress: Progress | None = None) -> None:
        """Post every account of the run that is not done yet; raises StoreUnavailable.

        Several may work at one run, and it may be cut off anywhere: what is done is done, and the rest remains.
        """
        scheme = self._council.schemes.named(run.scheme)
        posting = Together(self._council.ledger, _Work(self.rows, self._onwards, run, scheme), run.by)
        for chunk in chunks_to_do(self.rows, run, progress):
            posting.do(chunk, max(clock(), run.started_at))


@dataclass(frozen=True, slots=True)
class _Work(Work[Posting]):
    """What a run does to each of its accounts."""

    rows: PostingRunRows
    onwards: Onwards
    run: PostingRun
    scheme: Scheme

    def left(self, accounts: Sequence[UUID]) -> list[UUID]:
        return self.rows.not_done(self.run, accounts)

    def unread(self, accounts: Sequence[UUID]) -> dict[UUID, OfAccount[Posting]]:
        """Those of which nothing was recorded since their last posting, where that told how they go on."""
        return {
            account_id: OfAccount(account_id, version, posting_onward(onward, self.scheme, self.run.through))
            for account_id, (version, onward) in self.onwards.of(accounts).items()
            if onward.tells(self.scheme, self.run.through)
        }

    def decide(self, account_id: UUID, account: CareAccount | None, version: int, now: datetime) -> Posting:
        if account is None:
            raise NoSuchAccount
        return posting(account, self.scheme, self.run.through)

    def stopped(self, account_id: UUID, fault: Exception) -> Posting:
        return not_posted(account_id, fault)

    def keep(self, statements: cursor, of_accounts: Sequence[OfAccount[Posting]], now: datetime) -> None:
        self.rows.note(statements, self.run, of_accounts, now)
        self.onwards.keep(
            statements,
            (
                (account_id, version + len(came.facts), came.onward)
                for account_id, version, came in of_accounts
                if came.onward
            ),
        )
