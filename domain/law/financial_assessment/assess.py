"""What does an adult pay a week towards their care, and by which working? (Care Act 2014 s 14; SI 2014/2672)"""

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from domain.law.capital import CapitalLimits, is_above_upper_limit, tariff_income
from domain.law.financial_assessment.allowances import WithMoney, allowance_lines
from domain.law.financial_assessment.amounts import AmountsOfTheDay, Known, amounts_of_the_day
from domain.law.financial_assessment.asked import FullAssessment, LightTouchAssessment, RefusedAssessment
from domain.law.financial_assessment.capital import Counted, capital_counted
from domain.law.financial_assessment.income import received
from domain.law.financial_assessment.notional import diminished
from domain.law.financial_assessment.treatment import Group, group_of, treated
from domain.law.financial_assessment.warnings import near_a_limit, of_amounts, of_benefits
from domain.law.financial_assessment.weekly import NEAREST, to_pence
from domain.law.financial_assessment.working import PENCE, FiguresWorkedOut, Line, Outcome, total
from domain.law.provisions import NO_MORE_THAN_IT_COSTS
from domain.parameters import AmountsOfLaw

ToAssess = FullAssessment | LightTouchAssessment | RefusedAssessment

ENOUGH_TO_PAY = "SI 2014/2672 reg 12"
REFUSED = "SI 2014/2672 reg 10(1)"
TAKEN_TO_BE_ABOVE = "SI 2014/2672 reg 10(3)"
TAKEN_TO_BE_BELOW = "SI 2014/2672 reg 10(2)"
LEFT_TO_THE_ADULT = "Care Act 2014 s 14(7)"
BY_CHOICE = "Care Act 2014 s 14(1)"


class _Capital(NamedTuple):
    """What capital comes to, before it is asked whether it is too much."""

    amount: Decimal
    lines: list[Line]
    includes_land: bool
    warnings: list[str]


class _Limits(NamedTuple):
    """The limits of capital of a day, and how the line of the tariff income is called."""

    lower: Known
    upper: Known
    of_capital: CapitalLimits
    tariff: str


def assess(asked: ToAssess, amounts: AmountsOfLaw) -> FiguresWorkedOut:
    """The financial assessment, with every line of its working. Pounds a week, pounds of capital.

    The amounts, ages and disregards are those of `effective_from`. Raises NotInForce for an amount that nobody knows
    for the day, CannotBeAssessed where the request leaves less than the law or does not say enough.
    """
    if asked.type == "refused":
        return _full_cost(asked, "Assessment refused: the full cost of care", REFUSED)
    if asked.type == "light_touch":
        return _light_touch(asked, amounts_of_the_day(amounts, asked.effective_from))
    today, lines = diminished(asked, lambda then: assess(then, amounts).weekly_contribution)
    return _full(today, lines, amounts_of_the_day(amounts, asked.effective_from))


def _light_touch(asked: LightTouchAssessment, amounts: AmountsOfTheDay) -> FiguresWorkedOut:
    if asked.capital == "above":
        return _full_cost(asked, "Capital taken to be above the upper limit: the full cost of care", TAKEN_TO_BE_ABOVE)
    line = Line("assessable_capital", "Capital taken to be below the limits", PENCE, TAKEN_TO_BE_BELOW)
    return _from_income(asked, _Capital(PENCE, [line], False, []), PENCE, amounts)


def _full(asked: FullAssessment, before: list[Line], amounts: AmountsOfTheDay) -> FiguresWorkedOut:
    group = group_of(asked.setting)
    limits = _limits(group, amounts)
    counted = capital_counted(asked.capital, treated("capital", group, amounts.day), limits.upper.amount, amounts)
    held = _added_up(counted, before)
    held.warnings.extend(near_a_limit(held.amount, limits.of_capital))
    if is_above_upper_limit(held.amount, limits.of_capital):
        label = f"Capital above {limits.upper.pounds}: the full cost of care"
        return _full_cost(asked, label, ENOUGH_TO_PAY, held, limits.upper)
    tariff, lower = tariff_income(held.amount, limits.of_capital) + PENCE, limits.lower
    line = Line("tariff_income", limits.tariff, tariff, "SI 2014/2672 reg 25", lower.name, lower.certainty)
    held.lines.append(line)
    return _from_income(asked, held, tariff, amounts)


def _added_up(counted: list[Counted], before: list[Line]) -> _Capital:
    lines = [each.line for each in counted]
    amount = total(lines)
    added = Line("assessable_capital", "Capital that counts", amount, "SI 2014/2672 reg 18", None, "official")
    warnings = [each.warning for each in counted if each.warning]
    return _Capital(amount, [*before, *lines, added], any(each.land for each in counted), warnings)


@lru_cache(maxsize=1024)  # as many as there are days whose amounts are kept
def _limits(group: Group, amounts: AmountsOfTheDay) -> _Limits:
    lower, upper, step = _limit("lower", group, amounts), _limit("upper", group, amounts), amounts.known("tariff_step")
    tariff = f"Income from capital: £1 a week for each {step.pounds} or part of it above {lower.pounds}"
    return _Limits(lower, upper, CapitalLimits(lower.amount, upper.amount, step.amount), tariff)


def _limit(which: str, group: Group, amounts: AmountsOfTheDay) -> Known:
    """The limit of capital; outside care homes the council's own, where it has a higher one (reg 12)."""
    own = amounts.known_if_any(f"capital_limit_{which}_outside_care_homes") if group == "at_home" else None
    return own or amounts.known(f"capital_limit_{which}")


def _from_income(asked: WithMoney, held: _Capital, tariff: Decimal, amounts: AmountsOfTheDay) -> FiguresWorkedOut:
    """What is charged out of income, once capital is no obstacle to help."""
    group, day = group_of(asked.setting), amounts.day
    income = received(asked.income, treated("income", group, day), held.includes_land)
    counted = income.counted + tariff
    allowed = allowance_lines(asked, group, income, treated("outgoings", group, day), amounts)
    allowances = total(allowed)
    charge, charged = _charged(asked, max(PENCE, counted - allowances), amounts)
    lines = [
        *held.lines,
        *income.lines,
        Line("assessable_income", "Income that counts, with that from capital", counted, "SI 2014/2672 reg 13"),
        *allowed,
        Line("allowances", "Taken off before anything is charged", allowances, LEFT_TO_THE_ADULT),
        *charged,
    ]
    outcome: Outcome = "contribution" if charge else "nil"
    warnings = (*held.warnings, *of_benefits(asked.income, group), *of_amounts(lines, amounts))
    return FiguresWorkedOut(
        outcome=outcome,
        weekly_contribution=charge,
        assessable_capital=held.amount,
        tariff_income=tariff,
        assessable_income=counted,
        allowances=allowances,
        lines=tuple(lines),
        warnings=warnings,
    )


def _charged(asked: WithMoney, available: Decimal, amounts: AmountsOfTheDay) -> tuple[Decimal, list[Line]]:
    """From what is available to what is charged: the council's percentage of it, at most what the care costs."""
    lines = [Line("available", "Left to charge from", available, LEFT_TO_THE_ADULT)]
    charge = available
    if asked.council_percentage != 100:
        charge = to_pence(available * asked.council_percentage / 100, NEAREST)
        label = f"Of this the council takes {asked.council_percentage:f} per cent"
        lines.append(Line("charged", label, charge, BY_CHOICE, of="council_percentage"))
    if charge > asked.cost_of_care:
        charge = asked.cost_of_care
        label = "No more than the care costs"
        lines.append(Line("charged", label, charge, NO_MORE_THAN_IT_COSTS, of="cost_of_care"))
    least = amounts.known_if_any("minimum_weekly_charge")
    if least and PENCE < charge < least.amount:
        charge = PENCE
        label = f"Less than {least.pounds} a week is not charged by this council"
        lines.append(Line("charged", label, charge, least.authority, least.name, least.certainty, least.name))
    lines.append(Line("contribution", "To pay each week", charge, BY_CHOICE))
    return charge, lines


def _full_cost(
    asked: ToAssess, label: str, authority: str, held: _Capital | None = None, limit: Known | None = None
) -> FiguresWorkedOut:
    certainty = limit.certainty if limit else None
    line = Line("contribution", label, asked.cost_of_care, authority, limit.name if limit else None, certainty)
    return FiguresWorkedOut(
        outcome="full_cost",
        weekly_contribution=asked.cost_of_care,
        assessable_capital=held.amount if held else None,
        tariff_income=None,
        assessable_income=None,
        allowances=None,
        lines=(*(held.lines if held else ()), line),
        warnings=tuple(held.warnings) if held else (),
    )
