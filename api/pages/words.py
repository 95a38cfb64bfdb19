"""How are money, days, moments and shares said to a person?"""

import re
from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal

from markupsafe import Markup, escape

from domain.dates import LONDON, ONE_DAY
from domain.words import MONTHS, as_day, counted, day, exact, pounds, weeks_and_days

__all__ = [
    "FILTERS",
    "MONTHS",
    "as_day",
    "as_instant",
    "clock_time",
    "counted",
    "day",
    "day_before",
    "day_of",
    "exact",
    "exact_instant",
    "field",
    "instant",
    "month",
    "percent",
    "pounds",
    "role",
    "strong_figures",
    "time_of",
    "weeks_and_days",
    "whole_pounds",
]


def whole_pounds(amount: Decimal | str) -> str:
    """The label of a chart's axis, to the pound below: the table after the chart has the pennies."""
    number = exact(amount).to_integral_value(ROUND_FLOOR)
    sign = "-" if number < 0 else ""
    return f"{sign}£{abs(number):,}"


def percent(share: Decimal | str) -> str:
    """A percentage rounded down, so that 100% is never said early: 16.97 is 16%."""
    return f"{exact(share).to_integral_value(ROUND_FLOOR)}%"


def month(value: date | str) -> str:
    """The month of a day: September 2026."""
    on = as_day(value)
    return f"{MONTHS[on.month - 1]} {on.year}"


def as_instant(value: datetime | str) -> datetime:
    """An instant on the clock in London. Without an offset it is refused (ValueError)."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment.tzinfo is None:
        raise ValueError("an instant without an offset could mean two moments")
    return moment.astimezone(LONDON)


def clock_time(moment: datetime) -> str:
    """The time of day: 10:00am. Noon and midnight are named, since few people agree on 12:00am."""
    name = {(0, 0): " (midnight)", (12, 0): " (midday)"}.get((moment.hour, moment.minute), "")
    half = "am" if moment.hour < 12 else "pm"
    return f"{moment.hour % 12 or 12}:{moment.minute:02d}{half}{name}"


def instant(value: datetime | str) -> str:
    """A moment as the clock in London showed it: 2 October 2026 at 10:00am."""
    moment = as_instant(value)
    return f"{day(moment.date())} at {clock_time(moment)}"


def exact_instant(value: datetime | str) -> str:
    """A moment to the second, where the order of things may matter: 2 October 2026 at 10:14:33am."""
    moment = as_instant(value)
    half = "am" if moment.hour < 12 else "pm"
    return f"{day(moment.date())} at {moment.hour % 12 or 12}:{moment:%M:%S}{half}"


def field(name: str) -> str:
    """What stands before words that were given with an entry, by the field that they were given in."""
    return {"text": "In words", "provider.name": "Provider"}.get(name, name.capitalize())


def role(name: str) -> str:
    """A role as people say it: finance approver."""
    return name.replace("_", " ")


def day_before(value: date) -> date:
    """The last day of a span that ends before a day."""
    return value - ONE_DAY


def day_of(value: datetime | str) -> str:
    """The day on which a moment fell in London: 2 October 2026."""
    return day(as_instant(value).date())


def strong_figures(sentence: str) -> Markup:
    """A sentence for a page, its amounts and days set off so that the eye finds them."""
    return Markup(_FIGURE.sub(r"<strong>\1</strong>", str(escape(sentence))))


_FIGURE = re.compile(rf"(-?£[0-9,]+\.[0-9]{{2}}|[0-9]{{1,2}} (?:{'|'.join(MONTHS)}) [0-9]{{4}})")


def time_of(value: datetime | str) -> str:
    """The time of day of a moment, as the clock in London showed it: 10:00am."""
    return clock_time(as_instant(value))


FILTERS = {
    "counted": counted,
    "day": day,
    "day_before": day_before,
    "day_of": day_of,
    "exact_instant": exact_instant,
    "field": field,
    "instant": instant,
    "month": month,
    "percent": percent,
    "pounds": pounds,
    "role": role,
    "strong_figures": strong_figures,
    "time_of": time_of,
    "weeks_and_days": weeks_and_days,
    "whole_pounds": whole_pounds,
}
