"""How a fault test runs the real server, kills it as a power cut would, and asks it as a stubborn client does."""

import http.client
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any
from uuid import uuid4

from api.issuer import API
from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council
from ledger.embedded.place import Place
from ledger.store.migrate import Setup
from tests.conftest import FACE

CODE = "E90000001"
PROJECT = Path(__file__).parents[2]
LONG = bool(os.environ.get("CARELEDGER_LONG"))
PATIENCE = 180.0  # seconds for anything that has to come about; on a quiet machine none of it takes more than a few
BETWEEN_LOOKS = 0.05  # seconds

_never = Event()


def until(come_about: Callable[[], Any], what: str) -> Any:
    """Look now and then until it has come about; its value."""
    since = monotonic()
    while not (found := come_about()):
        assert monotonic() - since < PATIENCE, f"this did not come about in {PATIENCE:.0f} s: {what}"
        _never.wait(BETWEEN_LOOKS)
    return found


def kill(*processes: int) -> None:
    """Kill without warning, and wait until the kernel says that they are gone."""
    watched = [os.pidfd_open(process) for process in processes]
    for process in processes:
        os.kill(process, signal.SIGKILL)
    for descriptor in watched:
        assert select.select([descriptor], [], [], PATIENCE)[0]
        os.close(descriptor)


@dataclass(frozen=True)
class Answered:
    """What a server answered."""

    status: int
    body: bytes
    replayed: bool
    come_back: str | None = None


class Home:
    """A folder with a council in it, whose PostgreSQL nobody uses but the servers that a test starts."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder, database_url=None)
        with self.opened() as installation:
            installation.init(CODE, Setup("Example Council", "reform-2023", FACE))
        issuer, hours = Installation(self.settings).issuer, timedelta(hours=6)
        self.tokens = {
            role: issuer.token(audience=API, sub=f"an {role} officer", council=CODE, role=role, lasts=hours)
            for role in ("finance", "assessor")
        }

    @contextmanager
    def opened(self) -> Iterator[Installation]:
        """The installation, with its PostgreSQL running for as long as the block takes."""
        installation = Installation(self.settings)
        installation.start()
        try:
            yield installation
        finally:
            installation.stop()

    @contextmanager
    def council(self) -> Iterator[Council]:
        with self.opened() as installation:
            yield installation.council(CODE)

    @property
    def postmaster(self) -> int | None:
        """The process of the home's PostgreSQL, None when its files name none."""
        try:
            return int((Place(self.settings.home.resolve()).data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):  # a file that is just being written names nobody yet
            return None


class Server:
    """`careledger serve` on a home, as an operator would run it; `program` is the folder of another version.

    Clients come in by its `door`, at first its port.
    """

    def __init__(
        self,
        home: Home,
        *more: str,
        processes: int = 2,
        today: str | None = None,
        program: Path = PROJECT,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.home, self._more, self._processes, self._program = home, more, processes, program
        self._settings = ({"CARELEDGER_CLOCK": today} if today else {}) | dict(settings or {})
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port: int = free.getsockname()[1]
        self.door = self.port
        self.refused: list[str] = []
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return once it answers."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("CARELEDGER_")}
        command = ["serve", "--port", str(self.port), "--processes", str(self._processes), *self._more]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "api.cli", *command],
                cwd=self._program,
                env=ours | {"CARELEDGER_HOME": str(self.home.settings.home)} | self._settings,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(self._alive, f"{' '.join(command)} answers")

    @property
    def log(self) -> Path:
        return self.home.settings.home / f"server-{self.port}.log"

    @property
    def master(self) -> int:
        assert self._process
        return self._process.pid

    @property
    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.master}/task/{self.master}/children")
        return [int(child) for child in children.read_text().split()]

    def kill(self) -> None:
        """Kill the whole server, its master and every worker, at one moment."""
        assert self._process
        os.kill(self.master, signal.SIGSTOP)  # so that no new worker slips through
        kill(self.master, *self.workers)
        self._process.wait(PATIENCE)

    def terminate(self) -> None:
        os.kill(self.master, signal.SIGTERM)

    def ended(self) -> int:
        """Its exit status, once it has ended."""
        assert self._process
        return self._process.wait(PATIENCE)

    def stop(self) -> None:
        """End it in an orderly way, if it runs."""
        if self._process and self._process.poll() is None:
            self.terminate()
            self.ended()

    def send(self, method: str, path: str, role: str, body: object = None, key: str = "") -> Answered:
        """One request on a connection of its own; raises OSError or HTTPException when the connection is lost."""
        connection = http.client.HTTPConnection("127.0.0.1", self.door, timeout=PATIENCE)
        headers = {"Authorization": f"Bearer {self.home.tokens[role]}", "Content-Type": "application/json"}
        with closing(connection):
            connection.request(method, path, json.dumps(body), headers | ({"Idempotency-Key": key} if key else {}))
            answer = connection.getresponse()
            if answer.length is None:  # cut among its headers, it would seem whole and empty
                raise http.client.IncompleteRead(b"")
            replayed, come_back = answer.getheader("Idempotent-Replayed") == "true", answer.getheader("Retry-After")
            return Answered(answer.status, answer.read(), replayed, come_back)

    def open_account(self, local_id: str) -> str:
        """The address of a new account."""
        body = {"person": {"local_id": local_id}, "opened_on": "2023-10-02"}
        opened = self.insist("/v1/care-accounts", "finance", body, uuid4().hex)
        return f"/v1/care-accounts/{json.loads(opened.body)['account_id']}"

    def insist(self, path: str, role: str, body: object, key: str) -> Answered:
        """Send the same request again until it is acknowledged, whatever happens to the server meanwhile."""

        def acknowledged() -> Answered | None:
            try:
                answer = self.send("POST", path, role, body, key)
            except (OSError, http.client.HTTPException):
                return None
            if answer.status == 201:
                return answer
            assert (answer.status, answer.come_back) == (503, "2"), answer  # a store that is away is never a fault
            self.refused.append(json.loads(answer.body)["detail"])
            return None

        found = until(acknowledged, f"{path} is acknowledged")
        assert isinstance(found, Answered)
        return found

    def _alive(self) -> bool:
        assert self._process
        assert self._process.poll() is None, self.log.read_text()
        try:
            return self.send("GET", "/livez", "finance").status == 200
        except (OSError, http.client.HTTPException):
            return False
