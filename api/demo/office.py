"""When does an office write something down?"""

from datetime import UTC, date, datetime, timedelta
from random import Random

from domain.dates import LONDON, ONE_DAY

SATURDAY = 5
OPENS, CLOSES = 8 * 60 + 40, 17 * 60  # minutes after midnight in London
_HOLIDAYS = {(12, 25), (12, 26), (1, 1)}


def working_day(day: date) -> date:
    """The day itself or the next on which the office is open."""
    while day.weekday() >= SATURDAY or (day.month, day.day) in _HOLIDAYS:
        day += ONE_DAY
    return day


def written_down(day: date, rng: Random, after: datetime | None = None) -> datetime:
    """A moment in office hours, on the day or the first working day that follows, and later than `after`."""
    minute = timedelta(minutes=rng.randrange(OPENS, CLOSES), seconds=rng.randrange(60))
    at = _midnight(working_day(day)) + minute + timedelta(microseconds=rng.randrange(1_000_000))
    if after and at <= after:
        at = after + timedelta(minutes=rng.randrange(2, 12), seconds=rng.randrange(60))
    return at.astimezone(UTC)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)
