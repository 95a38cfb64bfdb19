"""Do the treatments and the table of pension ages say what they are read to say, on every day of a change?"""

from datetime import date
from typing import Any, get_args

import pytest

from domain import parameters
from domain.dates import ONE_DAY
from domain.law.financial_assessment import assess
from domain.law.financial_assessment.allowances import _LABELS
from domain.law.financial_assessment.asked import CapitalKind, IncomeKind, OutgoingKind
from domain.law.financial_assessment.pension_age import age_group, reaches_pension_age_on, table
from domain.law.financial_assessment.treatment import _Kind, _kinds, treated
from domain.law.financial_assessment.working import Line
from domain.parameters import NotInForce
from tests.rules.means import IN_BETWEEN, OLD, asked_of, said, weekly

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("of", "kinds"), [("income", IncomeKind), ("capital", CapitalKind), ("outgoings", OutgoingKind)]
)
@pytest.mark.parametrize("group", ["at_home", "permanent", "temporary"])
def test_every_kind_has_a_treatment_with_its_authority_in_every_setting(of: Any, kinds: Any, group: Any) -> None:
    found = treated(of, group, TODAY)
    assert set(found) == set(get_args(kinds))
    assert [each.place for each in found.values()] == list(range(len(found)))
    assert all(each.label and each.authority.startswith("SI 2014/2672") for each in found.values())


@pytest.mark.parametrize("of", ["income", "capital", "outgoings"])
def test_a_treatment_is_said_for_every_setting_or_for_each(of: Any) -> None:
    for kind in _kinds(of).values():
        for each in kind.treatments:
            apart = [each.at_home, each.permanent, each.temporary]
            assert apart == [None] * 3 if each.everywhere else all(apart)


def test_a_treatment_that_is_written_otherwise_is_refused() -> None:
    wrong = {"from": "2015-04-01", "everywhere": "halved", "authority": "-", "certainty": "recalled"}
    with pytest.raises(ValueError, match='write "counted", "ignored" or "first"'):
        _Kind.model_validate({"label": "-", "treatments": (wrong,)})


def test_the_rows_of_the_pension_age_table_rise_and_each_says_one_thing() -> None:
    rows = table().rows
    born = [row.born_from for row in rows]
    assert born == sorted(set(born))
    assert all((row.on is None) != (row.years is None) for row in rows)
    reached = [row.reached_on(row.born_from) for row in rows]
    assert reached == sorted(reached)


@pytest.mark.parametrize(
    ("born", "first_day"),
    [
        ("1950-04-05", "2010-04-05"),
        ("1950-04-06", "2010-05-06"),
        ("1953-04-05", "2016-03-06"),
        ("1953-04-06", "2016-07-06"),
        ("1953-12-05", "2018-11-06"),
        ("1953-12-06", "2019-03-06"),
        ("1954-10-05", "2020-09-06"),
        ("1954-10-06", "2020-10-06"),
        ("1956-02-29", "2022-03-01"),
        ("1960-04-05", "2026-04-05"),
        ("1960-04-06", "2026-05-06"),
        ("1960-07-31", "2026-11-30"),
        ("1961-03-05", "2028-02-05"),
        ("1961-03-06", "2028-03-06"),
        ("1964-02-29", "2031-03-01"),
        ("1977-04-06", "2044-05-06"),
        ("1978-04-05", "2046-03-06"),
        ("1978-04-06", "2046-04-06"),
        ("1980-02-29", "2048-02-29"),
    ],
)
def test_pension_age_is_reached_on_the_day_of_the_table(born: str, first_day: str) -> None:
    birth, day = date.fromisoformat(born), date.fromisoformat(first_day)
    assert reaches_pension_age_on(birth) == day
    assert [age_group(birth, on) for on in (day - ONE_DAY, day)] == ["25_to_pension_age", "pension_age"]


@pytest.mark.parametrize(
    ("on", "group"),
    [
        ("2018-02-28", "under_18"),
        ("2018-03-01", "18_to_24"),
        ("2025-02-28", "18_to_24"),
        ("2025-03-01", "25_to_pension_age"),
    ],
)
def test_a_birthday_on_29_february_comes_on_1_march(on: str, group: str) -> None:
    assert age_group(date(2000, 2, 29), date.fromisoformat(on)) == group


WHO: dict[str, dict[str, Any]] = {
    "minimum_income_guarantee_single_18_to_24": {"circumstances": {"date_of_birth": None, "age_group": "18_to_24"}},
    "minimum_income_guarantee_single_25_to_pension_age": {"born": IN_BETWEEN},
    "minimum_income_guarantee_single_pension_age": {"born": OLD},
    "minimum_income_guarantee_lone_parent": {"circumstances": {"household": "lone_parent"}},
    "minimum_income_guarantee_couple_member_18_or_over": {
        "born": IN_BETWEEN, "circumstances": {"household": "couple"},
    },
    "minimum_income_guarantee_couple_member_pension_age": {"circumstances": {"household": "couple"}},
    "minimum_income_guarantee_child": {"circumstances": {"children": 1}},
    "disability_premium_single": {"circumstances": {"premiums": ["disability"]}},
    "disability_premium_couple": {"circumstances": {"household": "couple", "premiums": ["disability"]}},
    "enhanced_disability_premium_single": {"circumstances": {"premiums": ["enhanced_disability"]}},
    "enhanced_disability_premium_couple": {
        "circumstances": {"household": "couple", "premiums": ["enhanced_disability"]}
    },
    "carer_premium": {"circumstances": {"premiums": ["carer"]}},
    "personal_expenses_allowance": {"setting": "care_home_permanent"},
    "savings_credit_disregard_single": {
        "setting": "care_home_permanent", "income": weekly(savings_credit="50.00"),
    },
    "savings_credit_disregard_couple": {
        "setting": "care_home_permanent", "circumstances": {"household": "couple"},
        "income": weekly(savings_credit="50.00"),
    },
}  # fmt: skip
"""For each amount that is left to somebody, somebody to whom it is left."""


def changes() -> list[tuple[str, date]]:
    """Each dated change of each amount, and the day before it."""
    dated = [(name, value.from_) for name in WHO for value in parameters.load(name).values]
    return [(name, day) for name, first in dated for day in (first - ONE_DAY, first) if day >= date(2015, 4, 1)]


@pytest.mark.parametrize(("name", "day"), changes())
def test_the_amount_of_the_day_is_left_also_the_day_before_and_the_day_of_a_change(name: str, day: date) -> None:
    """Every other amount is made known, so that an unknown neighbour hides nothing."""

    def amounts(wanted: str) -> parameters.Parameter | parameters.Measure:
        known = wanted == name or wanted not in WHO
        return parameters.load(wanted if known else "capital_limit_lower")

    asked = asked_of(said(day.isoformat(), **WHO[name]))
    try:
        expected = parameters.load(name).on(day)
    except NotInForce:
        with pytest.raises(NotInForce, match=f"No amount of {name} is in force on {day}"):
            assess(asked, amounts)
        return
    (line,) = [line for line in assess(asked, amounts).lines if line.parameter == name]
    assert line.amount == expected


def test_every_amount_that_can_be_left_is_tried_on_the_days_of_its_changes() -> None:
    assert set(_LABELS) == {name for name in WHO if not name.startswith("savings_credit")}


def test_a_line_is_compared_and_hashed_by_what_it_says() -> None:
    one, other = (Line("income", "State pension", parameters.load("capital_limit_lower").on(TODAY), "-") for _ in "ab")
    assert (one, hash(one)) == (other, hash(other))
