"""Does the reference of deferred payments say what a person with a pencil says?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from .deferred import Paid, Reckoned, Terms, reckon

FIRST = date(2019, 1, 1)
HIGHEST: dict[date, str | None] = {
    date(2019, 1, 1): "3.65",
    date(2019, 7, 1): "1.825",
    date(2020, 1, 1): "3.66",
    date(2020, 7, 1): None,
}
SIMPLE = Terms(FIRST, "none", told=True, paid_separately=False, stated={})


def shown(found: Reckoned) -> tuple[str, str]:
    interest, owed = (Decimal(pounds.numerator) / pounds.denominator for pounds in found)
    return f"{interest:.2f}", f"{owed:.2f}"


@pytest.mark.parametrize(
    ("on", "interest", "owed"),
    [
        (date(2019, 1, 1), "3.65", "36503.65"),
        (date(2019, 6, 30), "660.65", "37160.65"),  # 181 days of 3.65
        (date(2019, 7, 1), "662.48", "37162.48"),  # and one of 1.825: 662.475
        (date(2019, 12, 31), "996.45", "37496.45"),  # 660.65 + 184 x 1.825
        (date(2020, 1, 1), "1000.10", "37500.10"),  # + 36500 x 3.66 / 36600 = 3.65
        (date(2020, 12, 31), "1660.75", "38160.75"),  # 182 days of 3.65, and then no rate is known
    ],
)
def test_simple_interest_day_by_day(on: date, interest: str, owed: str) -> None:
    assert shown(reckon(SIMPLE, [Paid(FIRST, "36500.00")], HIGHEST, on)) == (interest, owed)


@pytest.mark.parametrize(("days", "interest"), [(1, "3.65"), (2, "7.30"), (60, "219.65")])
def test_daily_interest_bears_interest_the_next_day(days: int, interest: str) -> None:
    """After 60 days 36500.00 x (1.0001 ^ 60 - 1), which is 65 pence more than 60 times 3.65."""
    terms = Terms(FIRST, "daily", told=True, paid_separately=False, stated={})
    found = reckon(terms, [Paid(FIRST, "36500.00")], HIGHEST, FIRST + timedelta(days=days - 1))
    assert shown(found)[0] == interest


def test_interest_added_in_july_bears_interest_from_july_on() -> None:
    terms = Terms(FIRST, "half_yearly", told=True, paid_separately=False, stated={})
    found = reckon(terms, [Paid(FIRST, "36500.00")], HIGHEST, date(2019, 7, 1))
    assert shown(found)[0] == "662.51"  # 660.65 + 37160.65 x 0.00005 = 1.8580


def test_a_stated_rate_is_charged_where_it_is_lower() -> None:
    terms = Terms(FIRST, "none", told=True, paid_separately=False, stated={FIRST: "1", date(2019, 1, 3): "9"})
    found = reckon(terms, [Paid(FIRST, "36500.00")], HIGHEST, date(2019, 1, 3))
    assert shown(found)[0] == "5.65"  # 1.00 and 1.00, then no more than 3.65


@pytest.mark.parametrize(("told", "separately", "owed"), [(False, False, "36500.00"), (True, True, "36500.00")])
def test_interest_not_told_of_or_paid_separately_is_not_owed(told: bool, separately: bool, owed: str) -> None:
    terms = Terms(FIRST, "none", told=told, paid_separately=separately, stated={})
    assert shown(reckon(terms, [Paid(FIRST, "36500.00")], HIGHEST, date(2019, 1, 31)))[1] == owed


def test_repaying_takes_what_bears_interest_first_and_the_last_penny_ends_it() -> None:
    paid = [Paid(FIRST, "36500.00"), Paid(date(2019, 1, 11), "-36520.00")]
    assert shown(reckon(SIMPLE, paid, HIGHEST, date(2019, 12, 31))) == ("36.50", "16.50")
    assert shown(reckon(SIMPLE, [*paid, Paid(date(2019, 2, 1), "-16.50")], HIGHEST, date(2019, 12, 31))) == (
        "36.50",
        "0.00",
    )
