"""Are money, days and lengths of time said the way people say them, and is what would mislead refused?"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.words import counted, day, pounds, span, weeks_and_days


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("312.50", "£312.50"),
        (Decimal("1234567.8"), "£1,234,567.80"),
        ("-5.00", "-£5.00"),
        ("0.00", "£0.00"),
        ("-0.00", "£0.00"),
    ],
)
def test_money_has_its_pennies_its_commas_and_its_minus(amount: str | Decimal, words: str) -> None:
    assert pounds(amount) == words


def test_a_part_of_a_penny_is_refused_since_a_page_never_rounds() -> None:
    with pytest.raises(ValueError, match="whole pennies"):
        pounds("0.005")


@pytest.mark.parametrize("amount", [0.1, 1, True, None])
def test_a_figure_that_came_through_a_float_is_never_shown(amount: object) -> None:
    with pytest.raises(TypeError):
        pounds(amount)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "twelve"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match=r"finite|number"):
        pounds(amount)


def test_an_instant_is_not_taken_for_a_day() -> None:
    with pytest.raises(TypeError, match="instant"):
        day(datetime(2026, 9, 30, 23, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "0 days"), (1, "1 day"), (6, "6 days"), (7, "1 week"), (8, "1 week and 1 day"), (185, "26 weeks and 3 days")],
)
def test_a_length_of_time_is_said_in_weeks_and_days(days: int, words: str) -> None:
    assert weeks_and_days(days) == words


def test_a_length_of_time_is_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        weeks_and_days(-1)


def test_numbers_have_their_commas_and_their_noun() -> None:
    assert [counted(1, "account"), counted(12482, "account"), counted(2, "entry", "entries")] == [
        "1 account",
        "12,482 accounts",
        "2 entries",
    ]


def test_some_days_are_said_by_their_first_and_last_and_one_day_by_itself() -> None:
    assert span(date(2026, 2, 1), date(2026, 3, 31)) == "1 February 2026 to 31 March 2026"
    assert span(date(2026, 2, 1), date(2026, 2, 1)) == day("2026-02-01") == "1 February 2026"
