"""What makes up the totals of an account: what counts, what is set apart, the cap, and what is left to it?"""

from datetime import date

from domain.account.explanation import sums
from domain.account.explanation.asked import Asked
from domain.account.explanation.node import Explained, adding_up, amount_of_law, taken_off
from domain.account.explanation.stretches import Stretches
from domain.account.explanation.total import Total
from domain.law import provisions
from domain.words import day, pounds


def accrued_costs(asked: Asked) -> Explained:
    """Care Act 2014 s 15, from opening to the close of the day."""
    accrued = asked.progress.accrued_costs
    counts = f"{pounds(accrued)} of your care costs count towards the cap"
    if asked.progress.cap is None:
        counts = "there is no cap in force, so none of your care costs count"
    return Explained(
        figure="accrued_costs",
        amount=accrued,
        words=f"By {day(asked.on)}, {counts}.",
        arithmetic=sums.rounded(asked.accrual.through(asked.on).metered),
        provision=provisions.THE_ACCOUNT,
        children=adding_up(accrued, _stretches(asked, "metered")),
    )


def daily_living_costs(asked: Asked) -> Explained:
    """What has been set apart since opening (s 15(6)), and carried in before."""
    apart = asked.progress.daily_living_costs
    return Explained(
        figure="daily_living_costs",
        amount=apart,
        words=f"By {day(asked.on)}, {pounds(apart)} was for food, heating and rent, which do not count.",
        arithmetic=sums.rounded(asked.accrual.through(asked.on).daily_living_costs),
        provision=provisions.DAILY_LIVING_COSTS,
        children=adding_up(apart, _stretches(asked, "daily_living_costs")),
    )


def _stretches(asked: Asked, total: Total) -> list[Explained]:
    opened = asked.account.opened.opened_on
    return [*Stretches(asked.account, asked.scheme.cap, asked.accrual, total).since(opened)]


def cap(asked: Asked) -> Explained:
    """The amount in force on the day, with its authority."""
    dated, rules = asked.scheme.cap_on(asked.on), asked.scheme.cap
    if dated is None or rules is None:
        return Explained(figure="cap", amount=None, words=_no_cap(asked.on), provision=provisions.THE_CAP)
    return Explained(
        figure="cap",
        amount=dated.amount,
        words=f"The cap is {pounds(rules.amount.on(asked.on))}.",
        first=asked.on,
        last=asked.on,
        provision=provisions.THE_CAP,
        parameter=amount_of_law(rules.amount, dated),
    )


def remaining(asked: Asked) -> Explained:
    """The cap less accrued costs."""
    left, most = asked.progress.remaining, asked.progress.cap
    if left is None or most is None:
        return Explained(figure="remaining", amount=None, words=_no_cap(asked.on), provision=provisions.THE_CAP)
    return Explained(
        figure="remaining",
        amount=left,
        words=f"You have {pounds(left)} left to reach the cap of {pounds(most)}.",
        arithmetic=sums.less(most, asked.progress.accrued_costs),
        provision=provisions.THE_CAP,
        children=adding_up(left, (cap(asked), taken_off(accrued_costs(asked)))),
    )


def percent(asked: Asked) -> Explained:
    """Accrued costs as a share of the cap."""
    progress = asked.progress
    if progress.percent is None:
        return Explained(figure="percent", amount=None, words=_no_cap(asked.on), provision=provisions.THE_CAP)
    return Explained(
        figure="percent",
        amount=None,
        value=progress.percent,
        words=f"You have come {progress.percent}% of the way to the cap.",
        arithmetic=f"{progress.accrued_costs} {sums.OVER} {progress.cap} {sums.TIMES} 100, rounded down",
        provision=provisions.THE_CAP,
        children=(accrued_costs(asked), cap(asked)),
    )


def _no_cap(on: date) -> str:
    return f"There is no cap in force on {day(on)}."
