"""Which views of lists does somebody keep, to come back to?"""

from datetime import datetime
from typing import Any

from ledger.store.database import Database
from ledger.store.names import CouncilNames

MOST = 50
"""So many views a person may keep: whoever keeps more finds none."""


class TooManyViews(Exception):
    """You keep 50 views already. Let one go first."""


class SavedViews:
    """One council's."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._keeper = names.keeper
        self._table = f"{names.vault}.saved_views"

    def keep(self, who: str, address: str, now: datetime) -> None:
        """Keep a view; one that is kept already stays as it is. Raises TooManyViews."""
        kept = self._rows(
            f"INSERT INTO {self._table} (kept_by, address, kept_at) SELECT %s, %s, %s"
            f" WHERE (SELECT count(*) FROM {self._table} WHERE kept_by = %s) < %s"
            " ON CONFLICT (kept_by, address) DO NOTHING RETURNING address",
            (who, address, now, who, MOST),
        )
        if not kept and address not in self.of(who):
            raise TooManyViews(TooManyViews.__doc__)

    def let_go(self, who: str, address: str) -> None:
        """Keep a view no longer."""
        self._rows(f"DELETE FROM {self._table} WHERE kept_by = %s AND address = %s RETURNING address", (who, address))

    def of(self, who: str) -> list[str]:
        """The addresses of what somebody keeps, the newest first."""
        rows = self._rows(
            f"SELECT address FROM {self._table} WHERE kept_by = %s ORDER BY kept_at DESC, address", (who,)
        )
        return [address for (address,) in rows]

    def _rows(self, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with self._database.statement() as statements:
            statements.execute(f"SET LOCAL ROLE {self._keeper}; {statement}", values)
            return statements.fetchall()
