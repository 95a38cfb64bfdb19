"""Is every day of a schedule in one period, and is no period due twice or left out, whenever somebody looks?"""

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dates import EARLIEST, FOREVER
from domain.schedule import Period, Rhythm, due, periods

SPRING = date(2026, 4, 6)
FOUR_WEEKS = Rhythm("four_weeks", SPRING)
MONTHS = Rhythm("month", SPRING)

RHYTHMS = st.builds(
    Rhythm,
    st.sampled_from(("four_weeks", "month", "never")),
    st.dates(date(2025, 11, 1), date(2027, 3, 1)),
)
DAYS = st.dates(date(2025, 10, 1), date(2027, 12, 31))


def spans(found: list[Period]) -> list[tuple[str, str]]:
    return [(str(period.effective_from), str(period.last)) for period in found]


def test_four_weeks_are_counted_from_the_day_that_was_decided() -> None:
    assert spans(list(islice(periods([FOUR_WEEKS]), 3))) == [
        ("2026-04-06", "2026-05-03"), ("2026-05-04", "2026-05-31"), ("2026-06-01", "2026-06-28")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "lasts"),
    [
        ("2026-04-01", ["2026-04-30", "2026-05-31", "2026-06-30"]),
        ("2026-04-06", ["2026-04-30", "2026-05-31", "2026-06-30"]),
        ("2027-12-31", ["2027-12-31", "2028-01-31", "2028-02-29"]),
    ],
)
def test_months_are_the_calendars_and_the_first_is_what_is_left_of_it(first: str, lasts: list[str]) -> None:
    found = list(islice(periods([Rhythm("month", date.fromisoformat(first))]), 3))
    assert [str(period.last) for period in found] == lasts
    assert str(found[0].effective_from) == first


def test_a_period_is_due_from_the_day_after_its_last() -> None:
    assert list(due([FOUR_WEEKS], EARLIEST, date(2026, 5, 3))) == []
    assert spans(list(due([FOUR_WEEKS], EARLIEST, date(2026, 5, 4)))) == [("2026-04-06", "2026-05-03")]


def test_every_period_that_was_missed_is_due_in_order() -> None:
    found = list(due([FOUR_WEEKS], date(2026, 5, 4), date(2026, 8, 1)))
    assert [str(period.last) for period in found] == ["2026-05-31", "2026-06-28", "2026-07-26"]


def test_another_rhythm_begins_on_its_day_and_the_period_before_ends_there() -> None:
    found = list(islice(periods([FOUR_WEEKS, Rhythm("month", date(2026, 5, 20))]), 3))
    assert spans(found) == [("2026-04-06", "2026-05-03"), ("2026-05-04", "2026-05-19"), ("2026-05-20", "2026-05-31")]


def test_the_same_rhythm_from_another_day_is_counted_anew() -> None:
    found = list(islice(periods([FOUR_WEEKS, Rhythm("four_weeks", date(2026, 4, 20))]), 2))
    assert spans(found) == [("2026-04-06", "2026-04-19"), ("2026-04-20", "2026-05-17")]


def test_what_was_decided_last_holds_also_for_earlier_days_and_begins_where_the_last_period_ended() -> None:
    found = list(islice(periods([MONTHS, Rhythm("four_weeks", date(2026, 3, 30))], since=date(2026, 6, 1)), 2))
    assert spans(found) == [("2026-06-01", "2026-06-21"), ("2026-06-22", "2026-07-19")]


def test_nothing_is_due_where_nothing_was_decided_or_where_it_was_decided_to_stop() -> None:
    assert list(due([], EARLIEST, date(2030, 1, 1))) == []
    found = list(due([FOUR_WEEKS, Rhythm("never", date(2026, 5, 4))], EARLIEST, date(2030, 1, 1)))
    assert spans(found) == [("2026-04-06", "2026-05-03")]


def test_a_schedule_ends_where_days_do() -> None:
    *_, last = periods([Rhythm("month", date(2199, 11, 1))])
    assert last == Period(date(2199, 12, 1), FOREVER)


@given(st.lists(RHYTHMS, max_size=5), DAYS, DAYS)
def test_each_day_on_which_a_rhythm_holds_is_in_one_period_and_no_other_is_in_any(
    decided: list[Rhythm], since: date, today: date
) -> None:
    found = list(due(decided, since, today))
    assert all(earlier.ending_before <= later.effective_from for earlier, later in pairwise(found))
    in_one = {period.effective_from + timedelta(n) for period in found for n in range(_days(period))}
    reached = found[-1].ending_before if found else since
    held = {day for n in range((reached - since).days) if _holds(decided, day := since + timedelta(n))}
    assert in_one == held
    following = next(periods(decided, reached), None)
    assert following is None or following.ending_before > today


def _days(period: Period) -> int:
    return (period.ending_before - period.effective_from).days


def _holds(decided: list[Rhythm], day: date) -> bool:
    """Whether the decision recorded last, of those that reach a day, asks for anything."""
    reaching = [rhythm for rhythm in decided if rhythm.effective_from <= day]
    return bool(reaching) and reaching[-1].every != "never"


@given(st.lists(st.one_of(RHYTHMS, DAYS), max_size=30))
def test_no_day_is_done_twice_whatever_the_clock_says_and_whatever_is_decided_meanwhile(
    happens: list[Rhythm | date],
) -> None:
    """A clock may be set back or forward; whoever wakes does what is due, and remembers only what was done last."""
    decided, done = list[Rhythm](), list[Period]()
    for each in happens:
        if isinstance(each, Rhythm):
            decided.append(each)
        else:
            new = list(due(decided, done[-1].ending_before if done else EARLIEST, each))
            assert all(period.ending_before <= each for period in new)
            done += new
    assert all(earlier.ending_before <= later.effective_from for earlier, later in pairwise(done))


@given(st.sampled_from((FOUR_WEEKS, MONTHS)), st.lists(DAYS, min_size=1, max_size=20))
def test_what_is_done_is_every_period_that_ended_by_the_latest_day_any_clock_has_said(
    rhythm: Rhythm, clock: list[date]
) -> None:
    done = list[Period]()
    for today in clock:
        done += due([rhythm], done[-1].ending_before if done else EARLIEST, today)
    assert done == list(due([rhythm], EARLIEST, max(clock)))
