"""The eighteen cases derived from the Act, one by one, with their figures."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from domain.law.capital import CapitalLimits, is_above_upper_limit, tariff_income
from domain.schemes import Scheme
from tests.rules.build import REFORM_2023, account, accrued, budget, charge, contribution, day, needs, opening, progress
from tests.rules.laws import reform

A_WEEK, ON = "2023-10-08", "2023-10-09"
WEEK = ("2023-10-02", "2023-10-09")
REFORM_LIMITS = CapitalLimits(lower=Decimal(20000), upper=Decimal(100000))
UNAMENDED = reform(personal_base="weekly_cost")


def half_way_after(percentage: str, cap: str) -> tuple[str, str | None, str | None]:
    """43000.00 of 86000.00 on the day both move: what has accrued, its share of the cap, and the share before."""
    scheme = reform({"2023-10-01": "86000.00", ON: cap}, adjustments={ON: percentage})
    found = account(opening("43000.00", "2023-10-02"))
    before, after = (progress(found, on, scheme) for on in (A_WEEK, ON))
    return str(after.accrued_costs), after.percent, before.percent


def a_week(charged: str, setting: str = "care_home", scheme: Scheme = REFORM_2023) -> tuple[str, str]:
    """What counts of a week that the council charged, and what of it is daily living costs."""
    found = account(needs(), budget("2000.00", kind="personal", setting=setting), charge(charged, *WEEK))
    shown = progress(found, A_WEEK, scheme)
    return str(shown.accrued_costs), str(shown.daily_living_costs)


def self_funded(la_cost: str, setting: str = "care_home") -> str:
    """What counts of a week that would have cost the council so much."""
    return accrued(account(needs(), budget(la_cost, setting=setting)), A_WEEK)


def crossing_week() -> list[str]:
    """85800.00, then a week of 700.00 in a care home: what counts, what is daily living costs, the total."""
    found = account(
        opening("85800.00", "2023-10-02"), needs(), budget("900.00", kind="personal", setting="care_home"),
        charge("700.00", *WEEK),
    )  # fmt: skip
    shown = progress(found, A_WEEK)
    counted = shown.accrued_costs - Decimal("85800.00")
    return [str(amount) for amount in (counted, shown.daily_living_costs, shown.accrued_costs)]


def weeks_to_the_cap() -> tuple[str, int]:
    """What a week at 700.00 counts in a care home, and after how many weeks 86000.00 is reached."""
    expected = progress(account(needs(), budget("700.00", setting="care_home")), "2023-10-02").expected_to_reach_cap_on
    assert expected is not None
    return self_funded("700.00"), ((expected - day("2023-10-02")).days + 1) // 7


def tariff(capital: str) -> tuple[int, bool]:
    return int(tariff_income(Decimal(capital), REFORM_LIMITS)), not is_above_upper_limit(
        Decimal(capital), REFORM_LIMITS
    )


def backdated(eligible: bool) -> list[str]:
    """The duty to assess arose on 1 October 2030, the assessment was made on 1 December: what counts by 7 October."""
    found = account(
        needs("2030-10-01" if eligible else None, assessed_on="2030-12-01", duty_arose_on="2030-10-01"),
        budget("250.00", "2030-10-01"),
        opened_on="2030-10-01",
    )
    return [accrued(found, on) for on in ("2030-09-30", "2030-10-01", "2030-10-07", "2030-12-07")]


def moved() -> str:
    found = account(opening("40000.00", "2024-03-01", weekly_rate="500.00"), opened_on="2024-03-01")
    return accrued(found, "2024-03-28")


def either_law() -> list[str]:
    found = account(needs(), budget("700.00", kind="personal", setting="care_home"), contribution("350.00"))
    return [accrued(found, A_WEEK, scheme) for scheme in (UNAMENDED, REFORM_2023)]


CASES: dict[str, tuple[Callable[[], object], object]] = {
    "d01 both rise by 3 %: 43000.00 of 86000.00 becomes 44290.00 of 88580.00, still half": (
        lambda: half_way_after("3", "88580.00"), ("44290.00", "50.00", "50.00")),
    "d02 both fall by 1 %: 43000.00 of 86000.00 becomes 42570.00 of 85140.00, still half": (
        lambda: half_way_after("-1", "85140.00"), ("42570.00", "50.00", "50.00")),
    "d03 crossing week in a care home: charged 700.00 at 85800.00, 200.00 counts, 200.00 is daily living costs": (
        crossing_week, ["200.00", "200.00", "86000.00"]),
    "d04 contribution of 350.00 in a care home: 150.00 counts, 200.00 is daily living costs": (
        lambda: a_week("350.00"), ("150.00", "200.00")),
    "d05 contribution of 180.00 below daily living costs: 0.00 counts": (
        lambda: a_week("180.00"), ("0.00", "180.00")),
    "d06 contribution of 67.71 at home: 67.71 counts": (
        lambda: a_week("67.71", "own_home"), ("67.71", "0.00")),
    "d07 self-funder at home pays 400.00 for what would cost the council 250.00: 250.00 counts": (
        lambda: self_funded("250.00", "own_home"), "250.00"),
    "d08 self-funder in a care home at 700.00: 500.00 a week, 172 weeks to 86000.00": (
        weeks_to_the_cap, ("500.00", 172)),
    "d09 top-up of 100.00 ignored: 500.00 of 700.00 counts": (
        lambda: self_funded("700.00"), "500.00"),
    "d10 reform limits of 20000.00 and 100000.00, capital of 60000.00: 160 pounds a week": (
        lambda: tariff("60000.00"), (160, True)),
    "d11 capital of 100000.00, at the upper limit: 320 pounds a week and still eligible": (
        lambda: tariff("100000.00"), (320, True)),
    "d12 assessed in December, duty since 1 October 2030: 250.00 a week counts from 1 October": (
        lambda: backdated(True), ["0.00", "35.71", "250.00", "2428.57"]),
    "d13 assessment finds no eligible needs: nothing counts, 0.00": (
        lambda: backdated(False), ["0.00"] * 4),
    "d14 council waives the charge of care at 400.00: 0.00 counts": (
        lambda: a_week("0.00", "own_home"), ("0.00", "0.00")),
    "d15 charge of 800.00 deferred, nothing paid: 600.00 counts as charged": (
        lambda: a_week("800.00"), ("600.00", "200.00")),
    "d16 move with 40000.00, four weeks at the first council's 500.00: 42000.00": (
        moved, "42000.00"),
    "d17 cost 700.00, charge 350.00: 500.00 counts as enacted in 2014, 150.00 as amended in 2022": (
        either_law, ["500.00", "150.00"]),
    "d18 arrangement fee of 90.00 beside a charge of 700.00: 500.00 counts": (
        lambda: a_week("700.00"), ("500.00", "200.00")),
}  # fmt: skip
"""A fee, a top-up, the price paid and the cash received have no place in an account: there is nothing to enter."""


@pytest.mark.parametrize(("work_out", "expected"), CASES.values(), ids=CASES)
def test_a_derived_case_comes_out_as_it_should(work_out: Callable[[], object], expected: object) -> None:
    assert work_out() == expected


def test_none_of_the_eighteen_cases_is_left_out() -> None:
    assert [name.split()[0] for name in CASES] == [f"d{n:02}" for n in range(1, 19)]


@pytest.mark.parametrize("field", ["top_up", "arrangement_fee", "price_paid", "cash_received"])
def test_an_account_has_no_place_for_what_never_counts(field: str) -> None:
    """Top-ups (d09), arrangement fees (d18), the price paid (d07) and payments (d15) cannot be entered at all."""
    with pytest.raises(ValueError, match="Extra inputs are not permitted"):
        budget("700.00", **{field: "100.00"})
