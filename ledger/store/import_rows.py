"""Which imports were there, and what became of each? Rows are added and never changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg2.extensions import cursor
from psycopg2.extras import execute_values

from ledger.import_run import Came, FileGiven, Import, NoSuchImport, RowFault, Standing
from ledger.outcomes import Caller
from ledger.receipts import Receipt
from ledger.store.database import Database
from ledger.store.names import CouncilNames

_IMPORT = "import_id, number, kind, partial, digest, rows, started_at, started_by, role"
_END = "applied, known, rejected, faults"


class ImportRows:
    """One council's imports."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._schema = names.schema

    def unfinished_or_new(self, statements: cursor, file: FileGiven, by: Caller, now: datetime) -> Import:
        """The import of this very file that has no end yet, else a new one; of two made at once one has its number."""
        statements.execute(
            f"SELECT {_IMPORT} FROM {self._schema}.imports AS begun"
            " WHERE digest = %s AND kind = %s AND partial = %s AND NOT EXISTS"
            f" (SELECT FROM {self._schema}.import_ends AS ended WHERE ended.import_id = begun.import_id)"
            " ORDER BY number LIMIT 1",
            (file.digest, file.kind, file.partial),
        )
        row = statements.fetchone()
        return _import(row) if row else self._begin(statements, file, by, now)

    def _begin(self, statements: cursor, file: FileGiven, by: Caller, now: datetime) -> Import:
        statements.execute(
            f"INSERT INTO {self._schema}.imports ({_IMPORT})"
            f" SELECT %s, coalesce(max(number), 0) + 1, %s, %s, %s, %s, %s, %s, %s FROM {self._schema}.imports"
            f" RETURNING {_IMPORT}",
            (str(uuid4()), file.kind, file.partial, file.digest, file.rows, now, by.sub, by.role),
        )
        (row,) = statements.fetchall()
        return _import(row)

    def end(self, run: Import, came: Came, faults: Sequence[RowFault], now: datetime) -> None:
        """Keep what became of an import, once: what another worker found first is as good."""
        with self._database.transaction() as statements:
            statements.execute(
                f"INSERT INTO {self._schema}.import_ends (import_id, ended_at, {_END})"
                " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (str(run.run_id), now, came.applied, came.known, came.rejected, came.faults),
            )
            if statements.rowcount and faults:
                execute_values(
                    statements,
                    f"INSERT INTO {self._schema}.import_faults"
                    " (import_id, number, row_number, column_name, value, rule, fix) VALUES %s",
                    [(str(run.run_id), n, f.row, f.column, f.value, f.rule, f.fix) for n, f in enumerate(faults)],
                )

    def recorded_since(self, receipts: Sequence[Receipt], instant: datetime) -> int:
        """How many of these were recorded later than an instant."""
        with self._database.transaction() as statements:
            statements.execute(
                "SELECT count(*) FROM unnest(%s::uuid[], %s::integer[]) AS asked (account_id, version)"
                f" JOIN {self._schema}.events USING (account_id, version) WHERE recorded_at > %s",
                ([str(each.account_id) for each in receipts], [each.first_version for each in receipts], instant),
            )
            (row,) = statements.fetchall()
        return int(row[0])

    def standings(self, below: int, limit: int) -> list[Standing]:
        """The imports below a number, the newest first."""
        return self._read("number < %s ORDER BY number DESC LIMIT %s", (below, limit))

    def standing(self, import_id: UUID) -> Standing:
        """One import and what became of it; raises NoSuchImport."""
        found = self._read("imports.import_id = %s", (str(import_id),))
        if not found:
            raise NoSuchImport(NoSuchImport.__doc__)
        return found[0]

    def faults(self, run: Import) -> list[RowFault]:
        """The faults that were kept, in the order of the rows."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT row_number, column_name, value, rule, fix FROM {self._schema}.import_faults"
                " WHERE import_id = %s ORDER BY number",
                (str(run.run_id),),
            )
            fields = tuple(RowFault.model_fields)
            return [RowFault(**dict(zip(fields, row, strict=True))) for row in statements]

    def _read(self, which: str, values: tuple[object, ...]) -> list[Standing]:
        begun = ", ".join(f"imports.{name}" for name in _IMPORT.split(", "))
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT {begun}, ended_at, {_END} FROM {self._schema}.imports"
                f" LEFT JOIN {self._schema}.import_ends USING (import_id) WHERE {which}",
                values,
            )
            return [_standing(row) for row in statements]


def _import(row: tuple[Any, ...]) -> Import:
    import_id, number, kind, partial, digest, rows, started_at, started_by, role = row
    file = FileGiven(kind, partial, bytes(digest), rows)
    return Import(UUID(import_id), number, file, started_at, Caller(started_by, role))


def _standing(row: tuple[Any, ...]) -> Standing:
    *begun, ended_at, applied, known, rejected, faults = row
    came = Came(applied, known, rejected, faults) if ended_at else Came()
    return Standing(_import(tuple(begun)), came, ended_at)
