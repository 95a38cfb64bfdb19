"""Does the reference say what late facts change about posted days, and which fact changed what?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from .build import (
    RECORDED_EARLY,
    REFORM,
    TODAY,
    Fact,
    accrued,
    approved,
    at_home,
    away,
    budget,
    capped_at,
    carried_in,
    closed,
    history,
    named,
    needs,
    opened,
    proposed,
    voided,
)
from .metering import Entry, Policy
from .posting import adjustments

RECEIVED = datetime(2024, 2, 26, 9, 30, tzinfo=UTC)


def posting(through: str) -> Fact:
    return "period-posted", {"through": through}, RECORDED_EARLY


def late(
    entries: list[Entry], through: str, policy: Policy = REFORM, known_at: datetime = TODAY
) -> list[tuple[int, str, str, str]]:
    """The adjustments to what version 4 posted through a day: version of the cause, days, amount."""
    versions = {entry.id: entry.version for entry in entries}
    found = adjustments(entries, policy, date.fromisoformat(through), 4, known_at)
    return [(versions[a.cause], a.first.isoformat(), a.last.isoformat(), str(a.amount)) for a in found]


def posted(*late_facts: Fact) -> list[Entry]:
    """100.00 a day at home from 1 January 2024, posted through 31 January before the late facts, from version 5."""
    return at_home(posting("2024-01-31"), *late_facts)


def a_raise_known_late() -> list[Entry]:
    """900.00 a week from 29 January, posted through 25 February; then 945.00 from 1 February becomes known."""
    since = "2024-01-29"
    raised = budget("945.00", "2024-02-01", RECEIVED)
    return history(opened(since), needs(since), budget("900.00", since), posting("2024-02-25"), raised)


def test_a_rate_known_late_is_one_adjustment_of_the_days_it_changes() -> None:
    found = adjustments(a_raise_known_late(), REFORM, date(2024, 2, 25), 4, TODAY)
    assert found == [(named(5), date(2024, 2, 1), date(2024, 2, 25), Decimal("160.71"))]  # 45.00/7 x 25


def test_what_is_not_yet_known_adjusts_nothing() -> None:
    assert late(a_raise_known_late(), "2024-02-25", known_at=RECEIVED - timedelta(microseconds=1)) == []


def test_what_the_posting_itself_knew_adjusts_nothing() -> None:
    assert adjustments(a_raise_known_late(), REFORM, date(2024, 2, 25), 5, TODAY) == []


def test_a_wrong_hourly_rate_corrected_is_one_credit_under_the_corrections_name() -> None:
    # 14 hours a week at 21.00 for 20.16: 294.00 for 282.24, 11.76 a week over 13 weeks.
    corrected = (voided(3, "2024-01-01", replaced_by=6), budget("282.24"))
    entries = history(opened(), needs(), budget("294.00"), posting("2024-03-31"), *corrected)
    assert late(entries, "2024-03-31") == [(5, "2024-01-01", "2024-03-31", "-152.88")]


def test_an_adjustment_of_days_before_an_annual_adjustment_is_carried_through_it() -> None:
    # 14 days at 45/7 more before 15 February are 90.00, and 2.70 with them; 11 days after it are 70.71.
    policy = replace(REFORM, annual_adjustments={date(2024, 2, 15): "3"})
    assert late(a_raise_known_late(), "2024-02-25", policy) == [(5, "2024-02-01", "2024-02-25", "163.41")]


def test_each_cause_is_what_it_adds_to_those_before_it() -> None:
    entries = posted(away("2024-01-08", "2024-01-15"), budget("1400.00", "2024-01-10"))
    assert late(entries, "2024-01-31") == [
        (5, "2024-01-08", "2024-01-14", "-700.00"),
        (6, "2024-01-15", "2024-01-31", "1700.00"),  # the break still pauses 10 to 14 January
    ]


def test_the_adjustments_together_are_the_change_of_the_balance_to_the_penny() -> None:
    entries = posted(
        budget("943.21", "2024-01-09"),
        away("2024-01-20", "2024-01-23"),
        voided(5, "2024-01-09", replaced_by=8),
        budget("951.37", "2024-01-08"),
        closed("2024-01-29"),
    )
    change = Decimal(accrued(entries, "2024-01-31")) - Decimal(accrued(posted(), "2024-01-31"))
    found = late(entries, "2024-01-31")
    assert [version for version, *_ in found] == [5, 6, 7, 9]
    assert sum(Decimal(amount) for *_, amount in found) == change


def test_a_correction_and_its_own_correction_are_two_adjustments_that_cancel() -> None:
    entries = posted(voided(3, "2024-01-01", replaced_by=6), budget("1400.00"), voided(5, "2024-01-01"))
    assert late(entries, "2024-01-31") == [
        (5, "2024-01-01", "2024-01-31", "3100.00"),
        (7, "2024-01-01", "2024-01-31", "-3100.00"),
    ]


def test_a_death_reported_late_takes_back_the_days_after_it() -> None:
    assert late(posted(closed("2024-01-10")), "2024-01-31") == [(5, "2024-01-11", "2024-01-31", "-2100.00")]


def test_a_manual_adjustment_is_of_its_day_and_caused_by_its_approval() -> None:
    entries = posted(proposed("-50.00", "2024-01-12"), approved(5, "2024-01-12"))
    assert late(entries, "2024-01-31") == [(6, "2024-01-12", "2024-01-12", "-50.00")]


def test_a_manual_adjustment_below_the_cap_is_of_the_days_that_meter_again() -> None:
    # 500.00 reached on the 5th, 350.00 on the 8th; 450.00 on the 9th, and 500.00 again on the 10th.
    entries = posted(proposed("-150.00", "2024-01-08"), approved(5, "2024-01-08"))
    policy = capped_at("500.00")
    assert late(entries, "2024-01-31", policy) == []
    through_the_ninth = adjustments(entries, policy, date(2024, 1, 9), 4, TODAY)
    assert through_the_ninth == [(named(6), date(2024, 1, 9), date(2024, 1, 9), Decimal("-50.00"))]


def test_an_opening_carried_in_late_is_of_its_day() -> None:
    opening = carried_in("5000.00", "2024-01-06")
    entries = history(opened(), needs(), away("2024-01-01", None), posting("2024-01-31"), opening)
    assert late(entries, "2024-01-31") == [(5, "2024-01-06", "2024-01-06", "5000.00")]


def test_an_account_found_to_be_open_earlier_is_adjusted_by_the_days_before() -> None:
    late_start = (opened("2024-01-11"), needs(), budget("700.00"), posting("2024-01-31"))
    entries = history(*late_start, voided(1, "2024-01-01", replaced_by=6), opened("2024-01-01"))
    assert late(entries, "2024-01-31") == [(5, "2024-01-01", "2024-01-10", "1000.00")]


def test_what_changes_nothing_by_the_last_posted_day_is_left_out() -> None:
    assert late(posted(budget("1400.00", "2024-02-01")), "2024-01-31") == []
    assert late(posted(voided(3, "2024-01-01", replaced_by=6), budget("700.00")), "2024-01-31") == []
    assert late(posted(budget("1400.00")), "2024-01-31", capped_at("1000.00")) == []  # at the cap either way
