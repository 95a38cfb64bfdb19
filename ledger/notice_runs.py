"""How is everybody told what has come about: how near the cap is, that it was reached, and what is missing?

Each notice is a fact, and the letter that brings it is put in with it, in one transaction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg2.extensions import cursor

from domain.account.commands import GiveNotices
from domain.account.decisions import decide
from domain.account.refusals import NoticeOfDaysToCome
from domain.account.state import CareAccount
from domain.dates import day_in_london
from domain.schemes import Scheme
from ledger.council import Council
from ledger.letters import Told
from ledger.notice_run import Came, NoticeRun, came_of, stopped
from ledger.outcomes import Caller, NoSuchAccount
from ledger.resuming import Beginning, Clock, Progress, chunks_to_do, every_account
from ledger.store.database import StoreUnavailable
from ledger.store.letter_rows import Letters
from ledger.store.notice_run_rows import NoticeRunRows
from ledger.store.run_claims import Claim
from ledger.together import OfAccount, Together, Work


class NoticeRuns:
    """One council's runs of notices. Only rows say how far one has come, so whoever comes may work at any of them."""

    def __init__(self, council: Council) -> None:
        self.rows = NoticeRunRows(council.app, council.names)
        self._letters = Letters(council.app, council.names)
        self._council = council

    def begin(self, through: date, *, by: Caller, now: datetime, claim: Claim | None = None) -> NoticeRun:
        """The run to work at: the one that was left unfinished for the day, else a new one; for a period its own.

        Raises NoticeOfDaysToCome, TooManyAtOnce.
        """
        if through > day_in_london(now):
            raise NoticeOfDaysToCome
        scheme = self._council.scheme.name

        def unfinished_or_new(statements: cursor) -> NoticeRun:
            last = self.rows.last_number(statements)
            newest = self.rows.newest(statements, through, scheme) if claim is None else None
            if newest and not newest.finished:
                return newest.run
            return self.rows.begin(statements, last + 1, through, scheme, by, now)

        run, _ = Beginning(self._council, claim=claim).of(unfinished_or_new, lambda id_: self.rows.standing(id_).run)
        return run

    def work(self, run: NoticeRun, clock: Clock, progress: Progress | None = None) -> None:
        """Look at every account of the run that is not done yet; raises StoreUnavailable.

        Several may work at one run, and it may be cut off anywhere: what is done is done, and the rest remains.
        """
        work = _Work(self.rows, self._letters, run, self._council.schemes.named(run.scheme))
        for chunk in chunks_to_do(self.rows, run, progress):
            Together(self._council.ledger, work, run.by).do(chunk, max(clock(), run.started_at))

    def weigh(self, through: date, now: datetime) -> Iterator[Came]:
        """What would come of each account, were a run begun now. Nothing is recorded; raises NoticeOfDaysToCome."""
        if through > day_in_london(now):
            raise NoticeOfDaysToCome
        for chunk in every_account(self.rows):
            for account_id, read in self._council.ledger.read(chunk).items():
                try:
                    yield _came(read.fold(), self._council.scheme, through, now)
                except StoreUnavailable:
                    raise
                except Exception as fault:
                    yield stopped(account_id, fault)


def _came(account: CareAccount, scheme: Scheme, through: date, now: datetime) -> Came:
    return came_of(decide(GiveNotices(on=through, known_at=now), account, scheme))


@dataclass(frozen=True, slots=True)
class _Work(Work[Came]):
    """What a run does to each of some accounts."""

    rows: NoticeRunRows
    letters: Letters
    run: NoticeRun
    scheme: Scheme

    def left(self, accounts: Sequence[UUID]) -> list[UUID]:
        return self.rows.not_done(self.run, accounts)

    def decide(self, account_id: UUID, account: CareAccount | None, version: int, now: datetime) -> Came:
        if account is None:
            raise NoSuchAccount
        return _came(account, self.scheme, self.run.through, now)

    def stopped(self, account_id: UUID, fault: Exception) -> Came:
        return stopped(account_id, fault)

    def keep(self, statements: cursor, of_accounts: Sequence[OfAccount[Came]], now: datetime) -> None:
        """The row of each account, and a letter for each notice, whose entry follows those that were read."""
        self.rows.note(statements, self.run, of_accounts, now)
        about = (
            Told(each.account_id, "notice", each.version + number)
            for each in of_accounts
            for number in range(1, 1 + len(each.came.facts))
        )
        self.letters.put(statements, about, by=self.run.by.sub, now=now)
