"""What an account's days were like: one row for each stretch of days on which its figures run on in a line."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import lcm
from typing import NamedTuple

from domain.account.accrual import Accrual, accrue
from domain.account.daily import NOTHING, Costs, Day
from domain.account.facts import Fact, PeriodPosted
from domain.account.posted import may_move_figures
from domain.account.progress import expected_to_reach_cap_on, weekly_rate
from domain.account.running import Counted
from domain.account.state import CareAccount
from domain.dates import EARLIEST, FOREVER, ONE_DAY
from domain.money import Fraction
from domain.parameters import NotInForce
from domain.schemes import Scheme


class Span(NamedTuple):
    """The columns of `progress_spans` that follow from an account and a scheme.

    Exact pounds are whole numbers over `denominator`: the total at the close of a day of the span is
    (before + daily x days up to and with it) / denominator.
    """

    valid_from: date
    valid_to: date
    metering: str
    cap: Decimal | None
    cap_reached_on: date | None
    expected_to_reach_cap_on: date | None
    denominator: int
    metered_before: int
    metered_daily: int
    apart_before: int
    apart_daily: int
    weekly_base: Decimal | None
    weekly_apart: Decimal | None
    weekly_metered: Decimal | None


class Reckoning:
    """The spans of one account at version after version, each found with the help of what the one before came to."""

    def __init__(self) -> None:
        self._version = 0
        self._scheme: Scheme | None = None
        self._accrual: Accrual | None = None
        self._counted: Sequence[Counted] = ()
        self._spans: list[Span] = []

    def spans(self, account: CareAccount, scheme: Scheme) -> list[Span]:
        """Every day there is, from the first that can be asked for to the last. Raises what `accrue` raises."""
        if not self._still_holds(account, scheme):
            self._accrual = None  # until this one has been worked out
            accrual = accrue(account, scheme, FOREVER - ONE_DAY)
            counted = (*_before_opening(account.opened.opened_on, scheme), *accrual.counted)
            self._spans = self._as_spans(counted, scheme)
            self._counted, self._scheme, self._accrual = counted, scheme, accrual
        self._version = account.version
        return self._spans

    def _still_holds(self, account: CareAccount, scheme: Scheme) -> bool:
        accrual = self._accrual
        if accrual is None or scheme is not self._scheme:
            return False
        return all(_tells_nothing_new(entry.fact, accrual) for entry in account.entries[self._version :])

    def _as_spans(self, counted: Sequence[Counted], scheme: Scheme) -> list[Span]:
        """A late fact leaves the days before it as they were, and those spans need not be made again."""
        same = _how_many_alike(counted, self._counted) if scheme is self._scheme else 0
        return self._spans[:same] + [_span(one, scheme) for one in counted[same:]]


def _before_opening(opened_on: date, scheme: Scheme) -> Iterator[Counted]:
    """The days before an account was opened, cut where the cap changes: what they show of it changes too."""
    rules = scheme.cap
    changes = (rules.commencement, *(amount.from_ for amount in rules.amount.values)) if rules else ()
    within = sorted(day for day in dict.fromkeys(changes) if EARLIEST < day < opened_on)
    for first, ending_before in pairwise((EARLIEST, *within, opened_on)):
        if first < ending_before:
            yield Counted(first, ending_before, Day("closed"), "closed", NOTHING, NOTHING)


def _tells_nothing_new(fact: Fact, accrual: Accrual) -> bool:
    """Whether the accrual is the same with the fact: it moves no figure, or posts what had been worked out already.

    `accrue` reads such a posting and finds nothing to settle, so it need not be asked.
    """
    if not isinstance(fact, PeriodPosted):
        return not may_move_figures(fact)
    counted, totals = accrual.at(fact.through), fact.totals
    if counted is None or counted.reached_on != fact.cap_reached_on:
        return False
    return counted.through(fact.through) == Costs(totals.base, totals.daily_living_costs, totals.metered)


def _how_many_alike(counted: Sequence[Counted], others: Sequence[Counted]) -> int:
    """How many stretches, from the first on, make the same spans under one scheme."""
    pairs = zip(map(_looked_at, counted), map(_looked_at, others), strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(counted), len(others)))


def _looked_at(counted: Counted) -> tuple[object, ...]:
    """All that a span is made of."""
    first, ending_before, day, metering, daily, before, reached_on, *_ = counted
    return first, ending_before, metering, reached_on, daily, before, day.costs, day.cap


def _span(counted: Counted, scheme: Scheme) -> Span:
    daily, week = counted.daily, weekly_rate(counted)
    exact = (counted.before.metered, daily.metered, counted.before.daily_living_costs, daily.daily_living_costs)
    denominator = lcm(*(amount.denominator for amount in exact))
    metered_before, metered_daily, apart_before, apart_daily = (_over(denominator, amount) for amount in exact)
    return Span(
        valid_from=counted.first,
        valid_to=counted.ending_before,
        metering=counted.metering,
        cap=_cap(scheme, counted.first),
        cap_reached_on=counted.reached_on,
        expected_to_reach_cap_on=expected_to_reach_cap_on(counted, scheme, counted.first),
        denominator=denominator,
        metered_before=metered_before,
        metered_daily=metered_daily,
        apart_before=apart_before,
        apart_daily=apart_daily,
        weekly_base=week.base if week else None,
        weekly_apart=week.daily_living_costs if week else None,
        weekly_metered=week.metered if week else None,
    )


def _over(denominator: int, amount: Fraction) -> int:
    return amount.numerator * (denominator // amount.denominator)


def _cap(scheme: Scheme, day: date) -> Decimal | None:
    try:
        dated = scheme.cap_on(day)
    except NotInForce:
        return None
    return dated.amount if dated else None
