"""How far may the forecast be out, by a rule that is worked out here by hand?"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from projections.cap_progress import ListedAccount
from projections.forecast_range import range_of
from tests.unit.test_forecast import CAPPED, MRS_A, ON, costs, listed


def reaching(item: ListedAccount, quarters: int = 12) -> list[date]:
    """The first day of the quarter in which somebody reaches the cap, for each of the three that have one."""
    found = range_of([item], ON, quarters, "at_or_above")
    return [quarter.first for each in found for quarter in each.quarters if quarter.reaching]


def test_whoever_is_past_the_cap_costs_a_tenth_less_or_more() -> None:
    # 675, 750 and 825 pounds a week for 20 days
    assert [costs(each) for each in range_of([CAPPED], ON, 1, "at_or_above")] == [
        [("2025-Q4", "1928.57")],
        [("2025-Q4", "2142.86")],
        [("2025-Q4", "2357.14")],
    ]


def test_whoever_will_reach_it_pays_what_remains_first() -> None:
    # the same, less the 71.43 that still count
    found = range_of([MRS_A], ON, 1, "at_or_above")
    assert [str(each.totals.cost) for each in found] == ["1857.14", "2071.43", "2285.71"]


def test_with_more_each_week_the_cap_is_reached_sooner() -> None:
    # 80,000.00 remain: 830 days at 675.00 a week, 747 at 750.00, 679 at 825.00
    item = listed("metering", "950.00", "80000.00", ON + timedelta(days=747))
    assert reaching(item) == [date(2028, 1, 1), date(2027, 10, 1), date(2027, 10, 1)]


def test_a_rule_that_wants_more_than_the_cap_wants_a_day_more() -> None:
    # 675.00 remain: 7 days at 675.00 a week reach them, and do not pass them
    item = listed("metering", "950.00", "675.00", date(2025, 12, 18))
    on = date(2025, 12, 24)  # seven days before the last of the year
    item = item.model_copy(update={"on": on, "expected_to_reach_cap_on": date(2025, 12, 31)})
    reached = [range_of([item], on, 1, rule).low.totals.reaching for rule in ("at_or_above", "above")]
    assert reached == [1, 0]


def test_who_has_no_rate_is_in_all_three_alike() -> None:
    low, middle, high = range_of([listed("closed", None), listed("capped", None)], ON, 1, "at_or_above")
    assert low == middle == high


weeks = st.integers(250_00, 3_000_00).map(lambda pence: Decimal(pence).scaleb(-2))
pence = st.integers(1, 86_000_00)


@given(week=weeks, left=pence, quarters=st.integers(1, 8))
def test_the_low_is_never_above_the_middle_nor_that_above_the_high(week: Decimal, left: int, quarters: int) -> None:
    items = [_will_reach(week, Decimal(left).scaleb(-2)), CAPPED]
    low, middle, high = range_of(items, ON, quarters, "at_or_above")
    assert low.totals.cost <= middle.totals.cost <= high.totals.cost
    assert low.totals.reaching <= middle.totals.reaching <= high.totals.reaching


def _will_reach(week: Decimal, remaining: Decimal) -> ListedAccount:
    days = ceil(Fraction(remaining) * 7 / Fraction(week - 200))
    return listed("metering", str(week), str(remaining), ON + timedelta(days=days))
