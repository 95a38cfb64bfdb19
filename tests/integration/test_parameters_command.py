"""Does the command tell a person which amounts of law to look at, and each amount with its authority?"""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from api.cli import cli
from domain import parameters
from tests.conftest import NOON

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command, its clock standing. It needs no council and no database."""
    monkeypatch.setenv("CARELEDGER_CLOCK", NOON.isoformat())
    return lambda *words: CliRunner().invoke(cli, ["parameters", *words])


def rows(said: Result, group: str) -> list[list[str]]:
    """The rows under a heading, without the names of the columns."""
    _, _, after = said.stdout.partition(group)
    assert after, said.output
    lines = after.partition("\n\n")[0].splitlines()
    return [line.split() for line in lines[3:]]


def counted(said: Result, group: str) -> str:
    return said.stdout.partition(f"{group}: ")[2].partition("\n")[0]


def test_gaps_are_listed_with_their_days(run: Run) -> None:
    said = run("check")
    assert said.exit_code == 0
    gaps = rows(said, "Gaps, for which nobody has seen an amount")
    assert ["savings_credit_disregard_single", "2019-04-01", "2023-04-05"] in gaps
    assert ["personal_expenses_allowance", "2027-04-06"] in gaps
    assert ["care_account_retention", "no", "day"] in gaps
    assert counted(said, "nobody has seen an amount") == str(len(gaps))
    assert not [row for row in gaps if row[0] == "capital_limit_upper"]


def test_uncertain_amounts_are_listed_with_their_authority(run: Run) -> None:
    uncertain = rows(run("check"), "Uncertain, below official")
    allowances = [row for row in uncertain if row[0] == "personal_expenses_allowance"]
    assert [row[1:4] for row in allowances] == [
        ["2024-04-06", "30.15", "secondary"],
        ["2025-04-06", "30.65", "secondary"],
        ["2026-04-06", "31.80", "secondary"],
    ]
    assert all("reg 6" in " ".join(row) for row in allowances)
    assert ["scotland_personal_expenses_allowance", "no", "day", "34.50", "secondary"] in [row[:5] for row in uncertain]


def test_what_was_not_compared_for_a_year_is_listed_from_that_day_on(run: Run) -> None:
    assert counted(run("check"), "Not compared for a year by 2026-11-22") == "none"
    assert counted(run("check", "--on", "2027-11-21"), "Not compared for a year by 2027-11-21") == "none"
    said = run("check", "--on", "2027-11-22")
    assert rows(said, "Not compared for a year") == [
        ["cap_on_care_costs", "2026-11-22"],
        ["daily_living_costs", "2026-11-22"],
    ]
    later = run("check", "--on", "2027-11-27")
    assert counted(later, "Not compared for a year by 2027-11-27") == str(len(parameters.names()))


def test_a_file_that_cannot_be_read_is_told_with_its_fault(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    load = parameters.load

    def overlapping(name: str) -> parameters.Parameter | parameters.Measure:
        if name != "tariff_step":
            return load(name)
        return parameters.read(name, parameters.text_of(name) + parameters.text_of(name).partition("values:\n")[2])

    monkeypatch.setattr(parameters, "load", overlapping)
    said = run("check")
    assert said.exit_code == 1
    assert counted(said, "Files that cannot be read, overlaps among them") == "1"
    assert "the days must rise from one value to the next, each once" in said.stdout
    shown = run("show", "tariff_step")
    assert (shown.exit_code, "The file of tariff_step cannot be read" in shown.stderr) == (1, True)


def test_without_a_fault_none_is_told(run: Run) -> None:
    assert counted(run("check"), "Files that cannot be read, overlaps among them") == "none"


@pytest.mark.parametrize(("day", "in_a_year"), [("2027-02-28", "2028-02-28"), ("2028-02-29", "2029-03-01")])
def test_a_year_after_the_29th_of_february_is_the_1st_of_march(
    day: str, in_a_year: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = parameters.text_of("tariff_step").replace("checked_on: 2026-11-27", f"checked_on: {day}")
    compared = parameters.read("tariff_step", text)
    monkeypatch.setattr(parameters, "names", lambda: ["tariff_step"])
    monkeypatch.setattr(parameters, "load", lambda name: compared)
    assert rows(run("check", "--on", in_a_year), "Not compared for a year") == [["tariff_step", day]]


def test_every_amount_in_force_on_a_day_is_shown(run: Run) -> None:
    shown = rows(run("show", "--on", "2025-04-05"), "Amounts on 2025-04-05")
    assert [row[0] for row in shown] == parameters.names()
    by_name = {row[0]: row[1:] for row in shown}
    assert by_name["personal_expenses_allowance"][:4] == ["30.15", "pounds", "a", "week"]
    assert by_name["deferred_payment_interest_rate_charged"][:2] == ["not", "known"]
    assert counted(run("show"), "Amounts on 2026-11-22") == str(len(shown))


def test_one_parameter_is_shown_whole(run: Run) -> None:
    said = run("show", "personal_expenses_allowance")
    assert said.exit_code == 0
    assert "In pounds a week; last compared on 2026-11-27." in said.stdout
    entries = rows(said, "Entries")
    assert ["2026-04-06", "31.80", "secondary"] in [row[:3] for row in entries]
    assert ["2027-04-06", "not", "known"] in [row[:3] for row in entries]
    assert ["no", "day", "24.40", "official"] in [row[:4] for row in entries]


def test_an_unknown_name_is_told(run: Run) -> None:
    said = run("show", "PEA")
    assert (said.exit_code, said.stderr) == (
        1,
        'Error: There is no parameter "PEA". To list them: careledger parameters show.\n',
    )


@pytest.mark.parametrize("words", [(), ("check",), ("show",)])
def test_there_is_help(words: tuple[str, ...], run: Run) -> None:
    said = run(*words, "--help")
    assert (said.exit_code, said.stdout.startswith("Usage: ")) == (0, True)
