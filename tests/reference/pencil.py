"""How are days and pounds read off paper, and written down again?"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import floor

NIL = Fraction(0)
DAYS_IN_A_WEEK = 7


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


@cache
def day_of(text: str) -> date:
    """The day that is written."""
    return date.fromisoformat(text)


@cache
def pounds(text: str) -> Fraction:
    """An exact amount from a string of pounds. Raises TypeError for anything that is not a string."""
    if not isinstance(text, str):
        raise TypeError("money is written as a string of pounds")
    return Fraction(Decimal(text))


def pennies(amount: Fraction) -> Decimal:
    """Rounded once to the penny, halves away from nil."""
    whole = floor(abs(amount) * 100 + Fraction(1, 2))
    return Decimal(whole if amount >= 0 else -whole).scaleb(-2)


def dated(amounts: Mapping[date, str | None], day: date) -> Fraction | None:
    """The amount whose day came last by this day, in exact pounds; None where none has or it was ended."""
    starts = [start for start in amounts if start <= day]
    amount = amounts[max(starts)] if starts else None
    return None if amount is None else pounds(amount)
