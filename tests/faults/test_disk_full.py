"""Is anything acknowledged lost when the disk is full, and does the service go on by itself once there is room?"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Event

import psycopg2
import pytest

from api.wiring import Installation
from ledger.embedded.launch import BIN, fill_in
from ledger.embedded.place import Place, program
from ledger.store.access_log import NotWrittenDown
from ledger.store.database import StoreFull
from tests.faults.clients import Client, everything_stands_once
from tests.faults.served import Home, Server, until
from tests.integration.conftest import administering

SIZE = 256  # MiB: a new cluster takes less than a hundred
SHARED_MEMORY = Path("/dev/shm")
PIECE = bytes(1024 * 1024)
CLIENTS = 2
AFTERWARDS = 12  # acknowledged requests


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own in memory; where none may be mounted, the small one that a container has."""
    place = tmp_path / "small"
    place.mkdir()
    how = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=755", "careledger", str(place)]
    with ExitStack() as afterwards:
        if subprocess.run(how, capture_output=True, check=False).returncode == 0:
            afterwards.callback(subprocess.run, ["umount", "--lazy", str(place)], check=True)
        else:
            place = the_containers(afterwards)
        print(f"the disk that fills up is {place}")
        yield place


def the_containers(afterwards: ExitStack) -> Path:
    total = shutil.disk_usage(SHARED_MEMORY).total if SHARED_MEMORY.is_mount() else None
    if total is None or total > SIZE * 1024 * 1024:
        assert not os.environ.get("CI"), "no small disk can be had: run as root, or give the container a small /dev/shm"
        pytest.skip("no small disk can be had on this machine")
    place = Path(tempfile.mkdtemp(dir=SHARED_MEMORY))
    afterwards.callback(shutil.rmtree, place)
    return place


class Ballast:
    """What takes all the room there is."""

    def __init__(self, disk: Path) -> None:
        self._file = disk / "ballast"

    def fill(self) -> None:
        """To the last block: what nobody could write any more is room for nobody."""
        with self._file.open("ab", buffering=0) as file:
            for piece in (PIECE, PIECE[:4096]):
                with suppress(OSError):
                    while True:
                        file.write(piece)

    def empty(self) -> None:
        self._file.unlink()


@contextmanager
def working(clients: list[Client]) -> Iterator[None]:
    """Clients that work for as long as the block takes, each request until it is acknowledged."""
    enough = Event()

    def work(client: Client) -> None:
        while not enough.is_set():
            client.work(1)

    with ThreadPoolExecutor(len(clients)) as threads:
        each = [threads.submit(work, client) for client in clients]
        try:
            yield
        finally:
            enough.set()
            for work_of_one in each:  # what ended a client's work tells more than that nothing was served since
                work_of_one.result()


def test_a_full_disk_loses_nothing_and_the_service_goes_on_by_itself_once_there_is_room(small_disk: Path) -> None:
    """First there is no room for a further row, then none for a further piece of the log, of which PostgreSQL dies."""
    home, ballast = Home(small_disk / "home"), Ballast(small_disk)
    server = Server(home, processes=1)
    try:
        server.start()
        clients = [Client(server, f"P-{n}") for n in range(CLIENTS)]
        with working(clients):
            begin_a_piece_of_the_log(home)
            until_served(clients)
            ballast.fill()
            until(partial(refused_for_want_of_room, server), "requests are refused because the disk is full")
            ballast.empty()
            until_served(clients)
            ballast.fill()
            until(partial(died_of_its_log, home), "PostgreSQL has died")
            refused = len(server.refused)
            until(lambda: len(server.refused) > refused + CLIENTS, "requests are refused because the store is away")
            ballast.empty()
            until_served(clients)
        for client in clients:
            client.repeat_all()
    finally:
        server.stop()
    nothing_is_corrupt(home)
    everything_stands_once(home, clients)
    print(f"{len(server.refused)} refusals, {sum(len(client.acknowledged) for client in clients)} acknowledged")


def refused_for_want_of_room(server: Server) -> bool:
    """Whichever row found none first: of an entry, or of who looked at it, without which nothing may be shown."""
    return not {StoreFull.__doc__, NotWrittenDown.__doc__}.isdisjoint(server.refused)


def until_served(clients: list[Client]) -> None:
    before = sum(len(client.acknowledged) for client in clients)
    until(lambda: sum(len(client.acknowledged) for client in clients) >= before + AFTERWARDS, "requests are served")


def begin_a_piece_of_the_log(home: Home) -> None:
    """So that for the next 16 MiB of log the room is taken already, and a row is the first thing to find none."""
    with administering(Installation(home.settings)) as statements:
        statements.execute("SELECT pg_switch_wal()")


def died_of_its_log(home: Home) -> bool:
    """Whether the server is gone, each time having asked it to begin another piece of its log."""
    try:
        begin_a_piece_of_the_log(home)
    except (psycopg2.OperationalError, psycopg2.InterfaceError) as fault:
        return not isinstance(fault, psycopg2.errors.DiskFull)
    return False


def nothing_is_corrupt(home: Home) -> None:
    """Every page has its checksum, every index leads to its rows, by PostgreSQL's own programs."""
    place, programs = Place(home.settings.home.resolve()), Path(fill_in(BIN, {"program": str(program())}))
    run([programs / "pg_checksums", "--check", "--pgdata", place.data])
    with home.opened() as installation:
        run([programs / "pg_amcheck", "--install-missing", "--heapallindexed", installation._admin_url()])


def run(command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
