"""Are charges, corrections, adjustments, moves and reopenings reckoned as a person with a pencil would?"""

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
    approved,
    ask,
    assessment,
    at_home,
    away,
    budget,
    capped_at,
    carried_in,
    charge,
    charged,
    closed,
    history,
    named,
    needs,
    not_eligible,
    opened,
    proposed,
    rates,
    reopened,
    retracted,
    voided,
)
from .metering import NoAmount, Policy, daily

LATER = datetime(2024, 6, 1, 9, 0, tzinfo=UTC)
JUST_BEFORE = LATER - timedelta(microseconds=1)


def adjusted_on(day: date, percentage: str, policy: Policy = REFORM) -> Policy:
    return replace(policy, annual_adjustments={day: percentage})


# Charges. At home the whole charge counts.


def test_charges_that_overlap_add_up_and_each_is_spread_over_its_own_days() -> None:
    entries = charged(charge("70.00", "2024-01-01", "2024-01-08"), charge("280.00", "2024-01-01", "2024-01-29"))
    assert accrued(entries, "2024-01-10") == "170.00"  # 7 x (10.00 + 10.00) + 3 x 10.00
    assert rates(ask(entries, "2024-01-07")) == ("140.00", "0.00", "140.00")
    assert rates(ask(entries, "2024-01-08")) == ("70.00", "0.00", "70.00")


def test_a_charge_is_spread_exactly_and_rounded_once() -> None:
    entries = charged(charge("100.00", "2024-01-01", "2024-01-04"))
    assert [accrued(entries, f"2024-01-0{day}") for day in (1, 2, 3)] == ["33.33", "66.67", "100.00"]


def test_a_charge_is_never_held_against_the_weekly_cost() -> None:
    assert accrued(charged(charge("7000.00", "2024-01-01", "2024-01-08")), "2024-01-07") == "7000.00"


def test_a_charge_of_nothing_counts_as_nothing_although_an_assessment_says_more() -> None:
    entries = charged(assessment("140.00"), charge("0.00", "2024-01-01", "2024-01-08"))
    found = ask(entries, "2024-01-07")
    assert (found.metering, found.accrued_costs, rates(found)) == ("metering", Decimal("0.00"), ("0.00",) * 3)
    assert accrued(entries, "2024-01-10") == "60.00"


def test_after_the_last_day_charged_nothing_is_known_without_an_assessment() -> None:
    entries = charged(charge("70.00", "2024-01-01", "2024-01-08"))
    assert [ask(entries, f"2024-01-0{day}").metering for day in (7, 8)] == ["metering", "unassessed"]


def test_a_retracted_charge_falls_back_on_the_assessment() -> None:
    entries = (assessment("140.00"), charge("70.00", "2024-01-01", "2024-01-08"))
    assert accrued(charged(*entries), "2024-01-10") == "130.00"  # 7 x 10.00 + 3 x 20.00
    assert accrued(charged(*entries, retracted(5, "2024-01-01")), "2024-01-10") == "200.00"


def test_a_retraction_takes_back_the_one_charge_it_names() -> None:
    same = charge("70.00", "2024-01-01", "2024-01-08")
    assert accrued(charged(same, same, retracted(4, "2024-01-01")), "2024-01-07") == "70.00"


def test_a_retraction_that_is_void_leaves_the_charge_standing() -> None:
    entries = charged(
        charge("70.00", "2024-01-01", "2024-01-08"), retracted(4, "2024-01-01"), voided(5, "2024-01-01", at=LATER)
    )
    assert accrued(entries, "2024-01-07", known_at=JUST_BEFORE) == "0.00"
    assert accrued(entries, "2024-01-07", known_at=LATER) == "70.00"


def test_charges_do_not_touch_an_independent_budget_nor_the_unamended_act() -> None:
    one = charge("70.00", "2024-01-01", "2024-01-08")
    assert accrued(at_home(one), "2024-01-07") == "700.00"
    assert accrued(charged(one), "2024-01-07", replace(REFORM, personal_base="weekly_cost")) == "700.00"


def test_a_charge_needs_a_budget_and_a_break_pauses_it_too() -> None:
    one = charge("70.00", "2024-01-01", "2024-01-08")
    assert ask(history(opened(), needs(), one), "2024-01-07").metering == "no_budget"
    paused = ask(charged(one, away("2024-01-03", "2024-01-05")), "2024-01-04")
    assert (paused.metering, paused.accrued_costs, rates(paused)) == ("paused", Decimal("20.00"), NOTHING_IN_FORCE)


def test_the_charge_raised_in_a_care_home_counts_above_daily_living_costs_only() -> None:
    home = budget("950.00", kind="personal", setting="care_home")
    entries = history(opened(), needs(), home, charge("1080.00", "2024-01-01", "2024-01-29"))
    found = ask(entries, "2024-01-14")
    assert rates(found) == ("270.00", "200.00", "70.00")
    assert (found.accrued_costs, found.daily_living_costs) == (Decimal("140.00"), Decimal("400.00"))


# Corrections.


def test_a_void_entry_is_as_though_absent_once_that_is_known() -> None:
    entries = at_home(budget("1400.00"), voided(4, "2024-01-01", at=LATER))
    assert accrued(entries, "2024-01-10", known_at=JUST_BEFORE) == "2000.00"
    assert accrued(entries, "2024-01-10", known_at=LATER) == "1000.00"


WRONG, CORRECTION, RIGHT = budget("1400.00"), voided(4, "2024-01-01", replaced_by=6), budget("770.00")


@pytest.mark.parametrize(
    ("corrections", "accrued_costs"),
    [
        pytest.param((), "2000.00", id="the wrong entry: 200.00 a day"),
        pytest.param((CORRECTION, RIGHT), "1100.00", id="its replacement: 110.00 a day"),
        pytest.param(
            (CORRECTION, RIGHT, voided(5, "2024-01-01")), "2000.00", id="the correction void: the entry counts again"
        ),
        pytest.param(
            (CORRECTION, RIGHT, voided(5, "2024-01-01"), voided(7, "2024-01-01")),
            "1100.00",
            id="the correction of the correction void: the replacement counts again",
        ),
        pytest.param((CORRECTION, RIGHT, voided(6, "2024-01-01")), "1000.00", id="the replacement void: neither"),
    ],
)
def test_a_correction_of_a_correction_brings_back_what_was_corrected(
    corrections: tuple[Fact, ...], accrued_costs: str
) -> None:
    assert accrued(at_home(WRONG, *corrections), "2024-01-10") == accrued_costs


def test_a_replacement_is_in_force_as_the_entry_recorded_last() -> None:
    entries = at_home(budget("1400.00"), voided(3, "2024-01-01", replaced_by=6), budget("770.00"))
    assert accrued(entries, "2024-01-10") == "1100.00"


def test_an_opening_corrected_to_a_later_day_counts_from_that_day() -> None:
    entries = at_home(voided(1, "2024-01-01", replaced_by=5), opened("2024-01-06"))
    assert (ask(entries, "2024-01-05").metering, accrued(entries, "2024-01-10")) == ("closed", "500.00")


def test_of_two_openings_of_the_account_the_one_recorded_last_is_believed() -> None:
    assert accrued(at_home(opened("2024-01-06")), "2024-01-10") == "500.00"


def test_an_account_opened_in_error_is_closed_on_every_day() -> None:
    found = ask(at_home(voided(1, "2024-01-01")), "2024-01-10")
    assert (found.metering, found.accrued_costs) == ("closed", Decimal("0.00"))


def test_a_death_reported_wrongly_and_voided_never_stopped_the_count() -> None:
    entries = at_home(closed("2024-01-05"), voided(4, "2024-01-06", at=LATER))
    assert accrued(entries, "2024-01-10", known_at=JUST_BEFORE) == "500.00"
    assert accrued(entries, "2024-01-10", known_at=LATER) == "1000.00"


@pytest.mark.parametrize(
    ("fact", "accrued_costs"),
    [
        pytest.param(away("2024-01-06", None), "500.00", id="a break"),
        pytest.param(not_eligible("2024-01-06"), "500.00", id="a needs assessment"),
        pytest.param(carried_in("5000.00", "2024-01-06"), "5500.00", id="an opening carried in"),
    ],
)
def test_every_kind_of_fact_can_be_voided(fact: Fact, accrued_costs: str) -> None:
    assert accrued(at_home(fact), "2024-01-10") == accrued_costs
    assert accrued(at_home(fact, voided(4, "2024-01-06")), "2024-01-10") == "1000.00"


def test_a_void_entry_that_could_not_be_read_is_not_read() -> None:
    assert accrued(at_home(needs(None), voided(4, "2024-01-01")), "2024-01-10") == "1000.00"


# Manual adjustments.


def test_an_adjustment_counts_from_its_day_and_only_when_it_is_approved() -> None:
    entries = at_home(proposed("-50.00", "2024-01-06"), approved(4, "2024-01-06", at=LATER))
    assert accrued(entries, "2024-01-10", known_at=JUST_BEFORE) == "1000.00"
    assert [accrued(entries, f"2024-01-{day}", known_at=LATER) for day in ("05", "06", "10")] == [
        "500.00",
        "550.00",
        "950.00",
    ]


@pytest.mark.parametrize("version", [4, 5], ids=["the proposal", "the approval"])
def test_an_adjustment_whose_proposal_or_approval_is_void_does_not_count(version: int) -> None:
    entries = at_home(proposed("-50.00", "2024-01-06"), approved(4, "2024-01-06"), voided(version, "2024-01-06"))
    assert accrued(entries, "2024-01-10") == "1000.00"


def test_an_adjustment_approved_twice_counts_once() -> None:
    twice = [approved(4, "2024-01-06")] * 2
    assert accrued(at_home(proposed("-50.00", "2024-01-06"), *twice), "2024-01-10") == "950.00"


def test_the_adjustments_of_a_day_count_together() -> None:
    entries = at_home(
        proposed("-150.00", "2024-01-01"),
        proposed("30.00", "2024-01-01"),
        approved(4, "2024-01-01"),
        approved(5, "2024-01-01"),
    )
    assert [accrued(entries, f"2024-01-{day}") for day in ("01", "10")] == ["0.00", "900.00"]  # 100 - 120, then nine


def test_the_total_is_never_below_nothing_and_starts_again_from_there() -> None:
    entries = at_home(proposed("-9999.00", "2024-01-03"), approved(4, "2024-01-03"))
    assert [accrued(entries, f"2024-01-{day}") for day in ("02", "03", "10")] == ["200.00", "0.00", "700.00"]


def test_an_adjustment_below_the_cap_lets_metering_go_on_from_the_next_day() -> None:
    entries, policy = at_home(proposed("-150.00", "2024-01-08"), approved(4, "2024-01-08")), capped_at("500.00")
    assert ask(entries, "2024-01-07", policy).cap_reached_on == date(2024, 1, 5)
    eighth = ask(entries, "2024-01-08", policy)
    assert (eighth.accrued_costs, eighth.metering, eighth.cap_reached_on) == (Decimal("350.00"), "metering", None)
    assert (rates(eighth), eighth.expected_to_reach_cap_on) == (("700.00", "0.00", "700.00"), date(2024, 1, 10))
    assert accrued(entries, "2024-01-09", policy) == "450.00"
    assert ask(entries, "2024-01-31", policy).cap_reached_on == date(2024, 1, 10)
    metered = [int(day.metered) for day in daily(entries, policy, date(2024, 1, 7), date(2024, 1, 11), TODAY)]
    assert metered == [0, 0, 100, 50, 0]


def test_an_adjustment_upwards_leaves_less_room_on_its_day_and_none_above_the_cap() -> None:
    entries, policy = at_home(proposed("250.00", "2024-01-03"), approved(4, "2024-01-03")), capped_at("500.00")
    third = daily(entries, policy, date(2024, 1, 3), date(2024, 1, 3), TODAY)[0]
    assert (third.metered, third.metering) == (Fraction(50), "capped")  # 500 - 200 - 250
    assert accrued(entries, "2024-01-31", policy) == "500.00"


def test_an_adjustment_of_more_than_the_room_left_leaves_none_for_the_day_itself() -> None:
    entries = at_home(proposed("600.00", "2024-01-03"), approved(4, "2024-01-03"))
    third = daily(entries, capped_at("500.00"), date(2024, 1, 3), date(2024, 1, 3), TODAY)[0]
    assert (third.metered, third.metering) == (Fraction(0), "capped")  # and not 500 - 200 - 600


def test_under_a_cap_of_nothing_no_adjustment_undoes_that_it_was_reached() -> None:
    entries, policy = at_home(proposed("-1.00", "2024-01-03"), approved(4, "2024-01-03")), capped_at("0.00")
    found = ask(entries, "2024-01-03", policy)
    assert (found.accrued_costs, found.cap_reached_on) == (Decimal("0.00"), date(2024, 1, 1))


def test_a_day_never_meters_more_than_its_own_however_much_room_an_adjustment_makes() -> None:
    entries = at_home(proposed("-250.00", "2024-01-01"), approved(4, "2024-01-01"))
    first = daily(entries, capped_at("0.00"), date(2024, 1, 1), date(2024, 1, 1), TODAY)[0]
    assert (first.metered, first.metering) == (Fraction(100), "capped")


def test_an_adjustment_alone_can_reach_the_cap_in_a_break_and_one_after_it_adds_nothing() -> None:
    entries = at_home(
        away("2024-01-01", None),
        proposed("600.00", "2024-01-03"),
        approved(5, "2024-01-03"),
        proposed("1.00", "2024-01-05"),
        approved(7, "2024-01-05"),
    )
    found = ask(entries, "2024-01-03", capped_at("500.00"))
    assert (found.metering, found.cap_reached_on, rates(found)) == ("capped", date(2024, 1, 3), NOTHING_IN_FORCE)
    assert [accrued(entries, f"2024-01-0{day}", capped_at("500.00")) for day in (3, 5)] == ["500.00", "500.00"]


def test_an_adjustment_on_a_closed_day_counts_but_never_reaches_the_cap() -> None:
    entries = at_home(closed("2024-01-03"), proposed("9999.00", "2024-01-05"), approved(5, "2024-01-05"))
    found = ask(entries, "2024-01-05", capped_at("500.00"))
    assert (found.metering, found.accrued_costs, found.cap_reached_on) == ("closed", Decimal("500.00"), None)


def test_an_adjustment_on_a_closed_day_can_undo_that_the_cap_was_reached() -> None:
    entries = at_home(closed("2024-01-06"), proposed("-100.00", "2024-01-08"), approved(5, "2024-01-08"))
    assert ask(entries, "2024-01-07", capped_at("500.00")).cap_reached_on == date(2024, 1, 5)
    found = ask(entries, "2024-01-08", capped_at("500.00"))
    assert (found.metering, found.accrued_costs, found.cap_reached_on) == ("closed", Decimal("400.00"), None)


@pytest.mark.parametrize("on", ["2023-12-31", "2024-01-07"], ids=["before it is opened", "before the commencement"])
def test_an_adjustment_or_an_opening_before_anything_counts_does_nothing(on: str) -> None:
    policy = replace(REFORM, commencement=date(2024, 1, 8))
    entries = at_home(proposed("500.00", on), approved(4, on), carried_in("5000.00", on))
    assert accrued(entries, "2024-01-10", policy) == "300.00"


def test_asked_about_the_day_before_it_opened_an_account_has_nothing_yet() -> None:
    entries = at_home(proposed("500.00", "2023-12-31"), approved(4, "2023-12-31"), carried_in("5000.00", "2023-12-31"))
    assert accrued(entries, "2023-12-31") == "0.00"


# Annual adjustments.

SIXTH_OF_APRIL = date(2024, 4, 6)
MOVED_IN = history(opened("2024-04-01"), carried_in("43000.00", "2024-04-01", living="9000.00"))


def test_an_annual_adjustment_moves_what_accrued_and_the_cap_alike() -> None:
    cap: dict[date, str | None] = {date(2023, 10, 1): "86000.00", SIXTH_OF_APRIL: "88580.00"}
    policy = adjusted_on(SIXTH_OF_APRIL, "3", replace(REFORM, cap=cap))
    before, after = ask(MOVED_IN, "2024-04-05", policy), ask(MOVED_IN, "2024-04-06", policy)
    assert (before.accrued_costs, before.cap) == (Decimal("43000.00"), Decimal("86000.00"))
    assert (after.accrued_costs, after.cap) == (Decimal("44290.00"), Decimal("88580.00"))
    assert after.daily_living_costs == Decimal("9000.00")


def test_an_annual_adjustment_may_be_negative() -> None:
    assert accrued(MOVED_IN, "2024-04-06", adjusted_on(SIXTH_OF_APRIL, "-1")) == "42570.00"


@pytest.mark.parametrize(("percentage", "after"), [("1.01", "50.51"), ("-1.01", "49.49")])
def test_half_a_penny_of_annual_adjustment_is_a_penny_away_from_nothing(percentage: str, after: str) -> None:
    entries = history(opened("2024-04-01"), carried_in("50.00", "2024-04-01"))
    assert accrued(entries, "2024-04-06", adjusted_on(SIXTH_OF_APRIL, percentage)) == after  # 50.00 and 0.505


def test_an_annual_adjustment_starts_from_a_balance_in_pennies() -> None:
    # 100/7 = 14.2857, so 14.29; 3% is 0.43; 14.72 + 14.2857 = 29.0057. Without rounding it would be 28.9999.
    entries = history(opened(), needs(), budget("100.00"))
    assert accrued(entries, "2024-01-02", adjusted_on(date(2024, 1, 2), "3")) == "29.01"


def test_an_adjustment_is_carried_through_every_annual_adjustment_after_its_day() -> None:
    policy = replace(REFORM, annual_adjustments={date(2024, 1, 8): "3", date(2024, 1, 10): "10"})
    late = at_home(proposed("100.00", "2024-01-05"), approved(4, "2024-01-05"))
    assert [accrued(late, f"2024-01-{day}", policy) for day in ("07", "08", "09")] == ["800.00", "924.00", "1024.00"]
    assert accrued(at_home(), "2024-01-09", policy) == "921.00"  # 700 x 1.03 + 200: 103.00 less
    assert accrued(late, "2024-01-10", policy) == "1226.40"  # 1024 x 1.1 + 100
    on_the_day = at_home(proposed("100.00", "2024-01-08"), approved(4, "2024-01-08"))
    assert accrued(on_the_day, "2024-01-09", policy) == "1021.00"  # only 100.00 more: not carried through its own day


def test_an_opening_on_the_day_of_an_annual_adjustment_is_adjusted() -> None:
    assert accrued(MOVED_IN, "2024-04-01", adjusted_on(date(2024, 4, 1), "3")) == "44290.00"


def test_an_annual_adjustment_above_the_cap_reaches_it_that_day() -> None:
    entries = history(opened(), carried_in("499.00", "2024-01-01"))
    found = ask(entries, "2024-01-10", adjusted_on(date(2024, 1, 8), "3", capped_at("500.00")))
    assert (found.accrued_costs, found.cap_reached_on) == (Decimal("500.00"), date(2024, 1, 8))


def test_a_negative_annual_adjustment_does_not_undo_that_the_cap_was_reached() -> None:
    found = ask(at_home(), "2024-01-31", adjusted_on(date(2024, 1, 8), "-10", capped_at("500.00")))
    assert (found.accrued_costs, found.metering) == (Decimal("450.00"), "capped")
    assert found.cap_reached_on == date(2024, 1, 5)


def test_a_closed_account_is_adjusted_too_and_one_before_the_commencement_is_not() -> None:
    policy = adjusted_on(date(2024, 1, 8), "10")
    assert accrued(at_home(closed("2024-01-05")), "2024-01-08", policy) == "550.00"
    assert accrued(at_home(), "2024-01-10", replace(policy, commencement=date(2024, 1, 9))) == "200.00"


# The cap lowered: what is above it is cut off for good.


@pytest.mark.parametrize(
    ("reached_when", "reached_on"),
    [("at_or_above", date(2024, 1, 8)), ("above", date(2024, 1, 20))],
    ids=["reached that day, in a break", "reached when the first day after the break adds something"],
)
def test_a_cap_lowered_in_a_break_is_reached_by_the_switch(reached_when: str, reached_on: date) -> None:
    cap: dict[date, str | None] = {date(2023, 10, 1): "86000.00", date(2024, 1, 8): "450.00"}
    entries = at_home(away("2024-01-06", "2024-01-20"))
    found = ask(entries, "2024-01-31", replace(REFORM, cap=cap, reached_when=reached_when))
    assert (found.accrued_costs, found.cap_reached_on) == (Decimal("450.00"), reached_on)


def test_a_cap_lowered_while_the_account_is_closed_is_reached_when_it_reopens() -> None:
    cap: dict[date, str | None] = {date(2023, 10, 1): "86000.00", date(2024, 1, 8): "450.00"}
    entries, policy = at_home(closed("2024-01-06"), reopened("2024-01-20")), replace(REFORM, cap=cap)
    while_closed = ask(entries, "2024-01-19", policy)
    assert (while_closed.accrued_costs, while_closed.cap_reached_on) == (Decimal("450.00"), None)
    assert ask(entries, "2024-01-20", policy).cap_reached_on == date(2024, 1, 20)


# Openings carried in.

FIRST_COUNCIL = (opened("2024-04-01"), carried_in("40000.00", "2024-04-01", ("500.00", "200.00"), living="12000.00"))


def test_an_account_carried_in_goes_on_at_the_first_councils_rate() -> None:
    found = ask(history(*FIRST_COUNCIL), "2024-04-28", replace(REFORM, daily_living_costs={}))
    assert (found.accrued_costs, found.daily_living_costs) == (Decimal("42000.00"), Decimal("12800.00"))
    assert (found.metering, rates(found)) == ("metering", ("700.00", "200.00", "500.00"))
    assert found.expected_to_reach_cap_on == date(2026, 1, 4)  # 44,000.00 to go: 88 weeks


@pytest.mark.parametrize(
    ("fact", "accrued_costs", "word"),
    [
        pytest.param(needs("2024-04-15"), "41000.00", "no_budget", id="eligible needs, no budget yet"),
        pytest.param(not_eligible("2024-04-15"), "41000.00", "not_eligible", id="no eligible needs"),
        pytest.param(
            needs("2024-04-15", ending_before="2024-04-22"), "41000.00", "not_eligible", id="for good, though it ended"
        ),
        pytest.param(needs("2024-03-01"), "40000.00", "no_budget", id="assessed before the move: no such days"),
        pytest.param(needs("2024-04-15", confirmed=False), "42000.00", "metering", id="not by one nobody confirmed"),
        pytest.param(carried_in("41000.00", "2024-04-15"), "41000.00", "not_eligible", id="an opening without a rate"),
        pytest.param(
            carried_in("41000.00", "2024-04-15", ("70.00", "0.00")), "41140.00", "metering", id="another's rate"
        ),
        pytest.param(
            carried_in("1.00", "2024-03-15"), "42000.00", "metering", id="not by an earlier one recorded later"
        ),
        pytest.param(away("2024-04-15", "2024-05-01"), "41000.00", "paused", id="a break pauses it"),
        pytest.param(budget("7000.00", "2024-04-15"), "42000.00", "metering", id="a budget alone does not end it"),
    ],
)
def test_the_first_councils_rate_runs_until_the_new_council_has_assessed(
    fact: Fact, accrued_costs: str, word: str
) -> None:
    found = ask(history(*FIRST_COUNCIL, fact), "2024-04-28")
    assert (str(found.accrued_costs), found.metering) == (accrued_costs, word)


def test_the_days_own_budget_counts_from_the_first_assessment_on() -> None:
    entries = history(*FIRST_COUNCIL, budget("700.00", "2024-04-01"), needs("2024-04-15"))
    assert accrued(entries, "2024-04-28") == "42400.00"  # 40,000 + 14 x 500/7 + 14 x 100


def test_a_day_at_the_first_councils_rate_needs_a_cap() -> None:
    with pytest.raises(NoAmount, match="cap"):
        ask(history(*FIRST_COUNCIL), "2024-04-28", replace(REFORM, cap={}))


def test_an_opening_fixes_the_balance_at_the_start_of_its_day_and_the_last_of_a_day_stands() -> None:
    entries = at_home(carried_in("9000.00", "2024-01-06"), carried_in("5000.00", "2024-01-06", living="10.00"))
    assert [accrued(entries, f"2024-01-0{day}") for day in (5, 6)] == ["500.00", "5100.00"]
    assert ask(entries, "2024-01-06").daily_living_costs == Decimal("10.00")


def test_of_two_openings_on_a_day_the_rate_is_that_of_the_one_recorded_last() -> None:
    entries = history(*FIRST_COUNCIL, carried_in("40000.00", "2024-04-01", ("70.00", "0.00")))
    assert accrued(entries, "2024-04-28") == "40280.00"


def test_an_opening_forgets_that_the_cap_was_reached() -> None:
    entries, policy = at_home(carried_in("100.00", "2024-01-08")), capped_at("500.00")
    assert ask(entries, "2024-01-07", policy).cap_reached_on == date(2024, 1, 5)
    assert accrued(entries, "2024-01-08", policy) == "200.00"
    assert ask(entries, "2024-01-31", policy).cap_reached_on == date(2024, 1, 11)


def test_an_opening_above_the_cap_is_cut_down_to_it_and_reaches_it() -> None:
    found = ask(at_home(carried_in("600.00", "2024-01-03")), "2024-01-03", capped_at("500.00"))
    assert (found.accrued_costs, found.cap_reached_on) == (Decimal("500.00"), date(2024, 1, 3))


# Closing and reopening.


def test_between_closure_and_reopening_the_account_is_closed() -> None:
    entries = at_home(closed("2024-03-01"), reopened("2024-06-01", at=LATER))
    found = [ask(entries, on) for on in ("2024-03-01", "2024-03-02", "2024-05-31", "2024-06-01")]
    assert [day.metering for day in found] == ["metering", "closed", "closed", "metering"]
    assert [str(day.accrued_costs) for day in found] == ["6100.00", "6100.00", "6100.00", "6200.00"]
    assert ask(entries, "2024-06-01", known_at=JUST_BEFORE).metering == "closed"


def test_a_reopened_account_can_be_closed_again() -> None:
    entries = at_home(closed("2024-01-03"), reopened("2024-01-06"), closed("2024-01-08"))
    assert accrued(entries, "2024-01-31") == "600.00"  # 1, 2, 3 and 6, 7, 8 January


def test_the_closure_recorded_last_closes_over_an_earlier_reopening() -> None:
    entries = at_home(closed("2024-01-10"), reopened("2024-01-12"), closed("2024-01-05"))
    assert accrued(entries, "2024-01-31") == "500.00"


def test_a_reopening_from_before_the_closure_leaves_no_closed_day() -> None:
    assert accrued(at_home(closed("2024-01-05"), reopened("2024-01-03")), "2024-01-10") == "1000.00"


# What changes no figure.


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        ("opening-evidenced", {"opening": named(2), "on": "2024-01-05", "evidence": "certificate"}),
        ("dispute-raised", {"on": "2024-01-05", "about": named(3)}),
        ("dispute-answered", {"dispute": named(4), "on": "2024-01-06", "outcome": "upheld"}),
        ("statement-issued", {"to": "2024-01-05", "accrued_costs": "1.00"}),
        ("period-posted", {"through": "2024-01-05", "accrued_costs": "1.00"}),
    ],
)
def test_evidence_disputes_statements_and_postings_change_no_figure(type_: str, data: dict[str, Any]) -> None:
    assert ask(at_home((type_, data, RECORDED_EARLY)), "2024-01-10") == ask(at_home(), "2024-01-10")
