"""How are money, days, moments and shares said to a person?"""

from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal, InvalidOperation
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
PENNY = Decimal("0.01")
DAYS_IN_WEEK = 7
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def exact(amount: Decimal | str) -> Decimal:
    """A finite decimal, and never one that came through a float (TypeError) or is not a number (ValueError)."""
    if not isinstance(amount, Decimal | str):
        raise TypeError(f"a figure is shown from a Decimal or a string, not from {type(amount).__name__}")
    try:
        number = Decimal(amount)
    except InvalidOperation as fault:
        raise ValueError("this is not a number") from fault
    if not number.is_finite():
        raise ValueError("a figure is finite")
    return number


def pounds(amount: Decimal | str) -> str:
    """Pounds and pence with thousands commas: £1,234.50, -£5.00. A part of a penny is refused: a page never rounds."""
    number = exact(amount)
    if number != number.quantize(PENNY):
        raise ValueError("a page shows whole pennies; round by the rule that made the figure")
    sign = "-" if number < 0 else ""
    return f"{sign}£{abs(number):,.2f}"


def whole_pounds(amount: Decimal | str) -> str:
    """The label of a chart's axis, to the pound below: the table after the chart has the pennies."""
    number = exact(amount).to_integral_value(ROUND_FLOOR)
    sign = "-" if number < 0 else ""
    return f"{sign}£{abs(number):,}"


def percent(share: Decimal | str) -> str:
    """A percentage rounded down, so that 100% is never said early: 16.97 is 16%."""
    return f"{exact(share).to_integral_value(ROUND_FLOOR)}%"


def as_day(value: date | str) -> date:
    """A calendar day from a date or YYYY-MM-DD. An instant is refused: which day it falls on depends on the clock."""
    if isinstance(value, datetime):
        raise TypeError("an instant is shown with instant(), a day with day()")
    return date.fromisoformat(value) if isinstance(value, str) else value


def day(value: date | str) -> str:
    """A calendar day in full: 30 September 2026."""
    on = as_day(value)
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


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


def role(name: str) -> str:
    """A role as people say it: finance approver."""
    return name.replace("_", " ")


def day_of(value: datetime | str) -> str:
    """The day on which a moment fell in London: 2 October 2026."""
    return day(as_instant(value).date())


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 day, 3 days, 12,482 accounts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def weeks_and_days(days: int) -> str:
    """A length of time as people count it: 26 weeks and 3 days."""
    if days < 0:
        raise ValueError("a length of time is not negative")
    weeks, rest = divmod(days, DAYS_IN_WEEK)
    if not weeks:
        return counted(rest, "day")
    return counted(weeks, "week") + (f" and {counted(rest, 'day')}" if rest else "")


FILTERS = {
    "counted": counted,
    "day": day,
    "day_of": day_of,
    "exact_instant": exact_instant,
    "instant": instant,
    "month": month,
    "percent": percent,
    "pounds": pounds,
    "role": role,
    "weeks_and_days": weeks_and_days,
    "whole_pounds": whole_pounds,
}
