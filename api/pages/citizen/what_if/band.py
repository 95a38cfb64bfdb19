"""Where do the bars of a range fall, year by year, under the cap?"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from api.pages.charts import QUARTERS, WHOLE, part
from api.pages.words import whole_pounds
from domain.account.supposing import Outlooks

YEARS = 5
_GAP = 4


class Year(NamedTuple):
    """The range at the end of a year, in pounds and where it stands on the chart, in percent."""

    on: date
    low: Decimal
    middle: Decimal
    high: Decimal
    left: Decimal
    width: Decimal
    top: Decimal
    height: Decimal
    line: Decimal


class Band(NamedTuple):
    """The years, and the axis from the cap down to nothing."""

    years: Sequence[Year]
    levels: Sequence[str]


def closes(today: date) -> list[date]:
    """The ends of this year and of those after it."""
    return [date(today.year + n, 12, 31) for n in range(YEARS)]


def band(found: Outlooks, on: Sequence[date], cap: Decimal) -> Band:
    """The range of what will have been counted, against the cap of today."""
    rows = zip(on, found.low.balances, found.middle.balances, found.high.balances, strict=True)
    years = [_year(number, *row, cap) for number, row in enumerate(rows)]
    return Band(years, [whole_pounds(cap * quarter) for quarter in reversed(QUARTERS)])


def _year(number: int, on: date, low: Decimal, middle: Decimal, high: Decimal, cap: Decimal) -> Year:
    each = WHOLE / YEARS
    top, bottom = WHOLE - part(high, cap), WHOLE - part(low, cap)
    return Year(
        on=on,
        low=low,
        middle=middle,
        high=high,
        left=each * number + _GAP,
        width=each - 2 * _GAP,
        top=top,
        height=max(bottom - top, Decimal(1)),  # where the range is one figure there is still something to see
        line=WHOLE - part(middle, cap),
    )
