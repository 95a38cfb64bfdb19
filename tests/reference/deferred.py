"""What is owed under a deferred payment agreement, reckoned day by day as a person with a pencil would.

From the specification of the means test alone (its section 9), and the readings where it is silent, which stand in
docs/decisions/deferred-payments.md. Shares no code with the domain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

BEGAN = date(2015, 4, 1)


@dataclass(frozen=True)
class Terms:
    """An agreement. Rates are texts in per cent a year, by the day from which they are stated; without any, the highest
    is charged."""

    first_day: date
    compounding: str
    told: bool
    paid_separately: bool
    stated: Mapping[date, str]


@dataclass(frozen=True)
class Paid:
    """Pounds that were deferred on a day, or repaid where it is less than nothing."""

    day: date
    pounds: str


class Reckoned(NamedTuple):
    """Pounds: all interest so far, and what is owed."""

    interest: Fraction
    owed: Fraction


def reckon(terms: Terms, paid: Sequence[Paid], highest: Mapping[date, str | None], on: date) -> Reckoned:
    """Day by day from the first on which anything happened to the close of a day."""
    bearing, waiting, interest = Fraction(0), Fraction(0), Fraction(0)
    in_and_out = Fraction(0)
    day = min([terms.first_day, *(each.day for each in paid)])
    while day <= on:
        if _is_added_on(day, terms.compounding):
            bearing, waiting = bearing + waiting, Fraction(0)
        amounts = [Fraction(each.pounds) for each in paid if each.day == day]
        for amount in sorted(amounts, key=lambda amount: -amount):
            in_and_out += amount
            bearing, waiting = _after(amount, bearing, waiting)
            if amount < 0 and in_and_out + _penny(interest) == 0:
                bearing, waiting, interest = Fraction(0), Fraction(0), -in_and_out
        today = max(bearing, Fraction(0)) * _share_of(day, terms, highest)
        interest += today
        if terms.compounding == "daily":
            bearing += today
        else:
            waiting += today
        day += timedelta(days=1)
    total = in_and_out if terms.paid_separately else in_and_out + _penny(interest)
    return Reckoned(_penny(interest), total)


def _after(amount: Fraction, bearing: Fraction, waiting: Fraction) -> tuple[Fraction, Fraction]:
    """A repayment takes away what bears interest before it takes interest that bears none."""
    if amount > 0:
        return bearing + amount, waiting
    rest = -amount
    of_bearing = min(rest, max(bearing, Fraction(0)))
    rest -= of_bearing
    of_waiting = min(rest, waiting)
    return bearing - of_bearing - (rest - of_waiting), waiting - of_waiting


def _share_of(day: date, terms: Terms, highest: Mapping[date, str | None]) -> Fraction:
    """What a pound bears on a day."""
    half = date(day.year, 1 if day.month <= 6 else 7, 1)
    most = highest.get(max(half, BEGAN))
    if not terms.told or day < terms.first_day or most is None:
        return Fraction(0)
    stated = [rate for first, rate in sorted(terms.stated.items()) if first <= day]
    rate = min(Fraction(stated[-1]), Fraction(most)) if stated else Fraction(most)
    days = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return rate / 100 / days


def _is_added_on(day: date, compounding: str) -> bool:
    months = {"quarterly": {1, 4, 7, 10}, "half_yearly": {1, 7}}.get(compounding, set())
    return day.day == 1 and day.month in months


def _penny(pounds: Fraction) -> Fraction:
    """To the nearest penny, half a penny up; interest is never below nothing."""
    return Fraction(int(pounds * 100 + Fraction(1, 2)), 100)
