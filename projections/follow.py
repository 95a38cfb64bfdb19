"""How what is ready to read keeps up with the ledger: events and changes of scheme, each handled once, in order."""

from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor
from psycopg2.extras import execute_values

from domain.account.posted import may_move_figures
from domain.account.state import fold
from domain.schemes import Scheme
from ledger.council import Council
from ledger.schemes import KnownSchemes, SchemeChange
from projections.reached import Reached, held, how_far, move, reached_and_last
from projections.spans import Span, spans

BATCH = 500
ACCOUNTS = 100

Progress = Callable[[int, int], None]
"""Called with the position reached and the last there is; in a change of scheme, with the accounts done and all."""


def catch_up(council: Council, progress: Progress | None = None) -> int:
    """Bring the spans up to the end of the ledger; the position they have reached.

    Rows and position are written in one transaction, and the row of the position is held while they are, so that
    two followers at once do nothing twice.
    """
    while True:
        with council.projector.transaction() as statements:
            reached, last = reached_and_last(statements, council)
            if reached == last:
                return last.position  # the common case of a reader: nothing is written, so nothing waits for the disk
            reached = _follow_on(statements, council, held(statements, council))
            move(statements, council, reached)
            done, to_do = how_far(statements, council, reached, last)
        if progress:
            progress(done, to_do)


def rebuild(council: Council, progress: Progress | None = None) -> int:
    """Drop every row and make them all again from the ledger."""
    with council.projector.transaction() as statements:
        held(statements, council)
        statements.execute(f"TRUNCATE {council.names.schema}.progress_spans")
        move(statements, council, Reached(0, 0))
    return catch_up(council, progress)


def _follow_on(statements: cursor, council: Council, reached: Reached) -> Reached:
    """Handle what comes next: some of the accounts that a change of scheme moves, or the events up to the next one."""
    events = _events_after(statements, council, reached.position)
    known = council.schemes  # looked up after the events, so no change that stands before one of them is missed
    change = known.turn_after(reached.scheme_change)
    if change and change.position <= reached.position:
        return _follow_change(statements, council, reached, known, change)
    in_turn = [event for event in events if change is None or event.position <= change.position]
    scheme = known.through(reached.scheme_change).adopted
    for account_id, changes in groupby(sorted(in_turn), key=lambda event: event.account_id):
        _follow_account(statements, council, scheme, UUID(account_id), [event.version for event in changes])
    position = in_turn[-1].position if in_turn else reached.position
    return Reached(position, reached.scheme_change if change else known.last)


class _Event(NamedTuple):
    account_id: str
    version: int
    position: int


def _events_after(statements: cursor, council: Council, position: int) -> list[_Event]:
    statements.execute(
        f"SELECT account_id, version, position FROM {council.names.schema}.events"
        " WHERE position > %s ORDER BY position LIMIT %s",
        (position, BATCH),
    )
    return [_Event(*row) for row in statements]


def _follow_account(
    statements: cursor, council: Council, scheme: Scheme, account_id: UUID, versions: list[int]
) -> None:
    account = fold(council.ledger.entries(account_id, through=versions[-1]))
    assert account is not None  # its events were just read
    current = _current(statements, council, account_id)
    for version in versions:
        entry = account.entries[version - 1]
        if may_move_figures(entry.fact):
            wanted = spans(account.first(version), scheme)
            _replace(statements, council, account_id, current, wanted, entry.recorded_at)
            current = wanted


def _follow_change(
    statements: cursor, council: Council, reached: Reached, known: KnownSchemes, change: SchemeChange
) -> Reached:
    """Have some more accounts rest on the rules of the change, from its instant of knowledge on."""
    scheme, accounts = known.through(change.number).adopted, _accounts_after(statements, council, reached)
    for account_id, version in accounts:
        account = fold(council.ledger.entries(account_id, through=version))
        assert account is not None  # its events were just read
        current = _current(statements, council, account_id)
        _replace(statements, council, account_id, current, spans(account, scheme), change.recorded_at)
    if len(accounts) == ACCOUNTS:
        return reached._replace(account_id=accounts[-1][0])
    return Reached(reached.position, change.number)


def _accounts_after(statements: cursor, council: Council, reached: Reached) -> list[tuple[UUID, int]]:
    """The next accounts there were at the position reached, each with the version it had there."""
    after = str(reached.account_id) if reached.account_id else None
    statements.execute(
        f"SELECT account_id, max(version) FROM {council.names.schema}.events"
        " WHERE position <= %s AND (%s::uuid IS NULL OR account_id > %s::uuid)"
        " GROUP BY account_id ORDER BY account_id LIMIT %s",
        (reached.position, after, after, ACCOUNTS),
    )
    return [(UUID(account_id), version) for account_id, version in statements]


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
