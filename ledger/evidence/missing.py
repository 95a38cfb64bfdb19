"""Which entries bear no hash, because an older version of the program recorded them, and how do they get one?"""

from collections.abc import Sequence
from typing import Any

from psycopg2.extensions import connection, cursor

from ledger.evidence.leaves import Row, chained
from ledger.store.names import CouncilNames

_AT_A_TIME = 5_000
_ROW = "account_id, version, topic, state, recorded_at, recorded_by, role"


def fill_in(admin: connection, names: CouncilNames) -> int:
    """Give every entry without a hash its own; how many there were.

    An older program that still records may leave more behind, so it is looked for them until there are none.
    """
    filled = 0
    while found := _go_through(admin, names):
        filled += found
    return filled


def _go_through(admin: connection, names: CouncilNames) -> int:
    """One pass, some thousand entries a transaction. What comes after an entry that is not there stays without."""
    filled, last = 0, ("00000000-0000-0000-0000-000000000000", 0)
    while True:
        with admin, admin.cursor() as statements:
            statements.execute(f"SET LOCAL ROLE {names.owner}")
            rows = _without(statements, names.schema, last)
            if not rows:
                return filled
            filled += _fill(statements, names.schema, rows)
            last = rows[-1][:2]


def _without(statements: cursor, schema: str, after: tuple[str, int]) -> list[Row]:
    statements.execute(
        f"SELECT {_ROW} FROM {schema}.events WHERE leaf IS NULL AND (account_id, version) > (%s, %s)"
        " ORDER BY account_id, version LIMIT %s",
        (*after, _AT_A_TIME),
    )
    return statements.fetchall()


def _fill(statements: cursor, schema: str, rows: list[Row]) -> int:
    leaves = chained(rows, None, heads(statements, schema, rows))
    found = [(row[0], row[1], leaf) for row, leaf in zip(rows, leaves, strict=True) if leaf]
    accounts, versions, hashes = zip(*found, strict=True) if found else ((), (), ())
    statements.execute(
        f"UPDATE {schema}.events SET leaf = filled.leaf"
        " FROM unnest(%s::uuid[], %s::integer[], %s::bytea[]) AS filled (account_id, version, leaf)"
        " WHERE (events.account_id, events.version) = (filled.account_id, filled.version)",
        (list(accounts), list(versions), list(hashes)),
    )
    return len(found)


def heads(statements: cursor, schema: str, rows: Sequence[Row]) -> dict[str, Any]:
    """The entries that the first rows of accounts come after, by account. An entry never changes: no lock is needed."""
    first = {row[0]: row[1] for row in reversed(rows) if row[1] > 1}
    if not first:
        return {}
    statements.execute(
        "SELECT account_id, version, leaf FROM unnest(%s::uuid[], %s::integer[]) AS asked (account_id, version)"
        f" JOIN {schema}.events USING (account_id, version)",
        (list(first), [version - 1 for version in first.values()]),
    )
    return {account: (version, bytes(leaf) if leaf else None) for account, version, leaf in statements}
