"""How much interest do deferred sums bear, at no more than the highest rate of each half-year?

Care Act 2014 s 35 and SI 2014/2671 reg 9 (official: the regulation was read). How interest compounds is for the
agreement (secondary: most councils say daily, South Tyneside quarterly). What the specification leaves open is decided
in docs/decisions/deferred-payments.md.
"""

from calendar import isleap
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal, NamedTuple

from domain.dates import Day
from domain.money import NIL, Fraction, to_the_penny
from domain.parameters import AmountsOfLaw, NotInForce
from domain.parameters.dated import Certainty
from domain.parameters.parameter import DatedFigure
from domain.parameters.quantity import Quantity
from domain.terms import Terms

RATE = "deferred_payment_interest_rate_charged"
MARGIN = "deferred_payment_interest_margin"
FIRST_DAY = date(2015, 4, 1)
"""SI 2014/2671 came into force with the Act's first part: no interest runs before it (official)."""

Compounding = Literal["daily", "quarterly", "half_yearly", "none"]
"""When interest becomes part of what bears interest."""

_ADDED_IN: dict[Compounding, tuple[int, ...]] = {
    "daily": (),  # each day, so that there is no day to wait for
    "quarterly": (1, 4, 7, 10),
    "half_yearly": (1, 7),
    "none": (),
}
"""The months on whose first day interest is added to the sums that bear it."""


class HalfYear(Terms):
    """The highest rate of a half-year, in per cent a year, and who says so; None where nobody has seen it."""

    first: Day
    ending_before: Day
    per_cent: Quantity | None
    authority: str
    certainty: Certainty


def half_year_of(day: date) -> tuple[date, date]:
    """The first day of the half-year that a day is in, and of the one after it (reg 9; official)."""
    if day.month < 7:
        return date(day.year, 1, 1), date(day.year, 7, 1)
    return date(day.year, 7, 1), date(day.year + 1, 1, 1)


def from_gilt_rate(gilt_rate: Decimal, day: date, amounts: AmountsOfLaw) -> Decimal:
    """The highest rate, from the forecast average rate of gilts and the margin (reg 9(3); official). Per cent a year.

    The gilt rate is that of the financial year in which the half-year begins, by the latest forecast before it.
    """
    return gilt_rate + amounts(MARGIN).on(day)


def highest_rate(day: date, amounts: AmountsOfLaw) -> DatedFigure:
    """The rate of the half-year that the day is in (reg 9; the rates themselves are secondary).

    Raises NotInForce where nobody has seen a rate for that very half-year: an earlier one's is never borrowed.
    """
    first = max(half_year_of(day)[0], FIRST_DAY)
    if day < first:
        raise NotInForce(RATE, day)
    try:
        found = amounts(RATE).dated(first)
    except NotInForce:
        raise NotInForce(RATE, day) from None
    if found.from_ < first:
        raise NotInForce(RATE, day)
    return found


def highest_rates(through: date, amounts: AmountsOfLaw) -> tuple[HalfYear, ...]:
    """Every half-year from the first in which interest could run to that of a day, with what is known of its rate."""
    found, first = list[HalfYear](), FIRST_DAY
    while first <= through:
        _, ending_before = half_year_of(first)
        found.append(_half_year(first, ending_before, amounts))
        first = ending_before
    return tuple(found)


def _half_year(first: date, ending_before: date, amounts: AmountsOfLaw) -> HalfYear:
    try:
        rate = highest_rate(first, amounts)
    except NotInForce as unknown:
        return HalfYear(
            first=first, ending_before=ending_before, per_cent=None, authority=str(unknown), certainty="not seen"
        )
    return HalfYear(
        first=first,
        ending_before=ending_before,
        per_cent=rate.amount,
        authority=rate.authority,
        certainty=rate.certainty,
    )


class Owed(NamedTuple):
    """What is owed, in exact pounds: the sums that bear interest, and interest that bears none yet.

    `lent` is what was deferred less what was repaid, in whole pennies: the rest of the two is interest.
    """

    sums: Fraction = NIL
    interest: Fraction = NIL
    lent: Fraction = NIL

    @property
    def interest_so_far(self) -> Decimal:
        """All the interest there has been, rounded once, in pounds."""
        return to_the_penny(self.sums + self.interest - self.lent)

    @property
    def without_interest(self) -> Decimal:
        """What was deferred and not repaid, whatever interest came to."""
        return to_the_penny(self.lent)

    @property
    def pounds(self) -> Decimal:
        """All that is owed: interest is rounded by itself, so that a statement's lines add up."""
        return self.without_interest + self.interest_so_far

    def and_deferred(self, amount: Decimal) -> "Owed":
        return self._replace(sums=self.sums + Fraction(amount), lent=self.lent + Fraction(amount))

    def and_repaid(self, amount: Decimal) -> "Owed":
        """What is left: a repayment goes to the sums that bear interest first, which is cheaper for the person.

        Where no whole penny is left, nothing is: a part of a penny does not go on to bear interest.
        """
        repaid = Fraction(amount)
        from_interest = max(NIL, min(self.interest, repaid - self.sums))
        left = Owed(self.sums - repaid + from_interest, self.interest - from_interest, self.lent - repaid)
        return left if left.pounds else Owed(lent=left.lent)


def with_interest(owed: Owed, first: date, ending_before: date, per_cent: Decimal, compounding: Compounding) -> Owed:
    """What is owed after some days at one rate, nothing being deferred or repaid (reg 9; official).

    A day bears the year's rate divided by the days of its year, so that no year bears more than its rate before
    compounding. Nothing is rounded.
    """
    for begins, ends in pairwise(_cuts(first, ending_before, compounding)):
        if begins.day == 1 and begins.month in _ADDED_IN[compounding]:
            owed = Owed(owed.sums + owed.interest, NIL, owed.lent)
        owed = _like_days(owed, (ends - begins).days, per_cent, begins.year, compounding)
    return owed


def _cuts(first: date, ending_before: date, compounding: Compounding) -> Iterator[date]:
    """The days at which a year begins or interest is added, with both ends."""
    yield first
    for year in range(first.year, ending_before.year + 1):
        for month in sorted({1, *_ADDED_IN[compounding]}):
            if first < date(year, month, 1) < ending_before:
                yield date(year, month, 1)
    yield ending_before


def _like_days(owed: Owed, days: int, per_cent: Decimal, year: int, compounding: Compounding) -> Owed:
    """What is owed after some days of one year. What was overpaid bears nothing."""
    if owed.sums <= 0:
        return owed
    daily = Fraction(per_cent) / 100 / (366 if isleap(year) else 365)
    if compounding == "daily":
        return owed._replace(sums=owed.sums * (1 + daily) ** days)
    return owed._replace(interest=owed.interest + owed.sums * daily * days)
