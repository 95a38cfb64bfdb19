"""How statements reach PostgreSQL: few connections, bounded waits, and no answer invented when the store is away."""

import os
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, LifoQueue

import psycopg2
from psycopg2.extensions import connection, cursor

_TIMEOUTS = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "30s",
    "timezone": "UTC",
}
_WAIT_FOR_A_CONNECTION = 10.0  # seconds


class StoreUnavailable(Exception):
    """The store does not answer. Nothing was recorded by this attempt that a repetition could double."""


class OutcomeUnknown(StoreUnavailable):
    """The connection was lost while committing: only the receipt can tell whether the commit happened."""


class Database:
    """A pool of connections of one role. Thread-safe; each connection is lent to one caller at a time."""

    def __init__(self, url: str, *, size: int = 8) -> None:
        self._url = url
        self._idle: LifoQueue[connection] = LifoQueue()
        self._places = threading.Semaphore(size)
        self._process = os.getpid()

    @contextmanager
    def transaction(self) -> Iterator[cursor]:
        """A cursor whose statements all take effect at the end of the block, or none does.

        Raises StoreUnavailable when the store is away, OutcomeUnknown when it went away during the commit.
        """
        with self._connection() as conn:
            try:
                with conn.cursor() as statements:
                    yield statements
            except (psycopg2.OperationalError, psycopg2.InterfaceError) as fault:
                raise StoreUnavailable(str(fault)) from fault
            except BaseException:
                with suppress(psycopg2.Error):
                    conn.rollback()
                raise
            try:
                conn.commit()
            except (psycopg2.OperationalError, psycopg2.InterfaceError) as fault:
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
            except (psycopg2.OperationalError, psycopg2.InterfaceError) as fault:
                raise (OutcomeUnknown if records and conn.closed else StoreUnavailable)(str(fault)) from fault
            finally:
                if not conn.closed:
                    conn.autocommit = False

    @contextmanager
    def _connection(self) -> Iterator[connection]:
        self._forget_what_a_fork_copied()
        if not self._places.acquire(timeout=_WAIT_FOR_A_CONNECTION):
            raise StoreUnavailable("every connection is in use")
        try:
            conn = self._idle_or_new()
            try:
                yield conn
            finally:
                self._keep_or_close(conn)
        finally:
            self._places.release()

    def _idle_or_new(self) -> connection:
        with suppress(Empty):
            while True:
                conn = self._idle.get_nowait()
                if not _hung_up(conn):
                    return conn
        try:
            options = " ".join(f"-c {name}={value}" for name, value in _TIMEOUTS.items())
            return psycopg2.connect(
                self._url, connect_timeout=5, options=options, tcp_user_timeout=15_000, application_name="careledger"
            )
        except psycopg2.OperationalError as fault:
            raise StoreUnavailable(str(fault)) from fault

    def _keep_or_close(self, conn: connection) -> None:
        """Only a connection that is whole and outside a transaction is lent again."""
        if not conn.closed and conn.status == psycopg2.extensions.STATUS_READY:
            self._idle.put(conn)
        else:
            with suppress(psycopg2.Error):
                conn.close()

    def _forget_what_a_fork_copied(self) -> None:
        """A forked server process must not talk through its parent's sockets."""
        if os.getpid() != self._process:
            self._idle, self._process = LifoQueue(), os.getpid()

    def close(self) -> None:
        """Close the idle connections. The pool opens new ones when used again."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()


def _hung_up(conn: connection) -> bool:
    """Whether the server closed an idle connection: only then is there anything to read on it."""
    readable, _, _ = select.select([conn], [], [], 0)
    return bool(readable)
