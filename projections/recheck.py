"""Is what is ready to read of an account what comes out of the ledger? Some accounts at a time, and nothing is kept."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.council import Council
from ledger.store.recorder import entries_of
from projections.follow import catch_up
from projections.reached import Standing, ahead, standing
from projections.tables import COLUMNS, REVIEWS, SPANS, new_rows, values_of
from projections.turns import turned
from projections.working import made

ACCOUNTS = 100
"""So many accounts are worked out in one go."""
FIRST = UUID(int=0)


class Rechecked(NamedTuple):
    """The accounts that were looked at, in the order of their ids, and those of which something else is read."""

    accounts: Sequence[UUID]
    differing: Sequence[UUID]


def recheck(council: Council, after: UUID | None) -> Rechecked:
    """The next accounts after one, each worked out anew from its entries and held against what is read of it."""
    if after is None and not _beyond_the_ledger(council):
        catch_up(council)
    with council.projector.transaction() as statements:
        statements.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        live = standing(statements, council)
        accounts = _next(statements, council.names.schema, live, after or FIRST)
        read = _read(statements, council.names.schema, live, accounts)
        events = entries_of(statements, council.names.schema, accounts, live.reached.position)
        known = council.scheme_changes.known_in(statements)
    differing = []
    for account_id in accounts:
        thoughts = made(events.get(account_id, ()), turned(known, live.reached, account_id)).thoughts
        if {_row(values_of(row)) for row in new_rows(account_id, thoughts)} != read.get(account_id, set()):
            differing.append(account_id)
    return Rechecked(accounts, differing)


def _beyond_the_ledger(council: Council) -> bool:
    """Whether the lists have come further than the ledger has: its end was cut off, and nobody could ever catch up."""
    with council.projector.transaction() as statements:
        found = ahead(statements, council)
    return found.reached.position > found.last.position or found.reached.scheme_change > found.last.scheme_change


def how_many(council: Council) -> int:
    """How many accounts there are to look at, as far as their references tell."""
    with council.projector.transaction() as statements:
        statements.execute(f"SELECT count(*) FROM {council.names.schema}.account_references")
        ((number,),) = statements.fetchall()
    return int(number)


def _next(statements: cursor, schema: str, live: Standing, after: UUID) -> list[UUID]:
    """Accounts of the ledger, and of what is read: there may be rows of one that is none."""
    ids = " UNION ".join(
        f"(SELECT DISTINCT account_id FROM {schema}.{table} WHERE {which} AND account_id > %s"
        " ORDER BY account_id LIMIT %s)"
        for table, which in (
            ("events", "version = 1 AND position <= %s"),
            (SPANS, "generation = %s"),
            (REVIEWS, "generation = %s"),
        )
    )
    values = [(number, str(after), ACCOUNTS) for number in (live.reached.position, live.generation, live.generation)]
    statements.execute(f"{ids} ORDER BY account_id LIMIT %s", (*(each for three in values for each in three), ACCOUNTS))
    return [UUID(account_id) for (account_id,) in statements.fetchall()]


def _read(
    statements: cursor, schema: str, live: Standing, accounts: Sequence[UUID]
) -> dict[UUID, set[tuple[Any, ...]]]:
    found = dict[UUID, set[tuple[Any, ...]]]()
    for table, columns in COLUMNS.items():
        asked = ", ".join("NULLIF(known_to, 'infinity')" if name == "known_to" else name for name in columns)
        statements.execute(
            f"SELECT {asked} FROM {schema}.{table} WHERE generation = %s AND account_id = ANY(%s::uuid[])",
            (live.generation, [str(account_id) for account_id in accounts]),
        )
        for account_id, *rest in statements:
            found.setdefault(UUID(account_id), set()).add((UUID(account_id), *rest))
    return found


def _row(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row as it is read: what has no end is read as none."""
    account_id, since, until, *rest = values
    return account_id, since, None if until == "infinity" else until, *rest
