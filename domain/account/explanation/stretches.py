"""What did each stretch of days, and each stroke among them, add to a total?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.account.accrual import Accrual
from domain.account.explanation import sums, words
from domain.account.explanation.days import made_of
from domain.account.explanation.node import NO_POUNDS, Explained, adding_up
from domain.account.explanation.strokes import strokes_first, strokes_last
from domain.account.explanation.total import Total, change, of
from domain.account.facts import AccountClosed, PeriodPosted
from domain.account.running import Counted
from domain.account.state import CareAccount, Entry
from domain.dates import ONE_DAY
from domain.law import provisions
from domain.money import to_the_penny
from domain.schemes import CapRules
from domain.words import pounds


@dataclass(frozen=True)
class Stretches:
    """The days of an account, ready to be told as the parts of one of its totals; without `rules` nothing counts."""

    account: CareAccount
    rules: CapRules | None
    accrual: Accrual
    total: Total

    def since(self, first: date) -> Iterator[Explained]:
        """What the days from `first` to the end of the accrual added, in order, to the penny."""
        for counted in self.accrual.counted:
            if counted.ending_before > first:
                yield from self._whole(counted, max(first, counted.first))

    def _whole(self, counted: Counted, first: date) -> Iterator[Explained]:
        """The strokes of the first day, the days, the strokes of the last day, and what a posting kept otherwise."""
        found: list[Explained] = []
        last = counted.ending_before - ONE_DAY
        if self.rules and first == counted.first:
            found += strokes_first(self.account, self.rules, counted, self.total)
        found.append(self._days(counted, first, last))
        if self.rules:
            found += strokes_last(self.account, self.rules, counted, self.total)
        yield from found
        told = sum((part.amount or NO_POUNDS for part in found), NO_POUNDS)
        kept = change(self.accrual.through(first - ONE_DAY), counted.through(last), self.total) - told
        if kept:
            yield self._posted(first, kept)

    def _days(self, counted: Counted, first: date, last: date) -> Explained:
        days = (last - first).days + 1
        told = words.days_counted if self.total == "metered" else words.days_set_apart
        amount = change(counted.counted_from(first), counted.counted_through(last), self.total)
        return Explained(
            figure="days",
            amount=amount,
            words=told(counted, first, last),
            arithmetic=self._arithmetic(counted, days),
            first=first,
            last=last,
            days=days,
            entries=tuple(str(entry.id) for entry in self._rests_on(counted)),
            provision=provisions.DAYS[counted.metering],
            children=adding_up(amount, made_of(counted, self.rules, days, self.total) if self.rules else ()),
        )

    def _arithmetic(self, counted: Counted, days: int) -> str:
        daily = of(counted.daily, self.total)
        if self.total == "metered" and counted.metering == "capped" and daily:
            before = to_the_penny(counted.counted_from(counted.first).metered)
            return f"at most {sums.less(counted.day.cap or NO_POUNDS, before)}"
        return sums.times(sums.a_day(daily), days) if daily else "0.00"

    def _rests_on(self, counted: Counted) -> tuple[Entry, ...]:
        if counted.metering != "closed":
            return counted.day.rests_on
        closures = [entry for entry, closed in self.account.of(AccountClosed) if closed.on < counted.first]
        return tuple(closures[-1:])  # the day is closed, so nothing recorded later opened it again

    def _posted(self, day: date, kept: Decimal) -> Explained:
        """What was posted up to a day is read, also where this program would now work out something else."""
        postings = [entry for entry, posted in self.account.of(PeriodPosted) if posted.through == day]
        return Explained(
            figure="posted",
            amount=kept,
            words=f"What we reported of the days up to here still stands, which changes the total by {pounds(kept)}.",
            first=day,
            last=day,
            entries=tuple(str(entry.id) for entry in postings),
            provision=provisions.THE_ACCOUNT,
        )
