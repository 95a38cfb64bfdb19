"""Which accounts is a run over, and which of them are done? Rows are added and never changed."""

from collections.abc import Collection
from datetime import datetime
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.outcomes import Caller
from ledger.store.database import Database
from ledger.store.names import CouncilNames


class Run(Protocol):
    """A run over the accounts there were when it began: those opened up to a position of the ledger."""

    @property
    def run_id(self) -> UUID: ...
    @property
    def position(self) -> int: ...
    @property
    def accounts(self) -> int: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def by(self) -> Caller: ...


R = TypeVar("R", bound=Run)


class RunRows(Generic[R]):
    """One council's runs of one kind: a table of the runs, and one with a row for each account that is done."""

    def __init__(self, database: Database, names: CouncilNames, runs: str, accounts: str) -> None:
        self._database = database
        self._schema = names.schema
        self._runs, self._done = f"{names.schema}.{runs}", f"{names.schema}.{accounts}"

    def last_number(self, statements: cursor) -> int:
        """The number of the run that was begun last, 0 before the first."""
        statements.execute(f"SELECT coalesce(max(number), 0) FROM {self._runs}")
        (row,) = statements.fetchall()
        return int(row[0])

    def how_many(self) -> int:
        """How many accounts the council keeps."""
        with self._database.transaction() as statements:
            statements.execute(f"SELECT count(*) FROM {self._schema}.events WHERE version = 1")
            (row,) = statements.fetchall()
        return int(row[0])

    def accounts(self, after: UUID, limit: int) -> list[UUID]:
        """Accounts of the council, in the order of their ids."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT account_id FROM {self._schema}.events WHERE version = 1 AND account_id > %s"
                " ORDER BY account_id LIMIT %s",
                (str(after), limit),
            )
            return [UUID(account_id) for (account_id,) in statements]

    def remaining(self, run: R, after: UUID, limit: int) -> list[UUID]:
        """Accounts of the run that have no row yet, in the order of their ids."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT account_id FROM {self._schema}.events AS opened"
                " WHERE version = 1 AND position <= %s AND account_id > %s"
                f" AND NOT EXISTS (SELECT FROM {self._done} AS done"
                "  WHERE done.run_id = %s AND done.account_id = opened.account_id)"
                " ORDER BY account_id LIMIT %s",
                (run.position, str(after), str(run.run_id), limit),
            )
            return [UUID(account_id) for (account_id,) in statements]

    def not_done(self, run: R, accounts: Collection[UUID]) -> list[UUID]:
        """Those of the accounts that have no row in the run, in the order of their ids."""
        with self._database.transaction() as statements:
            statements.execute(
                "SELECT account_id FROM unnest(%s::uuid[]) AS asked (account_id)"
                f" WHERE NOT EXISTS (SELECT FROM {self._done} AS done"
                "  WHERE done.run_id = %s AND done.account_id = asked.account_id)"
                " ORDER BY account_id",
                ([str(account_id) for account_id in accounts], str(run.run_id)),
            )
            return [UUID(account_id) for (account_id,) in statements]

    def done(self, run: R) -> int:
        """How many of the run's accounts have their row."""
        with self._database.transaction() as statements:
            statements.execute(f"SELECT count(*) FROM {self._done} WHERE run_id = %s", (str(run.run_id),))
            (row,) = statements.fetchall()
        return int(row[0])
