"""What does care beyond the cap cost, quarter by quarter, by the rule that is written down?"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from domain.account.figures import WeeklyRate
from projections.cap_progress import ListedAccount
from projections.forecast import Forecast, foreseen

ON = date(2025, 12, 11)


def listed(metering: Any, weekly: str | None, remaining: str = "0.00", expected: date | None = None) -> ListedAccount:
    """An item of the list: what a week costs, 200.00 of it daily living costs, and what remains to a cap of 86,000."""
    rate = None
    if weekly is not None:
        metered = Decimal("0.00") if metering == "capped" else Decimal(weekly) - 200
        rate = WeeklyRate(base=Decimal(weekly), daily_living_costs=Decimal("200.00"), metered=metered)
    return ListedAccount(
        account_id=str(uuid4()),
        reference="CA-7K3M-92QX",
        on=ON,
        cap=Decimal("86000.00"),
        accrued_costs=Decimal("86000.00") - Decimal(remaining),
        remaining=Decimal(remaining),
        percent="0.00",
        daily_living_costs=Decimal("0.00"),
        weekly_rate=rate,
        metering=metering,
        cap_reached_on=None,
        expected_to_reach_cap_on=expected,
    )


MRS_A = listed("metering", "950.00", "71.43", date(2025, 12, 12))
CAPPED = listed("capped", "950.00")


def costs(found: Forecast) -> list[tuple[str, str]]:
    return [(quarter.quarter, str(quarter.cost)) for quarter in found.quarters]


def test_whoever_is_past_the_cap_costs_a_seventh_of_their_week_each_day() -> None:
    # 750 / 7 for 20 days, then 90 more: 2,142.857142... and 11,785.714285...
    assert costs(foreseen([CAPPED], ON, 2)) == [("2025-Q4", "2142.86"), ("2026-Q1", "9642.85")]


def test_whoever_reaches_it_costs_what_is_above_what_remained() -> None:
    # 20 days make 2,142.857142..., of which 71.43 still counts
    found = foreseen([MRS_A], ON, 2)
    assert costs(found) == [("2025-Q4", "2071.43"), ("2026-Q1", "9642.85")]
    assert [(quarter.reaching, quarter.past_cap) for quarter in found.quarters] == [(1, 1), (0, 1)]


def test_the_first_quarter_begins_the_day_after_and_ends_with_its_quarter() -> None:
    days = [(q.quarter, q.first, q.last) for q in foreseen([], date(2025, 12, 30), 3).quarters]
    assert days == [
        ("2025-Q4", date(2025, 12, 31), date(2025, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
    ]
    on_the_last_day = foreseen([], date(2025, 12, 31), 1).quarters
    assert [(q.quarter, q.first) for q in on_the_last_day] == [("2026-Q1", date(2026, 1, 1))]


def test_nothing_is_foreseen_of_days_that_cannot_be_written() -> None:
    assert [q.last for q in foreseen([], date(2199, 11, 1), 8).quarters] == [date(2199, 12, 31)]
    assert foreseen([], date(2199, 12, 31), 8).quarters == ()


def test_who_has_no_date_is_counted_by_why_and_costs_nothing() -> None:
    free = listed("metering", "200.00", "500.00")
    found = foreseen([listed("paused", None), listed("closed", None), free, CAPPED, MRS_A], ON, 1)
    assert found.without_date == {"closed": 1, "metering": 1, "paused": 1}
    assert (found.accounts, found.past_cap, found.expected, found.later) == (5, 1, 1, 0)
    assert costs(found) == [("2025-Q4", "4214.28")]  # 2,142.857142... and 2,071.427142... are rounded together


def test_in_a_break_past_the_cap_nothing_is_paid() -> None:
    assert costs(foreseen([listed("capped", None)], ON, 1)) == [("2025-Q4", "0.00")]


def test_whoever_reaches_it_after_the_last_quarter_is_counted_as_later() -> None:
    found = foreseen([listed("metering", "950.00", "80000.00", date(2027, 12, 28))], ON, 4)
    assert (found.expected, found.later, found.totals.reaching, found.totals.cost) == (1, 1, 0, Decimal(0))


weeks = st.integers(200_00, 3_000_00).map(lambda pence: Decimal(pence).scaleb(-2))
people = st.lists(st.tuples(weeks, st.integers(0, 300_000_00)), max_size=30)


@given(drawn=people, quarters=st.integers(1, 12))
def test_the_quarters_add_up_to_one_sum_rounded_once(drawn: Sequence[tuple[Decimal, int]], quarters: int) -> None:
    items = [listed("capped", str(week)) for week, _ in drawn]
    found = foreseen(items, ON, quarters)
    days = (found.quarters[-1].last - ON).days
    pence = sum((int((week - 200) * 100) * days for week, _ in drawn), 0)
    assert found.totals.cost == Decimal((2 * pence + 7) // 14).scaleb(-2)
    assert sum((quarter.cost for quarter in found.quarters), Decimal(0)) == found.totals.cost
