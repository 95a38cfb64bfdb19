"""Can the working of a financial assessment be followed with a pencil, on a page?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from api.pages.working import NOT_BELOW_NIL, Section, working
from domain import parameters
from domain.law.financial_assessment import FiguresWorkedOut, ToAssess, assess
from tests.pages.sample import IN_A_CARE_HOME

MAY: dict[str, Any] = {
    "assessed_on": date(2024, 5, 1),
    "effective_from": date(2024, 5, 6),
    "setting": "own_home",
    "cost_of_care": "300.00",
}
WITH_MONEY = MAY | {"circumstances": {"date_of_birth": date(1934, 2, 1), "household": "single"}}
SPREAD: dict[str, dict[str, Any]] = {
    "income_below_the_guarantee": WITH_MONEY | {"type": "full", "income": ({"kind": "esa", "weekly": "90.20"},)},
    "a_percentage_and_no_more_than_it_costs": WITH_MONEY
    | {
        "type": "full",
        "council_percentage": "90",
        "income": ({"kind": "state_pension", "weekly": "621.50"}, {"kind": "attendance_allowance", "weekly": "72.65"}),
        "capital": ({"kind": "savings", "value": "18436.00"}, {"kind": "main_home", "value": "250000.00"}),
        "outgoings": ({"kind": "rent", "amount": "433.33", "frequency": "monthly"},),
        "disability_related_expenditure": ({"weekly": "12.34"},),
    },
    "notional_capital_that_falls": WITH_MONEY
    | {
        "type": "full",
        "setting": "care_home_permanent",
        "capital": ({"kind": "notional", "value": "26000.00", "diminishes_from": date(2024, 4, 8)},),
    },
    "capital_above_the_limit": WITH_MONEY | {"type": "full", "capital": ({"kind": "savings", "value": "23250.01"},)},
    "light_touch": WITH_MONEY | {"type": "light_touch", "capital": "below", "consent": True},
    "refused": MAY | {"type": "refused"},
}
_ASKED: TypeAdapter[ToAssess] = TypeAdapter(ToAssess)


def figures_of(name: str) -> FiguresWorkedOut:
    return assess(_ASKED.validate_python(SPREAD[name]), parameters.load)


def section(figures: FiguresWorkedOut, name: str) -> Section:
    return next(section for section in working(figures) if section.name == name)


@pytest.mark.parametrize("name", SPREAD)
def test_every_line_is_shown_once_and_none_that_was_not_worked_out(name: str) -> None:
    figures = figures_of(name)
    shown = [row.line for section in working(figures) for row in section.told_with_law]
    assert sorted(map(str, shown)) == sorted(map(str, figures.lines))


@pytest.mark.parametrize("name", SPREAD)
def test_the_rows_of_capital_income_and_what_is_taken_off_add_up_to_their_totals(name: str) -> None:
    for section in working(figures_of(name)):
        if section.name in ("capital", "income", "allowances") and section.rows:
            assert section.total
            assert sum(row.amount for row in section.rows) == section.total.amount


@pytest.mark.parametrize("name", SPREAD)
def test_the_last_line_is_what_is_paid(name: str) -> None:
    figures = figures_of(name)
    last = working(figures)[-1].total
    assert last
    assert last.amount == figures.weekly_contribution


def test_what_is_left_is_income_less_what_is_taken_off() -> None:
    income, taken_off, left = section(assess(IN_A_CARE_HOME, parameters.load), "contribution").rows
    assert income.amount + taken_off.amount == left.amount == Decimal("209.70")
    assert taken_off.amount == Decimal("-37.10")
    assert not left.note


def test_where_more_is_taken_off_than_comes_in_the_working_says_why_nothing_is_left() -> None:
    _, _, left = section(figures_of("income_below_the_guarantee"), "contribution").rows
    assert (left.amount, left.note) == (Decimal("0.00"), NOT_BELOW_NIL)


def test_what_notional_capital_fell_by_is_taken_off_it() -> None:
    first, *falls = section(figures_of("notional_capital_that_falls"), "notional").rows
    assert falls
    assert (
        first.amount + sum(row.amount for row in falls)
        == section(figures_of("notional_capital_that_falls"), "capital").rows[0].amount
    )


def test_each_line_tells_its_law_and_how_it_is_known(parts: str) -> None:
    assert "SI 2014/2672 reg 13, known from a secondary source" in parts
    assert "To pay each week" in parts
    assert "-£37.10" in parts
