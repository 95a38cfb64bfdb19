"""What counts towards the cap, and what does not (Care Act 2014 s 15 as amended in 2022)."""

from decimal import Decimal

import pytest

from domain.account.accrual import accrue
from domain.account.facts import BudgetSet, Fact
from domain.account.in_force import entry_on
from domain.account.state import CareAccount
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

A_WEEK = "2023-10-08"  # the last of the seven days from 2 October 2023


def test_a_self_funder_at_home_counts_what_the_care_would_cost_the_council() -> None:
    """A week that would cost the council 250.00 counts 250.00 (s 15(2)(b))."""
    assert accrued(account(needs(), budget("250.00")), A_WEEK) == "250.00"


def test_a_self_funder_in_a_care_home_counts_that_cost_less_daily_living_costs() -> None:
    """700.00 a week: 500.00 counts, 200.00 is daily living costs (s 15(6))."""
    found = progress(self_funder("700.00"), A_WEEK)
    assert (str(found.accrued_costs), str(found.daily_living_costs)) == ("500.00", "200.00")


@pytest.mark.parametrize("setting", ["own_home", "supported_living", "extra_care", "shared_lives"])
def test_daily_living_costs_are_set_apart_only_in_a_care_home(setting: str) -> None:
    """All of 700.00 a week counts."""
    assert accrued(account(needs(), budget("700.00", setting=setting)), A_WEEK) == "700.00"


def test_someone_the_council_helps_counts_what_it_charges_them() -> None:
    """Assessed to pay 67.71 of 700.00 a week: 67.71 counts (s 15(2)(a))."""
    found = account(needs(), budget("700.00", kind="personal"), contribution("67.71"))
    assert accrued(found, A_WEEK) == "67.71"


def test_a_contribution_in_a_care_home_counts_less_daily_living_costs() -> None:
    """350.00 of 700.00 a week: 150.00 counts, 200.00 is daily living costs."""
    found = account(needs(), budget("700.00", kind="personal", setting="care_home"), contribution("350.00"))
    assert (accrued(found, A_WEEK), str(progress(found, A_WEEK).daily_living_costs)) == ("150.00", "200.00")


def test_a_contribution_below_daily_living_costs_makes_no_progress() -> None:
    """180.00 a week: 0.00 counts, 180.00 is daily living costs."""
    found = account(needs(), budget("700.00", kind="personal", setting="care_home"), contribution("180.00"))
    assert (accrued(found, A_WEEK), str(progress(found, A_WEEK).daily_living_costs)) == ("0.00", "180.00")


def test_nobody_is_counted_for_more_than_the_care_costs() -> None:
    """Assessed to pay 350.00 for care that costs 100.00: 100.00 counts."""
    found = account(needs(), budget("100.00", kind="personal"), contribution("350.00"))
    assert accrued(found, A_WEEK) == "100.00"


def test_someone_charged_the_full_cost_counts_all_of_it() -> None:
    """Full cost of 400.00 a week: 400.00 counts."""
    found = account(needs(), budget("400.00", kind="personal"), contribution("0.00", outcome="full_cost"))
    assert accrued(found, A_WEEK) == "400.00"


def test_a_day_names_the_entries_it_rests_on() -> None:
    personal = account(needs(), budget("700.00", kind="personal"), contribution("67.71"), away("2023-10-09"))
    independent = account(needs(), budget("700.00"), contribution("67.71"))
    unassessed = account(needs(), budget("700.00", kind="personal"))

    def rests_on(found: CareAccount, on: str) -> list[int]:
        counted = accrue(found, REFORM_2023, day(on)).at(day(on))
        return [entry.version for entry in counted.day.rests_on] if counted else []

    assert [rests_on(personal, A_WEEK), rests_on(personal, "2023-10-09")] == [[2, 3, 4], [5]]
    assert [rests_on(independent, A_WEEK), rests_on(unassessed, A_WEEK)] == [[2, 3], [2, 3]]


def test_a_charge_the_council_waives_does_not_count() -> None:
    """A contribution of 0.00 towards 400.00 a week counts 0.00."""
    found = account(needs(), budget("400.00", kind="personal"), contribution("0.00"))
    assert accrued(found, A_WEEK) == "0.00"


def test_without_a_financial_assessment_nothing_counts_and_the_answer_says_so() -> None:
    """Care at 400.00 a week through the council, not assessed: 0.00, unassessed (s 17)."""
    found = progress(account(needs(), budget("400.00", kind="personal")), A_WEEK)
    assert (str(found.accrued_costs), found.metering, found.weekly_rate) == ("0.00", "unassessed", None)


def test_costs_are_backdated_to_the_day_the_duty_to_assess_arose() -> None:
    """Assessed on 1 December, duty since 1 October: 250.00 for the first week of October (s 15(3))."""
    found = account(
        needs("2030-10-01", assessed_on="2030-12-01", duty_arose_on="2030-10-01"),
        budget("250.00", "2030-10-01"),
        opened_on="2030-10-01",
    )
    assert accrued(found, "2030-10-07") == "250.00"


def test_a_duty_that_arose_after_the_needs_did_is_when_costs_begin() -> None:
    """Needs since 2 October, duty from the 9th, 250.00 a week: 0.00 by the 8th, 250.00 by the 15th."""
    found = account(needs(duty_arose_on="2023-10-09"), budget("250.00"))
    assert [accrued(found, on) for on in (A_WEEK, "2023-10-15")] == ["0.00", "250.00"]


def test_a_duty_that_arose_after_the_needs_had_ended_starts_nothing() -> None:
    """Needs that ended on 4 October, duty from the 6th: 0.00."""
    found = account(needs(ending_before="2023-10-05", duty_arose_on="2023-10-06"), budget("250.00"))
    assert accrued(found, "2023-12-01") == "0.00"


def test_an_assessment_without_eligible_needs_starts_nothing() -> None:
    """0.00, however long ago the duty to assess arose."""
    found = account(needs(None, duty_arose_on="2023-10-02", assessed_on="2023-12-01"), budget("250.00"))
    assert progress(found, "2024-10-01").metering == "not_eligible"
    assert accrued(found, "2024-10-01") == "0.00"


def test_a_later_assessment_that_finds_no_eligible_needs_stops_the_count_when_it_is_made() -> None:
    """Assessed on 9 October: 700.00 by the 8th, and no more."""
    found = account(needs(), budget("700.00"), needs(None, assessed_on="2023-10-09"))
    assert [accrued(found, on) for on in (A_WEEK, "2023-10-09")] == ["700.00", "700.00"]


def test_an_assessment_that_has_ended_lets_the_earlier_one_resume() -> None:
    """Not eligible from 9 to 15 October: 700.00, still 700.00, and 1400.00 a week later."""
    found = account(needs(), budget("700.00"), needs(None, assessed_on="2023-10-09", ending_before="2023-10-16"))
    assert [accrued(found, on) for on in (A_WEEK, "2023-10-15", "2023-10-22")] == ["700.00", "700.00", "1400.00"]


def test_a_self_assessment_that_nobody_confirmed_counts_as_nothing() -> None:
    """Neither does it start the count nor does it stop the 250.00 a week of an assessment that was made."""
    assert progress(account(needs(confirmed=False), budget("250.00")), A_WEEK).metering == "not_eligible"
    assert accrued(account(needs(), budget("250.00"), needs(None, confirmed=False)), A_WEEK) == "250.00"


def test_needs_without_a_budget_are_named_as_such() -> None:
    """Nothing counts until a budget says what meeting them costs."""
    assert progress(account(needs()), A_WEEK).metering == "no_budget"


def test_nothing_counts_in_hospital_and_counting_resumes_on_the_way_home() -> None:
    """Two of seven days in hospital: five days of 750.00 a week, 535.71."""
    found = self_funder("950.00", "2023-10-02", away("2023-10-04", "2023-10-06"))
    assert progress(found, "2023-10-05").metering == "paused"
    assert progress(found, "2023-10-06").metering == "metering"
    assert accrued(found, A_WEEK) == "535.71"  # five days of 750.00 a week


def test_the_last_day_still_counts_and_nothing_after_it_does() -> None:
    """Closed on 8 October: 750.00, then and later."""
    found = self_funder("950.00", "2023-10-02", closed(A_WEEK))
    assert [accrued(found, on) for on in (A_WEEK, "2024-01-01")] == ["750.00", "750.00"]
    assert [progress(found, on).metering for on in (A_WEEK, "2023-10-09")] == ["metering", "closed"]


def test_nothing_counts_before_the_account_was_opened() -> None:
    """Opened on 5 October with needs since the 2nd: 0.00 by the 4th, 100.00 on the 5th."""
    found = account(needs("2023-10-02"), budget("700.00"), opened_on="2023-10-05")
    assert [accrued(found, on) for on in ("2023-10-04", "2023-10-05")] == ["0.00", "100.00"]


def test_a_budget_set_later_holds_from_its_day_and_the_earlier_one_before() -> None:
    """700.00 for the first week, 1400.00 for the second: 2100.00."""
    found = account(needs(), budget("700.00"), budget("1400.00", "2023-10-09"))
    assert [accrued(found, on) for on in (A_WEEK, "2023-10-15")] == ["700.00", "2100.00"]


def test_a_budget_with_an_end_lets_the_earlier_one_resume() -> None:
    """700.00, a week at 1400.00, and 700.00 again: 2800.00."""
    found = account(needs(), budget("700.00"), budget("1400.00", "2023-10-09", ending_before="2023-10-16"))
    assert accrued(found, "2023-10-22") == "2800.00"


def test_a_short_stay_in_a_care_home_sets_daily_living_costs_apart_as_the_scheme_has_it() -> None:
    """950.00 a week: 750.00 counts under the reform."""
    stay = account(needs(), budget("950.00", setting="care_home", short_stay=True))
    assert accrued(stay, A_WEEK) == "750.00"


def test_a_stay_is_not_short_unless_it_is_said_to_be() -> None:
    assert not budget("950.00", setting="care_home").short_stay


def test_a_rate_received_late_makes_the_difference_of_the_days_it_reaches() -> None:
    """900.00 to 945.00 from 1 February: 160.71 more for the 25 days to 25 February."""
    before = account(needs(), budget("900.00"))
    after = account(needs(), budget("900.00"), budget("945.00", "2024-02-01"))
    difference = Decimal(accrued(after, "2024-02-25")) - Decimal(accrued(before, "2024-02-25"))
    assert difference == Decimal("160.71")  # 45.00 a week for the 25 days from 1 to 25 February


def test_a_day_is_a_seventh_of_a_week_also_when_the_clocks_change() -> None:
    """Sunday 31 March 2024 lacks an hour and counts 100.00 of 700.00 a week all the same."""
    found = account(needs(), budget("700.00"), opened_on="2024-03-25")
    assert [accrued(found, f"2024-03-{d}") for d in (30, 31)] == ["600.00", "700.00"]


def test_the_entry_in_force_is_the_one_recorded_last_of_those_that_cover_the_day() -> None:
    found = account(needs(), budget("700.00"), budget("1400.00", "2023-10-09", ending_before="2023-10-16"))
    in_force = [entry_on(found, BudgetSet, day(on)) for on in ("2023-10-01", "2023-10-08", "2023-10-09", "2023-10-16")]
    assert [entry and entry.version for entry in in_force] == [None, 3, 4, 3]


@pytest.mark.parametrize(
    ("word", "facts"),
    [
        ("closed", (needs(), budget("700.00"), away("2023-10-02"), closed("2023-10-07"))),
        ("not_eligible", (needs(None), budget("700.00"), away("2023-10-02"))),
        ("paused", (needs(), budget("700.00", kind="personal"), away("2023-10-02"))),
        ("no_budget", (needs(),)),
        ("unassessed", (needs(), budget("700.00", kind="personal"))),
        ("metering", (needs(), budget("700.00", kind="personal"), contribution("0.00"))),
    ],
    ids=["closed", "not eligible", "paused", "no budget", "unassessed", "metering"],
)
def test_a_day_is_called_by_the_first_thing_that_stops_it_from_counting(word: str, facts: tuple[Fact, ...]) -> None:
    assert progress(account(*facts), A_WEEK).metering == word
