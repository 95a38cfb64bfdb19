"""What does the cap keep from being counted, and so from being charged, and in which financial years?"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from domain.account.accrual import Accrual
from domain.account.running import Counted
from domain.dates import ONE_DAY, Stretch
from domain.money import NIL, Fraction, to_the_penny

APRIL = 4


def relief_by_year(accrual: Accrual, on: date) -> dict[int, Decimal]:
    """The relief of each financial year up to a day, in pounds; years without any are left out.

    Relief is what a day costs, less daily living costs, less what of it still counts: what the cap keeps from being
    counted (Care Act 2014 s 15(1)). A year's relief is the difference of the exact total rounded once at the closes of
    two years, so that the years of a person add up to their relief in all.
    """
    found: dict[int, Decimal] = {}
    exact, rounded = NIL, Decimal("0.00")
    for first, ending_before, daily in _relieved(accrual, on):
        exact += daily * (ending_before - first).days
        year = financial_year(first)
        found[year] = found.get(year, Decimal("0.00")) + to_the_penny(exact) - rounded
        rounded = to_the_penny(exact)
    return found


def financial_year(day: date) -> int:
    """The year in which the financial year of a day begins, on 1 April."""
    return day.year if day.month >= APRIL else day.year - 1


def _relieved(accrual: Accrual, on: date) -> Iterator[Stretch[Fraction]]:
    """The days on which something is kept from being counted, each with what, cut where a financial year ends."""
    for counted in accrual.counted:
        first, ending_before, daily = counted.first, min(counted.ending_before, on + ONE_DAY), _kept_off(counted)
        while daily and first < ending_before:
            end = min(ending_before, date(financial_year(first) + 1, APRIL, 1))
            yield Stretch(first, end, daily)
            first = end


def _kept_off(counted: Counted) -> Fraction:
    """What the day costs above daily living costs, and what of that counted, are two things once the cap is reached."""
    return counted.day.costs.metered - counted.daily.metered if counted.day.costs else NIL
