"""How days, instants and half-open spans are written and laid over each other."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from heapq import heappop, heappush
from itertools import pairwise
from typing import Annotated, Any, Final, Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import date_schema

from domain.reading import InJson, refusing, text

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
FOREVER = date(2200, 1, 1)
"""Where a span without an end stops being looked at: past every day that can be asked for."""
EARLIEST = date(1900, 1, 1)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)

T = TypeVar("T")


_NO_DAY: Final = ("day", 'Write the day as text, year first, for example "2026-04-01".')
_NO_SUCH_DAY: Final = ("day_impossible", "There is no such day: check the month and the day.")
_DAY_OUT_OF_RANGE: Final = ("day_range", "Give a day from 1900-01-01 to 2199-12-31.")


def _day(value: Any) -> date:
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            value = date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError(*_NO_SUCH_DAY) from None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise PydanticCustomError(*_NO_DAY)
    if not EARLIEST <= value < FOREVER:
        raise PydanticCustomError(*_DAY_OUT_OF_RANGE)
    return value


def _instant(value: Any) -> datetime:
    try:
        if isinstance(value, str) and _INSTANT.fullmatch(value):
            value = datetime.fromisoformat(value)
        if isinstance(value, datetime) and value.tzinfo is not None:
            return value.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise PydanticCustomError(
        "instant", 'Write the instant with its offset from UTC, for example "2026-04-01T09:00:00.123456Z".'
    )


def instant_text(instant: datetime) -> str:
    """The instant in UTC by RFC 3339, its microseconds kept, so that equal instants read the same."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


Day = Annotated[
    date,
    BeforeValidator(_day),
    InJson(
        refusing(text(_DAY.pattern), *_NO_DAY),
        refusing(date_schema(strict=False), *_NO_SUCH_DAY),
        refusing(date_schema(strict=False, ge=EARLIEST, lt=FOREVER), *_DAY_OUT_OF_RANGE),
    ),
    PlainSerializer(date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-04-01"]}),
]
"""A calendar day in Europe/London."""

Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    PlainSerializer(instant_text, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-04-01T09:00:00.123456Z"]}),
]
"""A moment of knowledge, in UTC."""


def day_in_london(instant: datetime) -> date:
    """The calendar day that an instant falls on in England."""
    return instant.astimezone(LONDON).date()


class Stretch(NamedTuple, Generic[T]):
    """Days from `first` up to but not including `ending_before`, on which `value` holds."""

    first: date
    ending_before: date
    value: T

    @property
    def days(self) -> int:
        return (self.ending_before - self.first).days


def latest_in_force(recorded: Iterable[Stretch[T]]) -> list[Stretch[T]]:
    """What holds on each day when, of the spans that cover a day, the one recorded last wins.

    `recorded` is in order of recording. Days that no span covers are left out. A later span with an end lets the
    earlier one resume after it. One sweep over the sorted edges, so that six thousand facts cost milliseconds.
    """
    spans = list(recorded)
    starting = sorted(range(len(spans)), key=lambda n: spans[n].first)
    edges = sorted({edge for span in spans for edge in (span.first, span.ending_before)})
    covering: list[int] = []  # a heap of negated order of recording: the latest on top
    found: list[Stretch[T]] = []
    next_start = 0
    for edge, next_edge in pairwise(edges):
        while next_start < len(starting) and spans[starting[next_start]].first <= edge:
            heappush(covering, -starting[next_start])
            next_start += 1
        while covering and spans[-covering[0]].ending_before <= edge:
            heappop(covering)
        if covering:
            _extend(found, Stretch(edge, next_edge, spans[-covering[0]].value))
    return found


def _extend(found: list[Stretch[T]], stretch: Stretch[T]) -> None:
    if found and found[-1].ending_before == stretch.first and found[-1].value is stretch.value:
        stretch = Stretch(found.pop().first, stretch.ending_before, stretch.value)
    found.append(stretch)


def laid_together(
    layers: Sequence[Sequence[Stretch[Any]]], first: date, ending_before: date
) -> Iterator[Stretch[tuple[Any, ...]]]:
    """The days from `first` to `ending_before`, cut wherever any layer changes, with each layer's value or None."""
    changes: defaultdict[date, dict[int, Any]] = defaultdict(dict)
    for n, layer in enumerate(layers):
        for stretch in layer:
            changes[stretch.first][n] = stretch.value
            changes[stretch.ending_before].setdefault(n, None)  # unless the next stretch begins that day
    values: list[Any] = [None] * len(layers)
    for day in sorted(day for day in changes if day < ending_before):
        if first < day:
            yield Stretch(first, day, tuple(values))
            first = day
        for n, value in changes[day].items():
            values[n] = value
    if first < ending_before:
        yield Stretch(first, ending_before, tuple(values))
