"""Whether every published amount that was collected is in the files, on its day, and no other is made up."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from domain import parameters
from domain.dates import EARLIEST, FOREVER, ONE_DAY
from domain.parameters import Measure, NotInForce, Parameter
from domain.parameters.parameter import DatedFigure, Undated
from tests.reference.collected import collected

SHORTER = {
    "cap_on_care_costs_under_25": "cap_on_care_costs_under_25_reform_2016",
    "annual_max_share_of_assets": "annual_maximum_share_of_assets",
    "PEA": "personal_expenses_allowance",
    "MIG_child": "minimum_income_guarantee_child",
    "MIG_single_18_24": "minimum_income_guarantee_single_18_to_24",
    "MIG_single_25_to_pca": "minimum_income_guarantee_single_25_to_pension_age",
    "MIG_single_pca": "minimum_income_guarantee_single_pension_age",
    "MIG_lone_parent": "minimum_income_guarantee_lone_parent",
    "MIG_couple_member_18_plus": "minimum_income_guarantee_couple_member_18_or_over",
    "MIG_couple_member_pca": "minimum_income_guarantee_couple_member_pension_age",
    "MIG_premium_disability_single": "disability_premium_single",
    "MIG_premium_enhanced_disability_single": "enhanced_disability_premium_single",
    "MIG_premium_disability_couple": "disability_premium_couple",
    "MIG_premium_enhanced_disability_couple": "enhanced_disability_premium_couple",
    "MIG_premium_carer": "carer_premium",
    "DPA_interest_margin": "deferred_payment_interest_margin",
    "DPA_interest_rate_charged": "deferred_payment_interest_rate_charged",
    "DPA_disposable_income_allowance": "deferred_payment_disposable_income_allowance",
    "DPA_equity_reserve_percent": "deferred_payment_equity_reserve",
    "short_term_resident_max": "short_term_resident_maximum",
    "benefit_AA_higher": "attendance_allowance_higher_rate",
    "benefit_PIP_daily_living_enhanced": "personal_independence_payment_daily_living_enhanced",
    "benefit_PIP_mobility_standard": "personal_independence_payment_mobility_standard",
    "benefit_PIP_mobility_enhanced": "personal_independence_payment_mobility_enhanced",
    "benefit_AA_lower": "attendance_allowance_lower_rate",
    "wales_capital_limit_nonresidential": "wales_capital_limit_non_residential",
    "scotland_capital_upper": "scotland_capital_limit_upper",
    "scotland_capital_lower": "scotland_capital_limit_lower",
    "scotland_PEA": "scotland_personal_expenses_allowance",
}
"""How what was collected is called, where the statute has another name for it."""

CERTAINTY = {
    "official text seen": "official",
    "secondary source seen": "secondary",
    "corroborated by a published total": "secondary",
    "recalled": "recalled",
    "not seen": "not seen",
}
STATUS = {
    "2015 draft, never in force": "draft, never in force",
    "superseded at commencement": "superseded before commencement",
}


def name_of(row: dict[str, Any]) -> str:
    drafted = row["name"] in ("cap_on_care_costs", "daily_living_costs") and row["status"] == "draft, never in force"
    return f"{row['name']}_reform_2016" if drafted else SHORTER.get(row["name"], row["name"])


def entry_of(row: dict[str, Any]) -> DatedFigure | Undated:
    """The one entry that stands for a row, from its first day if it has one."""
    parameter = parameters.load(name_of(row))
    if row["effective_from"] is None:
        (undated,) = [each for each in parameter.undated if each.amount == amount_of(row)]
        return undated
    (dated,) = [each for each in parameter.values if each.from_.isoformat() == row["effective_from"]]
    return dated


def amount_of(row: dict[str, Any]) -> Decimal | None:
    return None if row["value"] is None else Decimal(row["value"])


def row_id(row: dict[str, Any]) -> str:
    return f"{row['name']} {row['value']} {row['effective_from']}"


def test_nothing_collected_is_left_out_and_only_closing_entries_are_added() -> None:
    rows = collected()
    assert len(rows) == 198
    kept = {(name_of(row), row["effective_from"] or row["value"] or "undated") for row in rows}
    assert len(kept) == len(rows)
    for parameter in every():
        for value in parameter.values:
            assert value.amount is None or (parameter.name, value.from_.isoformat()) in kept
        if parameter.name in parameters.names("local"):
            continue  # a council's own: there is nothing to collect
        assert len(parameter.undated) == sum(name_of(r) == parameter.name and not r["effective_from"] for r in rows)


@pytest.mark.parametrize("row", collected(), ids=row_id)
def test_what_was_collected_is_kept_with_its_certainty_and_in_force_from_its_first_day(row: dict[str, Any]) -> None:
    entry, parameter = entry_of(row), parameters.load(name_of(row))
    assert (entry.amount, entry.certainty) == (amount_of(row), CERTAINTY[row["certainty"]])
    assert entry.status == STATUS.get(row["status"], row["status"])
    if row["effective_from"] is None:
        return
    first = date.fromisoformat(row["effective_from"])
    if row["value"] is None:
        with pytest.raises(NotInForce, match=f"{parameter.name} is in force on {first}"):
            parameter.on(first)
    else:
        assert parameter.on(first) == amount_of(row)


@pytest.mark.parametrize("row", [r for r in collected() if r["effective_to"] and r["effective_from"]], ids=row_id)
def test_what_was_collected_ends_on_its_last_day(row: dict[str, Any]) -> None:
    parameter, last = parameters.load(name_of(row)), date.fromisoformat(row["effective_to"])
    assert on(parameter, last) == amount_of(row)
    following = entry_on(parameter, last + ONE_DAY)
    assert following.from_ == last + ONE_DAY or following.amount is None


@pytest.mark.parametrize("name", parameters.names("local"))
def test_what_only_a_council_sets_has_no_national_amount(name: str) -> None:
    parameter = parameters.load(name)
    assert (parameter.values, [undated.amount for undated in parameter.undated]) == ((), [None])
    assert "A council's own decision" in parameter.undated[0].authority


def every() -> Iterator[Parameter | Measure]:
    return (parameters.load(name) for name in parameters.names())


def on(parameter: Parameter | Measure, day: date) -> Decimal | None:
    try:
        return parameter.on(day)
    except NotInForce:
        return None


def entry_on(parameter: Parameter | Measure, day: date) -> DatedFigure:
    return [value for value in parameter.values if value.from_ <= day][-1]


@pytest.mark.parametrize("name", parameters.names())
def test_each_amount_holds_from_the_day_of_its_change_to_the_day_before_the_next(name: str) -> None:
    parameter = parameters.load(name)
    before = None
    for value in parameter.values:
        assert on(parameter, value.from_ - ONE_DAY) == before
        assert on(parameter, value.from_) == value.amount
        before = value.amount
    assert on(parameter, EARLIEST) is None


@pytest.mark.parametrize("name", parameters.names())
def test_an_entry_is_not_seen_exactly_where_it_has_no_amount(name: str) -> None:
    parameter = parameters.load(name)
    entries: list[DatedFigure | Undated] = [*parameter.values, *parameter.undated]
    for entry in entries:
        assert (entry.certainty == "not seen") == (entry.amount is None)


@pytest.mark.parametrize(
    ("name", "last_day"),
    [
        ("personal_expenses_allowance", "2027-04-05"),
        ("minimum_income_guarantee_single_18_to_24", "2027-04-05"),
        ("minimum_income_guarantee_single_25_to_pension_age", "2027-04-05"),
        ("minimum_income_guarantee_single_pension_age", "2027-04-05"),
        ("minimum_income_guarantee_child", "2025-04-05"),
        ("attendance_allowance_higher_rate", "2027-03-31"),
        ("savings_credit_disregard_single", "2025-04-05"),
        ("deferred_payment_interest_rate_charged", "2024-06-30"),
        ("scotland_free_nursing_care", "2026-03-31"),
    ],
)
def test_a_year_that_nobody_has_entered_is_refused(name: str, last_day: str) -> None:
    parameter, last = parameters.load(name), date.fromisoformat(last_day)
    assert parameter.on(last) > 0
    for day in (last + ONE_DAY, last + timedelta(days=400), FOREVER - ONE_DAY):
        with pytest.raises(NotInForce, match=f"No amount of {name} is in force on {day}"):
            parameter.on(day)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("attendance_allowance_higher_rate", "2018-04-01"),
        ("attendance_allowance_higher_rate", "2023-03-31"),
        ("carer_premium", "2015-04-01"),
        ("minimum_income_guarantee_lone_parent", "2023-04-06"),
        ("savings_credit_disregard_single", "2019-04-01"),
        ("scotland_capital_limit_upper", "2022-04-01"),
        ("wales_capital_limit_residential", "2017-04-09"),
        ("wales_weekly_maximum_charge", "2014-04-01"),
        ("scotland_personal_expenses_allowance", "2026-01-01"),
        ("deferred_payment_interest_rate_charged", "2026-01-01"),
    ],
)
def test_a_day_in_a_gap_is_refused_by_name_and_day(name: str, day: str) -> None:
    with pytest.raises(NotInForce, match=f"No amount of {name} is in force on {day}"):
        parameters.load(name).on(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("name", "day", "amount"),
    [
        ("personal_expenses_allowance", "2018-11-01", "24.90"),
        ("capital_limit_upper", "2026-11-27", "23250.00"),
        ("minimum_income_guarantee_single_pension_age", "2022-04-05", "189.00"),
        ("property_disregard_weeks", "2026-11-27", "12"),
        ("deferred_payment_interest_margin", "2026-11-27", "0.15"),
    ],
)
def test_an_amount_frozen_for_years_is_in_force_throughout(name: str, day: str, amount: str) -> None:
    assert str(parameters.load(name).on(date.fromisoformat(day))) == amount


# --- what a file may say ---


def test_an_amount_in_pounds_has_pence_and_another_figure_its_own_decimals() -> None:
    assert read("pounds a week", "7.00").on(date(2026, 1, 1)) == 7
    with pytest.raises(ValidationError, match="pounds and pence"):
        read("pounds a week", "7")
    assert str(read("weeks", "7").on(date(2026, 1, 1))) == "7"


@pytest.mark.parametrize(
    "written",
    ["-1", "1.00001", "1e2", "07", ".5", "1,5", "\u0664", 1, 0.5, True, Decimal("-1"), Decimal("NaN")],
    ids=repr,
)
def test_a_figure_that_is_not_written_exactly_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="at most four decimals"):
        Measure.model_validate(file("weeks", written))


def test_what_a_parameter_came_to_can_be_kept_and_read_again() -> None:
    for parameter in every():
        kind = type(parameter)
        assert kind.model_validate_json(parameter.model_dump_json(by_alias=True)) == parameter


def test_every_name_is_kept_in_one_room() -> None:
    files = [path.stem for path in Path(parameters.__file__).parent.rglob("*.yaml")]
    assert sorted(files) == parameters.names()


def test_the_file_of_a_parameter_can_be_read_as_it_is_written() -> None:
    name = "tariff_step"
    assert parameters.read(name, parameters.text_of(name)) == parameters.load(name)


def test_gaps_are_told_as_the_days_they_take() -> None:
    gaps = parameters.load("savings_credit_disregard_single").gaps()
    assert [(gap.first, gap.ending_before) for gap in gaps] == [
        (date(2019, 4, 1), date(2023, 4, 6)),
        (date(2025, 4, 6), FOREVER),
    ]
    assert [gap.first for gap in parameters.load("minimum_income_guarantee_lone_parent").gaps()] == [date(2023, 4, 6)]
    assert parameters.load("capital_limit_upper").gaps() == []
    assert parameters.load("care_account_retention").gaps() == []


def file(unit: str, amount: object) -> dict[str, Any]:
    value = {"from": "2026-01-01", "amount": amount, "authority": "a test", "certainty": "official"}
    about = {"name": "test", "description": "a test", "unit": unit, "checked_on": "2026-01-01"}
    return {**about, "values": ({**value, "status": "in force"},)}


def read(unit: str, amount: str) -> Parameter | Measure:
    text = f"""
description: a test
unit: {unit}
checked_on: 2026-01-01
values:
  - {{from: 2026-01-01, amount: {amount}, authority: a test, certainty: official, status: in force}}
"""
    return parameters.read("test", text)
