"""What does a week of care cost from year to year? Every amount here is invented."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from domain.dates import ONE_DAY
from domain.money import Fraction, to_the_penny
from domain.schemes import Scheme

_UPLIFTS = {2024: Decimal("1.072"), 2025: Decimal("1.058"), 2026: Decimal("1.049")}
_LATER = Decimal("1.04")


def uplift_days(first: date, last: date) -> Iterator[date]:
    """The days after `first` and up to `last` on which new prices begin: each year's first Monday from 6 April."""
    for year in range(first.year, last.year + 1):
        sixth = date(year, 4, 6)
        day = sixth + timedelta(days=-sixth.weekday() % 7)
        if first < day <= last:
            yield day


def price_on(base: Decimal, day: date) -> Decimal:
    """What costs `base` pounds a week at the prices of 2023 costs on a day."""
    price = Fraction(base)
    for uplifted in uplift_days(date(2023, 10, 1), day):
        price *= Fraction(_UPLIFTS.get(uplifted.year, _LATER))
    return to_the_penny(price)


def first_day_to_accrue(total: Decimal, base: Decimal, last: date, scheme: Scheme) -> date:
    """The day from which a care home paid in full accrues `total` by the close of `last`, and not a day earlier."""
    rules = scheme.cap
    assert rules is not None  # the demonstration's scheme has a cap
    day, accrued = last + ONE_DAY, Fraction(0)
    while accrued < total:
        day -= ONE_DAY
        apart = rules.daily_living_costs.on(day)
        accrued += Fraction(price_on(base, day) - apart) / 7
    return day
