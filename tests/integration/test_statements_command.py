"""Does `careledger statements` say what it made, what it held and what to do about it?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from ledger.council import Council
from tests.integration.posting import self_funder
from tests.integration.stating import stated, written_to

Run = Callable[..., Result]


@pytest.fixture
def statements(home: Path, council: Council, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, given to this session's installation for a council of this test's own."""
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", "2026-11-22T12:00:00Z")
    return lambda *more: CliRunner().invoke(cli, ["statements", "--council", council.code, *more])


def test_what_was_made_and_held_is_printed_with_what_to_do(statements: Run, council: Council) -> None:
    account_id = written_to(council)
    self_funder(council)
    said = statements("--to", "2024-10-31")
    assert said.exit_code == 0, said.output
    (statement,) = stated(council, account_id)
    assert statement.paper
    assert [each.points for each in statement.paper.prints] == [14, 18, 22]
    assert said.stdout.splitlines() == [
        "Run 1: annual statements to 2024-10-31 under the scheme reform-2023.",
        "",
        "  accounts                                           2",
        "    made                                             1",
        "    held                                             1",
        "    not due                                          0",
        f"  accrued costs stated, in pounds   {statement.figures.accrued_costs:>18,}",
        "",
        "no address: 1 held",
        "  Record where the person is to be written to. The next run makes its statement.",
        "",
        "Nothing has gone out. A second person looks at the sample and releases the run at /statement-runs.",
    ]
    assert "Making statements: 2 of 2" in said.stderr


def test_a_dry_run_makes_nothing_and_says_so(statements: Run, council: Council) -> None:
    account_id = written_to(council)
    said = statements("--to", "2024-10-31", "--dry-run")
    assert said.exit_code == 0
    assert said.stdout.splitlines()[:5] == [
        "What annual statements to 2024-10-31 would come to. Nothing was made.",
        "",
        "  accounts                                           1",
        "    would be made                                    1",
        "    would be held                                    0",
    ]
    assert stated(council, account_id) == []


def test_a_program_reads_the_run_as_json(statements: Run, council: Council) -> None:
    written_to(council)
    found = json.loads(statements("--to", "2024-10-31", "--json").stdout)
    assert (found["status"], found["counts"]) == (
        "to_release",
        {"accounts": 1, "made": 1, "held": 0, "not_due": 0},
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("--to 2026-11-23", "A statement covers days that have come. Give today or an earlier day."),
        ("--to 2026-11-23 --dry-run", "A statement covers days that have come. Give today or an earlier day."),
        ("--to October", "Write the day as text, year first"),
        ("--to 2024-10-31 --kind weekly", "'weekly' is not one of 'annual', 'closing'"),
        ("", "Missing option '--to'"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(statements: Run, asked: str, said: str) -> None:
    answer = statements(*asked.split())
    assert (answer.exit_code, said in " ".join(answer.stderr.split())) == (2, True)
