"""How totals run on from day to day: strokes first, then what the day costs, up to the cap (Care Act 2014 s 15)."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from domain.account.daily import NOTHING, Costs, Day
from domain.account.facts import AdjustmentProposed, OpeningCarriedIn, PeriodPosted
from domain.account.figures import Metering
from domain.account.state import Entry
from domain.dates import ONE_DAY, Stretch
from domain.law.annual_adjustment import varied
from domain.law.cap import ReachedWhen, days_to_reach, is_reached
from domain.money import NIL, Fraction, to_the_penny

MoveKind = Literal["opening", "annual_adjustment", "adjustment"]


class Move(NamedTuple):
    """The totals before and after one stroke, and the entry that asked for it, where it was not the law."""

    kind: MoveKind
    before: Costs
    after: Costs
    cause: Entry | None = None


class Counted(NamedTuple):
    """A stretch of like days: what each adds, and what had been added up before it, its own strokes included.

    `moves_first` come before the first day is counted, `moves_last` after the last. `reached_on` is the day the cap
    was reached, if it has been by the close of the last day.
    """

    first: date
    ending_before: date
    day: Day
    metering: Metering
    daily: Costs
    before: Costs
    reached_on: date | None = None
    moves_first: tuple[Move, ...] = ()
    moves_last: tuple[Move, ...] = ()

    def through(self, day: date) -> Costs:
        """The exact totals at the close of a day of this stretch."""
        return self.before.and_then(self.daily, (day - self.first).days + 1)

    def counted_from(self, day: date) -> Costs:
        """The totals before a day of the stretch is counted: its own first strokes are in, the last ones are not."""
        if self.moves_last:
            return self.moves_last[0].before.and_then(self.daily, -1)
        return self.before.and_then(self.daily, (day - self.first).days)

    def counted_through(self, day: date) -> Costs:
        """The totals once a day of the stretch is counted, without the last strokes."""
        return self.moves_last[0].before if self.moves_last else self.through(day)


class Running:
    """The totals of one account on their way from day to day, and what was counted on the way."""

    def __init__(self, reached_when: ReachedWhen) -> None:
        self.counted: list[Counted] = []
        self._reached_when = reached_when
        self._reached_on: date | None = None
        self._totals = NOTHING

    def run(self, stretch: Stretch[Day]) -> None:
        """Count the days of a stretch, up to the cap where it is reached."""
        moves = tuple(self._moves_first(stretch.value))
        if stretch.value.strokes.manual:
            self._count_adjusted_day(stretch, moves)
            return
        for first, ending_before, metered in self._up_to_the_cap(stretch):
            costs = stretch.value.costs or NOTHING
            daily = costs if metered == costs.metered else costs._replace(metered=metered)
            self._add(first, ending_before, stretch.value, daily, moves)
            moves = ()

    def settle(self, posted: PeriodPosted) -> None:
        """Close the day just counted with what was posted for it, where this program would now give other totals."""
        totals = Costs(posted.totals.base, posted.totals.daily_living_costs, posted.totals.metered)
        if totals == self._totals:
            return
        self._totals, self._reached_on = totals, posted.cap_reached_on
        last = self.counted.pop()
        if last.first < posted.through:
            self.counted.append(last._replace(ending_before=posted.through))
            last = last._replace(first=posted.through, moves_first=())
        before = totals.and_then(last.daily, -1)
        self.counted.append(last._replace(before=before, reached_on=posted.cap_reached_on))

    def _moves_first(self, day: Day) -> Iterator[Move]:
        """Openings fix the totals, annual adjustments vary accrued costs, and neither leaves them above the cap."""
        for entry in day.strokes.openings:
            yield self._open(entry)
        for adjustment in day.strokes.annual:
            balance = varied(to_the_penny(self._totals.metered), adjustment.percentage)
            yield self._move("annual_adjustment", self._totals._replace(metered=Fraction(balance)))
        if day.cap is not None and self._totals.metered > _exact_cap(day.cap):
            yield self._move("adjustment", self._totals._replace(metered=_exact_cap(day.cap)))

    def _open(self, entry: Entry) -> Move:
        """What was carried in stands for all that came before, the cap included."""
        opening = entry.fact
        assert isinstance(opening, OpeningCarriedIn)  # strokes hold nothing else as an opening
        self._reached_on = None
        metered, apart = Fraction(opening.accrued_costs), Fraction(opening.daily_living_costs)
        return self._move("opening", self._totals._replace(metered=metered, daily_living_costs=apart), entry)

    def _move(self, kind: MoveKind, after: Costs, cause: Entry | None = None) -> Move:
        move = Move(kind, self._totals, after, cause)
        self._totals = after
        return move

    def _up_to_the_cap(self, stretch: Stretch[Day]) -> Iterator[tuple[date, date, Fraction]]:
        """The stretch with what a day of it counts, cut where the cap is reached.

        The day that reaches it counts only what remained, later days nothing.
        """
        first, ending_before, day = stretch
        metered = NIL if self._reached_on or day.costs is None else day.costs.metered
        needed = None if self._reached_on else self._days_to_reach(day, metered, stretch.days)
        if needed is None:
            yield first, ending_before, metered
            return
        reached_on = first + timedelta(days=needed - 1)
        remaining = max(NIL, _exact_cap(day.cap) - self._totals.metered - metered * (needed - 1))
        if first < reached_on:
            yield first, reached_on, metered
        self._reached_on = reached_on
        yield reached_on, reached_on + ONE_DAY, remaining
        if reached_on + ONE_DAY < ending_before:
            yield reached_on + ONE_DAY, ending_before, NIL

    def _days_to_reach(self, day: Day, metered: Fraction, days: int) -> int | None:
        """Which of so many days reaches the cap, counted from 1; None when none does. A closed account reaches none."""
        total = self._totals.metered
        if not self._reaches(day, total + metered * days):
            return None
        return max(days_to_reach(total, metered, _exact_cap(day.cap), self._reached_when) or 1, 1)

    def _count_adjusted_day(self, stretch: Stretch[Day], moves: tuple[Move, ...]) -> None:
        """A day to whose total manual adjustments are added. They may reach the cap, or lead back from it."""
        day, was_reached = stretch.value, self._reached_on
        costs = day.costs or NOTHING
        asked = sum((_amount(entry) for entry in day.strokes.manual), start=NIL)
        metered = NIL if was_reached else costs.metered
        if not was_reached and self._reaches(day, max(NIL, self._totals.metered + metered + asked)):
            self._reached_on = stretch.first
            metered = min(metered, max(NIL, _exact_cap(day.cap) - self._totals.metered - asked))
        daily = costs._replace(metered=metered)
        last = tuple(_adjusted(self._totals.and_then(daily, 1), day))
        if was_reached and last[-1].after.metered < self._totals.metered:
            self._reached_on = None  # below the cap again, so costs count again from the next day on
        self._totals = last[-1].after.and_then(daily, -1)
        self._add(stretch.first, stretch.ending_before, day, daily, moves, last)

    def _reaches(self, day: Day, total: Fraction) -> bool:
        if day.cap is None or day.metering == "closed":
            return False
        return is_reached(total, _exact_cap(day.cap), self._reached_when)

    def _add(
        self,
        first: date,
        ending_before: date,
        day: Day,
        daily: Costs,
        moves_first: tuple[Move, ...],
        moves_last: tuple[Move, ...] = (),
    ) -> None:
        """Take a stretch down, or make the last one longer where nothing at all has changed."""
        word = "capped" if self._reached_on and day.metering != "closed" else day.metering
        counted = Counted(
            first, ending_before, day, word, daily, self._totals, self._reached_on, moves_first, moves_last
        )
        self._totals = counted.through(ending_before - ONE_DAY)
        last = self.counted[-1] if self.counted else None
        if last and last.day is day and (last.daily, last.reached_on) == (daily, self._reached_on):
            self.counted[-1] = last._replace(ending_before=ending_before)
        else:
            self.counted.append(counted)


@lru_cache(maxsize=256)  # a Decimal beside a Fraction is dear, and the cap is asked for at every stretch
def _exact_cap(cap: Decimal | None) -> Fraction:
    return Fraction(cap or 0)


def _amount(entry: Entry) -> Fraction:
    assert isinstance(entry.fact, AdjustmentProposed)  # strokes hold nothing else as a manual adjustment
    return Fraction(entry.fact.amount)


def _adjusted(totals: Costs, day: Day) -> Iterator[Move]:
    """What each manual adjustment makes of a day's total, which stays between nil and the cap in force."""
    asked = totals.metered
    for entry in day.strokes.manual:
        asked += _amount(entry)
        metered = max(NIL, asked if day.cap is None else min(asked, _exact_cap(day.cap)))
        after = totals._replace(metered=metered)
        yield Move("adjustment", totals, after, entry)
        totals = after
