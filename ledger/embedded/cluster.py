"""How is a database made on disk, and the server on it started, found and stopped?"""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import struct
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

from ledger.embedded import process
from ledger.embedded.launch import BIN, POSTGRES
from ledger.embedded.place import PORT, Place
from ledger.embedded.process import CannotStart

INITDB = (
    f"{BIN}/initdb",
    "--pgdata=@server/data.new",
    "--pwfile=@server/password",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",  # sorts alike on every machine, whatever its C library
    "--data-checksums",
)
SETTINGS = {  # durability is left as PostgreSQL has it: what is acknowledged is on disk
    "listen_addresses": "",  # no network port at all
    "port": str(PORT),
    "unix_socket_directories": '"@sockets"',
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",  # details and statements quote values, and a value may be someone's name:
    "log_min_error_statement": "panic",  # neither belongs in a log
}
PATIENCE = 600.0  # seconds; recovery after a crash may be long, and a server that dies is noticed at once
STRAGGLING = 10.0  # seconds; what a killed server left behind has noticed by then that it is gone
STRAGGLERS = ("is still in use", "already exists")  # PostgreSQL's words for them, of its memory and its lock file
BETWEEN_LOOKS = 0.02  # seconds
NOT_YET = "not yet accepting connections"  # PostgreSQL's words for as long as one of its processes makes up for a crash
A_WHILE = 1.0  # second; longer than that process, or another in its place, is ever missing where all is well
FULL_LOG = 16 * 1024 * 1024  # bytes


class Cluster:
    """PostgreSQL in one place. Only one caller at a time: making, starting and stopping do not mix."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def make(self, superuser: str, password: str) -> None:
        """Run initdb beside the final place, so that an interrupted one is never taken for a database."""
        draft, pwfile = self.place.server / "data.new", self.place.server / "password"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        pwfile.unlink(missing_ok=True)
        pwfile.touch(mode=0o600)
        pwfile.write_text(f"{password}\n", encoding="ascii")
        process.give(self.place, draft, pwfile)
        try:
            process.run(self.place, [*INITDB, f"--username={superuser}"], {"server": self.place.server})
        finally:
            pwfile.unlink()
        draft.rename(self.place.data)

    def start(self) -> None:
        """Return once the server answers: one found running is kept, even in recovery; otherwise it is started."""
        since = time.monotonic()
        while not self._ready():
            self._be_patient(since, "answer")
            if not self._listening() and not self._run():
                said = process.last_words(self.place)
                if time.monotonic() - since > STRAGGLING or not any(words in said for words in STRAGGLERS):
                    raise CannotStart(f"PostgreSQL did not start. {said}")
            time.sleep(BETWEEN_LOOKS)

    def stop(self) -> None:
        """Finish what was committed, close every connection and end; nothing to do when it is not running."""
        listener = self._listener()
        if listener is None:
            return
        if listener == 0:
            raise CannotStart(f"The PostgreSQL of {self.place.home} belongs to another container; stop it there")
        with suppress(ProcessLookupError):  # it ended since we looked
            os.kill(listener, signal.SIGINT)  # what PostgreSQL calls a fast shutdown
        since = time.monotonic()
        while self._status():
            self._be_patient(since, "stop")
            time.sleep(BETWEEN_LOOKS)
        self._reap()
        if self.place.sockets.parent != self.place.server:
            with suppress(OSError):
                self.place.sockets.rmdir()

    def recover(self, since: float) -> None:
        """Give a server that says NOT_YET a moment more; one that would say so for ever ends, and another begins."""
        self._be_patient(since, "recover")
        if self._stuck():
            self._kill()
            self.start()
        time.sleep(BETWEEN_LOOKS)

    def _stuck(self) -> bool:
        """Whether none of its processes makes up for the crash any more.

        PostgreSQL 18 was seen so where there was no room left at that very moment. Elsewhere than on Linux nobody can
        tell, so that it is not said.
        """
        since = time.monotonic()
        while time.monotonic() - since < A_WHILE:
            listener = self._listener()
            if sys.platform != "linux" or not listener or _recovers(listener):
                return False
            time.sleep(BETWEEN_LOOKS)
        return True

    def _kill(self) -> None:
        """End the server as a crash would, from which the next one recovers."""
        listener, since = self._listener(), time.monotonic()
        if listener:
            with suppress(ProcessLookupError):
                os.kill(listener, signal.SIGQUIT)
        while listener and self._listener() == listener:
            self._be_patient(since, "end")
            time.sleep(BETWEEN_LOOKS)

    def _run(self) -> bool:
        """Start the server and follow it until it is ready (True) or has died (False)."""
        self._reap()
        self._make_sockets_folder()
        if self.place.log.exists() and self.place.log.stat().st_size > FULL_LOG:
            self.place.log.replace(self.place.log.with_name("log.before"))
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        since = time.monotonic()
        alive, held = os.pipe()  # the server and all its processes hold the other end, so its closing is their death
        command = [POSTGRES, "-D", "@data", *settings]
        with open(alive, "rb") as alive_file:
            try:
                process.run(self.place, command, {"data": self.place.data, "sockets": self.place.sockets}, held=held)
            finally:
                os.close(held)
            while not self._ready():
                self._be_patient(since, "answer")
                if select.select([alive_file], [], [], BETWEEN_LOOKS)[0]:
                    return False
        return True

    def _make_sockets_folder(self) -> None:
        """A folder in the shared temporary folder might be another user's trap: only a private one of ours will do."""
        sockets = self.place.sockets
        sockets.mkdir(mode=0o700, exist_ok=True)
        found = sockets.lstat()
        ours = (os.geteuid(), (process.server_user(self.place) or (os.geteuid(),))[0])
        if sockets.is_symlink() or found.st_uid not in ours or found.st_mode & 0o077:
            raise CannotStart(f"{sockets} is not a private folder of this server's; remove it and start again")
        process.give(self.place, sockets)

    def _listener(self) -> int | None:
        """The number of the process that listens on the socket, None if none does; 0 if it cannot be seen from here.

        Linux knows it. The status file, which the server's user can write, is not to choose whom root sends a signal.
        """
        with closing(socket.socket(socket.AF_UNIX)) as probe:
            if probe.connect_ex(os.fsencode(self.place.socket)) != 0:
                return None
            if sys.platform == "linux":
                return int(struct.unpack("iII", probe.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0])
        return int(self._status()[0])

    def _listening(self) -> bool:
        return self._listener() is not None

    def _ready(self) -> bool:
        """Whether it takes connections. Its status file may be a dead server's, so someone must be listening too."""
        return self._listening() and self._status()[7:8] == ["ready"]

    def _status(self) -> list[str]:
        """The lines of postmaster.pid, by which a server says which process it is (1) and how far it has come (8)."""
        try:
            return [line.strip() for line in (self.place.data / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            return []

    def _reap(self) -> None:
        """As the first process of a container we inherit orphans; a dead server not reaped would seem alive."""
        with suppress(ChildProcessError, IndexError, ValueError):
            os.waitpid(int(self._status()[0]), os.WNOHANG)

    def _be_patient(self, since: float, what: str) -> None:
        if time.monotonic() - since > PATIENCE:
            raise CannotStart(f"PostgreSQL did not {what} in {PATIENCE:.0f} s. {process.last_words(self.place)}")


def _recovers(postmaster: int) -> bool:
    """Whether one of its processes makes up for a crash, or was born so lately that it has no title yet."""
    try:
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        titles = [Path(f"/proc/{child}/cmdline").read_bytes() for child in children]
    except OSError:  # one ended just now
        return True
    return any(b"startup" in title or (title and not title.startswith(b"postgres:")) for title in titles)
