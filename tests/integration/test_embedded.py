"""Does the embedded PostgreSQL start, recover, share and stop as promised? Every test runs the real server."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from ledger.embedded import CannotStart, EmbeddedPostgres
from ledger.embedded.place import Place

USER = """
import os, sys
from pathlib import Path
from ledger.embedded import EmbeddedPostgres

server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
if "fork" in sys.argv:
    child = os.fork()
    if child == 0:
        sys.exit()
    os.waitpid(child, 0)
print("started", flush=True)
sys.stdin.read()
"""


STUCK = """
import os, signal, socket, sys

signal.signal(signal.SIGQUIT, signal.SIG_DFL)  # what runs in the background may have been told to ignore it
data, path = sys.argv[1:]
with socket.socket(socket.AF_UNIX) as door:
    door.bind(path)
    os.chmod(path, 0o777)
    door.listen()
    status = [str(os.getpid()), data, "1", "5432", os.path.dirname(path), "", "8 1", "ready"]
    with open(data + "/postmaster.pid", "w") as file:
        file.writelines(line + "\\n" for line in status)
    words = b"SFATAL\\0VFATAL\\0C57P03\\0Mthe database system is not yet accepting connections\\0\\0"
    print("listens", flush=True)
    while True:
        caller, _ = door.accept()
        with caller:
            if caller.recv(10_000):
                caller.sendall(b"E" + (len(words) + 4).to_bytes(4, "big") + words)
"""
"""As PostgreSQL 18 was seen after its disk was full: no process of its own recovers, and it says that it will."""


def ask(server: EmbeddedPostgres, question: str) -> Any:
    """The single value that a statement answers with, committed; None if it answers nothing."""
    with closing(psycopg2.connect(server.superuser_url())) as connection, connection, connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def postmaster(home: Path) -> int | None:
    """The process number of the home's server, None if it has none."""
    file = Place(home).data / "postmaster.pid"
    return int(file.read_text().split("\n", 1)[0]) if file.exists() else None


def kill(process: int | None) -> None:
    """Kill as a power cut would, and wait until the kernel says that it is gone."""
    assert process
    watched = os.pidfd_open(process)
    os.kill(process, signal.SIGKILL)
    assert select.select([watched], [], [], 30)[0]
    os.close(watched)


@contextmanager
def other_processes(home: Path, number: int = 1, *how: str) -> Iterator[list[subprocess.Popen[str]]]:
    """Other programs that started the same home's server, all at once, and use it until their input is closed."""
    command = [sys.executable, "-c", USER, str(home), *how]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
            )
            for _ in range(number)
        ]
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "started\n"
        yield processes
        for process in processes:
            assert process.stdin
            process.stdin.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(tmp_path_factory.mktemp("shared") / "home") as server:
        yield server


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_first_start_makes_a_database_that_answers(shared: EmbeddedPostgres) -> None:
    assert ask(shared, "SELECT current_database()") == "careledger"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("server_encoding", "UTF8"),
        ("password_encryption", "scram-sha-256"),
        ("listen_addresses", ""),
    ],
)
def test_what_is_acknowledged_is_safe_by_the_settings(shared: EmbeddedPostgres, setting: str, value: str) -> None:
    assert ask(shared, f"SHOW {setting}") == value


def test_text_sorts_alike_on_every_machine(shared: EmbeddedPostgres) -> None:
    locale = "SELECT concat(datlocprovider, ' ', datlocale) FROM pg_database WHERE datname = current_database()"
    assert ask(shared, locale) == "b C.UTF-8"  # b is for built in


def test_a_server_that_would_never_answer_is_ended_and_another_started(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        ask(server, "CREATE TABLE kept AS SELECT 1968 AS figure")
    place = Place(home)
    place.sockets.mkdir(mode=0o700, exist_ok=True)
    command = [sys.executable, "-c", STUCK, str(place.data), str(place.socket)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as stuck:
        assert stuck.stdout
        assert stuck.stdout.readline() == "listens\n"
        with server:
            assert ask(server, "SELECT figure FROM kept") == 1968


def test_a_wrong_password_is_refused(shared: EmbeddedPostgres) -> None:
    url = shared.url(user="careledger_owner_admin", password="guess")
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(url)


def test_the_server_has_no_network_port(shared: EmbeddedPostgres) -> None:
    listening = {
        line.split()[9]
        for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
        if table.exists()
        for line in table.read_text().splitlines()[1:]
    }
    open_files = [os.readlink(entry) for entry in Path(f"/proc/{postmaster(shared.place.home)}/fd").iterdir()]
    sockets = {found[1] for name in open_files if (found := re.fullmatch(r"socket:\[(\d+)\]", name))}
    assert sockets  # the Unix socket, at least, must be among them, or this test saw nothing
    assert not sockets & listening


def test_the_server_is_never_root(shared: EmbeddedPostgres) -> None:
    assert Path(f"/proc/{postmaster(shared.place.home)}").stat().st_uid != 0


def test_ctrl_c_in_the_terminal_does_not_reach_the_server(shared: EmbeddedPostgres) -> None:
    assert os.getsid(postmaster(shared.place.home) or 0) == postmaster(shared.place.home)


def test_nobody_else_can_read_what_the_home_holds(shared: EmbeddedPostgres) -> None:
    home = shared.place.home
    readable = [path for path in (home, *home.rglob("*")) if path.lstat().st_mode & 0o066 and not path.is_socket()]
    assert readable == []


def test_the_log_holds_no_values_of_failed_statements(shared: EmbeddedPostgres) -> None:
    ask(shared, "CREATE TABLE people (name text PRIMARY KEY)")
    ask(shared, "INSERT INTO people VALUES ('Ottoline Hathersage')")
    with pytest.raises(psycopg2.errors.UniqueViolation):
        ask(shared, "INSERT INTO people VALUES ('Ottoline Hathersage')")
    log = shared.place.log.read_text()
    assert "duplicate key value" in log
    assert "Ottoline" not in log


def test_a_second_start_uses_the_server_that_runs(shared: EmbeddedPostgres) -> None:
    before = postmaster(shared.place.home)
    with EmbeddedPostgres(shared.place.home) as second:
        assert ask(second, "SELECT 1") == 1
    assert postmaster(shared.place.home) == before
    assert ask(shared, "SELECT 1") == 1


def test_a_killed_server_recovers_every_acknowledged_row_and_no_other(shared: EmbeddedPostgres) -> None:
    ask(shared, "CREATE TABLE acknowledged AS SELECT generate_series(1, 1000) AS row")
    with closing(psycopg2.connect(shared.superuser_url())) as open_transaction:
        open_transaction.cursor().execute("INSERT INTO acknowledged SELECT generate_series(1001, 2000)")
        kill(postmaster(shared.place.home))
        shared.start()
    assert ask(shared, "SELECT count(*) || '/' || sum(row) FROM acknowledged") == "1000/500500"


def test_two_homes_run_side_by_side(shared: EmbeddedPostgres, tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "a second  home, 'quoted'") as second:
        ask(second, "CREATE TABLE only_here ()")
        assert ask(shared, "SELECT to_regclass('only_here')") is None


def test_a_home_too_deep_for_a_socket_keeps_its_socket_elsewhere(home: Path) -> None:
    deep = home / ("a" * 60) / ("b" * 60)
    with EmbeddedPostgres(deep) as server:
        assert ask(server, "SELECT 1") == 1
        assert server.place.sockets.stat().st_mode & 0o077 == 0
    assert not server.place.sockets.exists()


def test_a_home_below_a_folder_closed_to_others_works(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedPostgres(closed / "home") as server:
        assert ask(server, "SELECT 1") == 1
    assert closed.stat().st_mode & 0o777 == 0o700


def test_an_interrupted_first_start_is_made_again(home: Path) -> None:
    (Place(home).server / "data.new" / "base").mkdir(parents=True)
    with EmbeddedPostgres(home) as server:
        assert ask(server, "SELECT 1") == 1


def test_a_server_that_cannot_start_says_why_and_is_given_up(home: Path) -> None:
    data = Place(home).data
    data.mkdir(mode=0o700, parents=True)
    if os.geteuid() == 0:
        os.chown(data, 65534, 65534)
    server = EmbeddedPostgres(home)
    with pytest.raises(CannotStart, match="could not access the server configuration file"):
        server.start()
    with (home / "postgresql" / "users.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_a_killed_user_leaves_the_server_to_the_next_one_who_stops_it(home: Path) -> None:
    with other_processes(home) as (process,):
        left_running = postmaster(home)
        process.kill()
    with EmbeddedPostgres(home) as server:
        assert ask(server, "SELECT 1") == 1
        assert postmaster(home) == left_running
    assert postmaster(home) is None


def test_of_two_processes_that_start_at_once_the_last_to_leave_stops_the_server(home: Path) -> None:
    with other_processes(home, 2) as (first, _):
        first.communicate()  # until it has ended
        assert postmaster(home)
    assert postmaster(home) is None


def test_a_forked_child_that_ends_does_not_stop_its_parents_server(home: Path) -> None:
    with other_processes(home, 1, "fork"):
        assert postmaster(home)
    assert postmaster(home) is None
