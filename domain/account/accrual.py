"""What has accrued: the one function that asking, stating and posting share.

Nothing accrues because a job ran. The figure for a day follows from the account's entries, the scheme and the day;
days on which nothing changes are added up together, so a lifetime costs as many steps as it has changes.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from domain.account.daily import NOTHING, Costs, Day, days
from domain.account.state import CareAccount
from domain.dates import ONE_DAY, Stretch
from domain.law.cap import ReachedWhen, days_to_reach
from domain.money import NIL, to_the_penny
from domain.schemes import Scheme


class Counted(NamedTuple):
    """A stretch of like days, with what had been added up before it."""

    first: date
    ending_before: date
    day: Day
    before: Costs

    def through(self, day: date) -> Costs:
        """The exact totals at the close of a day of this stretch."""
        return self.before.and_then(self.day.costs or NOTHING, (day - self.first).days + 1)


@dataclass(frozen=True, slots=True)
class Accrual:
    """Every day of an account from opening to `on`, added up."""

    on: date
    counted: tuple[Counted, ...]
    cap_reached_on: date | None

    def at(self, day: date) -> Counted | None:
        """The stretch the day lies in; None before opening or after `on`."""
        place = bisect_right(self.counted, day, key=lambda counted: counted.first) - 1
        return self.counted[place] if place >= 0 and day < self.counted[place].ending_before else None

    def through(self, day: date) -> Costs:
        """The exact totals at the close of a day up to `on`."""
        counted = self.at(day)
        return counted.through(day) if counted else NOTHING

    def balance(self, day: date) -> Decimal:
        """Accrued costs at the close of a day: the exact sum rounded once, half up; never above the cap in force."""
        counted = self.at(day)
        total = to_the_penny(self.through(day).metered)
        return total if counted is None or counted.day.cap is None else min(total, counted.day.cap)


def accrue(account: CareAccount, scheme: Scheme, on: date) -> Accrual:
    """Everything that has accrued to the close of a day (Care Act 2014 s 15), exactly.

    Raises NotInForce where the scheme knows no amount for a day on which costs accrue.
    """
    reached_when: ReachedWhen = scheme.cap.reached_when if scheme.cap else "at_or_above"
    totals, reached_on = NOTHING, None
    counted: list[Counted] = []
    for stretch in days(account, scheme, on + ONE_DAY):
        for part in _up_to_the_cap(stretch, totals, reached_on, reached_when):
            if part.value.metering == "capped" and reached_on is None:
                reached_on = part.first
            counted.append(Counted(part.first, part.ending_before, part.value, totals))
            totals = totals.and_then(part.value.costs or NOTHING, part.days)
    return Accrual(on, tuple(counted), reached_on)


def _up_to_the_cap(
    stretch: Stretch[Day], totals: Costs, reached_on: date | None, reached_when: ReachedWhen
) -> Iterator[Stretch[Day]]:
    """The stretch, cut where the cap is reached: that day counts only what remained, later days nothing."""
    first, ending_before, day = stretch
    if day.cap is None:
        yield stretch
        return
    daily = day.costs.metered if day.costs else NIL
    cap = Fraction(day.cap)
    needed = 0 if reached_on else days_to_reach(totals.metered, daily, cap, reached_when)
    if needed is None or needed > stretch.days:
        yield stretch
        return
    if needed > 1:
        yield Stretch(first, first + timedelta(days=needed - 1), day)
    if needed:
        first += timedelta(days=needed - 1)
        yield Stretch(first, first + ONE_DAY, _capped(day, max(NIL, cap - totals.metered - daily * (needed - 1))))
        first += ONE_DAY
    if first < ending_before:
        yield Stretch(first, ending_before, _capped(day, NIL))


def _capped(day: Day, metered: Fraction) -> Day:
    """The day with what still counts of it. Daily living costs stay payable, so they go on being set apart."""
    return replace(day, metering="capped", costs=day.costs and day.costs._replace(metered=metered))
