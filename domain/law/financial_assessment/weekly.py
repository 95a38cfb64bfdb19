"""What is a sum a week, and how is it said?

A fraction of a penny goes to the adult's advantage: income is rounded down and what is allowed is rounded up, line by
line, so that the lines add up as they stand (SI 2014/2672 reg 11; its text was not read, see
docs/decisions/means-test.md). A percentage that a council takes of its own will is rounded to the nearest penny.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from domain.law.financial_assessment.asked import PeriodicSum
from domain.money import PENNY

UP, DOWN, NEAREST = ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP

_CONVERSIONS = {
    "weekly": (1, 1, "a week"),
    "four_weekly": (1, 4, "every four weeks, divided by 4"),
    "monthly": (12, 52, "a month, times 12, divided by 52"),
    "annual": (1, 52, "a year, divided by 52"),
}


def weekly(periodic: PeriodicSum, rounding: str) -> Decimal:
    """Pounds and pence a week."""
    if periodic.weekly is not None:
        return periodic.weekly
    assert periodic.amount is not None  # the request has either
    assert periodic.frequency is not None
    times, divided_by, _ = _CONVERSIONS[periodic.frequency]
    return to_pence(periodic.amount * times / divided_by, rounding)


def said(label: str, periodic: PeriodicSum) -> str:
    """A label with the conversion that was used, where there was one."""
    if periodic.frequency is None or periodic.frequency == "weekly":
        return label
    return f"{label}, £{periodic.amount:,.2f} {_CONVERSIONS[periodic.frequency][2]}"


def to_pence(exact: Decimal, rounding: str) -> Decimal:
    """An amount in whole pence."""
    return exact.quantize(PENNY, rounding)
