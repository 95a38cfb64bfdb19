"""Do the charts show what the figures say, and never more?"""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from api.pages.charts import WHOLE, bars, part, step_chart

money = st.decimals(min_value=0, max_value=1_000_000, places=2)


@given(balances=st.lists(money, max_size=60), cap=st.decimals(min_value="0.01", max_value=1_000_000, places=2))
def test_every_step_stays_in_the_frame_and_starts_where_the_last_one_ended(
    balances: list[Decimal], cap: Decimal
) -> None:
    steps = step_chart([(date(2026, 1, 31), balance) for balance in balances], cap).steps
    assert len(steps) == len(balances)
    assert all(0 <= step.left < step.right <= WHOLE and 0 <= step.top <= WHOLE for step in steps)
    assert all((before.right, before.top) == (after.left, after.riser) for before, after in pairwise(steps))


def test_a_step_is_as_high_as_its_share_of_the_cap() -> None:
    half, all_of_it = step_chart([(date(2026, 1, 31), "43000.00"), (date(2026, 2, 28), "86000.00")], "86000.00").steps
    assert (half.height, all_of_it.height) == (Decimal(50), Decimal(100))


def test_a_balance_a_penny_below_the_cap_does_not_reach_the_line() -> None:
    assert part(Decimal("85999.99"), Decimal("86000.00")) < WHOLE


def test_the_axis_runs_from_the_cap_down_to_nothing() -> None:
    chart = step_chart([(date(2025, 10, 31), "0.00"), (date(2026, 9, 30), "14600.00")], "86000.00")
    assert chart.levels == ("£86,000", "£64,500", "£43,000", "£21,500", "£0")
    assert chart.periods == ("October 2025", "September 2026")


def test_one_month_is_named_once_and_no_month_is_an_empty_chart() -> None:
    assert step_chart([(date(2026, 1, 31), "5.00")], "86000.00").periods == ("January 2026",)
    assert step_chart([], "86000.00").steps == ()


@given(values=st.lists(st.integers(0, 10_000).map(Decimal), max_size=40))
def test_bars_begin_at_nothing_and_the_longest_fills_the_width(values: list[Decimal]) -> None:
    found = bars([(f"quarter {n}", str(value), value) for n, value in enumerate(values)])
    assert [bar.value for bar in found] == [str(value) for value in values]
    assert all(
        0 <= bar.length <= WHOLE and (bar.length == 0 or value) for bar, value in zip(found, values, strict=True)
    )
    assert not any(values) or max(bar.length for bar in found) == WHOLE
