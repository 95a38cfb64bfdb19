"""How changes of scheme and of amounts come to stand in the evidence log: they move figures, and are in no account."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from psycopg2.extensions import cursor

from domain.account.chain import BEFORE_THE_FIRST
from domain.account.statement import canonical
from domain.dates import instant_text
from ledger.evidence.tree import leaf_hash

_TABLES = {"scheme": "scheme_changes", "amounts": "policy_changes"}
_DATA = {
    "scheme": ("kind", "name", "edition", "text", "rules", "position"),
    "amounts": ("change_id", "kind", "amounts", "position"),
}


class _Change(NamedTuple):
    """A change that stands in its own table and not in the log yet."""

    recorded_at: datetime
    stream: str
    number: int
    recorded_by: str
    data: Mapping[str, Any]


def keep_entries(statements: cursor, schema: str) -> None:
    """Enter every change that is not in the log yet, each with the hash of the one before it.

    For whoever holds the council's head, so that no other entry takes the same place.
    """
    changes = [change for stream in _TABLES for change in _without(statements, schema, stream)]
    for change in sorted(changes, key=itemgetter(0, 1, 2)):
        _enter(statements, schema, change)


def _without(statements: cursor, schema: str, stream: str) -> Iterator[_Change]:
    columns = ", ".join(f"changes.{name}" for name in _DATA[stream])
    statements.execute(
        f"SELECT changes.recorded_at, changes.number, changes.recorded_by, {columns}"
        f" FROM {schema}.{_TABLES[stream]} AS changes WHERE NOT EXISTS"
        f" (SELECT FROM {schema}.policy_entries WHERE (stream, change) = (%s, changes.number))",
        (stream,),
    )
    for recorded_at, number, recorded_by, *values in statements.fetchall():
        yield _Change(recorded_at, stream, number, recorded_by, dict(zip(_DATA[stream], values, strict=True)))


def _enter(statements: cursor, schema: str, change: _Change) -> None:
    statements.execute(f"SELECT position FROM {schema}.head")
    ((position,),) = statements.fetchall()
    statements.execute(f"SELECT encode(leaf, 'hex') FROM {schema}.policy_entries ORDER BY number DESC LIMIT 1")
    last = statements.fetchone()
    entry = canonical(
        {
            "after": position,
            "change": change.number,
            "data": change.data,
            "previous": last[0] if last else BEFORE_THE_FIRST,
            "recorded_at": instant_text(change.recorded_at),
            "recorded_by": change.recorded_by,
            "stream": change.stream,
        }
    )
    statements.execute(
        f"INSERT INTO {schema}.policy_entries (stream, change, position, entry, leaf) VALUES (%s, %s, %s, %s, %s)",
        (change.stream, change.number, position, entry, leaf_hash(entry)),
    )
