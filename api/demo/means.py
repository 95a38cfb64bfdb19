"""What has somebody to live on, so that they pay what the story says? Every amount here is invented."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from api.demo.life import Life
from api.demo.prices import price_on
from domain import parameters
from domain.account.assessing import assessed
from domain.account.commands import ImportFinancialAssessment, RecordFinancialAssessment
from domain.account.facts import Setting
from domain.law.financial_assessment import (
    AssessmentSetting,
    Circumstances,
    Expense,
    FullAssessment,
    Holding,
    Income,
    LightTouchAssessment,
    RefusedAssessment,
    assess,
)
from domain.law.financial_assessment.asked import IncomeKind
from domain.parameters import NotInForce

_SETTINGS: Mapping[Setting, AssessmentSetting] = {"care_home": "care_home_permanent"}
_PENSIONS: tuple[IncomeKind, IncomeKind] = ("state_pension", "private_pension")
_BENEFITS: tuple[IncomeKind, IncomeKind] = ("esa", "other")
_PENSION_AGE = 66
NOTHING = Decimal("0.00")
_SHORT_OF_WHAT_IS_KEPT = Decimal("-15.00")
_WORDS = {
    "disability_related_expenditure": {"disability_related_expenditure.0.description": "Laundry and heating"},
    "evidence": {"evidence": "Bank statements of three months"},
}


class Wanted(NamedTuple):
    """What the story says somebody pays: pounds a week from a day on, and whether that is the full cost."""

    weekly: Decimal
    full_cost: bool
    cost: Decimal
    setting: Setting
    on: date
    assessed_on: date


class Assessment(NamedTuple):
    """What is recorded of somebody's money, with its words."""

    asked: RecordFinancialAssessment | ImportFinancialAssessment
    texts: Mapping[str, str]


def assessment(life: Life, wanted: Wanted) -> Assessment:
    """For every other person it is worked out here; for the rest, or in a year without amounts of law, elsewhere."""
    if life.number % 2 == 0:
        try:
            return _worked_out(life, wanted)
        except NotInForce:
            pass  # nobody has entered the amounts of that year yet
    return Assessment(_imported(life, wanted), {})


def _imported(life: Life, wanted: Wanted) -> ImportFinancialAssessment:
    return ImportFinancialAssessment(
        type="imported",
        assessed_on=wanted.assessed_on,
        effective_from=wanted.on,
        outcome="full_cost" if wanted.full_cost else "contribution",
        weekly_contribution=wanted.weekly,
        source=life.story.source,
    )


def _worked_out(life: Life, wanted: Wanted) -> Assessment:
    said: dict[str, Any] = {
        "assessed_on": wanted.assessed_on,
        "effective_from": wanted.on,
        "setting": _SETTINGS.get(wanted.setting, wanted.setting),
        "cost_of_care": wanted.cost,
    }
    rng = Random(f"care account demonstration, means of {life.number}")  # the same each April
    if wanted.full_cost and rng.randrange(2):
        return Assessment(assessed(RefusedAssessment(type="refused", **said), parameters.load), {})
    asked, texts = _means(life, wanted, said, rng)
    return Assessment(assessed(_with_income(asked, life, wanted, rng), parameters.load), texts)


def _left(life: Life, wanted: Wanted) -> Decimal:
    """What is left over of what somebody keeps: what they pay, or a little too little where they pay nothing."""
    return _SHORT_OF_WHAT_IS_KEPT if life.number % 12 == 6 else wanted.weekly


def _means(
    life: Life, wanted: Wanted, said: dict[str, Any], rng: Random
) -> tuple[FullAssessment | LightTouchAssessment, Mapping[str, str]]:
    """Somebody with savings, and with what their disability brings and costs, but not their pensions yet."""
    old = _is_old(life, wanted.on)
    said |= {"circumstances": _circumstances(life, old)}
    if life.number % 10 == 4 and not wanted.full_cost:
        touch = LightTouchAssessment(type="light_touch", capital="below", consent=True, **said)
        return touch, _WORDS["evidence"]
    thousands = rng.randint(24, 60) if wanted.full_cost else rng.randint(2, 19)
    said |= {"capital": (Holding(kind="savings", value=Decimal(f"{thousands}{rng.randint(0, 999):03}.00")),)}
    if wanted.setting == "care_home" or not old:
        mobility = () if old else (Income(kind="pip_mobility", weekly=price_on(Decimal("26.90"), wanted.on)),)
        return FullAssessment(type="full", income=mobility, **said), {}
    benefit = Income(kind="attendance_allowance", weekly=price_on(Decimal("68.10"), wanted.on))
    expense = Expense(weekly=Decimal(rng.randint(4, 14)))
    full = FullAssessment(type="full", income=(benefit,), disability_related_expenditure=(expense,), **said)
    return full, _WORDS["disability_related_expenditure"]


def _circumstances(life: Life, old: bool) -> Circumstances:
    premiums: tuple[Any, ...] = () if old else ("disability",)
    return Circumstances(date_of_birth=life.person.date_of_birth, household="single", premiums=premiums)


def _with_income(
    asked: FullAssessment | LightTouchAssessment, life: Life, wanted: Wanted, rng: Random
) -> FullAssessment | LightTouchAssessment:
    """The same with a pension and what else comes in, so that so much is left over of what the law lets them keep."""
    found = assess(asked, parameters.load)
    if found.assessable_income is None or found.allowances is None:
        return asked  # they pay in full, whatever comes in
    lacking = max(NOTHING, _left(life, wanted) + found.allowances - found.assessable_income)
    pension = min(lacking, price_on(Decimal(rng.randint(110, 190)), wanted.on))
    first, second = _PENSIONS if _is_old(life, wanted.on) else _BENEFITS
    income = [Income(kind=first, weekly=pension)]
    if lacking > pension:
        income.append(Income(kind=second, weekly=lacking - pension))
    return asked.model_copy(update={"income": (*income, *asked.income)})


def _is_old(life: Life, on: date) -> bool:
    born = life.person.date_of_birth
    assert born is not None  # everybody in the story has one
    return on >= born.replace(year=born.year + _PENSION_AGE, day=min(born.day, 28))
