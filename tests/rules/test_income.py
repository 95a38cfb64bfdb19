"""What of an adult's income counts (SI 2014/2672 regs 13 to 15 and Sch 1)."""

from decimal import Decimal
from typing import get_args

import pytest

from domain.law.financial_assessment.asked import IncomeKind
from tests.rules.means import alone, asked_of, lines, said, weekly, worked_out

DISABILITY = ("attendance_allowance", "dla_care", "pip_daily_living")
IGNORED = (
    "earnings",
    "dla_mobility",
    "pip_mobility",
    "housing_benefit",
    "council_tax_reduction",
    "child_benefit",
    "war_pension",
    "guaranteed_income_payment",
    "charitable_payment",
)
AT_HOME = ("own_home", "supported_living", "extra_care", "shared_lives", "care_home_short_term")


def counted(kind: str, setting: str, on: str = "2024-05-06") -> str:
    return str(worked_out(effective_from=on, setting=setting, income=weekly(**{kind: "100.00"})).assessable_income)


@pytest.mark.parametrize("setting", [*AT_HOME, "care_home_permanent", "care_home_temporary"])
def test_all_income_counts_that_nothing_ignores(setting: str) -> None:
    """Of 100.00 a week of each kind 100.00 counts, 0.00 of what is ignored, 90.00 of a war widow's pension.

    In a temporary stay benefits for disability do not count.
    """
    out = {*IGNORED, *(DISABILITY if setting == "care_home_temporary" else ())}
    found = {kind: counted(kind, setting) for kind in get_args(IncomeKind)}
    assert {kind for kind, amount in found.items() if amount == "0.00"} == out
    assert {kind: amount for kind, amount in found.items() if amount not in ("0.00", "100.00")} == {
        "war_widows_pension": "90.00"
    }


@pytest.mark.parametrize("kind", [*IGNORED, "state_pension"])
def test_what_does_not_count_is_listed_with_its_authority(kind: str) -> None:
    """100.00 a week of earnings are a line of 0.00 that says so; a state pension is a line of 100.00."""
    (line,) = lines(worked_out(income=weekly(**{kind: "100.00"})), "income")
    assert ("£100.00 a week, which does not count" in line.label) == (kind in IGNORED)
    assert line.authority.startswith("SI 2014/2672")


@pytest.mark.parametrize(("on", "amount"), [("2017-04-09", "90.00"), ("2017-04-10", "0.00")])
def test_war_pensions_are_ignored_whole_since_april_2017(on: str, amount: str) -> None:
    """Up to 9 April 2017 the first 10.00 of 100.00 a week did not count, from 10 April none of it."""
    assert counted("war_pension", "own_home", on) == amount


@pytest.mark.parametrize(
    ("pensions", "amounts"),
    [(["8.00"], ["0.00"]), (["10.00"], ["0.00"]), (["10.01"], ["0.01"]), (["8.00", "90.00"], ["0.00", "88.00"])],
)
def test_the_first_ten_pounds_of_war_widows_pensions_are_ignored_once(pensions: list[str], amounts: list[str]) -> None:
    """Of 8.00 nothing counts, of 10.01 0.01; of 8.00 and 90.00 together 88.00."""
    found = worked_out(income=[{"kind": "war_widows_pension", "weekly": each} for each in pensions])
    assert [str(line.amount) for line in lines(found, "income")] == amounts


@pytest.mark.parametrize(
    ("frequency", "amount", "week", "how"),
    [
        ("weekly", "100.00", "100.00", ""),
        ("four_weekly", "100.03", "25.00", "£100.03 every four weeks, divided by 4"),
        ("monthly", "100.00", "23.07", "£100.00 a month, times 12, divided by 52"),
        ("annual", "5200.51", "100.00", "£5,200.51 a year, divided by 52"),
    ],
)
def test_a_sum_for_another_period_is_turned_into_a_week_and_says_how(
    frequency: str, amount: str, week: str, how: str
) -> None:
    """100.00 a month times 12 divided by 52 is 23.07 a week: a part of a penny is not counted (reg 11)."""
    income = [{"kind": "state_pension", "frequency": frequency, "amount": amount}]
    (line,) = lines(worked_out(income=income), "income")
    assert (str(line.amount), how in line.label) == (week, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"weekly": "1.00", "amount": "1.00", "frequency": "weekly"},
        {"weekly": "1.00", "frequency": "weekly"},
        {"amount": "1.00"},
        {"frequency": "weekly"},
    ],
)
def test_a_sum_is_said_in_one_way(wrong: dict[str, str]) -> None:
    """Either 1.00 weekly, or 1.00 with the period it is for."""
    with pytest.raises(ValueError, match="Give weekly, or amount together with frequency, and not both"):
        asked_of(said(income=[{"kind": "other", **wrong}]))


@pytest.mark.parametrize("kind", ["main_home", "second_property"])
def test_rent_from_land_that_counts_as_capital_is_no_income(kind: str) -> None:
    """50.00 of rent counts where no land is held, and does not where land of 10000.00 counts (reg 19(3))."""
    land = [{"kind": kind, "value": "10000.00"}]
    without, with_land = (
        worked_out(setting="care_home_permanent", income=weekly(rental="50.00"), capital=held) for held in ([], land)
    )
    assert [str(found.assessable_income) for found in (without, with_land)] == ["50.00", "0.00"]
    assert lines(with_land, "income")[0].authority == "SI 2014/2672 reg 19(3)"


def test_rent_counts_where_the_home_is_left_out_of_the_capital() -> None:
    """50.00 of rent from a home whose 10000.00 do not count is income."""
    home = [{"kind": "main_home", "value": "10000.00"}]
    assert str(worked_out(income=weekly(rental="50.00"), capital=home).assessable_income) == "50.00"


def test_no_income_at_all_is_nothing_to_pay() -> None:
    """Without income 0.00 counts, and 0.00 is paid."""
    found = worked_out(income=[], local_disregards=alone("5.00"))
    assert (found.outcome, found.assessable_income) == ("nil", Decimal("0.00"))
