"""How far have the spans come, and how far could they?"""

from typing import NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.council import Council

PROJECTION = "progress_spans"


class Reached(NamedTuple):
    """How far the spans have come.

    `position` is the last event that is in them and `scheme_change` the last change of scheme; `account_id`, where it
    is given, the last account of those that the next change has moved so far.
    """

    position: int
    scheme_change: int
    account_id: UUID | None = None


def reached_and_last(statements: cursor, council: Council) -> tuple[Reached, Reached]:
    """How far the spans have come, and how far they could."""
    schema = council.names.schema
    statements.execute(
        "SELECT coalesce(held.position, 0), coalesce(held.scheme_change, 0), held.account_id, head.position,"
        f" coalesce((SELECT max(number) FROM {schema}.scheme_changes), 0)"
        f" FROM {schema}.head LEFT JOIN {schema}.positions AS held ON projection = %s",
        (PROJECTION,),
    )
    row = statements.fetchone()
    assert row is not None  # the head is always there
    position, scheme_change, account_id, last_position, last_change = row
    return _as_reached(position, scheme_change, account_id), Reached(last_position, last_change)


def held(statements: cursor, council: Council) -> Reached:
    """How far the spans have come, the row that says so held to the end of the transaction: followers take turns."""
    statements.execute(
        f"INSERT INTO {council.names.schema}.positions AS held (projection, position) VALUES (%s, 0)"
        " ON CONFLICT (projection) DO UPDATE SET position = held.position"
        " RETURNING position, scheme_change, account_id",
        (PROJECTION,),
    )
    row = statements.fetchone()
    assert row is not None  # it was just written
    return _as_reached(*row)


def _as_reached(position: int, scheme_change: int, account_id: str | None) -> Reached:
    return Reached(position, scheme_change, UUID(account_id) if account_id else None)


def move(statements: cursor, council: Council, reached: Reached) -> None:
    account_id = str(reached.account_id) if reached.account_id else None
    statements.execute(
        f"UPDATE {council.names.schema}.positions SET position = %s, scheme_change = %s, account_id = %s"
        " WHERE projection = %s",
        (reached.position, reached.scheme_change, account_id, PROJECTION),
    )


def how_far(statements: cursor, council: Council, reached: Reached, last: Reached) -> tuple[int, int]:
    """What is done and what there is to do: events, or in a change of scheme accounts."""
    if reached.account_id is None:
        return reached.position, last.position
    statements.execute(
        f"SELECT count(*) FILTER (WHERE account_id <= %s), count(*) FROM {council.names.schema}.account_references",
        (str(reached.account_id),),
    )
    done, accounts = statements.fetchone() or (0, 0)
    return done, accounts
