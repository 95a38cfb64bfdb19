"""How what is ready to read keeps up with the ledger: events and changes of scheme, each handled once, in order."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from domain.schemes import Scheme
from ledger.council import Council
from ledger.faults import without_values
from ledger.schemes import KnownSchemes, SchemeChange
from ledger.store.recorder import entries_of
from projections.program import program
from projections.reached import LIVE, Ahead, Reached, Standing, ahead, held, how_far, move, standing
from projections.tables import Generation
from projections.turns import turn, turned
from projections.working import Working, made

log = logging.getLogger(__name__)

BATCH = 1000
"""So many events are handled in one transaction at most,"""
ENTRIES = 20_000
"""and so many that they need so many entries to be read: others who wait for their turn wait for a second or two."""
ACCOUNTS = 100
"""So many accounts are moved to another scheme in one transaction."""

Progress = Callable[[int, int], None]
"""Called with the position reached and the last there is; in a change of scheme, with the accounts done and all."""


class NowInDoubt(NamedTuple):
    """An account of which nothing can be said from a version on, which could be until then."""

    account_id: UUID
    version: int
    fault: Exception


def catch_up(council: Council, progress: Progress | None = None) -> int:
    """Bring the spans up to the end of the ledger; the position they have reached.

    Rows and position are written in one transaction, and the row of the position is held while they are, so that
    two followers at once do nothing twice. An account that cannot be read or worked out is under review from then on;
    the others go on.
    """
    while True:
        with council.projector.transaction() as statements:
            found = ahead(statements, council)
            if found.reached == found.last and not found.untried:
                return found.last.position  # the common case of a reader: nothing is written, and nothing waits
            in_doubt = _try_again(statements, council) if found.untried else follow_on(statements, council)
            done, to_do = _how_far(statements, council, found)
        for each in in_doubt:
            _tell(each)
        if progress:
            progress(done, to_do)


def follow_on(statements: cursor, council: Council, projection: str = LIVE) -> list[NowInDoubt]:
    """Handle what comes next: some of the accounts that a change of scheme moves, or the events up to the next one."""
    generation, reached = held(statements, council, projection)
    rows = Generation(statements, council.names.schema, generation)
    events = _events_after(statements, council, reached.position)
    known = council.scheme_changes.known_in(statements)  # after the events: no change before one of them is missed
    change = known.turn_after(reached.scheme_change)
    if change and change.position <= reached.position:
        working, reached = _turned(rows, reached, known, change)
    else:
        in_turn = [event for event in events if change is None or event.position <= change.position]
        working = _recorded(rows, in_turn, known.through(reached.scheme_change).adopted)
        position = in_turn[-1].position if in_turn else reached.position
        reached = Reached(position, reached.scheme_change if change else known.last)
    rows.write({account_id: each.thoughts for account_id, each in working.items()}, [program()])
    move(statements, council, Standing(generation, reached), projection)
    return list(_now_in_doubt(working))


class _Event(NamedTuple):
    account_id: str
    version: int
    position: int


def _events_after(statements: cursor, council: Council, position: int) -> list[_Event]:
    """The next events, as many as make one turn."""
    statements.execute(
        f"SELECT account_id, version, position FROM {council.names.schema}.events"
        " WHERE position > %s ORDER BY position LIMIT %s",
        (position, BATCH),
    )
    taken: list[_Event] = []
    entries = 0
    for row in statements:
        event = _Event(*row)
        entries += event.version
        if taken and entries > ENTRIES:
            break
        taken.append(event)
    return taken


def _recorded(rows: Generation, events: Sequence[_Event], scheme: Scheme) -> dict[UUID, Working]:
    """Work each account of the events out, at each of its versions among them, in the order of accounts."""
    versions = defaultdict[UUID, list[int]](list)
    for event in sorted(events):
        versions[UUID(event.account_id)].append(event.version)
    working = _begun(rows, list(versions), events[-1].position if events else 0)
    for account_id, each in working.items():
        for version in versions[account_id]:
            each.record(version, scheme)
    return working


def _turned(
    rows: Generation, reached: Reached, known: KnownSchemes, change: SchemeChange
) -> tuple[dict[UUID, Working], Reached]:
    """Have some more accounts rest on the rules of the change, from its moment of knowledge on."""
    versions, moved = _accounts_after(rows, reached), turn(known, change)
    working = _begun(rows, list(versions), reached.position)
    for account_id, each in working.items():
        each.turn(moved, versions[account_id])
    if len(versions) == ACCOUNTS:
        return working, reached._replace(account_id=list(versions)[-1])
    return working, Reached(reached.position, change.number)


def _accounts_after(rows: Generation, reached: Reached) -> dict[UUID, int]:
    """The next accounts there were at the position reached, each with the version it had there."""
    after = str(reached.account_id) if reached.account_id else None
    rows.statements.execute(
        f"SELECT account_id, max(version) FROM {rows.schema}.events"
        " WHERE position <= %s AND (%s::uuid IS NULL OR account_id > %s::uuid)"
        " GROUP BY account_id ORDER BY account_id LIMIT %s",
        (reached.position, after, after, ACCOUNTS),
    )
    return {UUID(account_id): version for account_id, version in rows.statements}


def _begun(rows: Generation, accounts: Sequence[UUID], through: int) -> dict[UUID, Working]:
    """Accounts as they stand at a position, with what has been thought of them."""
    events, thoughts = entries_of(rows.statements, rows.schema, accounts, through), rows.thoughts(accounts)
    return {account_id: Working(events[account_id], thoughts[account_id]) for account_id in accounts}


def _try_again(statements: cursor, council: Council) -> list[NowInDoubt]:
    """Make an account again from its first event, which another version of the program could not work out."""
    generation, reached = held(statements, council)
    rows = Generation(statements, council.names.schema, generation)
    statements.execute(
        f"SELECT account_id FROM {rows.schema}.accounts_under_review"
        " WHERE generation = %s AND NOT tried_by @> ARRAY[%s] ORDER BY account_id LIMIT 1",
        (generation, program()),
    )
    for account_id in [UUID(account_id) for (account_id,) in statements.fetchall()]:
        known = council.scheme_changes.known_in(statements)
        events = entries_of(statements, rows.schema, [account_id], reached.position)[account_id]
        working = made(events, turned(known, reached, account_id))
        rows.write({account_id: working.thoughts}, [*rows.forget(account_id), program()])
    return []  # whoever found it first has told of it


def _now_in_doubt(working: Mapping[UUID, Working]) -> Iterator[NowInDoubt]:
    for account_id, each in working.items():
        if each.fault and (doubt := each.thoughts.doubt):
            yield NowInDoubt(account_id, doubt.version, each.fault)


def _how_far(statements: cursor, council: Council, found: Ahead) -> tuple[int, int]:
    return how_far(statements, council, standing(statements, council).reached, found.last)


def _tell(each: NowInDoubt) -> None:
    """Once for each account, and loud."""
    log.error(
        "account %s is under review from version %s on: it could not be worked out\n%s",
        each.account_id,
        each.version,
        without_values(each.fault),
    )
