"""What of a council's tables does a bundle hold, in which order can they be filled, and what in them is new?

Every table is in it that is not named here: so one that comes later cannot be forgotten.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from typing import NamedTuple
from uuid import UUID

from psycopg2.extensions import connection, cursor

from domain.account.statement import canonical
from ledger.store.names import CouncilNames

IN_THE_LOG = frozenset({"events", "policy_entries"})
"""Tables of which each row is an entry of the evidence log."""
MADE_AGAIN = frozenset(
    {
        "accounts_under_review",
        "checkpoints",
        "migrations",
        "onwards",
        "positions",
        "progress_spans",
        "progress_spans_0",
        "progress_spans_1",
        "tree_nodes",
    }
)
"""Tables that follow from the log, or from the program."""
ENDED = frozenset({"attempts", "sessions"})
"""Sign-ins, which end with the machine they were on."""
WITH_THEIR_ENTRY = {
    "account_references": "1",
    "attachments": "version",
    "import_sources": "version",
    "local_ids": "1",
    "receipts": "last_version",
    "texts": "version",
}
"""Tables whose rows come with an entry and never change, each with the version of that entry. Of all others nobody can
tell from a row when it came, so a bundle that goes on from another holds them whole, or not at all where they stand as
they did."""

PEOPLE = "people/people.ndjson"
"""The file that a bundle with people has."""

New = Mapping[UUID, int]
"""Of each account that has new entries the version of the first."""
_AT_A_TIME = 5_000


class Table(NamedTuple):
    """A table as a bundle holds it: where it stands, its columns, and which of those is counted by itself."""

    schema: str
    name: str
    columns: tuple[str, ...]
    counted: str | None

    @property
    def quoted(self) -> list[str]:
        """The columns as SQL takes them, whatever they are called."""
        return [f'"{column}"' for column in self.columns]


def folders(names: CouncilNames, with_people: bool) -> list[tuple[str, str]]:
    """Where in a bundle the tables of each schema are."""
    return [("tables", names.schema), *([("people", names.vault)] if with_people else [])]


def tables(statements: cursor, schema: str) -> list[Table]:
    """The tables of one of a council's schemas, each after those that it refers to."""
    found = _columns(statements, schema)
    counted = {table: column for table, columns in found.items() for column, counts in columns if counts}
    before = _referred_to(statements, schema)
    order = TopologicalSorter({table: before.get(table, ()) for table in sorted(found)})
    return [
        Table(schema, table, tuple(column for column, _ in found[table]), counted.get(table))
        for table in order.static_order()
        if table in found
    ]


def _columns(statements: cursor, schema: str) -> dict[str, list[tuple[str, bool]]]:
    """By table its columns, and whether each is counted by itself."""
    statements.execute(
        "SELECT relname, attname, attidentity <> '' FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
        " JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = %s AND relkind = 'r'"
        " AND attnum > 0 AND NOT attisdropped ORDER BY relname, attnum",
        (schema,),
    )
    found = defaultdict[str, list[tuple[str, bool]]](list)
    for table, column, counts in statements.fetchall():
        if table not in IN_THE_LOG | MADE_AGAIN | ENDED:
            found[table].append((column, counts))
    return found


def _referred_to(statements: cursor, schema: str) -> dict[str, list[str]]:
    """By table those that have to be filled before it."""
    statements.execute(
        "SELECT its.relname, others.relname FROM pg_constraint JOIN pg_class AS its ON its.oid = conrelid"
        " JOIN pg_class AS others ON others.oid = confrelid JOIN pg_namespace ON pg_namespace.oid = its.relnamespace"
        " WHERE contype = 'f' AND conrelid <> confrelid AND nspname = %s",
        (schema,),
    )
    found = defaultdict[str, list[str]](list)
    for table, other in statements.fetchall():
        found[table].append(other)
    return found


def lines(admin: connection, table: Table, new: New | None = None) -> Iterator[bytes]:
    """A line for each row of a table, or for each that came with a new entry, in an order that is always the same."""
    where, values = _that_are_new(table, new) if new is not None else ("", ())
    columns = ", ".join(f"kept.{column}::text" for column in table.quoted)
    order = ", ".join(f"kept.{column}" for column in table.quoted)
    with admin.cursor(f"rows_of_{table.name}") as statements:
        statements.itersize = _AT_A_TIME
        statements.execute(f"SELECT {columns} FROM {table.schema}.{table.name} AS kept{where} ORDER BY {order}", values)
        for row in statements:
            yield canonical(dict(zip(table.columns, row, strict=True))) + b"\n"


def _that_are_new(table: Table, new: New) -> tuple[str, tuple[object, ...]]:
    version = WITH_THEIR_ENTRY[table.name]
    where = (
        " JOIN unnest(%s::uuid[], %s::integer[]) AS new (account_id, since) ON new.account_id = kept.account_id"
        f" WHERE {version} >= since"
    )
    return where, ([str(account_id) for account_id in new], list(new.values()))
