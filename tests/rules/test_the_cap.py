"""When the cap is reached, and what holds from then on (Care Act 2014 s 15(1))."""

from datetime import date
from decimal import Decimal

import pytest

from domain.account.accrual import accrue
from domain.law.cap import ReachedWhen, days_to_reach
from domain.money import Fraction
from tests.rules.asking import in_short, ledger
from tests.rules.build import (
    REFORM_2023,
    account,
    accrued,
    away,
    budget,
    closed,
    contribution,
    day,
    needs,
    progress,
    self_funder,
)
from tests.rules.laws import reform


def test_the_day_that_reaches_the_cap_counts_only_what_remained() -> None:
    """750.00 a week from 2 October 2023: 85928.57 by 11 December 2025, and 71.43 of the 107.14 of the 12th."""
    accrual = accrue(self_funder("950.00"), REFORM_2023, on=date(2025, 12, 12))
    last_day = accrual.counted[-1].daily
    assert accrual.cap_reached_on == date(2025, 12, 12)
    assert accrual.balance(date(2025, 12, 12)) - accrual.balance(date(2025, 12, 11)) == Decimal("71.43")
    assert last_day.metered == Fraction(500, 7)  # exactly 71 and three sevenths


def test_nothing_counts_after_the_cap_but_daily_living_costs_go_on() -> None:
    """86000.00 on 12 December and a week later, with 200.00 of daily living costs more (s 15(7))."""
    found = self_funder("950.00")
    before, after = progress(found, "2025-12-12"), progress(found, "2025-12-19")
    assert (before.accrued_costs, after.accrued_costs) == (Decimal("86000.00"), Decimal("86000.00"))
    assert after.daily_living_costs - before.daily_living_costs == Decimal("200.00")


def test_a_week_that_crosses_the_cap_counts_up_to_it_only() -> None:
    """85800.00, then a week that would count 500.00: 86000.00."""
    almost = account(
        needs(),
        budget("85800.00", ending_before="2023-10-09"),
        budget("700.00", "2023-10-09", setting="care_home"),
    )
    assert [accrued(almost, on) for on in ("2023-10-08", "2023-10-15")] == ["85800.00", "86000.00"]


def test_500_pounds_a_week_reach_86000_after_172_weeks() -> None:
    """700.00 a week in a care home, 200.00 set apart: on 17 January 2027."""
    found = progress(self_funder("700.00"), "2023-10-02")
    assert found.expected_to_reach_cap_on == date(2027, 1, 17)  # the last day of the 172nd week


def test_the_percentage_is_rounded_down_so_that_100_is_never_shown_early() -> None:
    """85999.99 of 86000.00 is shown as 99.99 %."""
    almost = account(needs(), budget("85999.99", ending_before="2023-10-09"))
    assert progress(almost, "2023-10-08").percent == "99.99"


def test_where_the_cap_must_be_exceeded_it_is_reached_a_day_later() -> None:
    """100.00 a day and a cap of 500.00: on the fifth day, or on the sixth if it must be exceeded."""
    found = account(needs(), budget("700.00"))
    dates = [progress(found, "2024-01-01", reform("500.00", reached_when=w)).cap_reached_on for w in _WHEN]
    assert dates == [date(2023, 10, 6), date(2023, 10, 7)]


_WHEN: tuple[ReachedWhen, ...] = ("at_or_above", "above")


@pytest.mark.parametrize("days_needed", [1, 2, 3], ids=["50.00", "150.00", "250.00"])
def test_every_day_up_to_the_cap_counts_however_near_it_is(days_needed: int) -> None:
    """100.00 a day, and a cap of 50.00, 150.00 or 250.00: the last day counts 50.00."""
    found, scheme = account(needs(), budget("700.00")), reform(f"{days_needed * 100 - 50}.00")
    by_day = [accrued(found, f"2023-10-0{n}", scheme) for n in range(2, 6)]
    assert by_day == [f"{min(n * 100, days_needed * 100 - 50)}.00" for n in range(1, 5)]
    assert progress(found, "2024-01-01", scheme).cap_reached_on == date(2023, 10, 1 + days_needed)


def test_the_exact_total_stops_at_the_cap_whatever_was_counted_before_the_rate_changed() -> None:
    """700.00, then 200.00 a day to a cap of 1650.00: 1500.00 by 12 October, 1650.00 on the 13th."""
    found = account(needs(), budget("700.00"), budget("1400.00", "2023-10-09"))
    accrual = accrue(found, reform("1650.00"), on=date(2024, 1, 1))
    totals = [accrual.through(date(2023, 10, d)).metered for d in (8, 12, 13, 14)]
    assert totals == [700, 1500, 1650, 1650]
    assert accrual.cap_reached_on == date(2023, 10, 13)


def test_nothing_is_said_of_days_after_the_one_that_was_asked_for() -> None:
    accrual = accrue(self_funder(), REFORM_2023, on=date(2023, 10, 8))
    assert [accrual.at(date(2023, 10, d)) is None for d in (1, 2, 8, 9)] == [True, False, False, True]


def test_exactly_at_the_cap_no_more_than_the_cap_is_counted_under_either_reading() -> None:
    """500.00, whether the cap must be reached or exceeded."""
    found = account(needs(), budget("700.00"))
    assert {accrued(found, "2024-01-01", reform("500.00", reached_when=w)) for w in _WHEN} == {"500.00"}


def test_a_cap_of_nil_is_reached_on_the_first_day() -> None:
    found = progress(account(needs(), budget("700.00")), "2023-10-02", reform("0.00"))
    assert (found.cap_reached_on, found.percent, found.metering) == (date(2023, 10, 2), "100.00", "capped")


def test_after_the_cap_a_break_is_still_told_as_capped_and_a_closure_as_closed() -> None:
    """Whoever reached the cap stays on the list of those who did, also in hospital."""
    found = self_funder("950.00", "2023-10-02", away("2026-01-05", "2026-01-10"), closed("2026-02-01"))
    assert [progress(found, on).metering for on in ("2026-01-06", "2026-02-02")] == ["capped", "closed"]


def test_the_expected_day_goes_on_as_the_week_is_and_is_none_when_nothing_counts() -> None:
    """At 750.00 a week 12 December 2025; in hospital, none."""
    found = self_funder("950.00", "2023-10-02", away("2024-01-05", "2024-01-10"))
    assert [progress(found, on).expected_to_reach_cap_on for on in ("2024-01-04", "2024-01-06")] == [
        date(2025, 12, 12),
        None,
    ]


def test_no_day_is_expected_when_it_lies_past_every_day_that_can_be_written() -> None:
    """1.00 a week would take more than 1600 years."""
    assert progress(account(needs(), budget("1.00")), "2023-10-02").expected_to_reach_cap_on is None


def test_no_day_is_expected_when_all_that_is_charged_is_daily_living_costs() -> None:
    """180.00 a week in a care home counts 0.00."""
    found = account(needs(), budget("700.00", kind="personal", setting="care_home"), contribution("180.00"))
    assert progress(found, "2023-10-02").expected_to_reach_cap_on is None


def test_a_cap_lowered_below_what_has_accrued_is_reached_that_day_and_never_exceeded() -> None:
    """700.00 accrued when the cap becomes 600.00: 600.00."""
    found = account(needs(), budget("700.00"))
    scheme = reform({"2023-10-01": "86000.00", "2023-10-09": "600.00"})
    assert [accrued(found, on, scheme) for on in ("2023-10-08", "2023-10-09")] == ["700.00", "600.00"]
    assert progress(found, "2023-10-09", scheme).cap_reached_on == day("2023-10-09")


def test_a_cap_that_is_lowered_takes_the_total_down_by_a_line_of_its_own() -> None:
    """700.00 accrued, the cap 600.00 from 9 October: 100.00 off at the start of that day."""
    scheme = reform({"2023-10-01": "86000.00", "2023-10-09": "600.00"})
    lines = ledger(account(needs(), budget("700.00")), "2023-10-02", "2023-10-10", scheme)
    assert [in_short(line) for line in lines] == [
        ("accrual", "2023-10-02", "2023-10-08", "700.00"),
        ("adjustment", "2023-10-09", "2023-10-09", "-100.00"),
        ("accrual", "2023-10-09", "2023-10-10", "0.00"),
    ]


@pytest.mark.parametrize(("cap", "reached"), [("700.00", True), ("700.01", False)])
def test_a_cap_lowered_to_what_has_accrued_is_reached_and_one_a_penny_higher_is_not(cap: str, reached: bool) -> None:
    """700.00 accrued by 8 October, when care ends: a cap of 700.00 from the 9th is reached, one of 700.01 is not."""
    found = account(needs(ending_before="2023-10-09"), budget("700.00"))
    shown = progress(found, "2023-10-09", reform({"2023-10-01": "86000.00", "2023-10-09": cap}))
    assert (shown.cap_reached_on == day("2023-10-09")) is reached
    assert str(shown.accrued_costs) == "700.00"


def test_where_it_must_be_exceeded_a_cap_lowered_below_the_total_is_reached_once_a_day_adds_to_it() -> None:
    """700.00 brought down to 600.00, which is not exceeded; the next 100.00 would, and 600.00 stays."""
    scheme = reform({"2023-10-01": "86000.00", "2023-10-09": "600.00"}, reached_when="above")
    found = account(needs(), budget("700.00"), away("2023-10-09", "2023-10-12"))
    shown = [progress(found, on, scheme) for on in ("2023-10-11", "2023-10-12")]
    assert [str(one.accrued_costs) for one in shown] == ["600.00", "600.00"]
    assert [one.cap_reached_on for one in shown] == [None, day("2023-10-12")]


def test_a_cap_raised_before_it_was_reached_leaves_more_to_count() -> None:
    """A cap of 1000.00 raised to 1500.00 on 9 October, 100.00 a day: reached on the fifteenth day."""
    scheme = reform({"2023-10-01": "1000.00", "2023-10-09": "1500.00"})
    shown = progress(account(needs(), budget("700.00")), "2023-12-31", scheme)
    assert (str(shown.accrued_costs), shown.cap_reached_on) == ("1500.00", day("2023-10-16"))


def test_a_cap_raised_after_it_was_reached_stays_reached() -> None:
    """A cap of 500.00 reached on 6 October and raised to 86000.00 on the 9th: 500.00, and capped."""
    scheme = reform({"2023-10-01": "500.00", "2023-10-09": "86000.00"})
    shown = progress(account(needs(), budget("700.00")), "2023-12-31", scheme)
    assert (str(shown.accrued_costs), shown.cap_reached_on, shown.metering) == ("500.00", day("2023-10-06"), "capped")


def test_from_the_day_the_cap_is_reached_a_week_counts_nothing_and_costs_what_it_did() -> None:
    """On 12 December 2025 a week costs 950.00, 200.00 of it daily living costs, and counts 0.00."""
    rate = progress(self_funder("950.00"), "2025-12-12").weekly_rate
    assert rate is not None
    assert [str(amount) for amount in (rate.base, rate.daily_living_costs, rate.metered)] == [
        "950.00",
        "200.00",
        "0.00",
    ]


def test_a_closed_account_that_stood_at_a_later_cap_did_not_reach_it() -> None:
    """Closed with 700.00 on 8 October; a cap of 600.00 from the 9th takes the total down and is no cap reached."""
    found = account(needs(), budget("700.00"), closed("2023-10-08"))
    shown = progress(found, "2023-10-09", reform({"2023-10-01": "86000.00", "2023-10-09": "600.00"}))
    assert (str(shown.accrued_costs), shown.cap_reached_on, shown.metering) == ("600.00", None, "closed")


def test_the_day_of_reaching_the_cap_is_known_from_that_day_on_and_not_before() -> None:
    """Asked for 11 December 2025: none. For the 12th and every later day: the 12th."""
    days = ("2025-12-11", "2025-12-12", "2026-11-22")
    assert [progress(self_funder(), on).cap_reached_on for on in days] == [None, *[day("2025-12-12")] * 2]


@pytest.mark.parametrize(
    ("total", "daily", "reached_in", "exceeded_in"),
    [
        ("500.00", "100.00", 0, 1),
        ("500.01", "100.00", 0, 0),
        ("499.99", "0.01", 1, 2),
        ("400.00", "100.00", 1, 2),
        ("399.99", "100.00", 2, 2),
        ("400.01", "100.00", 1, 1),
        ("400.00", "0.00", None, None),
        ("500.00", "0.00", 0, None),
    ],
)
def test_how_many_days_are_left_to_a_cap_of_500(
    total: str, daily: str, reached_in: int | None, exceeded_in: int | None
) -> None:
    """From a total, at so much a day: how many days until 500.00 is reached, and until it is exceeded."""
    found = [days_to_reach(Fraction(total), Fraction(daily), Fraction(500), reading) for reading in _WHEN]
    assert found == [reached_in, exceeded_in]
