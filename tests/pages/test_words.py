"""Are money, days, moments and shares said the way people say them?"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from api.pages.words import day, day_of, instant, month, percent, whole_pounds


def test_a_share_is_rounded_down_so_that_the_cap_is_never_said_to_be_reached_early() -> None:
    assert [percent(share) for share in ("16.97", "99.99", "100.00", "0.99")] == ["16%", "99%", "100%", "0%"]


def test_the_axis_of_a_chart_shows_whole_pounds() -> None:
    assert whole_pounds(Decimal("64592.59")) == "£64,592"


def test_a_day_is_written_in_full_from_a_date_or_from_the_api() -> None:
    assert day(date(2026, 9, 30)) == day("2026-09-30") == "30 September 2026"
    assert month("2026-09-30") == "September 2026"


def test_an_instant_is_said_as_the_clock_in_london_showed_it() -> None:
    assert instant("2026-10-02T09:00:00.123456Z") == "2 October 2026 at 10:00am"
    assert instant(datetime(2026, 12, 2, 15, 5, tzinfo=UTC)) == "2 December 2026 at 3:05pm"


def test_half_past_eleven_at_night_in_universal_time_is_the_next_day_in_a_london_summer() -> None:
    assert instant("2026-06-30T23:30:00Z") == "1 July 2026 at 12:30am"
    assert day_of("2026-06-30T23:30:00Z") == "1 July 2026"


def test_noon_and_midnight_are_named() -> None:
    assert instant("2026-01-05T12:00:00Z") == "5 January 2026 at 12:00pm (midday)"
    assert instant("2026-01-05T00:00:00Z") == "5 January 2026 at 12:00am (midnight)"


def test_an_instant_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        instant("2026-01-05T12:00:00")
