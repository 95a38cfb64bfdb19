"""How are the settings, the day and the sums of a request read?"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

from ..pencil import NIL, day_of, pounds

Request = Mapping[str, Any]
Item = Mapping[str, Any]

# Reg 8: a short-term resident may be assessed and charged as if at home (reading 30).
AS_AT_HOME = {"own_home", "supported_living", "extra_care", "shared_lives", "care_home_short_term"}
PERMANENT = "care_home_permanent"
TEMPORARY = "care_home_temporary"
SETTINGS = {*AS_AT_HOME, PERMANENT, TEMPORARY}

A_WEEK_OF = {
    "weekly": Fraction(1),
    "four_weekly": Fraction(1, 4),
    "monthly": Fraction(12, 52),
    "annual": Fraction(1, 52),
}


class Refused(ValueError):
    """The request cannot be answered as it stands."""


def day(request: Request) -> date:
    """The day whose amounts, age and disregards are used (reading 1)."""
    return day_of(request["effective_from"])


def setting(request: Request) -> str:
    return one_of(SETTINGS, request["setting"], "setting")


def rounded_down(exact: Fraction) -> Fraction:
    return Fraction(floor(exact * 100), 100)


def rounded_up(exact: Fraction) -> Fraction:
    return Fraction(ceil(exact * 100), 100)


def weekly(item: Item) -> Fraction:
    """A week of a sum, exactly (reading 3)."""
    if item.get("weekly") is not None:
        return pounds(item["weekly"])
    return pounds(item["amount"]) * A_WEEK_OF[one_of(A_WEEK_OF, item.get("frequency"), "frequency")]


def coming_in(items: Iterable[Item]) -> Fraction:
    """A week of what somebody has, each sum rounded down: a part of a penny is the adult's (R11; reading 3)."""
    return _in_whole_pence(items, rounded_down)


def going_out(items: Iterable[Item]) -> Fraction:
    """A week of what somebody pays, each sum rounded up."""
    return _in_whole_pence(items, rounded_up)


def _in_whole_pence(items: Iterable[Item], rounded: Callable[[Fraction], Fraction]) -> Fraction:
    return sum((rounded(weekly(item)) for item in items), NIL)


def one_of(known: Iterable[str], value: Any, name: str) -> str:
    if value not in known:
        raise Refused(f"{name}: {value!r} is not one of {', '.join(sorted(known))}")
    return str(value)
