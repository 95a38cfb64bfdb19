"""Who uses the server of this home, and when may it stop?"""

from __future__ import annotations

import atexit
import fcntl
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import IO
from urllib.parse import quote

import psycopg2

from ledger.embedded.cluster import NOT_YET, Cluster
from ledger.embedded.place import PORT, Place
from ledger.embedded.process import CannotStart
from ledger.secret import role_password, secret

SUPERUSER = "careledger_owner_admin"
DATABASE = "careledger"


class EmbeddedPostgres:
    """One home folder, one server, any number of processes that use it.

    Every process that has started it holds a shared lock on `users.lock`. The one that can take that lock alone is
    the last, and stops the server. Starting and stopping take turns by `start.lock`. A process that is killed loses
    its lock with its life and leaves the server running; the next one finds it and carries on.
    """

    def __init__(self, home: Path) -> None:
        self.place = Place(home.resolve())
        self._cluster = Cluster(self.place)
        self._claim: IO[bytes] | None = None
        self._claimed_by = 0

    def start(self) -> None:
        """Make the server on first use, start it unless it runs, and return once it answers. May be repeated.

        Raises CannotStart, with PostgreSQL's last words, when it cannot be had.
        """
        self._make_folders()
        try:
            with self._turn():
                self._claim_use()
                if not self.place.data.exists():
                    self._cluster.make(SUPERUSER, self._password())
                self._cluster.start()
                self._answer()
        except Exception:
            self.stop()
            raise

    def stop(self) -> None:
        """Give up this process's claim, and stop the server if that was the last one."""
        if self._claim is None or self._claimed_by != os.getpid():
            return  # a child of a fork holds no claim of its own to give up
        atexit.unregister(self.stop)
        claim, self._claim = self._claim, None
        with self._turn(), claim, suppress(BlockingIOError):
            fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._cluster.stop()

    def url(self, *, user: str, password: str, dbname: str = DATABASE) -> str:
        """A libpq URL that reaches the server by its Unix socket."""
        role = f"{quote(user, safe='')}:{quote(password, safe='')}"
        return (
            f"postgresql://{role}@/{quote(dbname, safe='')}?host={quote(str(self.place.sockets), safe='')}&port={PORT}"
        )

    def superuser_url(self, dbname: str = DATABASE) -> str:
        """The URL of the role initdb made; for setting up and migrating, never for serving."""
        return self.url(user=SUPERUSER, password=self._password(), dbname=dbname)

    def __enter__(self) -> EmbeddedPostgres:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def _password(self) -> str:
        return role_password(secret(self.place.home), SUPERUSER)

    def _make_folders(self) -> None:
        self.place.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = self.place.server.stat().st_uid if self.place.server.exists() else os.geteuid()
        if os.geteuid() not in (0, owner):
            raise CannotStart(f"{self.place.server} belongs to user {owner}; run careledger as that user")
        self.place.server.mkdir(mode=0o711, exist_ok=True)

    def _claim_use(self) -> None:
        if self._claim is not None and self._claimed_by == os.getpid():
            return
        self._claim, self._claimed_by = _open_lock(self.place.server / "users.lock"), os.getpid()
        fcntl.flock(self._claim, fcntl.LOCK_SH)
        atexit.register(self.stop)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with _open_lock(self.place.server / "start.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _answer(self) -> None:
        since = monotonic()
        while True:
            try:
                return self._make_database()
            except psycopg2.OperationalError as fault:
                if NOT_YET not in str(fault):
                    raise CannotStart(str(fault)) from fault
            self._cluster.recover(since)

    def _make_database(self) -> None:
        """initdb leaves its own databases only; asking for ours also proves that the server answers us."""
        with closing(psycopg2.connect(self.superuser_url("postgres"))) as connection:
            connection.autocommit = True  # PostgreSQL creates no database inside a transaction
            with connection.cursor() as cursor:
                cursor.execute("SELECT FROM pg_database WHERE datname = %s", (DATABASE,))
                if cursor.rowcount == 0:
                    cursor.execute(f"CREATE DATABASE {DATABASE}")


def _open_lock(path: Path) -> IO[bytes]:
    return open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "rb")
