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
_CALLED = {"scheme": "scheme", "amounts": "amounts of law"}
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
    return _all(
        statements,
        schema,
        stream,
        f"NOT EXISTS (SELECT FROM {schema}.policy_entries WHERE (stream, change) = (%s, changes.number))",
        (stream,),
    )


def _all(
    statements: cursor, schema: str, stream: str, which: str = "true", values: tuple[str, ...] = ()
) -> Iterator[_Change]:
    columns = ", ".join(f"changes.{name}" for name in _DATA[stream])
    statements.execute(
        f"SELECT changes.recorded_at, changes.number, changes.recorded_by, {columns}"
        f" FROM {schema}.{_TABLES[stream]} AS changes WHERE {which} ORDER BY changes.number",
        values,
    )
    for recorded_at, number, recorded_by, *found in statements.fetchall():
        yield _Change(recorded_at, stream, number, recorded_by, dict(zip(_DATA[stream], found, strict=True)))


def _enter(statements: cursor, schema: str, change: _Change) -> None:
    statements.execute(f"SELECT position FROM {schema}.head")
    ((position,),) = statements.fetchall()
    statements.execute(f"SELECT encode(leaf, 'hex') FROM {schema}.policy_entries ORDER BY number DESC LIMIT 1")
    last = statements.fetchone()
    entry = _entry(change, position, last[0] if last else BEFORE_THE_FIRST)
    statements.execute(
        f"INSERT INTO {schema}.policy_entries (stream, change, position, entry, leaf) VALUES (%s, %s, %s, %s, %s)",
        (change.stream, change.number, position, entry, leaf_hash(entry)),
    )


def _entry(change: _Change, position: int, previous: str) -> bytes:
    """What is hashed of a change that was entered after a position and after the entry of a hash."""
    return canonical(
        {
            "after": position,
            "change": change.number,
            "data": change.data,
            "previous": previous,
            "recorded_at": instant_text(change.recorded_at),
            "recorded_by": change.recorded_by,
            "stream": change.stream,
        }
    )


def wrong_changes(statements: cursor, schema: str) -> Iterator[str]:
    """Each change of scheme or amounts that is not what its entry says, or stands in the log otherwise."""
    changes = {(each.stream, each.number): each for stream in _TABLES for each in _all(statements, schema, stream)}
    statements.execute(
        f"SELECT stream, change, position, entry, leaf FROM {schema}.policy_entries ORDER BY number",
    )
    before = BEFORE_THE_FIRST
    for stream, number, position, entry, leaf in statements.fetchall():
        change = changes.pop((stream, number), None)
        if change is None:
            yield f"Change {number} of {_CALLED[stream]} is not there any more."
        elif bytes(entry) != _entry(change, position, before) or bytes(leaf) != leaf_hash(bytes(entry)):
            yield f"Change {number} of {_CALLED[stream]} is not what was recorded."
        before = bytes(leaf).hex()
    yield from (f"Change {number} of {_CALLED[stream]} does not stand in the log." for stream, number in changes)
