"""What an account's days were like: one row for each stretch of days on which its figures run on in a line."""

from datetime import date
from decimal import Decimal
from math import lcm
from typing import NamedTuple

from domain.account.accrual import accrue
from domain.account.daily import NOTHING, Day
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


def spans(account: CareAccount, scheme: Scheme) -> list[Span]:
    """Every day there is, from the first that can be asked for to the last."""
    before_opening = Counted(EARLIEST, account.opened.opened_on, Day("closed"), "closed", NOTHING, NOTHING)
    accrual = accrue(account, scheme, FOREVER - ONE_DAY)
    return [_span(counted, scheme) for counted in (before_opening, *accrual.counted)]


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
