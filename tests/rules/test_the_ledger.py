"""What each day, week or month added: lines that add up to the balance, to the penny."""

from decimal import Decimal

import pytest

from domain.account.accrual import accrue
from domain.account.lines import By, line, lines
from tests.rules.build import REFORM_2023, day, self_funder


def amounts(first: str, last: str, by: By) -> list[tuple[str, str, str]]:
    found = lines(accrue(self_funder(), REFORM_2023, day(last)), day(first), day(last), by)
    return [(f.from_.isoformat(), f.to.isoformat(), str(f.metered)) for f in found]


def test_months_are_calendar_months_cut_short_at_both_ends() -> None:
    assert amounts("2023-10-16", "2023-12-10", "month") == [
        ("2023-10-16", "2023-10-31", "1714.29"),
        ("2023-11-01", "2023-11-30", "3214.28"),
        ("2023-12-01", "2023-12-10", "1071.43"),
    ]


@pytest.mark.parametrize(("by", "days", "first_amount"), [("week", 7, "750.00"), ("four_weeks", 28, "3000.00")])
def test_weeks_are_counted_from_the_first_day_asked_for(by: By, days: int, first_amount: str) -> None:
    found = amounts("2023-10-04", "2023-11-30", by)
    assert (day(found[0][1]) - day(found[0][0])).days + 1 == days
    assert found[0][2] == first_amount


def test_three_days_are_three_lines_whose_pennies_add_up() -> None:
    found = amounts("2023-10-02", "2023-10-04", "day")
    assert [amount for *_, amount in found] == ["107.14", "107.15", "107.14"]
    assert sum(Decimal(amount) for *_, amount in found) == Decimal("321.43")


def test_what_has_not_been_posted_stands_as_one_line() -> None:
    assert amounts("2023-10-02", "2023-10-15", "posting") == [("2023-10-02", "2023-10-15", "1500.00")]


def test_days_before_the_account_add_nothing() -> None:
    accrual = accrue(self_funder(), REFORM_2023, day("2023-10-02"))
    found = line(accrual, day("2023-09-01"), day("2023-10-01"))
    assert {found.metered, found.base, found.balance} == {Decimal(0)}
