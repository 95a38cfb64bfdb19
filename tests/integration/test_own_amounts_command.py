"""Whether a council enters amounts by file, two people at a terminal, and is told every mistake with its place."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from ledger.council import Council
from tests.conftest import NOON
from tests.integration.test_parameters_command import counted, rows

YAML = """
amounts:
  - parameter: personal_expenses_allowance
    from: 2026-07-01
    amount: 40.00
    unit: pounds a week
    authority: Cabinet, minute 17
    certainty: official
  - parameter: carer_premium
    from: 2026-04-06
    amount: 55.10
    unit: pounds a week
    authority: SI 2026/1 reg 2
    certainty: secondary
    note: Read in a copy
"""
HEADING = "parameter,from,amount,unit,authority,certainty,note\n"
PEA = "personal_expenses_allowance,2026-07-01,40.00,pounds a week,Cabinet,official,\n"


WRONG = ("from", "amount", "authority", "certainty")


class Runner:
    """Runs `careledger parameters` for one council, in a folder of its own."""

    def __init__(self, council: Council, folder: Path) -> None:
        self.council, self.folder = council, folder

    def propose(self, text: str, name: str = "ours.yaml", by: str = "ann") -> Result:
        (self.folder / name).write_bytes(text.encode("utf-8"))
        return self("propose", str(self.folder / name), "--by", by)

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(cli, ["parameters", *arguments, "--council", self.council.code])


@pytest.fixture
def run(council: Council, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    monkeypatch.setenv("CARELEDGER_HOME", str(home))
    monkeypatch.setenv("CARELEDGER_CLOCK", NOON.isoformat())
    return Runner(council, tmp_path)


def status(run: Runner, number: int = 1) -> str:
    return run.council.amounts.numbered(number).status


def test_a_file_is_proposed_and_tells_on_which_days_other_amounts_would_hold(run: Runner) -> None:
    said = run.propose(YAML)
    assert said.exit_code == 0
    assert "Change 1 proposes 2 amounts" in said.stdout
    assert rows(said, "Days on which another amount would hold") == [
        ["carer_premium", "2026-04-06", "not", "known", "£55.10", "a", "week"],
        ["personal_expenses_allowance", "2026-07-01", "2027-04-05", "£31.80", "a", "week", "£40.00", "a", "week"],
    ]
    assert status(run) == "proposed"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_table_says_the_same_as_a_list(mark: str, run: Runner) -> None:
    assert run.propose(YAML).exit_code == 0
    carer = "carer_premium,2026-04-06,55.10,pounds a week,SI 2026/1 reg 2,secondary,Read in a copy\n"
    first = PEA.replace("Cabinet", '"Cabinet, minute 17"')
    assert run.propose(mark + HEADING + first + carer, "ours.CSV").exit_code == 0
    listed, tabled = run.council.amounts.changes
    assert listed.entries == tabled.entries


def test_every_mistake_of_a_file_is_told_with_its_place_and_nothing_is_kept(run: Runner) -> None:
    text = (
        HEADING
        + PEA
        + "personal_expenses_allowance,2026-08-01,31.00,pounds a week,Cabinet,official,\n"
        + "carer_premium,2026-04-31,,pounds a week,,sure,\n"
        + PEA
    )
    said = run.propose(text, "ours.csv")
    told = said.stderr.splitlines()
    assert said.exit_code == 1
    places = [line.partition(":")[0] for line in told[1:]]
    assert places == ["line 3, amount", *(f"line 4, {field}" for field in WRONG), "line 5, from"]
    assert "On 1 August 2026 national law leaves people £31.80 a week." in said.stderr
    assert "Nothing of" in told[0]
    assert run.council.amounts.changes == ()


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.csv", HEADING + PEA.replace("official,", "official,note,more"), "line 2: There are more cells here"),
        ("a.csv", HEADING + '"', "line 1: This cannot be read as CSV"),
        ("a.csv", HEADING, "Give 1 to 1000 amounts."),
        ("a.csv", "name," + HEADING + "x," + PEA, "line 2, name: There is no such field here"),
        ("a.yaml", "amounts: []", "Give 1 to 1000 amounts."),
        ("a.yaml", "amounts: [40.00]", "amount 1: Write this as a mapping of fields."),
        ("a.yaml", "- parameter: x", "expected a mapping"),
        ("a.yaml", YAML + "by: ann\n", "Write one list, called amounts, and nothing beside it."),
        ("a.yaml", YAML.replace("40.00", "null"), "amount 1, amount: Write the figure as text"),
        ("a.yaml", YAML.replace("    unit: pounds a week\n", "", 1), "amount 1, unit: This field is required"),
        ("a.yaml", "amounts: [", "line 1"),
    ],
)
def test_a_file_that_says_something_else_is_told_so(name: str, text: str, sentence: str, run: Runner) -> None:
    said = run.propose(text, name)
    assert (said.exit_code, run.council.amounts.changes) == (1, ())
    assert sentence in said.stderr


def test_a_file_in_another_encoding_is_told_so(run: Runner) -> None:
    (run.folder / "ours.csv").write_bytes("£".encode("latin-1"))
    said = run("propose", str(run.folder / "ours.csv"))
    assert (said.exit_code, "CSV UTF-8" in said.stderr) == (1, True)


def test_a_second_person_approves_and_a_reversal_takes_two(run: Runner) -> None:
    run.propose(YAML)
    own = run("approve", "1", "--by", "ann")
    assert (own.exit_code, "Change 1: Whoever proposed these amounts cannot approve them." in own.stderr) == (1, True)
    approved = run("approve", "1", "--by", "ben")
    assert (approved.exit_code, "its amounts count from 20" in approved.stdout, status(run)) == (0, True, "approved")
    asked = run("reverse", "1", "--by", "ben")
    assert (asked.exit_code, "until a second person says the same" in asked.stdout) == (0, True)
    assert run("reverse", "1", "--by", "ben").exit_code == 1
    assert (run("reverse", "1", "--by", "ann").exit_code, status(run)) == (0, "reversed")
    assert "has been decided already" in run("approve", "1", "--by", "cat").stderr


def test_several_are_approved_at_once_and_one_that_is_not_there_is_told(run: Runner) -> None:
    run.propose(YAML)
    run.propose(YAML.replace("2026-07-01", "2026-08-01"))
    said = run("approve", "1", "2", "99", "--by", "ben")
    assert (said.exit_code, [status(run, number) for number in (1, 2)]) == (1, ["approved", "approved"])
    assert "Change 99: The council has no such change" in said.stderr


def test_what_waits_for_a_second_person_is_listed_with_every_source(run: Runner) -> None:
    run.propose(YAML)
    waiting = run("proposals")
    assert [row[:3] for row in rows(waiting, "Changes that wait for a second person")] == [["1", "proposed", "ann"]]
    assert [row[:2] for row in rows(waiting, "Amounts of change 1")] == [
        ["personal_expenses_allowance", "2026-07-01"],
        ["carer_premium", "2026-04-06"],
    ]
    assert "Read in a copy" in waiting.stdout
    run("reverse", "1", "--by", "ann")
    assert counted(run("proposals"), "Changes that wait for a second person") == "none"
    assert [row[1] for row in rows(run("proposals", "--all"), "Changes")] == ["proposed", "withdrawn"]


def test_own_amounts_are_checked_and_shown_with_the_national_ones(run: Runner) -> None:
    run.propose(YAML)
    assert ["carer_premium", "2025-04-06"] in rows(run("check"), "Gaps, for which")
    run("approve", "1", "--by", "ben")
    checked = run("check")
    assert ["carer_premium", "2025-04-06", "2026-04-05"] in rows(checked, "Gaps, for which")
    uncertain = [row[:4] for row in rows(checked, "Uncertain, below official")]
    assert ["carer_premium", "2026-04-06", "55.10", "secondary"] in uncertain
    shown = run("show", "--on", "2026-07-01")
    by_name = {row[0]: " ".join(row[1:]) for row in rows(shown, "Amounts on 2026-07-01")}
    assert by_name["personal_expenses_allowance"].startswith("40.00 pounds a week in force, the council's own Cabinet")
    whole = run("show", "carer_premium")
    assert ["2026-04-06", "55.10", "secondary"] in [row[:3] for row in rows(whole, "Entries")]


def test_an_own_amount_is_to_be_looked_at_a_year_after_its_approval(run: Runner) -> None:
    run.propose(YAML)
    run("approve", "1", "--by", "ben")
    own = ["carer_premium,", "the", "council's", "own", "2026-11-22"]
    for day, listed in (("2027-11-21", False), ("2027-11-22", True)):
        said = run("check", "--on", day)
        stale = [] if counted(said, f"Not compared for a year by {day}") == "none" else rows(said, "Not compared")
        assert (own in stale) == listed


def test_what_only_a_council_sets_is_no_gap_where_it_sets_nothing(run: Runner) -> None:
    assert not [row for row in rows(run("check"), "Gaps, for which") if row[0] == "minimum_weekly_charge"]


@pytest.mark.parametrize("name", ["propose", "proposals", "approve", "reverse"])
def test_each_command_has_help(name: str) -> None:
    said = CliRunner().invoke(cli, ["parameters", name, "--help"])
    assert (said.exit_code, said.stdout.startswith("Usage: ")) == (0, True)


def test_the_help_shows_what_a_file_looks_like() -> None:
    said = CliRunner().invoke(cli, ["parameters", "propose", "--help"])
    assert "- parameter: personal_expenses_allowance" in said.stdout
