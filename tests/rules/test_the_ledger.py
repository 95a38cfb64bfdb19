"""What each day, week or month added: lines that add up to the balance, to the penny."""

from decimal import Decimal

import pytest

from domain.account.accrual import accrue
from domain.account.lines import By, line, lines
from domain.account.state import CareAccount
from domain.schemes import Scheme
from tests.rules.asking import adjusted, in_short, ledger
from tests.rules.build import REFORM_2023, account, budget, day, needs, opening, self_funder, the_id
from tests.rules.laws import reform


def amounts(first: str, last: str, by: By) -> list[tuple[str, str, str]]:
    found = lines(accrue(self_funder(), REFORM_2023, day(last)), day(first), day(last), by)
    return [(f.from_.isoformat(), f.to.isoformat(), str(f.metered)) for f in found]


def test_months_are_calendar_months_cut_short_at_both_ends() -> None:
    """750.00 a week: 1714.29 for 16 to 31 October, 3214.28 for November, 1071.43 for 1 to 10 December."""
    assert amounts("2023-10-16", "2023-12-10", "month") == [
        ("2023-10-16", "2023-10-31", "1714.29"),
        ("2023-11-01", "2023-11-30", "3214.28"),
        ("2023-12-01", "2023-12-10", "1071.43"),
    ]


def test_february_has_a_day_more_in_a_leap_year() -> None:
    """29 days of 750.00 a week, 3107.14."""
    assert amounts("2024-02-01", "2024-02-29", "month")[0][1:] == ("2024-02-29", "3107.14")


@pytest.mark.parametrize(
    ("by", "days", "first_amount"),
    [("week", 7, "750.00"), ("four_weeks", 28, "3000.00")],
    ids=["weeks of 750.00", "four weeks of 3000.00"],
)
def test_weeks_are_counted_from_the_first_day_asked_for(by: By, days: int, first_amount: str) -> None:
    found = amounts("2023-10-04", "2023-11-30", by)
    assert (day(found[0][1]) - day(found[0][0])).days + 1 == days
    assert found[0][2] == first_amount


def test_the_last_week_ends_with_the_last_day_asked_for() -> None:
    """Ten days are a week of 750.00 and three days of 321.43."""
    assert amounts("2023-10-02", "2023-10-11", "week") == [
        ("2023-10-02", "2023-10-08", "750.00"),
        ("2023-10-09", "2023-10-11", "321.43"),
    ]


def test_three_days_are_three_lines_whose_pennies_add_up() -> None:
    """107.14, 107.15 and 107.14 are 321.43: each line is the difference of totals that were rounded once."""
    found = amounts("2023-10-02", "2023-10-04", "day")
    assert [amount for *_, amount in found] == ["107.14", "107.15", "107.14"]
    assert sum(Decimal(amount) for *_, amount in found) == Decimal("321.43")


def test_days_before_the_account_add_nothing() -> None:
    accrual = accrue(self_funder(), REFORM_2023, day("2023-10-02"))
    found = line(accrual, day("2023-09-01"), day("2023-10-01"))
    assert {found.metered, found.base, found.balance} == {Decimal(0)}


def test_a_line_shows_what_care_cost_what_of_it_never_counts_and_what_does() -> None:
    """A week in a care home: 950.00, 200.00 and 750.00, and the balance after it."""
    (found,) = ledger(self_funder(), "2023-10-09", "2023-10-15")
    shown = (found.base, found.daily_living_costs, found.metered, found.balance)
    assert [str(amount) for amount in shown] == ["950.00", "200.00", "750.00", "1500.00"]
    assert (found.kind, found.cause, found.posted) == ("accrual", None, False)


def eventful() -> CareAccount:
    """1000.00 carried in on 4 October, 100.00 a day, 50.00 and -30.00 adjusted on the 5th and the 8th."""
    found = account(needs(), budget("700.00"), opening("1000.00", "2023-10-04"))
    return adjusted(found, ("50.00", "2023-10-05"), ("-30.00", "2023-10-08"))


YEARLY = reform(adjustments={"2023-10-05": "10"})


def test_whatever_moved_the_total_at_one_stroke_is_a_line_of_its_own_in_the_order_of_the_day() -> None:
    """Openings and annual adjustments stand before their day's costs, manual adjustments after them."""
    lines_ = ledger(eventful(), "2023-10-02", "2023-10-09", YEARLY)
    assert [in_short(line) for line in lines_] == [
        ("accrual", "2023-10-02", "2023-10-03", "200.00"),
        ("opening", "2023-10-04", "2023-10-04", "800.00"),
        ("accrual", "2023-10-04", "2023-10-04", "100.00"),
        ("annual_adjustment", "2023-10-05", "2023-10-05", "110.00"),
        ("accrual", "2023-10-05", "2023-10-05", "100.00"),
        ("adjustment", "2023-10-05", "2023-10-05", "50.00"),
        ("accrual", "2023-10-06", "2023-10-08", "300.00"),
        ("adjustment", "2023-10-08", "2023-10-08", "-30.00"),
        ("accrual", "2023-10-09", "2023-10-09", "100.00"),
    ]
    assert [line.cause for line in lines_] == [None, the_id(4), None, None, None, the_id(5), None, the_id(7), None]


def test_asking_for_some_days_shows_their_lines_alone() -> None:
    """5 to 8 October: what happened on those days, and nothing of the days around them."""
    found = ledger(eventful(), "2023-10-05", "2023-10-08", YEARLY)
    assert [line.kind for line in found] == ["annual_adjustment", "accrual", "adjustment", "accrual", "adjustment"]


@pytest.mark.parametrize(
    "by",
    ["day", "week", "four_weeks", "month", "posting"],
    ids=["by day", "by week", "by four weeks", "by month", "by posting"],
)
@pytest.mark.parametrize(
    "scheme", [REFORM_2023, YEARLY, reform("1100.00")], ids=["as it is", "with 10 % added", "with a cap of 1100.00"]
)
def test_however_the_days_are_divided_the_lines_add_up_to_the_balance(by: By, scheme: Scheme) -> None:
    accrual = accrue(eventful(), scheme, day("2023-12-31"))
    found = list(lines(accrual, day("2023-10-02"), day("2023-12-31"), by))
    assert sum(line.metered for line in found) == found[-1].balance == accrual.balance(day("2023-12-31"))
    assert sum(line.base for line in found) == Decimal("9100.00")
