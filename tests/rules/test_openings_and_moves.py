"""What is carried in from another council or an earlier system (Care Act 2014 ss 37 and 38)."""

import pytest

from domain.account.commands import EvidenceOpening
from domain.account.facts import OpeningCarriedIn, OpeningEvidenced
from domain.account.refusals import AccountIsClosed, AlreadyEvidenced, BeforeItOpened, NoSuchEntry
from tests.rules.asking import asked, correct, in_short, ledger, refusal, request
from tests.rules.build import (
    NATIONAL,
    account,
    accrued,
    and_then,
    away,
    budget,
    charge,
    closed,
    contribution,
    day,
    needs,
    opening,
    progress,
    reopened,
    self_funder,
    the_id,
)
from tests.rules.laws import reform

MOVED = "2024-03-01"
FOUR_WEEKS_ON = "2024-03-28"  # the last of the 28 days from 1 March 2024


def test_an_opening_fixes_what_has_accrued_as_at_the_start_of_its_day() -> None:
    """40000.00 carried in on 1 March, with 100.00 a day: 40100.00 at the close of that day."""
    found = account(opening("40000.00", MOVED), needs(MOVED), budget("700.00", MOVED), opened_on=MOVED)
    assert [accrued(found, on) for on in ("2024-02-29", MOVED, "2024-03-02")] == ["0.00", "40100.00", "40200.00"]


def test_what_had_accrued_here_before_the_opening_is_replaced_by_it() -> None:
    """700.00 counted by 8 October; 40000.00 carried in on the 9th stands for all that came before it."""
    found = account(needs(), budget("700.00"), opening("40000.00", "2023-10-09"))
    assert [accrued(found, on) for on in ("2023-10-08", "2023-10-09")] == ["700.00", "40100.00"]


def test_daily_living_costs_so_far_come_with_it() -> None:
    """8000.00 carried in, and 200.00 for the first week here: 8200.00."""
    found = self_funder("950.00", MOVED, opening("30000.00", MOVED, "8000.00"))
    shown = progress(found, "2024-03-07")
    assert (str(shown.accrued_costs), str(shown.daily_living_costs)) == ("30750.00", "8200.00")


def test_an_opening_is_a_line_that_names_the_entry_that_brought_it() -> None:
    """The 40000.00 of 1 March are a line of their own; the day's 100.00 follow."""
    found = account(opening("40000.00", MOVED), needs(MOVED), budget("700.00", MOVED), opened_on=MOVED)
    carried, counted = ledger(found, MOVED, MOVED)
    assert [in_short(carried), in_short(counted)] == [
        ("opening", MOVED, MOVED, "40000.00"),
        ("accrual", MOVED, MOVED, "100.00"),
    ]
    assert (carried.cause, counted.cause) == (the_id(2), None)


def test_of_several_openings_on_one_day_the_last_recorded_stands() -> None:
    """40000.00, then 41000.00 on the same day: 41000.00, the second line being the 1000.00 between them."""
    found = account(opening("40000.00", "2023-10-02"), opening("41000.00", "2023-10-02"))
    assert accrued(found, "2023-10-02") == "41000.00"
    assert [str(line.metered) for line in ledger(found, "2023-10-02", "2023-10-02")] == ["40000.00", "1000.00", "0.00"]


def test_an_opening_is_inherited_and_unproven_until_there_is_evidence() -> None:
    """Evidence changes no figure: 40000.00 before and after it."""
    found = account(opening("40000.00", "2023-10-02"))
    proven = asked(found, evidence(2))
    assert [len(one.of(OpeningEvidenced)) for one in (found, proven)] == [0, 1]
    assert [accrued(one, "2023-10-09") for one in (found, proven)] == ["40000.00", "40000.00"]


def evidence(version: int) -> EvidenceOpening:
    return EvidenceOpening(opening=the_id(version), on=day("2024-05-01"), evidence="schedule-4")


def test_a_balance_is_evidenced_once_and_only_if_it_was_carried_in() -> None:
    found = account(opening("40000.00", "2023-10-02"), needs())
    assert refusal(found, evidence(3)) is NoSuchEntry
    assert refusal(asked(found, evidence(2)), evidence(2)) is AlreadyEvidenced


def test_a_balance_that_was_corrected_is_evidenced_by_itself() -> None:
    """40000.00 was evidenced, then corrected to 41000.00: the new balance is unproven until evidence comes."""
    found = asked(
        account(opening("40000.00", "2023-10-02")), evidence(2), correct(2, opening("41000.00", "2023-10-02"))
    )
    assert refusal(found, evidence(2)) is NoSuchEntry
    assert asked(found, evidence(5)).version == 6
    assert accrued(found, "2023-10-02") == "41000.00"


@pytest.mark.parametrize(("on", "refused"), [("2023-10-01", BeforeItOpened), ("2024-01-02", AccountIsClosed)])
def test_nothing_is_carried_in_before_the_account_opens_or_after_its_last_day(
    on: str, refused: type[Exception]
) -> None:
    assert refusal(account(closed("2024-01-01")), request(opening("1.00", on))) is refused


@pytest.mark.parametrize("on", ["2023-10-02", "2024-01-01"])
def test_the_day_of_opening_and_the_last_day_may_have_a_balance_carried_in(on: str) -> None:
    assert asked(account(closed("2024-01-01")), request(opening("1.00", on))).version == 3


# --- the first council's rate ---


def moved_in() -> OpeningCarriedIn:
    """From a council that counted 500.00 a week and set 200.00 apart."""
    return opening("40000.00", MOVED, weekly_rate="500.00")


def test_until_the_new_council_assesses_the_account_goes_on_at_the_first_councils_rate() -> None:
    """40000.00 and four weeks at 500.00: 42000.00; 200.00 a week are daily living costs: 800.00 (s 38)."""
    shown = progress(account(moved_in(), opened_on=MOVED), FOUR_WEEKS_ON)
    assert (str(shown.accrued_costs), str(shown.daily_living_costs)) == ("42000.00", "800.00")
    assert shown.weekly_rate is not None
    assert (shown.metering, str(shown.weekly_rate.base), str(shown.weekly_rate.metered)) == (
        "metering",
        "700.00",
        "500.00",
    )


def test_the_first_councils_rate_ends_on_the_day_from_which_the_new_assessment_is_in_force() -> None:
    """500.00 for the week to 7 March; from 8 March the own budget of 700.00 counts 100.00 a day."""
    found = account(moved_in(), needs("2024-03-08"), budget("700.00", MOVED), opened_on=MOVED)
    assert [accrued(found, on) for on in ("2024-03-07", "2024-03-08")] == ["40500.00", "40600.00"]


def test_an_assessment_in_force_from_the_day_of_the_move_leaves_no_day_at_the_first_councils_rate() -> None:
    """Assessed from 1 March without a budget: 40000.00 stays, and the day says that the budget is missing."""
    found = account(moved_in(), needs(MOVED), opened_on=MOVED)
    assert (accrued(found, FOUR_WEEKS_ON), progress(found, MOVED).metering) == ("40000.00", "no_budget")


def test_an_assessment_that_finds_no_eligible_needs_ends_the_first_councils_rate_as_well() -> None:
    """500.00 for one week, then nothing: 40500.00, not eligible."""
    found = account(moved_in(), needs(None, assessed_on="2024-03-08"), opened_on=MOVED)
    assert (accrued(found, FOUR_WEEKS_ON), progress(found, "2024-03-08").metering) == ("40500.00", "not_eligible")


def test_an_assessment_that_ran_out_does_not_bring_the_first_councils_rate_back() -> None:
    """One week at 500.00, a week of this council's assessment that ended, and nothing after it: 40500.00."""
    found = account(moved_in(), needs("2024-03-08", ending_before="2024-03-15"), opened_on=MOVED)
    assert (accrued(found, FOUR_WEEKS_ON), progress(found, FOUR_WEEKS_ON).metering) == ("40500.00", "not_eligible")


def test_a_self_assessment_that_nobody_confirmed_does_not_end_the_first_councils_rate() -> None:
    """Four weeks at 500.00: 42000.00."""
    found = account(moved_in(), needs("2024-03-08", confirmed=False), opened_on=MOVED)
    assert accrued(found, FOUR_WEEKS_ON) == "42000.00"


def test_a_break_pauses_the_first_councils_rate() -> None:
    """Three weeks at home and one in hospital: 1500.00."""
    found = account(moved_in(), away("2024-03-08", "2024-03-15"), opened_on=MOVED)
    assert (accrued(found, FOUR_WEEKS_ON), progress(found, "2024-03-08").metering) == ("41500.00", "paused")


def test_the_first_councils_rate_stops_with_the_last_day_of_the_account() -> None:
    """One week at 500.00 to a death on 7 March: 40500.00."""
    assert accrued(account(moved_in(), closed("2024-03-07"), opened_on=MOVED), FOUR_WEEKS_ON) == "40500.00"


def test_budgets_assessments_and_charges_here_do_not_change_the_first_councils_rate() -> None:
    """Until needs are assessed here, 500.00 a week counts whatever else was recorded: 42000.00."""
    own = (budget("900.00", MOVED, kind="personal"), contribution("90.00", MOVED), charge("7.00", MOVED, "2024-04-01"))
    assert accrued(account(moved_in(), *own, opened_on=MOVED), FOUR_WEEKS_ON) == "42000.00"


def test_the_first_councils_rate_needs_no_amount_of_daily_living_costs() -> None:
    """200.00 a week are set apart because the first council said so; the law's amount may be unknown: 42000.00."""
    found = account(moved_in(), opened_on=MOVED)
    assert accrued(found, FOUR_WEEKS_ON, reform(costs=None)) == "42000.00"


def test_the_first_councils_rate_stops_at_the_cap_as_any_other() -> None:
    """85500.00 carried in at 500.00 a week: 86000.00 on the seventh day, and no more."""
    found = account(opening("85500.00", MOVED, weekly_rate="500.00"), opened_on=MOVED)
    shown = progress(found, FOUR_WEEKS_ON)
    assert (str(shown.accrued_costs), shown.cap_reached_on) == ("86000.00", day("2024-03-07"))


def test_a_later_opening_without_a_rate_ends_an_earlier_ones() -> None:
    """500.00 for a week, then a balance of 50000.00 with no rate: 50000.00 stays."""
    found = account(moved_in(), opening("50000.00", "2024-03-08"), opened_on=MOVED)
    by_day = [accrued(found, on) for on in ("2024-03-07", "2024-03-08", FOUR_WEEKS_ON)]
    assert by_day == ["40500.00", "50000.00", "50000.00"]


def test_an_earlier_opening_told_later_leaves_the_later_ones_rate_as_it_is() -> None:
    """700.00 a week from 8 March, although the 500.00 of 1 March were recorded after it."""
    later = opening("50000.00", "2024-03-08", weekly_rate="700.00")
    found = account(later, moved_in(), opened_on=MOVED)
    assert [accrued(found, on) for on in ("2024-03-07", "2024-03-14")] == ["40500.00", "50700.00"]


def test_an_opening_asks_about_the_cap_anew() -> None:
    """A cap of 500.00 reached on 6 October; 300.00 carried in on the 9th is below it, and reaches it on the 10th."""
    found, scheme = account(needs(), budget("700.00"), opening("300.00", "2023-10-09")), reform("500.00")
    shown = [progress(found, on, scheme) for on in ("2023-10-08", "2023-10-09", "2023-10-10")]
    assert [str(one.accrued_costs) for one in shown] == ["500.00", "400.00", "500.00"]
    assert [one.cap_reached_on for one in shown] == [day("2023-10-06"), None, day("2023-10-10")]


def test_an_opening_at_the_cap_has_reached_it_on_its_day() -> None:
    """86000.00 carried in leaves nothing to count; 85999.99 leaves a penny."""
    at, below = (account(needs(), budget("700.00"), opening(sum_, "2023-10-02")) for sum_ in ("86000.00", "85999.99"))
    assert [progress(found, "2023-10-02").cap_reached_on for found in (at, below)] == [day("2023-10-02")] * 2
    assert [str(ledger(found, "2023-10-02", "2023-10-02")[-1].metered) for found in (at, below)] == ["0.00", "0.01"]


def test_an_opening_above_the_cap_is_brought_down_to_it_by_a_line() -> None:
    """90000.00 carried in, 4000.00 taken off: 86000.00."""
    found = account(opening("90000.00", "2023-10-02"))
    assert [in_short(line)[0] + " " + in_short(line)[3] for line in ledger(found, "2023-10-02", "2023-10-02")] == [
        "opening 90000.00",
        "adjustment -4000.00",
        "accrual 0.00",
    ]
    assert progress(found, "2023-10-02").metering == "capped"


def test_before_commencement_a_balance_carried_in_counts_as_nothing() -> None:
    """40000.00 before the cap begins: 0.00, then and afterwards."""
    found = account(opening("40000.00", "2023-10-02"))
    assert accrued(found, "2023-10-02", reform(commencement="2023-10-03")) == "0.00"
    assert accrued(found, "2023-10-03", reform(commencement="2023-10-03")) == "0.00"
    assert accrued(found, "2023-10-02", reform(commencement="2023-10-02")) == "40000.00"
    assert accrued(found, "2023-10-02", NATIONAL) == "0.00"


def test_a_balance_carried_in_while_the_account_was_closed_still_counts() -> None:
    """Closed late to 1 January, so that the 1000.00 of 1 February fall on a closed day: they stay."""
    found = and_then(account(opening("1000.00", "2024-02-01")), closed("2024-01-01"), reopened("2024-03-01"))
    shown = progress(found, "2024-02-02")
    assert (str(shown.accrued_costs), shown.metering) == ("1000.00", "closed")


def test_annual_adjustments_made_elsewhere_are_kept_for_the_record_and_not_made_again() -> None:
    """40000.00 holds the 3 % of the first council already: it stays 40000.00."""
    earlier = ({"on": "2023-04-01", "percentage": "3"},)
    assert accrued(account(opening("40000.00", "2023-10-02", adjustments=earlier)), "2024-10-02") == "40000.00"
