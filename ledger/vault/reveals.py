"""Whose name did somebody ask to see who is shown none, and why?"""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from ledger.store.database import Database
from ledger.store.names import CouncilNames


class Reveal(NamedTuple):
    """One name that was asked for: the reason, when and by whom."""

    reason: str
    at: datetime
    by: str


class Reveals:
    """One council's. Rows are only ever added."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._keeper = names.keeper
        self._table = f"{names.vault}.reveals"

    def add(self, account_id: UUID, reveal: Reveal) -> None:
        """Keep why a name was asked for."""
        statement = f"INSERT INTO {self._table} (account_id, reason, revealed_at, revealed_by) VALUES (%s, %s, %s, %s)"
        self._rows(f"{statement} RETURNING number", (str(account_id), *reveal))

    def of(self, account_id: UUID) -> list[Reveal]:
        """Every time the name of an account was asked for, the newest first."""
        rows = self._rows(
            f"SELECT reason, revealed_at, revealed_by FROM {self._table} WHERE account_id = %s ORDER BY number DESC",
            (str(account_id),),
        )
        return [Reveal(*row) for row in rows]

    def _rows(self, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with self._database.statement() as statements:
            statements.execute(f"SET LOCAL ROLE {self._keeper}; {statement}", values)
            return statements.fetchall()
