"""How far has a generation of what is ready to read come, and how far could it?"""

from typing import Any, NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.council import Council
from projections.program import program

LIVE = "progress_spans"
"""Under this name `positions` holds what is being read: its generation, and how far it has come."""
BESIDE = "progress_spans, made again"
"""And under this what is being made again beside it."""


_STANDING = "generation, position, scheme_change, account_id"


class Reached(NamedTuple):
    """How far the spans have come.

    `position` is the last event that is in them and `scheme_change` the last change of scheme; `account_id`, where it
    is given, the last account of those that the next change has moved so far.
    """

    position: int
    scheme_change: int
    account_id: UUID | None = None


class Standing(NamedTuple):
    """A generation, and how far it has come."""

    generation: int
    reached: Reached


class Ahead(NamedTuple):
    """How far the live spans have come, how far they could, and whether this program has accounts to try again."""

    reached: Reached
    last: Reached
    untried: bool


def ahead(statements: cursor, council: Council) -> Ahead:
    """What there is to do for a follower: as a rule nothing, found by one statement."""
    schema = council.names.schema
    statements.execute(
        "SELECT coalesce(held.position, 0), coalesce(held.scheme_change, 0), held.account_id, head.position,"
        f" coalesce((SELECT max(number) FROM {schema}.scheme_changes), 0),"
        f" EXISTS (SELECT FROM {schema}.accounts_under_review AS review"
        " WHERE review.generation = held.generation AND NOT tried_by @> ARRAY[%s])"
        f" FROM {schema}.head LEFT JOIN {schema}.positions AS held ON projection = %s",
        (program(), LIVE),
    )
    row = statements.fetchone()
    assert row is not None  # the head is always there
    position, scheme_change, account_id, last_position, last_change, untried = row
    return Ahead(_reached(position, scheme_change, account_id), Reached(last_position, last_change), untried)


def standing(statements: cursor, council: Council, projection: str = LIVE) -> Standing:
    """How far a generation has come, as it may be another the next moment."""
    statements.execute(f"SELECT {_STANDING} FROM {council.names.schema}.positions WHERE projection = %s", (projection,))
    return _standing(statements.fetchone() or (0, 0, 0, None))


def held(statements: cursor, council: Council, projection: str = LIVE) -> Standing:
    """How far a generation has come, the row that says so held to the end of the transaction: followers take turns."""
    statements.execute(
        f"INSERT INTO {council.names.schema}.positions AS held (projection, position) VALUES (%s, 0)"
        f" ON CONFLICT (projection) DO UPDATE SET position = held.position RETURNING {_STANDING}",
        (projection,),
    )
    row = statements.fetchone()
    assert row is not None  # it was just written
    return _standing(row)


def _standing(row: tuple[Any, ...]) -> Standing:
    generation, *reached = row
    return Standing(generation, _reached(*reached))


def _reached(position: int, scheme_change: int, account_id: str | None) -> Reached:
    return Reached(position, scheme_change, UUID(account_id) if account_id else None)


def move(statements: cursor, council: Council, standing: Standing, projection: str = LIVE) -> None:
    """Say how far a generation has come; of the live one also that it is another from now on."""
    generation, (position, scheme_change, account_id) = standing
    statements.execute(
        f"UPDATE {council.names.schema}.positions"
        " SET generation = %s, position = %s, scheme_change = %s, account_id = %s WHERE projection = %s",
        (generation, position, scheme_change, str(account_id) if account_id else None, projection),
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
