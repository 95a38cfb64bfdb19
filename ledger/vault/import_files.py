"""What does a file hold whose rows wait to be recorded, and what was it called?"""

from typing import Any

from psycopg2.extensions import cursor

from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.vault.keeper import as_keeper


class ImportFiles:
    """One council's files by their SHA-256. A file is kept while it is needed; what it was called stays."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database, self._names = database, names
        self._table = f"{names.vault}.import_files"

    def keep(self, statements: cursor, digest: bytes, name: str, content: bytes) -> None:
        """Keep a file in the transaction at hand."""
        with as_keeper(statements, self._names):
            statements.execute(
                f"INSERT INTO {self._table} (digest, name, content) VALUES (%s, %s, %s)"
                " ON CONFLICT (digest) DO UPDATE SET content = excluded.content",
                (digest, name, content),
            )

    def let_go(self, statements: cursor, digest: bytes) -> None:
        """Forget what a file held, in the transaction at hand."""
        with as_keeper(statements, self._names):
            statements.execute(f"UPDATE {self._table} SET content = NULL WHERE digest = %s", (digest,))

    def content(self, digest: bytes) -> bytes | None:
        """What a file holds; None once it was let go."""
        found = self._read("content", digest)
        return None if found is None else bytes(found)

    def name(self, digest: bytes) -> str | None:
        """What a file was called; None for one that was sent without a name."""
        return self._read("name", digest) or None

    def _read(self, column: str, digest: bytes) -> Any:
        with self._database.transaction() as statements, as_keeper(statements, self._names):
            statements.execute(f"SELECT {column} FROM {self._table} WHERE digest = %s", (digest,))
            row = statements.fetchone()
        return row[0] if row else None
