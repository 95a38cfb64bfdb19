"""How is a sum written down, so that anybody can do it again?"""

from decimal import Decimal

from domain.money import DAYS_IN_A_WEEK, Fraction, to_the_penny
from domain.words import counted

TIMES, OVER, MINUS = "\u00d7", "\u00f7", "\u2212"


def a_day(daily: Fraction) -> str:
    """A daily amount: a seventh of a week's pounds, or the exact fraction where these are no whole pennies."""
    weekly = daily * DAYS_IN_A_WEEK
    if weekly == Fraction(to_the_penny(weekly)):
        return a_seventh_of(to_the_penny(weekly))
    return f"{daily.numerator} {OVER} {daily.denominator}"


def a_seventh_of(weekly: Decimal | str) -> str:
    return f"{weekly} {OVER} {DAYS_IN_A_WEEK}"


def times(daily: str, days: int) -> str:
    """A daily amount for so many days."""
    return f"{daily} {TIMES} {counted(days, 'day')}"


def less(amount: Decimal, other: Decimal) -> str:
    """One amount without another; by itself where the other is nil."""
    return f"{amount} {MINUS} {other}" if other else f"{amount}"


def per_cent(amount: Decimal, percentage: str) -> str:
    """A percentage of an amount."""
    return f"{amount} {TIMES} {percentage} {OVER} 100, rounded half up"


def rounded(exact: Fraction) -> str:
    """An exact total and how it is shown in pennies."""
    shown = to_the_penny(exact)
    return f"{shown}" if shown == exact else f"{exact.numerator} {OVER} {exact.denominator}, rounded half up"
