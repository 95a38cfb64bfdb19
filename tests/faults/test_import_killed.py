"""Is every row of a file recorded once, or none of them, when whoever imports is killed, wherever that falls?"""

import json
import signal
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from api.wiring import Installation
from ledger.council import Council
from ledger.import_run import Standing
from ledger.imports import Imports
from ledger.together import READ
from tests.faults.served import CODE, PATIENCE, Home, kill, run_command
from tests.faults.test_posting_killed import LEDGER_IN_ORDER, struck_between, until_so_many_wait
from tests.integration.conftest import administering
from tests.unit.tables import RIGHT, as_csv

ROWS = READ + 40
"""So many that they are recorded in two parts, where they may be."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("import-killed") / "home")


@pytest.fixture
def installation(home: Home) -> Iterator[Installation]:
    with home.opened() as found:
        yield found


@pytest.fixture
def council(installation: Installation) -> Council:
    return installation.council(CODE)


def file_of(folder: Path, names: str) -> Path:
    """People whom no other test knows."""
    file = folder / "people.csv"
    file.write_bytes(as_csv([RIGHT["accounts"] | {"local_id": f"{names}-{n}"} for n in range(ROWS)]))
    return file


def importing(home: Home, file: Path, *more: str) -> "subprocess.Popen[str]":
    return run_command(home, "import", "--kind", "accounts", str(file), "--json", *more)


def kept(council: Council, names: str) -> int:
    """How many of a file's people have an account, each of them one that holds nothing else."""
    accounts = council.people.taken([f"{names}-{n}" for n in range(ROWS)]).values()
    read = council.ledger.read(list(accounts))
    assert all(account.version == 1 for account in read.values())
    return len(read)


def newest(council: Council) -> Standing:
    return Imports(council).rows.standings(2**31 - 1, 1)[0]


def everything_is_recorded_once(council: Council, command: "subprocess.Popen[str]", names: str) -> None:
    printed, said = command.communicate(timeout=PATIENCE)
    assert command.returncode == 0, said
    found = json.loads(printed)
    assert (found["status"], found["applied"], found["known"]) == ("recorded", ROWS, 0)
    assert kept(council, names) == ROWS


@pytest.mark.parametrize("strike", [signal.SIGKILL, signal.SIGINT])
def test_good_rows_that_were_recorded_when_the_command_was_cut_off_are_known_to_the_next(
    strike: signal.Signals, home: Home, installation: Installation, council: Council, tmp_path: Path
) -> None:
    names, file = f"P-{strike.name}", file_of(tmp_path, f"P-{strike.name}")
    start = partial(importing, home, file, "--good-rows")
    command = struck_between(installation, start, lambda started: started.send_signal(strike))
    _, said = command.communicate(timeout=PATIENCE)
    assert strike == signal.SIGKILL or "Interrupted. What was recorded stays; the same command goes on" in said
    assert "Traceback" not in said
    assert (kept(council, names), newest(council).status) == (READ, "running")
    everything_is_recorded_once(council, start(), names)


def test_all_or_nothing_killed_while_it_records_leaves_nothing_and_the_next_records_all(
    home: Home, installation: Installation, council: Council, tmp_path: Path
) -> None:
    file = file_of(tmp_path, "A")
    with administering(installation) as statements:
        statements.execute(LEDGER_IN_ORDER.format(schema=council.names.schema))
        command = importing(home, file)
        until_so_many_wait(installation, 1)
        kill(command.pid)
    command.communicate(timeout=PATIENCE)
    assert (kept(council, "A"), newest(council).status) == (0, "running")
    everything_is_recorded_once(council, importing(home, file), "A")


def test_two_commands_with_one_file_record_each_row_once_between_them(
    home: Home, council: Council, tmp_path: Path
) -> None:
    file = file_of(tmp_path, "T")
    commands = [importing(home, file, "--good-rows") for _ in range(2)]
    for command in commands:
        _, said = command.communicate(timeout=PATIENCE)
        assert command.returncode == 0, said
    assert kept(council, "T") == ROWS
