"""How what is ready to read keeps up with the ledger: events in batches, each handled once, in order."""

from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from uuid import UUID

from psycopg2.extensions import cursor
from psycopg2.extras import execute_values

from domain.account.state import CareAccount, fold
from ledger.council import Council
from projections.spans import Span, spans

PROJECTION = "progress_spans"
BATCH = 500

Progress = Callable[[int, int], None]
"""Called with the position reached and the last position there is."""


def catch_up(council: Council, progress: Progress | None = None) -> int:
    """Bring the spans up to the end of the ledger; the position they have reached.

    Rows and position are written in one transaction, and the row of the position is held while they are, so that
    two followers at once do no event twice.
    """
    while True:
        with council.projector.transaction() as statements:
            reached, last = _positions(statements, council)
            if reached == last:
                return reached  # the common case of a reader: nothing is written, so nothing waits for the disk
            reached = _handle_batch(statements, council, _held_position(statements, council))
        if progress:
            progress(reached, last)


def rebuild(council: Council, progress: Progress | None = None) -> int:
    """Drop every row and make them all again from the ledger."""
    with council.projector.transaction() as statements:
        _held_position(statements, council)
        statements.execute(f"TRUNCATE {council.names.schema}.progress_spans")
        _move(statements, council, 0)
    return catch_up(council, progress)


def _positions(statements: cursor, council: Council) -> tuple[int, int]:
    """The position reached and the last there is."""
    schema = council.names.schema
    statements.execute(
        f"SELECT coalesce((SELECT position FROM {schema}.positions WHERE projection = %s), 0), position"
        f" FROM {schema}.head",
        (PROJECTION,),
    )
    reached, last = statements.fetchone() or (0, 0)
    return reached, last


def _held_position(statements: cursor, council: Council) -> int:
    """The position reached, its row held to the end of the transaction, so that followers take turns."""
    statements.execute(
        f"INSERT INTO {council.names.schema}.positions AS held (projection, position) VALUES (%s, 0)"
        " ON CONFLICT (projection) DO UPDATE SET position = held.position RETURNING position",
        (PROJECTION,),
    )
    (position,) = statements.fetchone() or (0,)
    return int(position)


def _move(statements: cursor, council: Council, position: int) -> None:
    statements.execute(
        f"UPDATE {council.names.schema}.positions SET position = %s WHERE projection = %s", (position, PROJECTION)
    )


def _handle_batch(statements: cursor, council: Council, after: int) -> int:
    statements.execute(
        f"SELECT account_id, version, position FROM {council.names.schema}.events"
        " WHERE position > %s ORDER BY position LIMIT %s",
        (after, BATCH),
    )
    events = statements.fetchall()
    if not events:
        return after  # another follower did them while this one waited
    for account_id, changes in groupby(sorted(events), key=lambda event: str(event[0])):
        versions = [version for _, version, _ in changes]
        _follow_account(statements, council, UUID(account_id), versions)
    reached = int(events[-1][2])
    _move(statements, council, reached)
    return reached


def _follow_account(statements: cursor, council: Council, account_id: UUID, versions: list[int]) -> None:
    account = fold(council.ledger.entries(account_id, through=versions[-1]))
    assert account is not None  # its events were just read
    current = _current(statements, council, account_id)
    for version in versions:
        as_it_was = CareAccount(account.entries[:version])
        wanted = spans(as_it_was, council.scheme)
        _replace(statements, council, account_id, current, wanted, as_it_was.entries[-1].recorded_at)
        current = wanted


def _current(statements: cursor, council: Council, account_id: UUID) -> list[Span]:
    statements.execute(
        f"SELECT {', '.join(Span._fields)} FROM {council.names.schema}.progress_spans"
        " WHERE account_id = %s AND known_to = 'infinity'",
        (str(account_id),),
    )
    return [Span(*row) for row in statements]


def _replace(
    statements: cursor, council: Council, account_id: UUID, current: list[Span], wanted: list[Span], at: datetime
) -> None:
    """What is no longer thought so ends at the instant; what is newly thought so begins at it."""
    table = f"{council.names.schema}.progress_spans"
    ended = [span.valid_from for span in set(current) - set(wanted)]
    if ended:
        rows = (str(account_id), ended, at)
        statements.execute(
            f"DELETE FROM {table} WHERE account_id = %s AND valid_from = ANY(%s) AND known_from = %s", rows
        )
        statements.execute(
            f"UPDATE {table} SET known_to = %s"
            " WHERE account_id = %s AND valid_from = ANY(%s) AND known_to = 'infinity'",
            (at, str(account_id), ended),
        )
    begun = [(str(account_id), at, "infinity", *span) for span in wanted if span not in set(current)]
    if begun:
        columns = f"account_id, known_from, known_to, {', '.join(Span._fields)}"
        execute_values(statements, f"INSERT INTO {table} ({columns}) VALUES %s", begun)
