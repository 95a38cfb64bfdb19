"""How often did somebody try something in the span of time at hand?"""

from datetime import datetime, timedelta

from psycopg2.extensions import cursor

from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.vault.keeper import as_keeper

_KEPT_FOR = timedelta(days=1)


class Attempts:
    """One council's counters, each of one thing tried by one party in one span of time, on whichever process."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._names = names
        self._table = f"{names.vault}.attempts"

    def count(self, what: str, who: bytes, began: datetime) -> int:
        """Count one more; how many that makes in the span that began then."""
        with self._database.transaction() as statements:
            return self.count_in(statements, what, who, began)

    def count_in(self, statements: cursor, what: str, who: bytes, began: datetime) -> int:
        """As `count`, in the transaction at hand. The first of a span clears old spans away."""
        with as_keeper(statements, self._names):
            statements.execute(
                f"INSERT INTO {self._table} AS held (what, who, began, made) VALUES (%s, %s, %s, 1)"
                " ON CONFLICT (what, who, began) DO UPDATE SET made = held.made + 1 RETURNING made",
                (what, who, began),
            )
            row = statements.fetchone()
            assert row is not None  # it was written just now
            if row[0] == 1:
                statements.execute(f"DELETE FROM {self._table} WHERE began < %s", (began - _KEPT_FOR,))
        return int(row[0])
