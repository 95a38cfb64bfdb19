"""How statements reach PostgreSQL: few connections, bounded waits, and no answer invented when the store is away."""

import os
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from queue import Empty, LifoQueue
from time import monotonic
from typing import NamedTuple

import psycopg2
from psycopg2.extensions import connection, cursor

from ledger.store.waits import Waits, Watched, answering

_FAILED = (psycopg2.OperationalError, psycopg2.InterfaceError, psycopg2.InternalError)
"""What PostgreSQL or the way to it did, and not the statement: lost, shut down, full, too slow, read-only, broken."""


class StoreUnavailable(Exception):
    """The store does not answer. Nothing was recorded by this attempt that a repetition could double."""


class StoreFull(StoreUnavailable):
    """The store has no room left on its disk. Nothing was recorded: make room, then send the same request again."""


class OutcomeUnknown(StoreUnavailable):
    """The connection was lost while committing: only the receipt can tell whether the commit happened."""


class _Kept(NamedTuple):
    """A connection and when it was made."""

    conn: connection
    since: float


class Database:
    """A pool of connections of one role. Thread-safe; each connection is lent to one caller at a time.

    A caller waits for one that others have lent. None is lent when it is old, and when one is lost those that lie idle
    are not trusted either.
    """

    def __init__(self, url: str, *, size: int = 8, waits: Waits | None = None) -> None:
        self._url = url
        self._size, self._waits = size, waits or Waits()
        self._begin_empty()

    @contextmanager
    def transaction(self) -> Iterator[cursor]:
        """A cursor whose statements all take effect at the end of the block, or none does.

        Raises StoreUnavailable when the store is away, OutcomeUnknown when it went away during the commit.
        """
        with self._connection() as conn:
            try:
                with conn.cursor() as statements:
                    yield statements
            except _FAILED as fault:
                raise _unavailable(fault) from fault
            except BaseException:
                with suppress(psycopg2.Error), answering(conn, self._waits.silence):
                    conn.rollback()
                raise
            try:
                with answering(conn, self._waits.silence):
                    conn.commit()
            except _FAILED as fault:
                raise OutcomeUnknown(str(fault)) from fault

    @contextmanager
    def statement(self, *, records: bool = False) -> Iterator[cursor]:
        """A cursor for one statement, which is a transaction by itself: no BEGIN and no COMMIT is sent with it.

        Raises StoreUnavailable when the store is away, OutcomeUnknown when one that records was left unanswered.
        """
        with self._connection() as conn:
            conn.autocommit = True
            try:
                with conn.cursor() as statements:
                    yield statements
            except _FAILED as fault:
                raise (OutcomeUnknown(str(fault)) if records and conn.closed else _unavailable(fault)) from fault
            finally:
                if not conn.closed:
                    conn.autocommit = False

    @contextmanager
    def _connection(self) -> Iterator[connection]:
        if os.getpid() != self._process:
            self._begin_empty()  # a forked server process must not talk through its parent's sockets
        places = self._places
        if not places.acquire(timeout=self._waits.place):
            raise StoreUnavailable("every connection is in use")
        try:
            kept = self._idle_or_new()
            try:
                yield kept.conn
            finally:
                self._keep_or_close(kept)
        finally:
            places.release()

    def _begin_empty(self) -> None:
        self._idle: LifoQueue[_Kept] = LifoQueue()
        self._places = threading.Semaphore(self._size)
        self._process = os.getpid()

    def _idle_or_new(self) -> _Kept:
        with suppress(Empty):
            while True:
                kept = self._idle.get_nowait()
                if not _hung_up(kept.conn) and monotonic() - kept.since < self._waits.lifetime:
                    return kept
                kept.conn.close()
        try:
            conn = psycopg2.connect(
                self._url, cursor_factory=partial(Watched, within=self._waits.silence), **self._waits.parameters()
            )
        except psycopg2.OperationalError as fault:
            raise _unavailable(fault) from fault
        return _Kept(conn, monotonic())

    def _keep_or_close(self, kept: _Kept) -> None:
        """Only a connection that is whole and outside a transaction is lent again."""
        if kept.conn.closed:
            self.close()
        elif kept.conn.status == psycopg2.extensions.STATUS_READY:
            self._idle.put(kept)
        else:
            with suppress(psycopg2.Error):
                kept.conn.close()

    def close(self) -> None:
        """Close the idle connections. The pool opens new ones when used again."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().conn.close()


def _unavailable(fault: psycopg2.Error) -> StoreUnavailable:
    return StoreFull(StoreFull.__doc__) if isinstance(fault, psycopg2.errors.DiskFull) else StoreUnavailable(str(fault))


def _hung_up(conn: connection) -> bool:
    """Whether the server closed an idle connection: only then is there anything to read on it."""
    readable, _, _ = select.select([conn], [], [], 0)
    return bool(readable)
