"""Until when is the home of a permanent resident left out of their capital? (SI 2014/2672 Sch 2 paras 2 and 4)"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from domain.law.financial_assessment.amounts import AmountsOfTheDay
from domain.law.financial_assessment.asked import Holding, Stay
from domain.words import day as day_in_words

TWELVE_WEEKS, RETURN = "property_disregard_weeks", "property_disregard_return_window"
FOR_A_RELATIVE = "SI 2014/2672 Sch 2 para 4"
FOR_TWELVE_WEEKS = "SI 2014/2672 Sch 2 para 2"

_RELATIVES = {
    "partner": "the adult's partner lives there",
    "relative_aged_60_or_over": "a relative aged 60 or over lives there",
    "incapacitated_relative": "an incapacitated relative lives there",
    "child_under_18": "a child under 18 lives there",
}


class Ignored(NamedTuple):
    """Why the home does not count, by which provision and amount, and up to which day where there is one."""

    reason: str
    authority: str
    parameter: str | None = None
    ending_before: date | None = None


def home_ignored(home: Holding, helped: bool, amounts: AmountsOfTheDay) -> Ignored | None:
    """Why the home of a permanent resident does not count on the day, or None where it does.

    `helped`: whether other capital is not above the upper limit, which is a condition of the twelve weeks. It moves
    no contribution, since whoever has more pays the full cost whether the home counts or not.
    """
    if home.occupied_by:
        return Ignored(_RELATIVES[home.occupied_by], FOR_A_RELATIVE)
    if home.twelve_week_from is None or not helped:
        return None
    ends = twelve_weeks_end(home.twelve_week_from, home.earlier_stays, amounts)
    if not home.twelve_week_from <= amounts.day < ends:
        return None
    return Ignored(f"the 12 weeks last until {day_in_words(ends)}", FOR_TWELVE_WEEKS, TWELVE_WEEKS, ends)


def twelve_weeks_end(began: date, earlier: Iterable[Stay], amounts: AmountsOfTheDay) -> date:
    """The first day on which the home counts. A return within 52 weeks goes on with what was unused of the 12."""
    whole = _weeks(amounts.known(TWELVE_WEEKS).amount)
    unused, left = whole, None
    for stay in sorted(earlier, key=lambda stay: stay.effective_from):
        if left is None or _is_new_period(left, stay.effective_from, amounts):
            unused = whole
        unused -= min(unused, stay.ending_before - stay.effective_from)
        left = stay.ending_before
    if left is None or _is_new_period(left, began, amounts):
        unused = whole
    return began + unused


def _is_new_period(left: date, returned: date, amounts: AmountsOfTheDay) -> bool:
    """Whether somebody was away for longer than the 52 weeks within which a return goes on with the old period."""
    return returned > left + _weeks(amounts.known(RETURN).amount)


def _weeks(number: Decimal) -> timedelta:
    return timedelta(weeks=int(number))
