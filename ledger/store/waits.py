"""How long may anything about the store take, and who ends what takes longer?"""

import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import Any

import psycopg2
from psycopg2.extensions import connection, cursor

_A_LONG_SLEEP = 3_600.0  # seconds


@dataclass(frozen=True, slots=True)
class Waits:
    """In seconds. All but the lifetime follow from how long PostgreSQL may work on one statement."""

    statement: float = 30.0
    lifetime: float = 1_800.0
    """After which a connection is not lent again, so that a server that moved, or grew, is found by all in time."""

    @property
    def place(self) -> float:
        """For a connection that others have lent, and for a lock that others hold."""
        return self.statement / 3

    @property
    def silence(self) -> float:
        """For a server that should long have given up by itself."""
        return self.statement * 2

    def parameters(self) -> dict[str, Any]:
        """What a connection is asked for with: what PostgreSQL ends by itself, and how soon TCP finds a peer gone."""
        settings = {
            "statement_timeout": self.statement,
            "lock_timeout": self.place,
            "idle_in_transaction_session_timeout": self.statement,
        }
        options = [f"-c {name}={round(seconds * 1000)}" for name, seconds in settings.items()]
        return {
            "connect_timeout": max(2, round(self.statement / 6)),
            "options": " ".join([*options, "-c timezone=UTC"]),
            "tcp_user_timeout": round(self.statement * 500),
            "keepalives_idle": max(1, round(self.place)),
            "keepalives_interval": max(1, round(self.place / 4)),
            "keepalives_count": 2,
            "application_name": "careledger",
        }


@contextmanager
def answering(conn: connection, within: float) -> Iterator[None]:
    """Hang up when the server has not answered by the end of the block, so that whoever waits for it is told.

    PostgreSQL ends what takes too long, and TCP notices a peer that is gone. Neither helps where something between
    the two keeps both connections open and passes nothing on. An answer without a code, as of a server that dies
    while it gives one, is none either: psycopg2 knows no more of it than that something is wrong.
    """
    watch = _watches.get(os.getpid()) or _watches.setdefault(os.getpid(), _Watch())
    watch.over(conn, within)
    try:
        yield
    except psycopg2.DatabaseError as fault:
        if type(fault) is not psycopg2.DatabaseError:
            raise
        conn.close()
        raise psycopg2.OperationalError(str(fault).strip() or "the server gave no whole answer") from fault
    finally:
        watch.done(conn)


class Watched(cursor):
    """A cursor whose statements end when the server says nothing for too long."""

    def __init__(self, *which: Any, within: float, **how: Any) -> None:
        super().__init__(*which, **how)
        self.within = within

    def execute(self, query: Any, vars: Any = None) -> None:
        with answering(self.connection, self.within):
            super().execute(query, vars)

    def copy_expert(self, sql: Any, file: Any, size: int = 8192) -> None:
        with answering(self.connection, self.within):
            super().copy_expert(sql, file, size)


def take_your_time(statements: cursor) -> None:
    """Let the statements of this transaction take as long as they take: for work that nobody waits for."""
    assert isinstance(statements, Watched)  # every cursor of ours is
    statements.execute("SET LOCAL statement_timeout = 0")
    statements.within = inf


class _Watch:
    """One thread of a process that hangs up where an answer is overdue. It sleeps as long as nothing can be."""

    def __init__(self) -> None:
        self._due: dict[connection, tuple[float, int]] = {}
        self._sleeps_until = 0.0
        self._sooner = threading.Condition()
        held_back = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        try:  # a signal is for the threads that the program knows of: a worker holds some back in all of those
            threading.Thread(target=self._hang_up_for_ever, name="overdue answers", daemon=True).start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held_back)

    def over(self, conn: connection, within: float) -> None:
        with self._sooner:
            at = monotonic() + within
            self._due[conn] = at, conn.fileno()
            if at < self._sleeps_until:
                self._sooner.notify()

    def done(self, conn: connection) -> None:
        with self._sooner:
            self._due.pop(conn, None)

    def _hang_up_for_ever(self) -> None:
        with self._sooner:
            while True:
                soonest = min((at for at, _ in self._due.values()), default=inf)
                self._sleeps_until = min(soonest, monotonic() + _A_LONG_SLEEP)
                self._sooner.wait(self._sleeps_until - monotonic())
                self._hang_up()

    def _hang_up(self) -> None:
        now = monotonic()
        for conn, (at, descriptor) in list(self._due.items()):
            if at <= now:
                del self._due[conn]
                with suppress(OSError), closing(socket.socket(fileno=os.dup(descriptor))) as line:
                    line.shutdown(socket.SHUT_RDWR)  # fails where it was lost at this very moment, which is as well


_watches: dict[int, _Watch] = {}
"""By process: a thread does not outlive a fork."""
