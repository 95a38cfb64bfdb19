"""Which periods does a council's schedule give, and which of them have ended?

No provision says how often a council has to post: each decides for itself, and may decide otherwise for any day.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import takewhile
from typing import Literal, NamedTuple

from domain.dates import EARLIEST, FOREVER, ONE_DAY, Stretch, latest_in_force

Every = Literal["four_weeks", "month", "never"]

FOUR_WEEKS = timedelta(weeks=4)
A_MONTH_OR_MORE = timedelta(days=31)


class Rhythm(NamedTuple):
    """From a day on, how often: every four weeks counted from that day, every calendar month, or not at all."""

    every: Every
    effective_from: date


class Period(NamedTuple):
    """Days that are done together."""

    effective_from: date
    ending_before: date

    @property
    def last(self) -> date:
        return self.ending_before - ONE_DAY


def periods(decided: Iterable[Rhythm], since: date = EARLIEST) -> Iterator[Period]:
    """The periods from a day on, in order; `decided` is in order of recording, and what was decided last holds.

    No day is in two of them, and none is left out on which a rhythm holds: a period that began before `since` is what
    is left of it, and one in which another rhythm begins ends there.
    """
    for _, ending_before, rhythm in latest_in_force(Stretch(r.effective_from, FOREVER, r) for r in decided):
        for period in _of(rhythm, ending_before):
            if since < period.ending_before:
                yield Period(max(since, period.effective_from), period.ending_before)


def due(decided: Iterable[Rhythm], since: date, today: date) -> Iterator[Period]:
    """The periods from a day on that have ended: each is due from the day after its last."""
    return takewhile(lambda period: period.ending_before <= today, periods(decided, since))


def _of(rhythm: Rhythm, ending_before: date) -> Iterator[Period]:
    first = rhythm.effective_from
    while rhythm.every != "never" and first < ending_before:
        after = min(_after(rhythm.every, first), ending_before)
        yield Period(first, after)
        first = after


def _after(every: Literal["four_weeks", "month"], first: date) -> date:
    """The first day of the period that follows; a month ends with the calendar's, wherever in it the first begins."""
    return first + FOUR_WEEKS if every == "four_weeks" else (first.replace(day=1) + A_MONTH_OR_MORE).replace(day=1)
