"""How days, instants and spans are read and laid over each other."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.dates import Day, Instant, Stretch, day_in_london, laid_together, latest_in_force

day: TypeAdapter[date] = TypeAdapter(Day)
instant: TypeAdapter[datetime] = TypeAdapter(Instant)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("2023-02-30", "There is no such day"),
        ("0000-00-00", "There is no such day"),
        ("1899-12-31", "Give a day from 1900-01-01"),
        ("2200-01-01", "Give a day from 1900-01-01"),
        ("2023-2-3", "Write the day as text"),
        ("2023-10-02T00:00:00", "Write the day as text"),
        (0, "Write the day as text"),
        (datetime(2023, 10, 2, tzinfo=UTC), "Write the day as text"),
        (None, "Write the day as text"),
    ],
)
def test_what_is_no_day_is_refused_with_how_to_write_one(value: Any, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        day.validate_python(value)


@pytest.mark.parametrize(
    "text",
    ["2026-04-01T09:00:00Z", "2026-04-01T10:00:00+01:00", "2026-04-01T09:00:00.000000Z", "2026-04-01T09:00:00.0Z"],
)
def test_equal_instants_are_written_alike(text: str) -> None:
    assert instant.dump_json(instant.validate_python(text)) == b'"2026-04-01T09:00:00.000000Z"'


def test_an_instant_keeps_its_microseconds() -> None:
    assert instant.validate_python("2026-04-01T09:00:00.123456Z").microsecond == 123456


@pytest.mark.parametrize(
    "value", ["2026-04-01T09:00:00", "2026-04-01", "2026-04-01T25:00:00Z", "0001-01-01T00:00:00+14:00", 0,
              datetime(2026, 4, 1), None]  # noqa: DTZ001 - the naive one is the point
)  # fmt: skip
def test_an_instant_without_its_offset_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError, match="Write the instant with its offset from UTC"):
        instant.validate_python(value)


def test_an_hour_before_midnight_utc_in_summer_is_the_next_day_in_england() -> None:
    assert day_in_london(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert day_in_london(datetime(2026, 6, 30, 23, 30, tzinfo=timezone(timedelta(hours=1)))) == date(2026, 6, 30)


FIRST = date(2024, 1, 1)


def span(first: int, end: int, value: str) -> Stretch[str]:
    return Stretch(FIRST + timedelta(days=first), FIRST + timedelta(days=end), value)


spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 15), st.integers(0, 3)).map(
        lambda t: span(t[0], t[0] + t[1], str(t[2]))
    )
)


@given(spans)
def test_on_every_day_the_span_recorded_last_of_those_that_cover_it_holds(recorded: list[Stretch[str]]) -> None:
    found = latest_in_force(recorded)
    for offset in range(50):
        on = FIRST + timedelta(days=offset)
        covering = [s.value for s in recorded if s.first <= on < s.ending_before]
        holding = [s.value for s in found if s.first <= on < s.ending_before]
        assert holding == covering[-1:]


@given(spans)
def test_what_holds_comes_in_order_without_overlaps_or_empty_stretches(recorded: list[Stretch[str]]) -> None:
    found = latest_in_force(recorded)
    assert all(s.days > 0 for s in found)
    assert all(a.ending_before <= b.first for a, b in pairwise(found))


@given(spans, spans)
def test_layers_laid_together_cover_every_day_once_with_the_value_of_each(
    one: list[Stretch[str]], other: list[Stretch[str]]
) -> None:
    layers = [latest_in_force(one), latest_in_force(other)]
    end = FIRST + timedelta(days=50)
    laid = list(laid_together(layers, FIRST, end))
    assert sum(s.days for s in laid) == 50
    for s in laid:
        expected = tuple(
            next((p.value for p in layer if p.first <= s.first < p.ending_before), None) for layer in layers
        )
        assert s.value == expected


def test_no_days_lie_between_a_day_and_itself() -> None:
    assert list(laid_together([], FIRST, FIRST)) == []
