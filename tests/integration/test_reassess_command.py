"""Does `careledger reassess` say what changes, for whom and why, and what is wrong with what it was given?"""

import csv
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from domain.account.uprating import Rise
from ledger.council import Council
from ledger.reassessments import Reassessments
from tests.integration.posting import told
from tests.integration.reassessing import assess, assessments, begun, pensioner, to_pay
from tests.integration.recording import open_account, rows
from tests.pages.office import money_check
from tests.rules.means import weekly

Run = Callable[..., Result]
GUARANTEE = "the amount you keep to live on rose by £3.90"


@pytest.fixture
def reassess(home: Path, council: Council, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, given to this session's installation for a council of this test's own."""
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", "2026-11-22T12:00:00Z")
    return lambda *more: CliRunner().invoke(cli, ["reassess", "--council", council.code, *more])


def lines(said: Result) -> list[str]:
    """What was printed, each line with single blanks."""
    return [" ".join(line.split()) for line in said.stdout.splitlines()]


def runs(council: Council) -> int:
    return len(Reassessments(council).rows.standings(2**31 - 1, 100))


def reference(council: Council, account_id: UUID) -> str:
    return council.ledger.references.of([account_id])[account_id]


def test_a_dry_run_prints_who_would_pay_another_amount_and_the_totals_and_records_nothing(
    reassess: Run, council: Council
) -> None:
    account_id, poor = pensioner(council), pensioner(council, "200.00")
    elsewhere = open_account(council).account.id
    told(council, elsewhere, money_check("100.00"))
    before = rows(council, "SELECT count(*) FROM {schema}.events")
    said = reassess("--on", "2025-04-06", "--dry-run")
    assert said.exit_code == 0, said.output
    assert f"{reference(council, account_id)} 71.30 67.40 -3.90 {GUARANTEE}" in lines(said)
    why = "It was decided in another system, so nothing here says out of what."
    assert f"{reference(council, elsewhere)} imported {why}" in lines(said)
    assert reference(council, poor) not in said.stdout
    assert lines(said)[-10:] == [
        "accounts 3",
        "pay more 0 0.00",
        "pay less 1 -3.90",
        "pay the same 1",
        "not done: imported 1",
        "",
        "All of them together, in pounds a week: 71.30 before, 67.40 after.",
        "Imported: Assess the person here, or import the new result of the other system.",
        "",
        "Nothing was recorded: this was a dry run.",
    ]
    assert (rows(council, "SELECT count(*) FROM {schema}.events"), runs(council)) == (before, 0)
    assert "Reassessing: 3 of 3" in said.stderr


def test_what_is_recorded_is_recorded_once_in_the_name_of_whoever_asked(reassess: Run, council: Council) -> None:
    account_id = pensioner(council)
    said = reassess("--on", "2025-04-06", "--by", "r.patel")
    assert lines(said)[-1] == "Run 1 is done. To take it back: careledger reassess --undo 1"
    entry = list(council.ledger.entries(account_id))[-1]
    assert (entry.recorded_by, entry.role, to_pay(council, account_id)) == ("r.patel", "machine", "67.40")
    again = reassess("--on", "2025-04-06")
    assert (again.exit_code, len(assessments(council, account_id))) == (0, 2)
    assert "not done: assessed already 1" in lines(again)


def test_the_command_goes_on_with_a_run_that_was_left(reassess: Run, council: Council) -> None:
    pensioner(council)
    begun(council)
    assert "Run 1 is done." in reassess("--on", "2025-04-06").stdout


def test_all_records_also_who_pays_the_same(reassess: Run, council: Council) -> None:
    poor = pensioner(council, "200.00")
    reassess("--on", "2025-04-06", "--all")
    assert len(assessments(council, poor)) == 2


def test_amounts_that_nobody_knows_fail_the_command_and_are_named(reassess: Run, council: Council) -> None:
    pensioner(council)
    said = reassess("--on", "2027-04-06")
    assert said.exit_code == 1
    assert "No amount of minimum_income_guarantee_single_pension_age is in force on 2027-04-06." in said.stdout
    assert "Amount unknown: Enter the amount with its source, and reassess the same day again." in lines(said)


def test_a_file_holds_a_row_for_each_person(reassess: Run, council: Council, tmp_path: Path) -> None:
    pensioner(council), pensioner(council, "200.00")
    file = tmp_path / "april.csv"
    reassess("--on", "2025-04-06", "--dry-run", "--csv", str(file))
    with file.open(encoding="utf-8", newline="") as opened:
        table = list(csv.DictReader(opened))
    found = {row["outcome"]: tuple(row[name] for name in ("before", "after", "change", "why")) for row in table}
    assert found == {
        "reassessed": ("71.30", "67.40", "-3.90", GUARANTEE),
        "unchanged": (
            "0.00",
            "0.00",
            "0.00",
            f"{GUARANTEE}; we do not take the £3.90 that you are short of what you keep",
        ),
    }


def test_taking_back_is_tried_then_done_once_and_says_what_is_left(reassess: Run, council: Council) -> None:
    account_id, later = pensioner(council), pensioner(council)
    reassess("--on", "2025-04-06")
    assess(council, later, effective_from="2025-07-07", income=weekly(state_pension="310.00"))
    tried = reassess("--undo", "1", "--dry-run")
    assert (lines(tried)[-1], runs(council)) == ("Nothing was recorded: this was a dry run.", 1)
    assert to_pay(council, account_id) == "67.40"
    back = reassess("--undo", "1")
    assert lines(back)[-1] == "Run 2 took the reassessment back. Both stay to be seen in each history."
    assert f"{reference(council, account_id)} 67.40 71.30 +3.90 The assessment before it holds again." in lines(back)
    left = "superseded Another assessment, from 7 July 2025, was recorded since as entry 4."
    assert f"{reference(council, later)} {left}" in lines(back)
    assert (back.exit_code, to_pay(council, account_id)) == (0, "71.30")
    again = reassess("--undo", str(Reassessments(council).rows.numbered(1).run.run_id))
    assert (again.exit_code, runs(council)) == (0, 2)


def test_runs_are_listed_with_what_takes_back_what(reassess: Run, council: Council) -> None:
    pensioner(council)
    assert lines(reassess("--list")) == ["Reassessments: none", ""]
    reassess("--on", "2025-04-06", "--by", "r.patel")
    reassess("--undo", "1", "--by", "r.patel")
    listed = [line.split() for line in lines(reassess("--list"))[3:5]]
    assert [(*cells[:2], *cells[3:]) for cells in listed] == [
        ("2", "2025-04-06", "r.patel", "finished", "1", "1", "0", "0", "1"),
        ("1", "2025-04-06", "r.patel", "finished", "1", "0", "1", "0", "2"),
    ]
    assert all(cells[2].startswith("2026-11-22T12:00:00.") for cells in listed)


YAML = "rises:\n- kind: state_pension\n  percent: 4.1\n  source: order-2025\n"
CSV = "kind,percent,source\nstate_pension,4.1,order-2025\n"


@pytest.mark.parametrize(("name", "text"), [("rises.yaml", YAML), ("rises.csv", CSV), ("rises.CSV", "\ufeff" + CSV)])
def test_incomes_rise_by_what_a_file_says(
    reassess: Run, council: Council, tmp_path: Path, name: str, text: str
) -> None:
    account_id, file = pensioner(council), tmp_path / name
    file.write_text(text, "utf-8")
    said = reassess("--on", "2025-04-06", "--uprate", str(file))
    assert (said.exit_code, to_pay(council, account_id)) == (0, "79.70")
    (rise,) = Reassessments(council).rows.numbered(1).run.wanted.rises
    assert rise == Rise.model_validate({"kind": "state_pension", "percent": "4.1", "source": "order-2025"})


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "a.yaml",
            "rises:\n- kind: pension\n  percent: 4.1\n  source: x\n",
            "rise 1: kind: Use one of: 'state_pension'",
        ),
        ("a.yaml", "rises:\n- kind: esa\n  percent: 4.1\n", "rise 1: source: This field is required: add it."),
        ("a.yaml", "rises:\n- kind: esa\n  source: x\n", "rise 1: Give percent, or weekly, and not both."),
        ("a.yaml", "rises: []\n", "It holds 0 rises: give 1 to 100."),
        ("a.yaml", "rises: 4.1\n", "Write rises: and below it a list, each with what is said of kind, percent"),
        ("a.yaml", "- esa\n", "expected a mapping."),
        ("a.csv", "kind,per cent,source\nesa,4.1,x\n", "Its first row names per cent: name kind, percent, weekly"),
        ("a.csv", "", "Its first row names nothing"),
        ("a.csv", "kind,percent,source\nesa,4.1x,x\n", "line 2: percent: Write the percentage as text"),
        ("a.csv", "kind,percent,source\nesa,4.1,x,y\n", "line 2: beyond the last column: There is no such field here"),
        ("a.csv", 'kind,percent,source\n"esa,4.1,x\n', "after line 1: unexpected end of data."),
    ],
)
def test_a_file_that_does_not_say_how_incomes_rise_is_told_where(
    reassess: Run, council: Council, tmp_path: Path, name: str, text: str, sentence: str
) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    said = reassess("--on", "2025-04-06", "--uprate", str(file))
    assert (said.exit_code, runs(council)) == (2, 0)
    assert "does not say how incomes rise" in said.output
    assert sentence in said.output


def test_a_file_that_is_no_text_is_told(reassess: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"\xff\xfe\x00")
    assert "It is not a text in UTF-8." in reassess("--on", "2025-04-06", "--uprate", str(file)).output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Give one of --on DAY, --undo RUN and --list."),
        (("--on", "2025-04-06", "--list"), "Give one of --on DAY, --undo RUN and --list."),
        (("--on", "April"), "Invalid value for '--on': Write the day as text, year first"),
        (("--undo", "1", "--all"), "--all is said beside --on alone."),
        (("--list", "--dry-run"), "--dry-run and --csv are said beside --on or --undo."),
        (("--undo", "1"), "There is no such reassessment of this council. See: careledger reassess --list."),
        (("--undo", "that one"), "There is no such reassessment of this council."),
    ],
)
def test_what_cannot_be_done_is_told(
    reassess: Run, council: Council, arguments: tuple[str, ...], sentence: str
) -> None:
    said = reassess(*arguments)
    assert (said.exit_code, runs(council)) == (2, 0)
    assert sentence in said.output


def test_a_run_under_way_is_not_taken_back(reassess: Run, council: Council) -> None:
    pensioner(council)
    begun(council)
    said = reassess("--undo", "1")
    assert (said.exit_code, "This reassessment is still under way." in said.output) == (2, True)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [((), "What was recorded stays; the same command goes on from there."), (("--dry-run",), "Nothing was recorded.")],
)
def test_an_interrupted_command_says_what_stays(
    reassess: Run, council: Council, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], sentence: str
) -> None:
    pensioner(council)

    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ledger.application.CareAccountLedger.read", interrupted)
    said = reassess("--on", "2025-04-06", *more)
    assert (said.exit_code, f"Interrupted. {sentence}" in said.output) == (1, True)
