"""What has accrued: the one function that asking, stating and posting share.

Nothing accrues because a job ran. The figure for a day follows from the account's entries, the scheme and the day;
days on which nothing changes are added up together, so a lifetime costs as many steps as it has changes.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.account.daily import NOTHING, Costs, Day, days
from domain.account.posted import standing
from domain.account.running import Counted, Running
from domain.account.state import CareAccount
from domain.dates import ONE_DAY, Stretch
from domain.law.cap import ReachedWhen
from domain.money import to_the_penny
from domain.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Accrual:
    """Every day of an account from opening to `on`, added up."""

    on: date
    counted: tuple[Counted, ...]

    def at(self, day: date) -> Counted | None:
        """The stretch the day lies in; None before opening or after `on`."""
        place = bisect_right(self.counted, day, key=lambda counted: counted.first) - 1
        return self.counted[place] if place >= 0 and day < self.counted[place].ending_before else None

    def beginning(self, first: date, last: date) -> tuple[Counted, ...]:
        """The stretches that begin from first to last."""
        begins = bisect_left(self.counted, first, key=lambda counted: counted.first)
        return self.counted[begins : bisect_right(self.counted, last, key=lambda counted: counted.first)]

    def through(self, day: date) -> Costs:
        """The exact totals at the close of a day up to `on`."""
        counted = self.at(day)
        return counted.through(day) if counted else NOTHING

    def balance(self, day: date) -> Decimal:
        """Accrued costs at the close of a day: the exact sum rounded once, half up."""
        return to_the_penny(self.through(day).metered)

    @property
    def cap_reached_on(self) -> date | None:
        """The day the cap was reached, if it has been by the close of `on`."""
        return self.counted[-1].reached_on if self.counted else None


def accrue(account: CareAccount, scheme: Scheme, on: date) -> Accrual:
    """Everything that has accrued to the close of a day (Care Act 2014 s 15), exactly.

    What was posted and still stands is read. Raises NotInForce where the scheme knows no amount for a day on which
    costs accrue.
    """
    reached_when: ReachedWhen = scheme.cap.reached_when if scheme.cap else "at_or_above"
    running, posted = Running(reached_when), standing(account, scheme)
    last_days = sorted(posted)
    for stretch in days(account, scheme, on + ONE_DAY):
        for part in _cut_after(stretch, last_days):
            running.run(part)
            if settled := posted.get(part.ending_before - ONE_DAY):
                running.settle(settled)
    return Accrual(on, tuple(running.counted))


def _cut_after(stretch: Stretch[Day], last_days: Sequence[date]) -> Iterator[Stretch[Day]]:
    """The stretch, cut after each of the days, which are in order."""
    first, ending_before, value = stretch
    for last in last_days[bisect_left(last_days, first) : bisect_left(last_days, ending_before)]:
        yield Stretch(first, last + ONE_DAY, value)
        first = last + ONE_DAY
    if first < ending_before:
        yield Stretch(first, ending_before, value)
