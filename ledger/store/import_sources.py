"""From which row of which import does an entry come? Rows are added and never changed."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.receipts import Receipt
from ledger.store.copying import copy_in
from ledger.store.database import Database
from ledger.store.names import CouncilNames

_COLUMNS = ("account_id", "version", "import_id", "row_number")


class Source(NamedTuple):
    """A row of a file: the import that took it in, its number and kind, the row, and the SHA-256 of the file."""

    import_id: UUID
    number: int
    kind: str
    row: int
    digest: bytes


class ImportSources:
    """One council's entries that came from files."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._table, self._imports = f"{names.schema}.import_sources", f"{names.schema}.imports"

    def note(self, statements: cursor, import_id: UUID, rows: Iterable[tuple[Receipt, int]]) -> None:
        """Keep from which row the entries of each receipt come, in the transaction of the entries."""
        values = (
            (receipt.account_id, version, import_id, row)
            for receipt, row in rows
            for version in range(receipt.first_version, receipt.last_version + 1)
        )
        copy_in(statements, self._table, _COLUMNS, values)

    def of(self, account_id: UUID) -> dict[int, Source]:
        """The sources of an account's entries, by version."""
        with self._database.transaction() as statements:
            statements.execute(
                "SELECT sources.version, sources.import_id, imports.number, imports.kind, sources.row_number,"
                f" imports.digest FROM {self._table} AS sources JOIN {self._imports} AS imports"
                " ON imports.import_id = sources.import_id WHERE sources.account_id = %s",
                (str(account_id),),
            )
            return {
                version: Source(UUID(import_id), number, kind, row, bytes(digest))
                for version, import_id, number, kind, row, digest in statements
            }
