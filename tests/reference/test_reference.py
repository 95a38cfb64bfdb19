"""Does the reference say what a person with a pencil says? Every figure here was worked out by hand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from .build import (
    NOTHING_IN_FORCE,
    RECORDED_EARLY,
    REFORM,
    TODAY,
    Fact,
    accrued,
    ask,
    assessment,
    at_home,
    away,
    budget,
    capped_at,
    closed,
    history,
    in_a_home,
    needs,
    not_eligible,
    opened,
    rates,
)
from .metering import Day, Entry, NoAmount, Policy, daily

# Mrs A: a self-funder in a care home from Monday 2 October 2023, 950.00 a week of which 200.00 are daily living costs.

MRS_A = history(
    opened("2023-10-02"), needs("2023-10-02"), budget("950.00", "2023-10-02", setting="care_home", short_stay=False)
)


@pytest.mark.parametrize(
    ("on", "accrued_costs", "daily_living_costs"),
    [
        pytest.param("2023-10-01", "0.00", "0.00", id="the day before she came"),
        pytest.param("2023-10-02", "107.14", "28.57", id="one day: 750/7 and 200/7"),
        pytest.param("2023-10-03", "214.29", "57.14", id="two days: rounded once, not 2 x 107.14"),
        pytest.param("2023-10-08", "750.00", "200.00", id="one week"),
        pytest.param("2024-03-31", "19500.00", "5200.00", id="26 weeks"),
        pytest.param("2024-09-29", "39000.00", "10400.00", id="52 weeks, over 29 February and both clock changes"),
        pytest.param("2025-12-11", "85928.57", "22914.29", id="802 days"),
        pytest.param("2025-12-12", "86000.00", "22942.86", id="803 days: the cap"),
        pytest.param("2025-12-31", "86000.00", "23485.71", id="822 days: only daily living costs go on"),
    ],
)
def test_mrs_a_to_the_penny(on: str, accrued_costs: str, daily_living_costs: str) -> None:
    found = ask(MRS_A, on)
    assert (str(found.accrued_costs), str(found.daily_living_costs)) == (accrued_costs, daily_living_costs)


def test_mrs_a_is_told_on_every_day_before_it_when_she_will_reach_the_cap() -> None:
    told = {ask(MRS_A, on).expected_to_reach_cap_on for on in ("2023-10-02", "2024-05-01", "2024-07-01", "2025-12-11")}
    assert told == {date(2025, 12, 12)}


def test_mrs_a_the_day_before_the_cap_is_still_metering_at_the_full_rate() -> None:
    found = ask(MRS_A, "2025-12-11")
    assert (found.metering, rates(found)) == ("metering", ("950.00", "200.00", "750.00"))
    assert (found.cap, found.cap_reached_on) == (Decimal("86000.00"), None)


@pytest.mark.parametrize("on", ["2025-12-12", "2025-12-13", "2026-06-30"])
def test_mrs_a_is_capped_from_the_day_she_reaches_it_on(on: str) -> None:
    found = ask(MRS_A, on)
    assert (found.metering, rates(found)) == ("capped", ("950.00", "200.00", "0.00"))
    assert (found.cap_reached_on, found.expected_to_reach_cap_on) == (date(2025, 12, 12), None)


def test_the_day_that_reaches_the_cap_counts_only_what_remained() -> None:
    base, apart = Fraction(950, 7), Fraction(200, 7)
    assert daily(MRS_A, REFORM, date(2025, 12, 11), date(2025, 12, 13), TODAY) == [
        Day(date(2025, 12, 11), base, apart, Fraction(750, 7), "metering"),
        Day(date(2025, 12, 12), base, apart, Fraction(500, 7), "capped"),  # 86,000 - 802 x 750/7 = 71.43
        Day(date(2025, 12, 13), base, apart, Fraction(0), "capped"),
    ]


# The cap.


@pytest.mark.parametrize(
    ("reached_when", "reached_on", "expected_on_the_tenth"),
    [("at_or_above", date(2024, 1, 10), None), ("above", date(2024, 1, 11), date(2024, 1, 11))],
)
def test_a_total_of_exactly_the_cap_reaches_it_or_not_by_the_switch(
    reached_when: str, reached_on: date, expected_on_the_tenth: date | None
) -> None:
    policy = capped_at("1000.00", reached_when=reached_when)  # ten days of 100.00
    tenth, twelfth = ask(at_home(), "2024-01-10", policy), ask(at_home(), "2024-01-12", policy)
    assert tenth.expected_to_reach_cap_on == expected_on_the_tenth
    assert (tenth.accrued_costs, twelfth.accrued_costs) == (Decimal("1000.00"), Decimal("1000.00"))
    assert (twelfth.cap_reached_on, twelfth.metering) == (reached_on, "capped")


@pytest.mark.parametrize(
    ("cap", "reached_when", "expected"),
    [
        pytest.param("450.00", "at_or_above", date(2024, 1, 5), id="within the fifth day"),
        pytest.param("450.00", "above", date(2024, 1, 5), id="within the fifth day, the same by either"),
        pytest.param("500.00", "at_or_above", date(2024, 1, 5), id="at the end of the fifth day"),
        pytest.param("500.00", "above", date(2024, 1, 6), id="not before the sixth when it must be exceeded"),
    ],
)
def test_the_expected_day_is_the_day_that_then_comes_true(cap: str, reached_when: str, expected: date) -> None:
    policy = capped_at(cap, reached_when=reached_when)
    assert ask(at_home(), "2024-01-02", policy).expected_to_reach_cap_on == expected
    assert ask(at_home(), "2024-01-31", policy).cap_reached_on == expected


def test_no_day_is_expected_beyond_the_last_that_can_be_written() -> None:
    # 0.07 a week is a penny a day: 86,000.00 takes 8,600,000 days, about 23,500 years.
    found = ask(history(opened(), needs(), budget("0.07")), "2024-01-31")
    assert (found.accrued_costs, found.expected_to_reach_cap_on) == (Decimal("0.31"), None)


def test_the_expected_day_keeps_the_rate_in_force_although_another_is_known_to_follow() -> None:
    entries = at_home(budget("1400.00", "2024-01-06"))
    assert ask(entries, "2024-01-05", capped_at("1000.00")).expected_to_reach_cap_on == date(2024, 1, 10)
    assert ask(entries, "2024-01-06", capped_at("1000.00")).expected_to_reach_cap_on == date(2024, 1, 8)


def test_a_cap_once_reached_stays_reached_when_it_is_raised() -> None:
    policy = replace(REFORM, cap={date(2023, 10, 1): "500.00", date(2024, 1, 8): "900.00"})
    found = ask(at_home(), "2024-01-31", policy)
    assert (found.cap, found.accrued_costs) == (Decimal("900.00"), Decimal("500.00"))
    assert (found.metering, found.cap_reached_on) == ("capped", date(2024, 1, 5))


def test_a_cap_raised_before_it_is_reached_gives_more_room() -> None:
    policy = replace(REFORM, cap={date(2023, 10, 1): "500.00", date(2024, 1, 5): "900.00"})
    assert ask(at_home(), "2024-01-31", policy).cap_reached_on == date(2024, 1, 9)


def test_a_cap_lowered_below_what_accrued_is_reached_that_day_even_in_a_break() -> None:
    policy = replace(REFORM, cap={date(2023, 10, 1): "86000.00", date(2024, 1, 8): "450.00"})
    entries = at_home(away("2024-01-06", "2024-01-20"))
    assert accrued(entries, "2024-01-07", policy) == "500.00"
    found = ask(entries, "2024-01-08", policy)
    assert (found.accrued_costs, found.cap_reached_on) == (Decimal("450.00"), date(2024, 1, 8))
    assert (found.metering, rates(found)) == ("capped", NOTHING_IN_FORCE)
    assert accrued(entries, "2024-01-31", policy) == "450.00"
    lowered = date(2024, 1, 8)
    assert [day.metered for day in daily(entries, policy, lowered, lowered, TODAY)] == [Fraction(0)]  # and not -50.00


def test_costs_cut_off_by_a_lowered_cap_do_not_come_back_when_it_is_raised() -> None:
    policy = replace(
        REFORM, cap={date(2023, 10, 1): "86000.00", date(2024, 1, 6): "450.00", date(2024, 1, 10): "480.00"}
    )
    assert [accrued(at_home(), f"2024-01-{day:02}", policy) for day in (5, 6, 10)] == ["500.00", "450.00", "450.00"]


def test_a_cap_of_nil_is_reached_on_the_first_day() -> None:
    found = ask(at_home(), "2024-01-03", capped_at("0.00"))
    assert (found.accrued_costs, found.cap_reached_on) == (Decimal("0.00"), date(2024, 1, 1))


def test_nothing_is_set_apart_in_a_break_after_the_cap() -> None:
    entries = in_a_home(budget("900.00", setting="care_home"), away("2024-01-08", "2024-01-15"))
    policy = capped_at("300.00")  # 100.00 a day: reached on the third
    found = ask(entries, "2024-01-10", policy)
    assert (found.metering, rates(found)) == ("capped", NOTHING_IN_FORCE)
    assert found.daily_living_costs == Decimal("200.00")
    assert ask(entries, "2024-01-15", policy).daily_living_costs == Decimal("228.57")


# Open and commenced.


def test_before_the_account_is_opened_it_is_closed_although_budgets_reach_back() -> None:
    entries = history(opened("2024-01-08"), needs(), budget("700.00"))
    found = ask(entries, "2024-01-07")
    assert (found.metering, found.accrued_costs, rates(found)) == ("closed", Decimal("0.00"), NOTHING_IN_FORCE)
    assert accrued(entries, "2024-01-08") == "100.00"


def test_an_account_nobody_is_known_to_have_opened_is_closed() -> None:
    assert ask(at_home(), "2024-01-31", known_at=RECORDED_EARLY - timedelta(microseconds=1)).metering == "closed"


def test_the_day_of_closure_itself_still_counts() -> None:
    entries = at_home(closed("2024-01-10"))
    last, after = ask(entries, "2024-01-10"), ask(entries, "2024-01-11")
    assert (last.metering, last.accrued_costs, rates(last)) == (
        "metering",
        Decimal("1000.00"),
        ("700.00", "0.00", "700.00"),
    )
    assert (after.metering, after.accrued_costs, rates(after)) == ("closed", Decimal("1000.00"), NOTHING_IN_FORCE)
    assert (after.cap, after.expected_to_reach_cap_on) == (Decimal("86000.00"), None)


def test_of_two_closures_the_earlier_day_closes_whichever_was_recorded_last() -> None:
    assert accrued(at_home(closed("2024-01-10"), closed("2024-01-12")), "2024-01-31") == "1000.00"
    assert accrued(at_home(closed("2024-01-12"), closed("2024-01-10")), "2024-01-31") == "1000.00"


def test_a_capped_account_that_closes_is_closed_and_keeps_the_day_it_reached_the_cap() -> None:
    found = ask(at_home(closed("2024-01-10")), "2024-01-11", capped_at("500.00"))
    assert (found.metering, found.cap_reached_on) == ("closed", date(2024, 1, 5))


def test_while_the_cap_is_not_commenced_nothing_accrues_and_no_amount_is_needed() -> None:
    not_commenced = Policy(commencement=None, cap={}, daily_living_costs={})
    found = ask(MRS_A, "2025-12-12", not_commenced)
    assert (found.metering, found.cap, rates(found)) == ("not_commenced", None, NOTHING_IN_FORCE)
    assert (found.accrued_costs, found.daily_living_costs) == (Decimal("0.00"), Decimal("0.00"))


def test_costs_before_commencement_never_count() -> None:
    policy = replace(REFORM, commencement=date(2024, 1, 8))
    before = ask(at_home(), "2024-01-07", policy)
    assert (before.metering, before.accrued_costs, before.cap) == ("not_commenced", Decimal("0.00"), None)
    assert accrued(at_home(), "2024-01-08", policy) == "100.00"


def test_closed_is_said_before_not_commenced() -> None:
    policy = replace(REFORM, commencement=None)
    assert ask(at_home(closed("2024-01-10")), "2024-01-11", policy).metering == "closed"


# Needs.


def test_without_a_needs_assessment_nobody_is_eligible() -> None:
    found = ask(history(opened(), budget("700.00")), "2024-01-31")
    assert (found.metering, found.accrued_costs, rates(found)) == ("not_eligible", Decimal("0.00"), NOTHING_IN_FORCE)


def test_a_self_assessment_nobody_confirmed_is_as_though_absent() -> None:
    unconfirmed = needs(confirmed=False)
    assert ask(history(opened(), unconfirmed, budget("700.00")), "2024-01-31").metering == "not_eligible"
    assert accrued(at_home(not_eligible("2024-01-01", confirmed=False)), "2024-01-10") == "1000.00"
    assert accrued(history(opened(), needs(confirmed=None), budget("700.00")), "2024-01-10") == "1000.00"


@pytest.mark.parametrize(
    ("duty_arose_on", "accrued_costs"),
    [
        pytest.param("2024-01-08", "300.00", id="the duty arose later: 8, 9 and 10 January"),
        pytest.param("2023-12-01", "600.00", id="the duty arose earlier, the needs on 5 January"),
        pytest.param(None, "600.00", id="no day given: when the needs became eligible"),
    ],
)
def test_metering_waits_for_eligible_needs_and_for_the_duty_to_assess(
    duty_arose_on: str | None, accrued_costs: str
) -> None:
    entries = history(opened(), needs("2024-01-05", duty_arose_on=duty_arose_on), budget("700.00"))
    assert ask(entries, "2024-01-04").metering == "not_eligible"
    assert accrued(entries, "2024-01-10") == accrued_costs


def test_a_later_assessment_without_eligible_needs_stops_metering_from_its_day() -> None:
    entries = at_home(not_eligible("2024-01-11"))
    found = ask(entries, "2024-01-31")
    assert (found.metering, found.accrued_costs) == ("not_eligible", Decimal("1000.00"))


def test_when_a_needs_assessment_ends_the_earlier_one_resumes() -> None:
    entries = at_home(not_eligible("2024-01-11", ending_before="2024-01-21"))
    assert accrued(entries, "2024-01-31") == "2100.00"  # 31 days less 10


def test_eligible_needs_that_end_are_not_eligible_after_their_last_day() -> None:
    entries = history(opened(), needs(ending_before="2024-01-11"), budget("700.00"))
    assert (accrued(entries, "2024-01-31"), ask(entries, "2024-01-11").metering) == ("1000.00", "not_eligible")


# Breaks.


def test_nothing_accrues_on_the_days_of_a_break_and_metering_resumes_after_it() -> None:
    entries = at_home(away("2024-01-04", "2024-01-08"))
    assert [ask(entries, f"2024-01-{day:02}").metering for day in (3, 4, 7, 8)] == [
        "metering",
        "paused",
        "paused",
        "metering",
    ]
    paused = ask(entries, "2024-01-07")
    assert (paused.accrued_costs, rates(paused)) == (Decimal("300.00"), NOTHING_IN_FORCE)
    assert paused.expected_to_reach_cap_on is None
    assert accrued(entries, "2024-01-10") == "600.00"


def test_a_break_without_an_end_goes_on_and_breaks_that_overlap_count_once() -> None:
    assert accrued(at_home(away("2024-01-04", None)), "2024-12-31") == "300.00"
    overlapping = at_home(away("2024-01-04", "2024-01-10"), away("2024-01-06", "2024-01-08"))
    assert accrued(overlapping, "2024-01-10") == "400.00"


def test_not_eligible_is_said_before_paused_and_paused_before_no_budget() -> None:
    assert ask(history(opened(), away("2024-01-01", None)), "2024-01-02").metering == "not_eligible"
    assert ask(history(opened(), needs(), away("2024-01-01", None)), "2024-01-02").metering == "paused"


# Budgets and assessments.


def test_eligible_needs_without_a_budget_are_not_metered() -> None:
    found = ask(at_home(), "2023-12-31")
    assert found.metering == "closed"
    found = ask(history(opened(), needs(), budget("700.00", "2024-01-08")), "2024-01-07")
    assert (found.metering, rates(found)) == ("no_budget", NOTHING_IN_FORCE)


def test_a_later_budget_supersedes_and_when_it_ends_the_earlier_one_resumes() -> None:
    entries = at_home(budget("1400.00", "2024-01-11", ending_before="2024-01-21"))
    assert accrued(entries, "2024-01-10") == "1000.00"
    assert accrued(entries, "2024-01-20") == "3000.00"
    assert accrued(entries, "2024-01-31") == "4100.00"


def test_the_version_decides_which_budget_was_recorded_last_not_its_place_in_the_list() -> None:
    entries = at_home(budget("1400.00"))
    assert accrued(list(reversed(entries)), "2024-01-01") == "200.00"


def test_a_budget_recorded_last_wins_over_one_that_starts_later() -> None:
    entries = history(opened(), needs(), budget("1400.00", "2024-01-05"), budget("700.00", "2024-01-01"))
    assert accrued(entries, "2024-01-10") == "1000.00"


@pytest.mark.parametrize(
    ("fact", "accrued_costs"),
    [
        pytest.param(assessment("140.00"), "200.00", id="the contribution: 20.00 a day"),
        pytest.param(assessment("0.00"), "0.00", id="no contribution"),
        pytest.param(assessment("910.00"), "1000.00", id="never more than the weekly cost"),
        pytest.param(assessment("0.00", outcome="full_cost"), "1000.00", id="full cost"),
        pytest.param(assessment("140.00", ending_before="2024-01-06"), "100.00", id="five days, then unassessed"),
    ],
)
def test_when_the_council_meets_the_needs_the_charge_counts(fact: Fact, accrued_costs: str) -> None:
    entries = history(opened(), needs(), budget("700.00", kind="personal"), fact)
    assert accrued(entries, "2024-01-10") == accrued_costs


def test_a_contribution_of_nothing_is_metering_that_never_gets_anywhere() -> None:
    entries = history(opened(), needs(), budget("700.00", kind="personal"), assessment("0.00"))
    found = ask(entries, "2024-01-10")
    assert (found.metering, rates(found)) == ("metering", ("0.00", "0.00", "0.00"))
    assert found.expected_to_reach_cap_on is None


def test_a_personal_budget_that_nobody_assessed_is_unassessed() -> None:
    entries = history(opened(), needs(), budget("700.00", kind="personal"), assessment("140.00", "2024-01-08"))
    found = ask(entries, "2024-01-07")
    assert (found.metering, found.accrued_costs, rates(found)) == ("unassessed", Decimal("0.00"), NOTHING_IN_FORCE)
    assert accrued(entries, "2024-01-10") == "60.00"


def test_an_assessment_does_not_touch_an_independent_budget() -> None:
    assert accrued(at_home(assessment("140.00")), "2024-01-10") == "1000.00"


def test_under_the_unamended_act_a_personal_budget_counts_in_full_and_needs_no_assessment() -> None:
    entries = history(opened(), needs(), budget("700.00", kind="personal"))
    policy = replace(REFORM, personal_base="weekly_cost")
    assert accrued(entries, "2024-01-10", policy) == "1000.00"
    assert accrued([*entries, Entry(4, RECORDED_EARLY, *assessment("140.00")[:2])], "2024-01-10", policy) == "1000.00"


def test_moving_from_an_independent_to_a_personal_budget_moves_from_cost_to_charge_that_day() -> None:
    entries = at_home(budget("700.00", "2024-01-06", kind="personal"), assessment("210.00", "2024-01-06"))
    assert accrued(entries, "2024-01-10") == "650.00"  # 5 x 100.00 + 5 x 30.00


# Daily living costs.


def test_the_charge_in_a_care_home_counts_above_daily_living_costs_only() -> None:
    entries = in_a_home(budget("950.00", kind="personal", setting="care_home"), assessment("270.00"))
    found = ask(entries, "2024-01-10")
    assert rates(found) == ("270.00", "200.00", "70.00")
    assert (found.accrued_costs, found.daily_living_costs) == (Decimal("100.00"), Decimal("285.71"))


def test_daily_living_costs_are_never_more_than_the_base() -> None:
    entries = in_a_home(budget("950.00", kind="personal", setting="care_home"), assessment("150.50"))
    found = ask(entries, "2024-01-14")
    assert (found.metering, rates(found)) == ("metering", ("150.50", "150.50", "0.00"))
    assert (found.accrued_costs, found.daily_living_costs) == (Decimal("0.00"), Decimal("301.00"))
    assert found.expected_to_reach_cap_on is None


@pytest.mark.parametrize("setting", ["own_home", "supported_living", "extra_care", "shared_lives"])
def test_only_a_care_home_sets_daily_living_costs_apart(setting: str) -> None:
    found = ask(in_a_home(budget("700.00", setting=setting)), "2024-01-10")
    assert (found.accrued_costs, found.daily_living_costs) == (Decimal("1000.00"), Decimal("0.00"))


@pytest.mark.parametrize(
    ("short_stay", "switch", "week"),
    [
        pytest.param(True, True, ("900.00", "200.00", "700.00"), id="a short stay, set apart"),
        pytest.param(True, False, ("900.00", "0.00", "900.00"), id="a short stay, not set apart"),
        pytest.param(False, False, ("900.00", "200.00", "700.00"), id="not a short stay: the switch is nothing to it"),
    ],
)
def test_the_switch_says_whether_short_stays_set_daily_living_costs_apart(
    short_stay: bool, switch: bool, week: tuple[str, ...]
) -> None:
    entries = in_a_home(budget("900.00", setting="care_home", short_stay=short_stay))
    policy = replace(REFORM, daily_living_costs_on_short_stays=switch)
    assert rates(ask(entries, "2024-01-10", policy)) == week


def test_daily_living_costs_are_the_amount_of_each_day() -> None:
    policy = replace(REFORM, daily_living_costs={date(2023, 10, 1): "200.00", date(2024, 1, 8): "270.00"})
    found = ask(in_a_home(budget("900.00", setting="care_home")), "2024-01-14", policy)
    assert (found.accrued_costs, found.daily_living_costs) == (Decimal("1330.00"), Decimal("470.00"))


# Amounts that nobody has fixed.


@pytest.mark.parametrize(
    ("amounts", "name", "day"),
    [
        pytest.param({"daily_living_costs": {}}, "daily_living_costs", date(2024, 1, 1), id="none ever"),
        pytest.param(
            {"daily_living_costs": {date(2023, 10, 1): "200.00", date(2024, 1, 5): None}},
            "daily_living_costs",
            date(2024, 1, 5),
            id="none any more",
        ),
        pytest.param({"cap": {date(2024, 1, 3): "86000.00"}}, "cap", date(2024, 1, 1), id="no cap yet"),
    ],
)
def test_a_day_that_needs_an_amount_nobody_fixed_is_refused(amounts: Mapping[str, Any], name: str, day: date) -> None:
    entries = in_a_home(budget("900.00", setting="care_home"))
    with pytest.raises(NoAmount) as refused:
        ask(entries, "2024-01-31", replace(REFORM, **amounts))
    assert (refused.value.name, refused.value.day) == (name, day)


def test_days_that_need_no_amount_ask_for_none() -> None:
    policy = replace(REFORM, daily_living_costs={})
    assert accrued(at_home(), "2024-01-10", policy) == "1000.00"
    found = ask(in_a_home(), "2024-01-10", replace(policy, cap={}))
    assert (found.metering, found.cap, found.accrued_costs) == ("no_budget", None, Decimal("0.00"))


# What was known.


def test_a_late_rate_counts_from_its_day_once_it_is_known_and_not_before() -> None:
    # 900.00 becomes 945.00 from 1 February, received on 20 February: 45.00/7 x 25 days = 160.71 by 25 February.
    received = datetime(2024, 2, 20, 14, 30, tzinfo=UTC)
    entries = history(
        opened("2024-01-29"),
        needs("2024-01-29"),
        budget("900.00", "2024-01-29"),
        budget("945.00", "2024-02-01", received),
    )
    just_before = received - timedelta(microseconds=1)
    assert accrued(entries, "2024-02-25", known_at=just_before) == "3600.00"
    assert accrued(entries, "2024-02-25", known_at=received) == "3760.71"
    assert accrued(entries, "2024-01-31", known_at=received) == "385.71"


def test_a_death_reported_late_takes_back_the_days_after_it() -> None:
    reported = datetime(2024, 2, 1, 8, 0, tzinfo=UTC)
    entries = at_home(closed("2024-01-10", reported))
    assert accrued(entries, "2024-01-31", known_at=reported - timedelta(seconds=1)) == "3100.00"
    assert accrued(entries, "2024-01-31", known_at=reported) == "1000.00"


def test_every_kind_of_fact_waits_until_it_is_known() -> None:
    later = datetime(2024, 6, 1, tzinfo=UTC)
    entries = at_home(not_eligible("2024-01-01", later), away("2024-01-01", None, later), assessment("1.00", at=later))
    assert accrued(entries, "2024-01-10", known_at=later - timedelta(seconds=1)) == "1000.00"
    assert accrued(entries, "2024-01-10", known_at=later) == "0.00"


# Every day.


def test_each_day_says_what_it_came_to_and_why() -> None:
    entries = history(
        opened("2024-01-02"),
        needs("2024-01-03"),
        budget("700.00", "2024-01-04"),
        away("2024-01-05", "2024-01-06"),
        budget("700.00", "2024-01-06", kind="personal"),
        assessment("140.00", "2024-01-07"),
        closed("2024-01-08"),
    )
    policy = capped_at("130.00")
    found = daily(entries, policy, date(2024, 1, 1), date(2024, 1, 9), TODAY)
    assert [(day.day.day, int(day.base), int(day.metered), day.metering) for day in found] == [
        (1, 0, 0, "closed"),
        (2, 0, 0, "not_eligible"),
        (3, 0, 0, "no_budget"),
        (4, 100, 100, "metering"),
        (5, 0, 0, "paused"),
        (6, 0, 0, "unassessed"),
        (7, 20, 20, "metering"),
        (8, 20, 10, "capped"),
        (9, 0, 0, "closed"),
    ]


def test_the_days_asked_for_rest_on_all_the_days_before_them() -> None:
    whole = daily(MRS_A, REFORM, date(2023, 10, 1), date(2026, 1, 31), TODAY)
    assert daily(MRS_A, REFORM, date(2025, 12, 1), date(2026, 1, 31), TODAY) == whole[-62:]
    assert daily(MRS_A, REFORM, date(2026, 2, 1), date(2026, 1, 31), TODAY) == []


# What it refuses and what it ignores.


def test_money_that_is_not_a_string_is_refused() -> None:
    entries = history(opened(), needs(), ("budget-set", budget("700.00")[1] | {"weekly_cost": 700.0}, RECORDED_EARLY))
    with pytest.raises(TypeError, match="string of pounds"):
        ask(entries, "2024-01-10")


def test_eligible_needs_without_a_day_are_refused_rather_than_guessed() -> None:
    with pytest.raises(ValueError, match="eligible_from"):
        ask(history(opened(), needs(None)), "2024-01-10")


def test_facts_that_do_not_bear_on_metering_are_ignored() -> None:
    posted: Fact = ("period-posted", {"through": "2024-01-07"}, RECORDED_EARLY)
    assert ask(at_home(posted), "2024-01-10") == ask(at_home(), "2024-01-10")
