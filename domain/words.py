"""How are money, days and lengths of time said to a person?"""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from domain.money import DAYS_IN_A_WEEK, PENNY

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


def as_day(value: date | str) -> date:
    """A calendar day from a date or YYYY-MM-DD. An instant is refused: which day it falls on depends on the clock."""
    if isinstance(value, datetime):
        raise TypeError("an instant is shown with instant(), a day with day()")
    return date.fromisoformat(value) if isinstance(value, str) else value


def day(value: date | str) -> str:
    """A calendar day in full: 30 September 2026."""
    on = as_day(value)
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 day, 3 days, 12,482 accounts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def weeks_and_days(days: int) -> str:
    """A length of time as people count it: 26 weeks and 3 days."""
    if days < 0:
        raise ValueError("a length of time is not negative")
    weeks, rest = divmod(days, DAYS_IN_A_WEEK)
    if not weeks:
        return counted(rest, "day")
    return counted(weeks, "week") + (f" and {counted(rest, 'day')}" if rest else "")


def span(first: date, last: date) -> str:
    """Some days by their first and last: 1 February 2026 to 31 March 2026."""
    return day(first) if first == last else f"{day(first)} to {day(last)}"
