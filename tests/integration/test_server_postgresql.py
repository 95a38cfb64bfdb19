"""Does the same program keep its promises on a PostgreSQL server of the council's own, reached by a URL?"""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest

from api.app import create_app
from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council
from ledger.store.migrate import Setup
from ledger.store.safety import UnsafeStore
from tests.api.caller import ApiCaller
from tests.conftest import FACE, NOON
from tests.integration import test_recorders
from tests.integration.conftest import Admin, administering
from tests.integration.recording import open_account, rows

OLDEST, NEWEST = 15, 18


def binaries() -> list[Path]:
    """The folders of the PostgreSQL servers on this machine that we say we work with."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    if program := shutil.which("pg_config"):
        found.append(
            Path(subprocess.run([program, "--bindir"], capture_output=True, text=True, check=True).stdout.strip())
        )
    whole = {
        folder.resolve()
        for folder in found
        if all((folder / name).exists() for name in ("postgres", "initdb", "pg_ctl"))
    }
    return sorted(folder for folder in whole if OLDEST <= _major(folder) <= NEWEST)


def _major(folder: Path) -> int:
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split()[2].partition(".")[0])


class OwnServer:
    """A scratch cluster of the machine's PostgreSQL, run as an ordinary user, on 127.0.0.1 and a Unix socket."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="careledger-"))  # short enough for a socket, open to whom we become
        self._user = None if os.geteuid() else "nobody"  # PostgreSQL does not run as root
        if self._user:
            shutil.chown(self.folder, self._user)
        self.password = secrets.token_hex(16)
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port: int = free.getsockname()[1]

    def start(self) -> None:
        (pwfile := self.folder / "password").write_text(self.password)
        pwfile.chmod(0o644)
        data = ["--pgdata", str(self.folder / "data")]
        self._run(
            "initdb", *data, "--username=root_of_it", f"--pwfile={pwfile}", "--auth=scram-sha-256", "--encoding=UTF8"
        )
        pwfile.unlink()
        options = f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "start", "--wait", *data, "--log", str(self.folder / "log"), "--options", options)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--wait", "--mode=fast", "--pgdata", str(self.folder / "data"))

    def url(self, user: str = "root_of_it", dbname: str = "postgres", *, by_socket: bool = False) -> str:
        host = f"/{dbname}?host={quote(str(self.folder), safe='')}&port={self.port}" if by_socket else ""
        return f"postgresql://{user}:{self.password}@{host or f'127.0.0.1:{self.port}/{dbname}'}"

    def do(self, *statements: str, dbname: str = "postgres") -> None:
        """Outside a transaction, as making a database asks for."""
        with closing(psycopg2.connect(self.url(dbname=dbname))) as connection:
            connection.autocommit = True
            for statement in statements:
                connection.cursor().execute(statement)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / program, *arguments],
            user=self._user,
            cwd=self.folder,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 0, f"{program}: see {self.folder / 'log'}"


@pytest.fixture(scope="module")
def server() -> Iterator[OwnServer]:
    """The oldest there is: the embedded one is the newest."""
    found = binaries()
    if not found:
        assert not os.environ.get("CI"), "the server that .ci/run installs is not found"
        pytest.skip(f"this machine has no PostgreSQL server {OLDEST} to {NEWEST}")
    server = OwnServer(found[0])
    try:
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(server.folder)


@pytest.fixture(scope="module")
def installation(server: OwnServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """In place of the embedded server's: set up by an administrator who is no superuser, as in a cloud."""
    server.do(
        f"CREATE ROLE keeper_of_it LOGIN CREATEROLE PASSWORD '{server.password}'",
        "CREATE DATABASE careledger ENCODING 'UTF8' TEMPLATE template0 OWNER keeper_of_it",
    )
    url = server.url("keeper_of_it", "careledger")
    found = Installation(Settings(home=tmp_path_factory.mktemp("own") / "home", clock=NOON, database_url=url))
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="module")
def new_council(installation: Installation) -> Callable[..., Council]:
    numbers = count(90_000_001)
    return lambda scheme="reform-2023": installation.init(f"E{next(numbers)}", Setup("Example Council", scheme, FACE))


@pytest.fixture
def council(new_council: Callable[..., Council]) -> Iterator[Council]:
    council = new_council()
    yield council
    council.close()


@pytest.fixture
def admin(installation: Installation, server: OwnServer) -> Admin:
    whole = Settings(home=installation.settings.home, database_url=server.url(dbname="careledger"))
    return lambda: administering(Installation(whole))


def test_it_is_the_server_of_the_url_and_no_embedded_one(
    installation: Installation, server: OwnServer, council: Council
) -> None:
    assert rows(council, "SELECT inet_server_port()") == [(server.port,)]
    assert not (installation.settings.home / "postgresql").exists()


@pytest.mark.parametrize(
    ("on", "accrued", "remaining", "metering"),
    [
        ("2023-10-02", "107.14", "85892.86", "metering"),
        ("2024-03-31", "19500.00", "66500.00", "metering"),
        ("2025-12-11", "85928.57", "71.43", "metering"),
        ("2025-12-12", "86000.00", "0.00", "capped"),
    ],
)
def test_mrs_as_figures_are_the_same_to_the_penny(
    mrs_a: tuple[ApiCaller, str], on: str, accrued: str, remaining: str, metering: str
) -> None:
    finance, account = mrs_a
    alone = finance.get(f"{account}/cap-progress?on={on}").get_json()
    listed = finance.get(f"/v1/cap-progress?on={on}").get_json()
    (item,) = listed["items"]
    for progress in (alone, item):
        assert (progress["accrued_costs"], progress["remaining"], progress["metering"]) == (
            accrued,
            remaining,
            metering,
        )
    assert listed["totals"]["accrued_costs"] == accrued


@pytest.fixture(scope="module")
def mrs_a(installation: Installation, new_council: Callable[..., Council]) -> tuple[ApiCaller, str]:
    app, code = create_app(installation), new_council().code
    finance, assessor = ApiCaller(app, code, "finance"), ApiCaller(app, code, "assessor")
    opened = finance.post("/v1/care-accounts", {"person": {"local_id": "P-1"}, "opened_on": "2023-10-02"})
    account = f"/v1/care-accounts/{opened.get_json()['account_id']}"
    needs = {"assessed_on": "2023-10-02", "eligible": True, "eligible_from": "2023-10-02"}
    budget = {"kind": "independent", "setting": "care_home", "weekly_cost": "950.00", "effective_from": "2023-10-02"}
    for noun, body in (("needs-assessments", needs), ("budgets", budget)):
        assert assessor.post(f"{account}/{noun}", body).status_code == 201
    return finance, account


@pytest.mark.parametrize("by_socket", [False, True])
def test_a_later_program_finds_what_was_recorded(
    installation: Installation, server: OwnServer, council: Council, by_socket: bool
) -> None:
    account = open_account(council, family_name="Ames").account
    url = server.url("keeper_of_it", "careledger", by_socket=by_socket)
    later = Installation(Settings(home=installation.settings.home, database_url=url))
    later.start()
    try:
        found = later.council(council.code)
        assert found.ledger.account(account.id) == account
        assert found.people.of([account.id])[account.id].family_name == "Ames"
    finally:
        later.stop()


def test_setting_up_again_changes_nothing(installation: Installation, council: Council) -> None:
    account = open_account(council).account
    again = installation.init(council.code, Setup("Another Name", "national", {}))
    assert (again.setup.name, again.setup.scheme) == ("Example Council", "reform-2023")
    assert again.ledger.account(account.id) == account


def test_a_server_with_unsafe_settings_is_refused(
    installation: Installation, server: OwnServer, council: Council
) -> None:
    server.do(
        f"ALTER ROLE {council.names.app} SET synchronous_commit = off",
        "ALTER SYSTEM SET full_page_writes = off",
        "SELECT pg_reload_conf()",
    )
    server.do(
        f"ALTER ROLE {council.names.app} BYPASSRLS",
        f"GRANT DELETE ON {council.names.schema}.events TO {council.names.app}",
        dbname="careledger",
    )
    try:
        with pytest.raises(UnsafeStore) as refused:
            Installation(installation.settings).council(council.code)
    finally:
        server.do("ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()")
    said = " ".join(refused.value.reasons)
    assert all(words in said for words in ("synchronous_commit is off", "BYPASSRLS", "may DELETE"))


class TestAggregateRecorderHere(test_recorders.TestAggregateRecorder): ...


class TestApplicationRecorderHere(test_recorders.TestApplicationRecorder): ...


class TestNonInterleavingNotificationIDsHere(test_recorders.TestNonInterleavingNotificationIDs): ...


class TestTrackingRecorderHere(test_recorders.TestTrackingRecorder): ...


class TestProcessRecorderHere(test_recorders.TestProcessRecorder): ...


class TestNotificationLogHere(test_recorders.TestNotificationLog): ...


def test_what_recorders_are_tried_by_is_tried_here_too() -> None:
    there = {name for name in vars(test_recorders) if name.startswith("Test")}
    assert {f"{name}Here" for name in there} <= globals().keys()
