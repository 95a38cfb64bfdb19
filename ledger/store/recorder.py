"""Where events are kept: the event-sourcing library's recorders on psycopg2, one council's schema at a time."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg2
from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
)
from psycopg2.extensions import cursor

from ledger.entry import StoredEntry
from ledger.evidence.leaves import Heads, chained, closing, leaf_in_sql, opening, previous
from ledger.evidence.missing import heads
from ledger.evidence.tree import Hash
from ledger.outcomes import Receipted
from ledger.store.copying import copy_in
from ledger.store.database import Database, StoreUnavailable
from ledger.store.head import NEXT_INSTANT
from ledger.store.names import CouncilNames
from ledger.store.subscription import PollingSubscription

Before = Callable[[cursor], None]
"""What else a transaction has to write before its events: a receipt, a person."""

_COLUMNS = ("account_id", "version", "topic", "state", "recorded_at", "recorded_by", "role")
_EVENT = ", ".join(_COLUMNS)
_AT = _COLUMNS.index("recorded_at")
_GIVEN = "(%s::uuid, %s::integer, %s, %s::bytea, %s::timestamptz, %s, %s)"
_WHEN_KEPT = "EXISTS (SELECT FROM kept)"


class Row(NamedTuple):
    """A statement that inserts a row, and its values."""

    statement: str
    values: tuple[Any, ...]


class Place(NamedTuple):
    """Where and when an event came to stand in the council's ledger."""

    position: int
    recorded_at: datetime
    leaf: Hash | None


class Placed(NamedTuple):
    """An entry as it is stored, and its place in the council's ledger."""

    position: int
    entry: StoredEntry


class CouncilRecorder(ProcessRecorder):
    """Appends and reads one council's events.

    Positions are dense and in the order of commit: the one row of `head` is taken last, in the statement that
    inserts, and held to the commit. `recorded_at` rises from one commit to the next for the same reason.
    """

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._schema = names.schema

    def append(
        self,
        events: Sequence[StoredEvent],
        before: Before | None = None,
        within: cursor | None = None,
        after: Heads | None = None,
    ) -> list[Place]:
        """Append events, all or none, after what `before` writes: a few of one account, or thousands of many.

        They become part of a transaction where one is given. What they come `after` is looked up unless it is given.
        Raises IntegrityError naming the constraint, OutcomeUnknown.
        """
        transaction = nullcontext(within) if within else self._database.transaction()
        with self._conflicts_named(), transaction as statements:
            if before:
                before(statements)
            return self._insert(statements, events, after) if events else []

    def append_with(self, row: Row, events: Sequence[StoredEvent], after: Heads) -> list[Place]:
        """As `append`, after one row that is nowhere yet: one event by one statement, so that nothing else is sent.

        The row comes first: whoever waits for a conflicting one holds no place that others wait for.
        """
        if len(events) > 1:
            return self.append(events, lambda statements: statements.execute(*row), after=after)
        with self._conflicts_named(), self._database.statement(records=True) as statements:
            return self._insert_one(statements, _row(events[0]), after, row)

    @contextmanager
    def turn(self) -> Iterator[cursor]:
        """A transaction before whose end nobody else records anything. Raises IntegrityError, OutcomeUnknown."""
        with self._conflicts_named(), self._database.transaction() as statements:
            statements.execute(f"SELECT FROM {self._schema}.head FOR UPDATE")
            yield statements

    def latest(self, now: datetime) -> datetime:
        """The later of now and the instant of the last event, which the ledger's order may have moved past it."""
        with self._database.statement() as statements:
            statements.execute(f"SELECT GREATEST(recorded_at, %s) FROM {self._schema}.head", (now,))
            row = statements.fetchone()
        return row[0] if row else now

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """The library's way in: as `append`, with `tracking` recorded in the same transaction where it is given."""
        tracking: Tracking | None = kwargs.get("tracking")
        with self._conflicts_named(), self._database.transaction() as statements:
            if tracking:
                self._track(statements, tracking)
            places = self._insert(statements, stored_events) if stored_events else []
        return [place.position for place in places] or None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEntry]:
        """An account's events in order of version; versions `gt` (exclusive) to `lte` (inclusive)."""
        with self._database.statement() as statements:
            statements.execute(
                f"SELECT {_EVENT} FROM {self._schema}.events WHERE account_id = %s"
                " AND (%s::int IS NULL OR version > %s) AND (%s::int IS NULL OR version <= %s)"
                f" ORDER BY version {'DESC' if desc else 'ASC'} LIMIT %s",
                (str(originator_id), gt, gt, lte, lte, limit),
            )
            return stored(statements.fetchall())

    def events_of(self, accounts: Collection[UUID], without: Collection[str] = ()) -> dict[UUID, list[StoredEntry]]:
        """The events of many accounts in order of version, save those under some topics. One without is not named."""
        found: defaultdict[Any, list[StoredEntry]] = defaultdict(list)
        with self._database.statement() as statements:
            statements.execute(
                f"SELECT {_EVENT} FROM {self._schema}.events WHERE account_id = ANY(%s::uuid[])"
                " AND topic <> ALL(%s::text[]) ORDER BY account_id, version",
                (_ids(accounts), list(without)),
            )
            for event in stored(statements.fetchall()):
                found[event.originator_id].append(event)
        return found

    def events_named(self, names: Collection[str]) -> list[StoredEntry]:
        """The council's events of some kinds, whatever the version of their shape, in the order of their positions."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT {_EVENT} FROM {self._schema}.events"
                " WHERE split_part(topic, '.', 1) = ANY(%s) ORDER BY position",
                (list(names),),
            )
            return stored(statements.fetchall())

    def receipted(self, account_id: UUID, version: int) -> Receipted | None:
        """Where an entry stands in the council's ledger, and its hash; None if there is no such entry."""
        with self._database.statement() as statements:
            statements.execute(
                f"SELECT position, encode(leaf, 'hex') FROM {self._schema}.events"
                " WHERE (account_id, version) = (%s, %s)",
                (str(account_id), version),
            )
            row = statements.fetchone()
        return Receipted(*row) if row else None

    def worked(self) -> list[tuple[str, str, int, datetime, datetime]]:
        """By whom and in which role events were recorded: how many, and the instants of the first and the last."""
        with self._database.transaction() as statements:
            statements.execute(
                "SELECT recorded_by, role, count(*), min(recorded_at), max(recorded_at)"
                f" FROM {self._schema}.events GROUP BY recorded_by, role ORDER BY recorded_by, role"
            )
            return statements.fetchall()

    def versions(self, accounts: Collection[UUID]) -> dict[UUID, int]:
        """The version of each account, as it stands now."""
        with self._database.transaction() as statements:
            statements.execute(
                "SELECT asked.id, last.version FROM unnest(%s::uuid[]) AS asked (id), LATERAL"
                f" (SELECT version FROM {self._schema}.events WHERE account_id = asked.id"
                " ORDER BY version DESC LIMIT 1) AS last",
                (_ids(accounts),),
            )
            return {UUID(account_id): version for account_id, version in statements}

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The council's events in the order of their positions."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT position, account_id, version, topic, state FROM {self._schema}.events"
                f" WHERE position {'>=' if inclusive_of_start else '>'} %s AND (%s::bigint IS NULL OR position <= %s)"
                " AND (%s = '{}' OR topic = ANY(%s)) ORDER BY position LIMIT %s",
                (start or 0, stop, stop, list(topics), list(topics), limit),
            )
            return [
                Notification(UUID(account_id), version, topic, bytes(state), id=position)
                for position, account_id, version, topic, state in statements
            ]

    def max_notification_id(self) -> int | None:
        with self._database.transaction() as statements:
            statements.execute(f"SELECT position FROM {self._schema}.head")
            return _one(statements) or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        return PollingSubscription(recorder=self, gt=gt, topics=topics)

    def insert_tracking(self, tracking: Tracking) -> None:
        with self._conflicts_named(), self._database.transaction() as statements:
            self._track(statements, tracking)

    def max_tracking_id(self, application_name: str) -> int | None:
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT position FROM {self._schema}.positions WHERE projection = %s", (application_name,)
            )
            return _one(statements)

    def _insert(self, statements: cursor, events: Sequence[StoredEvent], after: Heads | None = None) -> list[Place]:
        """The events in the places that follow the last one, which nobody else is given before this is committed.

        One alone is hashed by the statement that gives it its place, since its hash covers its instant.
        """
        rows = [_row(event) for event in events]
        known = after if after is not None else heads(statements, self._schema, rows)
        return self._copy(statements, rows, known) if len(rows) > 1 else self._insert_one(statements, rows[0], known)

    def _insert_one(
        self, statements: cursor, row: tuple[Any, ...], after: Heads, first: Row | None = None
    ) -> list[Place]:
        kept, once = (f"kept AS ({first.statement} RETURNING 1),", _WHEN_KEPT) if first else ("", "true")
        statement = f"""
            WITH {kept}
            given ({_EVENT}) AS (VALUES {_GIVEN}),
            head AS ({self._take_places(1, "(SELECT given.recorded_at FROM given)", once)})
            INSERT INTO {self._schema}.events (position, {_EVENT}, leaf)
            SELECT head.position + 1, account_id, version, topic, state, head.recorded_at, recorded_by, role,
                {leaf_in_sql("state", "head.recorded_at")}
            FROM head, given
            RETURNING position, recorded_at, leaf
        """
        hashed = (b"\x00" + opening(row), previous(row, after), closing(row))
        statements.execute(statement, (*(first.values if first else ()), *row, *hashed))
        return [_place(*found) for found in statements.fetchall()]

    def _copy(self, statements: cursor, rows: Sequence[tuple[Any, ...]], after: Heads) -> list[Place]:
        statements.execute(self._take_places(len(rows), "%s"), (max(row[_AT] for row in rows),))
        ((before, at),) = statements.fetchall()
        leaves = list(chained(rows, at, after))
        in_place = (
            (before + n, *row[:_AT], at, *row[_AT + 1 :], leaf)
            for n, (row, leaf) in enumerate(zip(rows, leaves, strict=True), start=1)
        )
        copy_in(statements, f"{self._schema}.events", ("position", *_COLUMNS, "leaf"), in_place)
        return [Place(before + n, at, leaf) for n, leaf in enumerate(leaves, start=1)]

    def _take_places(self, number: int, at: str, once: str = "true") -> str:
        """The statement that takes so many places, and says after which position they come and of which instant."""
        return (
            f"UPDATE {self._schema}.head SET position = position + {number},"
            f" recorded_at = GREATEST({NEXT_INSTANT}, {at}) WHERE {once}"
            f" RETURNING position - {number} AS position, recorded_at"
        )

    def _track(self, statements: cursor, tracking: Tracking) -> None:
        """A position only rises, so that nothing is ever handled twice."""
        statements.execute(
            f"INSERT INTO {self._schema}.positions AS held (projection, position) VALUES (%s, %s)"
            " ON CONFLICT (projection) DO UPDATE SET position = excluded.position"
            " WHERE held.position < excluded.position",
            (tracking.application_name, tracking.notification_id),
        )
        if statements.rowcount != 1:
            raise IntegrityError(f"{tracking.application_name} is past {tracking.notification_id} already")

    @contextmanager
    def _conflicts_named(self) -> Iterator[None]:
        try:
            yield
        except psycopg2.errors.UniqueViolation as conflict:
            raise IntegrityError(conflict.diag.constraint_name) from conflict
        except StoreUnavailable as fault:
            if isinstance(fault.__cause__, psycopg2.errors.DeadlockDetected):  # with a repetition of the same request
                raise IntegrityError("each waited for the other, and the other went first") from fault
            raise


def entries_of(statements: cursor, schema: str, accounts: Collection[UUID], through: int) -> dict[UUID, list[Placed]]:
    """What is recorded of some accounts up to a position, each in order of version: one query for all of them."""
    ids = [str(account_id) for account_id in accounts]
    return _placed(statements, schema, "account_id = ANY(%s::uuid[])", (ids,), through)


def entries_between(statements: cursor, schema: str, first: UUID, last: UUID, through: int) -> dict[UUID, list[Placed]]:
    """The same of every account from one id to another."""
    return _placed(statements, schema, "account_id BETWEEN %s AND %s", (str(first), str(last)), through)


def _placed(
    statements: cursor, schema: str, which: str, values: tuple[Any, ...], through: int
) -> dict[UUID, list[Placed]]:
    statements.execute(
        f"SELECT position, {_EVENT} FROM {schema}.events WHERE {which} AND position <= %s ORDER BY account_id, version",
        (*values, through),
    )
    rows = statements.fetchall()
    found: defaultdict[Any, list[Placed]] = defaultdict(list)
    for (position, *_), entry in zip(rows, stored([row[1:] for row in rows]), strict=True):
        found[entry.originator_id].append(Placed(position, entry))
    return found


def _row(event: StoredEvent) -> tuple[Any, ...]:
    at, by, role = datetime.now(UTC), "", ""  # an event from the library itself says nothing of these
    if isinstance(event, StoredEntry):
        at, by, role = event.recorded_at, event.recorded_by, event.role
    return (str(event.originator_id), event.originator_version, event.topic, event.state, at, by, role)


def _place(position: int, recorded_at: datetime, leaf: memoryview | None) -> Place:
    return Place(position, recorded_at, bytes(leaf) if leaf else None)


def _ids(accounts: Collection[UUID]) -> list[str]:
    return [str(account_id) for account_id in accounts]


def stored(rows: Sequence[tuple[Any, ...]]) -> list[StoredEntry]:
    """Rows of events as entries, an account's one after the other."""
    found: list[StoredEntry] = []
    written, account_id = "", UUID(int=0)
    for each, version, topic, state, recorded_at, recorded_by, role in rows:
        if each != written:
            written, account_id = each, UUID(each)
        found.append(StoredEntry(account_id, version, topic, bytes(state), recorded_at, recorded_by, role))
    return found


def _one(statements: cursor) -> int | None:
    row = statements.fetchone()
    return row[0] if row else None
