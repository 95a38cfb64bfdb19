"""Is a schedule decided, shown and carried out from the command line, every mistake in a sentence?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from api.wiring import Installation
from ledger.council import Council
from tests.integration.conftest import Admin
from tests.integration.posting import postings, self_funder

Run = Callable[..., Result]


@pytest.fixture
def run(home: Path, council: Council, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command, given to this session's installation, in which there is a council of this test's own alone."""
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", "2023-12-01T12:00:00Z")
    monkeypatch.setattr(Installation, "codes", lambda _: [council.code])
    return lambda *asked: CliRunner().invoke(cli, asked)


@pytest.fixture
def broken(new_council: Callable[..., Council]) -> Council:
    """A council beside the test's own."""
    return new_council()


def decided(run: Run, *more: str) -> Result:
    asked = ["--every", "four_weeks", "--from", "2023-10-02", "--by", "ann", *more]
    return run("schedule", "set", "posting", *asked)


def test_a_decision_says_what_it_comes_to_and_stays_to_be_seen(run: Run) -> None:
    first = decided(run)
    assert (first.exit_code, first.stdout.splitlines()) == (
        0,
        [
            "posting every four weeks from 2023-10-02 on, decided 2023-12-01T12:00:00.000000Z by ann",
            "The next posting is of the days 2023-10-02 to 2023-10-29, due now.",
        ],
    )
    other = decided(run, "--every", "month", "--from", "2024-01-01", "--by", "ben")
    assert other.exit_code == 0
    assert run("schedule", "show").stdout.splitlines() == [
        first.stdout.splitlines()[0],
        other.stdout.splitlines()[0],
        "The next posting is of the days 2023-10-02 to 2023-10-29, due now.",
        "By the schedule no run of statements is due, now or later.",
        "By the schedule no run of notices is due, now or later.",
    ]


def test_deciding_the_same_again_changes_nothing_and_says_so(run: Run) -> None:
    decided(run)
    assert decided(run).stdout.startswith("That was decided already. Nothing was changed.\n")
    assert len(run("schedule", "show").stdout.splitlines()) == 4


def test_where_nothing_was_decided_that_is_said(run: Run) -> None:
    assert run("schedule", "show").stdout.splitlines() == [
        "By the schedule no posting is due, now or later.",
        "By the schedule no run of statements is due, now or later.",
        "By the schedule no run of notices is due, now or later.",
    ]


def test_what_is_due_is_done_once_and_the_next_day_it_is_due_is_said(run: Run, council: Council) -> None:
    account_id = self_funder(council)
    decided(run)
    assert [run("work", "--once").exit_code for _ in range(2)] == [0, 0]
    assert [str(posted.through) for posted in postings(council, account_id)] == ["2023-10-29", "2023-11-26"]
    assert (
        "The next posting is of the days 2023-11-27 to 2023-12-24, due on 2023-12-25.\n"
        in run("schedule", "show").stdout
    )


def test_each_run_is_logged_in_a_line(run: Run, council: Council, caplog: pytest.LogCaptureFixture) -> None:
    self_funder(council)
    decided(run)
    with caplog.at_level("INFO", logger="api.worker"):
        run("work", "--once")
    assert [record.getMessage() for record in caplog.records if record.name == "api.worker"] == [
        f"{council.code}: posting run {n} through {day}: 1 accounts, 1 posted, 0 posted before, 0 not posted"
        for n, day in ((1, "2023-10-29"), (2, "2023-11-26"))
    ]


def test_what_stops_one_council_stops_no_other_and_fails_the_command(
    broken: Council,
    run: Run,
    council: Council,
    admin: Admin,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    account_id = self_funder(council)
    decided(run)
    with admin() as statements:
        statements.execute(f"REVOKE SELECT ON {broken.names.schema}.run_claims FROM {broken.names.app}")
    monkeypatch.setattr(Installation, "codes", lambda _: [broken.code, council.code])
    assert run("work", "--once").exit_code == 1
    assert f"{broken.code} was left for a later turn" in caplog.text
    assert len(postings(council, account_id)) == 2


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("set posting --from 2026-04-06", "Missing option '--every'"),
        ("set posting --every week --from 2026-04-06", "'week' is not one of 'four_weeks', 'month', 'never'"),
        ("set posting --every month --from April", "Write the day as text, year first"),
        ("set letters --every month --from 2026-04-06", "'letters' is not one of 'notices', 'posting', 'statements'"),
        ("set posting --every month", "Missing option '--from'"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_decides_nothing(
    run: Run, council: Council, asked: str, sentence: str
) -> None:
    said = run("schedule", *asked.split())
    assert (said.exit_code, sentence in said.output) == (2, True), said.output
    assert council.schedule.changes == ()


@pytest.mark.parametrize("part", ["", "set", "show"])
def test_every_part_of_it_has_help(part: str) -> None:
    shown = CliRunner().invoke(cli, ["schedule", *part.split(), "--help"])
    assert (shown.exit_code, "Usage:" in shown.output) == (0, True)
