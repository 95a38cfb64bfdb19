"""In which plain sentences is a stretch of days told?"""

from datetime import date

from domain.account.figures import Metering
from domain.account.running import Counted
from domain.money import DAYS_IN_A_WEEK, to_the_penny
from domain.words import pounds, span, weeks_and_days

WHY_NOT: dict[Metering, str] = {
    "paused": "your care had stopped for a while",
    "not_eligible": "no decision says that you need care we must meet",
    "unassessed": "we have not done your money check",
    "no_budget": "we have not agreed what your care should cost",
    "not_commenced": "the cap was not in force",
    "closed": "your account was not open",
    "capped": "you had reached the cap",
}


def days_counted(counted: Counted, first: date, last: date) -> str:
    """What days added to accrued costs, or why they added nothing."""
    which = span(first, last)
    if counted.metering == "metering" and counted.daily == counted.day.costs:
        return f"{which}: {weeks_and_days((last - first).days + 1)} at {_a_week(counted)}."
    if counted.reached_on == counted.first and counted.day.costs is not None:
        return f"{which}: you reached the cap, so only the rest counts."
    return f"{which}: nothing, as {_why_not(counted)}."


def days_set_apart(counted: Counted, first: date, last: date) -> str:
    """What of days stood for daily living costs, or why nothing did."""
    which = span(first, last)
    if counted.daily.daily_living_costs:
        return f"{which}: this stood for food, heating and rent."
    if counted.day.costs is not None:
        return f"{which}: nothing, as no living costs are in this price."
    return f"{which}: nothing, as {WHY_NOT[counted.metering]}."


def _why_not(counted: Counted) -> str:
    """The word for the day gives the reason, but for a day on which an adjustment led back below the cap."""
    return WHY_NOT.get(counted.metering, WHY_NOT["capped"])


def _a_week(counted: Counted) -> str:
    weekly = counted.daily.metered * DAYS_IN_A_WEEK
    shown = to_the_penny(weekly)
    return f"{'' if shown == weekly else 'about '}{pounds(shown)} a week"
