"""Where runs of notices are kept: rows that are added and never changed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg2.extensions import cursor

from ledger.notice_run import Came, NoSuchNoticeRun, NoticeRun, Standing
from ledger.outcomes import Caller
from ledger.store.copying import copy_in
from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.store.run_rows import RunRows
from ledger.together import OfAccount

_RUN = ("run_id", "number", "through", "scheme", "position", "accounts", "started_at", "started_by", "role")
_DONE = ("run_id", "account_id", "recorded_at", "outcome", "notices")


class NoticeRunRows(RunRows[NoticeRun]):
    """One council's runs of notices."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        super().__init__(database, names, "notice_runs", "notice_run_accounts")

    def begin(
        self, statements: cursor, number: int, through: date, scheme: str, by: Caller, now: datetime
    ) -> NoticeRun:
        """A new run over every account there is. Raises UniqueViolation where another took the number."""
        statements.execute(
            f"INSERT INTO {self._runs} ({', '.join(_RUN)}) SELECT %s, %s, %s, %s, position,"
            f" (SELECT count(*) FROM {self._schema}.events WHERE version = 1 AND events.position <= head.position),"
            f" %s, %s, %s FROM {self._schema}.head RETURNING {', '.join(_RUN)}",
            (str(uuid4()), number, through, scheme, now, by.sub, by.role),
        )
        (row,) = statements.fetchall()
        return _run(row)

    def newest(self, statements: cursor, through: date, scheme: str) -> Standing | None:
        """The last run that was begun for a day, if any."""
        return next(iter(self._standings(statements, "through = %s AND scheme = %s", (through, scheme))), None)

    def standing(self, run_id: UUID) -> Standing:
        """How far a run has come; raises NoSuchNoticeRun."""
        with self._database.transaction() as statements:
            found = self._standings(statements, "run_id = %s", (str(run_id),))
        if not found:
            raise NoSuchNoticeRun(NoSuchNoticeRun.__doc__)
        return found[0]

    def note(self, statements: cursor, run: NoticeRun, of_accounts: Iterable[OfAccount[Came]], now: datetime) -> None:
        """Keep what came of accounts, in the transaction of their facts."""
        done = ((run.run_id, each.account_id, now, each.came.outcome, len(each.came.facts)) for each in of_accounts)
        copy_in(statements, self._done, _DONE, done)

    def _standings(self, statements: cursor, which: str, values: tuple[object, ...]) -> list[Standing]:
        """The newest of some runs. `which` is one of our own conditions, never a caller's text."""
        statements.execute(
            f"SELECT {', '.join(_RUN)} FROM {self._runs} WHERE {which} ORDER BY number DESC LIMIT 1", values
        )
        return [self._standing(statements, _run(row)) for row in statements.fetchall()]

    def _standing(self, statements: cursor, run: NoticeRun) -> Standing:
        statements.execute(
            f"SELECT outcome, count(*), sum(notices) FROM {self._done} WHERE run_id = %s GROUP BY outcome",
            (str(run.run_id),),
        )
        counts = Counter[str]()
        for outcome, accounts, notices in statements:
            counts.update({outcome: accounts, "notices": int(notices)})
        return Standing(run, counts)


def _run(row: Sequence[Any]) -> NoticeRun:
    run_id, number, through, scheme, position, accounts, started_at, started_by, role = row
    return NoticeRun(UUID(run_id), number, through, scheme, position, accounts, started_at, Caller(started_by, role))
