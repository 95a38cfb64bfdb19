"""Is every statement made once when whoever makes them is killed in the middle of an account?"""

import json
import subprocess
from collections.abc import Iterator
from functools import partial

import pytest

from api.wiring import Installation
from ledger.council import Council
from ledger.statement_run import Standing
from ledger.statement_runs import StatementRuns
from tests.faults.served import CODE, LONG, PATIENCE, Home, kill, run_command
from tests.faults.test_posting_killed import struck_between
from tests.integration.stating import counts, stated, written_to

ACCOUNTS, KILLS = (40, 2) if LONG else (18, 1)
"""More accounts than are made at a time, so that each strike falls between some and the next."""


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A council whose people are all due a statement."""
    found = Home(tmp_path_factory.mktemp("statements-killed") / "home")
    with found.council() as council:
        for _ in range(ACCOUNTS):
            written_to(council)
    return found


@pytest.fixture
def installation(home: Home) -> Iterator[Installation]:
    with home.opened() as found:
        yield found


@pytest.fixture
def council(installation: Installation) -> Council:
    return installation.council(CODE)


def making(home: Home) -> "subprocess.Popen[str]":
    return run_command(home, "statements", "--to", "2024-10-31", "--json")


def only_run(council: Council) -> Standing:
    (found,) = StatementRuns(council).rows.standings(99, 99)
    return found


def test_a_command_killed_again_and_again_makes_every_statement_once(
    home: Home, installation: Installation, council: Council
) -> None:
    for _ in range(KILLS):
        command = struck_between(installation, partial(making, home), lambda started: kill(started.pid))
        command.communicate(timeout=PATIENCE)
        cut = only_run(council)
        assert cut.made
        assert cut.finished_at is None
    command = making(home)
    printed, said = command.communicate(timeout=PATIENCE)
    assert command.returncode == 0, said
    assert json.loads(printed)["counts"] == {"accounts": ACCOUNTS, "made": ACCOUNTS, "held": 0, "not_due": 0}
    assert counts(only_run(council)) == (ACCOUNTS, 0, 0)
    made = [stated(council, account_id) for account_id in council.people.by_name()]
    assert [len(statements) for statements in made] == [1] * ACCOUNTS
    assert only_run(council).accrued_costs == sum(statement.figures.accrued_costs for (statement,) in made)
