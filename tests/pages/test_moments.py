"""Are days, times and moments read as people write them, and is what cannot be read mended with words?"""

from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from api.pages.asked import NOBODY_KNOWS, Asked, address, known_by, read_day
from tests.conftest import NOON
from tests.pages.conftest import Kept
from tests.pages.reading import read


@pytest.mark.parametrize(
    "text", ["27/3/2026", "27 3 2026", "27-03-2026", "27.3.2026", "2026-03-27", "27 March 2026", "27 mar 2026"]
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert read_day(text) == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("31/2/2026", "There is no such day"),
        ("27 ma 2026", "Enter a day"),
        ("27 ju 2026", "Enter a day"),
        ("3/2026", "Enter a day"),
        ("tomorrow", "Enter a day"),
        ("1/1/1899", "from 1 January 1900"),
        ("٢٧/٣/٢٠٢٦", "Enter a day"),
    ],
)
def test_a_day_that_cannot_be_read_says_how_to_mend_it(text: str, mended: str) -> None:
    with pytest.raises(ValueError, match=mended):
        read_day(text)


@pytest.mark.parametrize(
    ("at", "moment"),
    [
        ("", datetime(2026, 7, 1, 22, 59, 59, 999999, UTC)),  # the end of the day in London, in summer
        ("14:30", datetime(2026, 7, 1, 13, 30, 59, 999999, UTC)),
        ("14.30", datetime(2026, 7, 1, 13, 30, 59, 999999, UTC)),
        ("14:30:15", datetime(2026, 7, 1, 13, 30, 15, 999999, UTC)),
    ],
)
def test_a_moment_is_the_last_one_that_what_was_typed_stands_for(at: str, moment: datetime) -> None:
    assert known_by(date(2026, 7, 1), at, NOON) == moment


def test_the_day_the_clocks_go_back_is_25_hours_long() -> None:
    assert known_by(date(2025, 10, 26), "", NOON) == datetime(2025, 10, 26, 23, 59, 59, 999999, UTC)
    assert known_by(date(2025, 10, 25), "", NOON) == datetime(2025, 10, 25, 22, 59, 59, 999999, UTC)


def test_as_known_today_is_as_known_now() -> None:
    assert known_by(NOON.date(), "", NOON) == NOON


@pytest.mark.parametrize(("day", "at"), [(date(2026, 11, 23), ""), (NOON.date(), "12:01"), (date(2199, 1, 1), "")])
def test_nobody_knows_the_future(day: date, at: str) -> None:
    with pytest.raises(ValueError, match=NOBODY_KNOWS):
        known_by(day, at, NOON)


@pytest.mark.parametrize("at", ["25:00", "noon", "12:60", "9"])
def test_a_time_that_cannot_be_read_says_how_to_mend_it(at: str) -> None:
    with pytest.raises(ValueError, match="24-hour clock"):
        known_by(date(2026, 1, 1), at, NOON)


@pytest.mark.parametrize("text", ["-1", "1e2", "80,5", "1000"])
def test_a_percentage_that_cannot_be_read_is_a_mistake_of_its_field(text: str) -> None:
    asked = Asked(MultiDict({"from": text}))
    assert asked.percent("from") is None
    assert list(asked.errors) == ["from"]


def test_what_is_typed_holds_no_sign_that_could_hide() -> None:
    assert Asked(MultiDict({"q": " a\x00\u202eb\n c "})).text("q") == "a b c"


def test_an_address_holds_what_was_asked_and_nothing_empty() -> None:
    assert address("/accounts", q="", metering=["capped", "closed"], page=None) == (
        "/accounts?metering=capped&metering=closed"
    )


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/accounts", "known_at=2027-01-05"),
        ("/accounts/{0}", "known_at=5/1/2027"),
        ("/accounts/{0}/costs", "known_at=5 January 2027"),
        ("/accounts/{0}/entries", "known_at=2027-01-05"),
        ("/audit/accounts", "known_at=2027-01-05"),
        ("/audit/accounts/{0}", "known_at-day=5&known_at-month=1&known_at-year=2027"),
    ],
)
def test_a_page_asked_for_a_moment_to_come_says_so_and_shows_now(
    finance: FlaskClient, kept: Kept, path: str, asked: str
) -> None:
    html = finance.get(f"{path.format(kept.mrs_a)}?{asked}")
    assert html.status_code == 422
    text = html.get_data(as_text=True)
    assert "<title>Error: " in text
    assert f'<a href="#known_at">{NOBODY_KNOWS}</a>' in text
    assert "You are looking at the past" not in text


def test_a_past_moment_is_shown_under_a_banner_with_the_way_back(finance: FlaskClient, kept: Kept) -> None:
    path = f"/accounts/{kept.mr_b}?on=2026-02-15"
    then = finance.get(f"{path}&known_at=2026-02-18").get_data(as_text=True)
    assert "cl-past" in then
    assert f'href="{path}">Go to now' in then
    words = read(finance, f"{path}&known_at=2026-02-18")
    assert "You are looking at the past This page shows what the council knew on 18 February 2026 at 11:59pm." in words
    assert "Accrued costs £42,700.00" in words
    assert "Accrued costs £43,975.00" in read(finance, path)  # 1,275.00 more was recorded on 20 February


def test_links_between_the_parts_of_an_account_carry_the_moment_on(finance: FlaskClient, kept: Kept) -> None:
    html = finance.get(f"/accounts/{kept.mr_b}?on=15/2/2026&known_at=18/2/2026").get_data(as_text=True)
    for part in ("costs", "entries", "statements"):
        assert f'href="/accounts/{kept.mr_b}/{part}?on=2026-02-15&amp;known_at=2026-02-18"' in html


def test_before_anything_was_recorded_there_is_nothing_to_show(finance: FlaskClient, kept: Kept) -> None:
    words = read(finance, f"/accounts/{kept.mr_b}?known_at=2023-09-01", 422)
    assert "Nothing was recorded of this account by then: enter 3 October 2023 or a later day" in words


@pytest.mark.parametrize(
    ("asked", "mended"),
    [
        ("from=2025-06-01&to=2025-05-01", "The last day comes before the first"),
        ("from=1900-01-01&to=2199-01-01", "more than 40 years"),
        ("from=31/2/2025", "There is no such day"),
    ],
)
def test_days_of_the_costs_that_make_no_sense_are_mended(
    finance: FlaskClient, kept: Kept, asked: str, mended: str
) -> None:
    assert mended in read(finance, f"/accounts/{kept.mr_b}/costs?{asked}", 422)
