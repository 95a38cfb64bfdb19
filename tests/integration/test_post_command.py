"""Does `careledger post` say what it posted, what to look at and what is wrong with what it was given?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from ledger.council import Council
from ledger.posting_run import Standing
from ledger.runs import PostingRuns
from tests.integration.conftest import Admin
from tests.integration.posting import needs, opening, self_funder, told
from tests.integration.recording import open_account

Run = Callable[..., Result]


@pytest.fixture
def post(home: Path, council: Council, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, given to this session's installation for a council of this test's own."""
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", "2026-11-22T12:00:00Z")
    return lambda *more: CliRunner().invoke(cli, ["post", "--council", council.code, *more])


def newest(council: Council) -> Standing:
    return PostingRuns(council).rows.standings(2**31 - 1, 1)[0]


def test_counts_and_control_totals_are_printed(post: Run, council: Council) -> None:
    carried = self_funder(council)
    told(council, carried, opening("1234.56"))
    self_funder(council)
    said = post("--through", "2023-10-29")
    assert said.exit_code == 0, said.output
    assert said.stdout.splitlines()[:16] == [
        "Run 1 posted the days through 2023-10-29 under the scheme reform-2023.",
        "",
        "  accounts                                       2",
        "    posted                                       2",
        "    posted to that day before                    0",
        "    not posted                                   0",
        "",
        "Accrued costs of the accounts posted, in pounds",
        "  before                                      0.00",
        "    carried in                            1,234.56",
        "    accrued                               6,000.00",
        "    annual adjustments                        0.00",
        "    adjustments                               0.00",
        "  after                                   7,234.56",
        "",
        "In 3 lines: 7,600.00 of costs, 1,600.00 of it daily living costs.",
    ]
    assert "Posting: 2 of 2" in said.stderr


def test_what_to_look_at_is_printed_with_what_to_do_and_does_not_fail_the_command(post: Run, council: Council) -> None:
    account = open_account(council).account
    told(council, account.id, needs())
    said = post("--through", "2023-10-29")
    assert said.exit_code == 0
    assert said.stdout.splitlines()[-3:] == [
        f"{account.opened.reference}  posted, but look at it",
        "  On 28 days from 2023-10-02 to 2023-10-29 nothing was counted:"
        " needs were eligible, but no personal budget was in force.",
        "  Set the personal budget for these days, or record that the needs ended."
        " The next posting brings what it changes as an adjustment.",
    ]


def test_an_account_that_was_not_posted_fails_the_command_and_the_rest_is_posted(
    post: Run, council: Council, admin: Admin
) -> None:
    self_funder(council)
    broken = self_funder(council)
    with admin() as statements:
        statements.execute(
            f"UPDATE {council.names.schema}.events SET state = '{{}}' WHERE account_id = %s AND version = 3",
            (str(broken),),
        )
    said = post("--through", "2023-10-29")
    assert said.exit_code == 1
    assert (
        "NOT POSTED\n  Its record could not be read, or its figures could not be worked out.\n  Tell whoever"
        in said.stdout
    )
    assert "    posted                                       1\n" in said.stdout
    assert "    not posted                                   1\n" in said.stdout


def test_the_run_is_printed_alone_as_json_when_that_is_asked_for(post: Run, council: Council) -> None:
    self_funder(council)
    said = post("--through", "2023-10-29", "--json", "--sub", "r.patel")
    run = json.loads(said.stdout)
    assert (run["status"], run["started_by"], run["totals"]["balance"]) == ("finished", "r.patel", "3000.00")
    assert run["run_id"] == str(newest(council).run.run_id)
    assert run["exceptions"] == {"items": [], "next": None}


def test_repeating_the_command_posts_nothing_twice(post: Run, council: Council) -> None:
    self_funder(council)
    post("--through", "2023-10-29")
    said = post("--through", "2023-10-29")
    assert said.exit_code == 0
    assert "    posted to that day before                    1\n" in said.stdout
    assert newest(council).posted == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Missing option '--through'"),
        (("--through", "31 March"), "Invalid value for '--through': Write the day as text, year first"),
        (("--through", "2026-02-30"), "Invalid value for '--through': There is no such day"),
        (("--through", "2026-11-23"), "Invalid value for '--through': Only days that have come can be posted."),
    ],
)
def test_a_day_that_cannot_be_posted_to_is_told(
    post: Run, council: Council, arguments: tuple[str, ...], sentence: str
) -> None:
    said = post(*arguments)
    assert said.exit_code == 2
    assert sentence in said.output
    assert PostingRuns(council).rows.standings(2**31 - 1, 1) == []


def test_a_council_that_was_not_set_up_is_told(post: Run) -> None:
    said = post("--through", "2023-10-29", "--council", "E91000009")
    assert said.exit_code == 1
    assert "Set it up with: careledger init" in said.output
