"""How what is no event takes its place among the events: under the lock that gives every event its own."""

from datetime import datetime
from typing import NamedTuple

from psycopg2.extensions import cursor

NEXT_INSTANT = "(recorded_at AT TIME ZONE 'UTC' + interval '1 microsecond') AT TIME ZONE 'UTC'"
"""The instant after the last one recorded, as IMMUTABLE functions give it: a distributed engine updates by no other."""


class Place(NamedTuple):
    """After which event, and from which moment of knowledge on, something counts."""

    position: int
    recorded_at: datetime


def hold_head(statements: cursor, schema: str, now: datetime) -> Place:
    """The place of what is recorded next. Nothing else is recorded until this transaction ends."""
    statements.execute(f"SELECT position, GREATEST({NEXT_INSTANT}, %s) FROM {schema}.head FOR UPDATE", (now,))
    row = statements.fetchone()
    assert row is not None  # the head is always there
    return Place(*row)


def move_head(statements: cursor, schema: str, place: Place) -> None:
    """Take a place that is held: whatever is recorded next is recorded after it."""
    statements.execute(f"UPDATE {schema}.head SET recorded_at = %s", (place.recorded_at,))
