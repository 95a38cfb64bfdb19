"""What makes up the weekly rate of a day, and the day on which the cap would be reached at that rate?"""

from domain.account.explanation import sums
from domain.account.explanation.asked import Asked
from domain.account.explanation.days import made_of
from domain.account.explanation.node import Explained, adding_up
from domain.account.explanation.totals import remaining
from domain.account.explanation.words import WHY_NOT
from domain.account.figures import CapProgress
from domain.law import provisions
from domain.money import DAYS_IN_A_WEEK, NIL
from domain.words import counted, day, pounds


def weekly_rate(asked: Asked) -> Explained:
    """What a week at the rate of the day counts, as the cap leaves it."""
    rate, stretch, rules = asked.progress.weekly_rate, asked.accrual.at(asked.on), asked.scheme.cap
    if rate is None or stretch is None or stretch.day.costs is None or rules is None:
        return _no_rate(asked)
    capped = stretch.metering == "capped"
    daily = stretch.day.costs._replace(metered=NIL) if capped else stretch.day.costs
    return Explained(
        figure="weekly_rate",
        amount=rate.metered,
        words=f"On {day(asked.on)}, {'nothing' if capped else pounds(rate.metered)} counts each week.",
        arithmetic=sums.times(sums.a_day(daily.metered), DAYS_IN_A_WEEK),
        first=asked.on,
        last=asked.on,
        entries=tuple(str(entry.id) for entry in stretch.day.rests_on),
        provision=provisions.DAYS[stretch.metering],
        children=adding_up(rate.metered, made_of(stretch._replace(daily=daily), rules, DAYS_IN_A_WEEK, "metered")),
    )


def _no_rate(asked: Asked) -> Explained:
    return Explained(
        figure="weekly_rate",
        amount=None,
        words=f"Nothing counts on {day(asked.on)}, as {WHY_NOT[asked.progress.metering]}.",
        provision=provisions.DAYS[asked.progress.metering],
    )


def expected_to_reach_cap_on(asked: Asked) -> Explained:
    """The day the rest of the cap would be used up at the rate of the day."""
    expected = asked.progress.expected_to_reach_cap_on
    if expected is None:
        return Explained(figure="expected_to_reach_cap_on", amount=None, words=_not_expected(asked.progress))
    left, rate = remaining(asked), weekly_rate(asked)
    wait = counted((expected - asked.on).days, "day")
    return Explained(
        figure="expected_to_reach_cap_on",
        amount=None,
        value=expected.isoformat(),
        words=f"If nothing changes, you reach the cap on {day(expected)}.",
        arithmetic=f"{left.amount} {sums.OVER} ({sums.a_seventh_of(str(rate.amount))}) is at most {wait}",
        children=(left, rate),
    )


def _not_expected(progress: CapProgress) -> str:
    if progress.cap_reached_on:
        return f"You reached the cap on {day(progress.cap_reached_on)}."
    if progress.metering == "metering":
        return "At this rate you would not reach the cap."
    return f"No day can be given, as {WHY_NOT[progress.metering]}."
