"""Is every row of a file recorded once, or none of them, when whoever imports is killed, wherever that falls?"""

import json
import signal
from pathlib import Path

import pytest

from ledger.council import Council
from ledger.import_run import Standing
from ledger.imports import Imports
from ledger.together import READ
from tests.faults.commands import Operator, ended
from tests.unit.tables import RIGHT, as_csv

ROWS = READ + 40
"""So many that they are recorded in two parts, where they may be."""


def file_of(folder: Path) -> Path:
    file = folder / "people.csv"
    file.write_bytes(as_csv([RIGHT["accounts"] | {"local_id": f"P-{n}"} for n in range(ROWS)]))
    return file


def importing(file: Path, *more: str) -> tuple[str, ...]:
    return "import", "--kind", "accounts", str(file), "--json", *more


def kept(council: Council) -> int:
    """How many of a file's people have an account, each of them one that holds nothing else."""
    accounts = council.people.taken([f"P-{n}" for n in range(ROWS)]).values()
    read = council.ledger.read(list(accounts))
    assert all(account.version == 1 for account in read.values())
    return len(read)


def newest(council: Council) -> Standing:
    return Imports(council).rows.standings(2**31 - 1, 1)[0]


def everything_is_recorded_once(operator: Operator, asked: tuple[str, ...]) -> None:
    found = json.loads(operator.finish(*asked))
    assert (found["status"], found["applied"], found["known"]) == ("recorded", ROWS, 0)
    assert kept(operator.council) == ROWS


@pytest.mark.parametrize("strike", [signal.SIGKILL, signal.SIGINT])
def test_good_rows_that_were_recorded_when_the_command_was_cut_off_are_known_to_the_next(
    strike: signal.Signals, operator: Operator, council: Council, tmp_path: Path
) -> None:
    asked = importing(file_of(tmp_path), "--good-rows")
    said = operator.cut_off(*asked, by=strike)
    assert strike == signal.SIGKILL or "Interrupted. What was recorded stays; the same command goes on" in said
    assert "Traceback" not in said
    assert (kept(council), newest(council).status) == (READ, "running")
    everything_is_recorded_once(operator, asked)


def test_all_or_nothing_killed_while_it_records_leaves_nothing_and_the_next_records_all(
    operator: Operator, council: Council, tmp_path: Path
) -> None:
    asked = importing(file_of(tmp_path))
    operator.cut_off_at_once(*asked)
    assert (kept(council), newest(council).status) == (0, "running")
    everything_is_recorded_once(operator, asked)


def test_two_commands_with_one_file_record_each_row_once_between_them(
    operator: Operator, council: Council, tmp_path: Path
) -> None:
    asked = importing(file_of(tmp_path), "--good-rows")
    for command in [operator.begin(*asked) for _ in range(2)]:
        ended(command)
    assert kept(council) == ROWS
