"""Where events are kept: the event-sourcing library's recorders on psycopg2, one council's schema at a time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
from psycopg2.extras import execute_values

from ledger.entry import StoredEntry
from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.store.subscription import PollingSubscription

Before = Callable[[cursor], None]
"""What else a transaction has to write before its events: a receipt, a person."""

_EVENT = "account_id, version, topic, state, recorded_at, recorded_by, role"


class Place(NamedTuple):
    """Where and when an event came to stand in the council's ledger."""

    position: int
    recorded_at: datetime


class CouncilRecorder(ProcessRecorder):
    """Appends and reads one council's events.

    Positions are dense and in the order of commit: the one row of `head` is taken last, in the statement that
    inserts, and held to the commit. `recorded_at` rises from one commit to the next for the same reason.
    """

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._schema = names.schema

    def append(self, events: Sequence[StoredEvent], before: Before | None = None) -> list[Place]:
        """Append events, all or none, after what `before` writes. Raises IntegrityError naming the constraint."""
        with self._conflicts_named(), self._database.transaction() as statements:
            if before:
                before(statements)
            return self._insert(statements, events) if events else []

    def latest(self, now: datetime) -> datetime:
        """The later of now and the instant of the last event, which the ledger's order may have moved past it."""
        with self._database.transaction() as statements:
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
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT {_EVENT} FROM {self._schema}.events WHERE account_id = %s"
                " AND (%s::int IS NULL OR version > %s) AND (%s::int IS NULL OR version <= %s)"
                f" ORDER BY version {'DESC' if desc else 'ASC'} LIMIT %s",
                (str(originator_id), gt, gt, lte, lte, limit),
            )
            return [_stored(row) for row in statements]

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

    def _insert(self, statements: cursor, events: Sequence[StoredEvent]) -> list[Place]:
        statement = f"""
            WITH given (n, {_EVENT}) AS (VALUES %s),
            head AS (
                UPDATE {self._schema}.head
                SET position = position + {len(events)},
                    recorded_at = GREATEST(
                        recorded_at + interval '1 microsecond', (SELECT max(given.recorded_at) FROM given)
                    )
                RETURNING position - {len(events)} AS position, recorded_at
            )
            INSERT INTO {self._schema}.events (position, {_EVENT})
            SELECT head.position + n, account_id, version, topic, state, head.recorded_at, recorded_by, role
            FROM head, given
            RETURNING position, recorded_at
        """
        rows = [(n, *_row(event)) for n, event in enumerate(events, start=1)]
        template = "(%s, %s::uuid, %s, %s, %s, %s, %s, %s)"
        return [Place(*row) for row in execute_values(statements, statement, rows, template, len(rows), fetch=True)]

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


def _row(event: StoredEvent) -> tuple[Any, ...]:
    at, by, role = datetime.now(UTC), "", ""  # an event from the library itself says nothing of these
    if isinstance(event, StoredEntry):
        at, by, role = event.recorded_at, event.recorded_by, event.role
    state = psycopg2.Binary(event.state)
    return (str(event.originator_id), event.originator_version, event.topic, state, at, by, role)


def _stored(row: tuple[Any, ...]) -> StoredEntry:
    account_id, version, topic, state, recorded_at, recorded_by, role = row
    return StoredEntry(UUID(account_id), version, topic, bytes(state), recorded_at, recorded_by, role)


def _one(statements: cursor) -> int | None:
    row = statements.fetchone()
    return row[0] if row else None
