"""What the council charges, and what it takes back (Care Act 2014 ss 14(1)(a) and 15(2)(a))."""

import pytest

from domain.account.commands import RetractCharge
from domain.account.facts import Fact
from domain.account.refusals import (
    AccountIsClosed,
    AlreadyRetracted,
    ChargeReferenceUsed,
    NoSuchEntry,
)
from domain.account.state import CareAccount
from tests.rules.asking import asked, correct, refusal, request
from tests.rules.build import (
    account,
    accrued,
    and_then,
    away,
    budget,
    charge,
    closed,
    contribution,
    needs,
    progress,
    the_id,
)

A_WEEK = "2023-10-08"  # the last of the seven days from 2 October 2023
FOUR_WEEKS = ("2023-10-02", "2023-10-30")
RETRACT = RetractCharge(reference="INV-1", reason_code="billed-twice")


def helped(*more: Fact, setting: str = "own_home") -> CareAccount:
    """Somebody whose needs the council meets at 700.00 a week."""
    return account(needs(), budget("700.00", kind="personal", setting=setting), *more)


def test_a_charge_is_spread_evenly_over_the_days_of_its_period() -> None:
    """280.00 for the 28 days from 2 October: 10.00 a day, 70.00 after a week, 280.00 after four, then no more."""
    found = helped(charge("280.00", *FOUR_WEEKS))
    by_day = [accrued(found, on) for on in ("2023-10-02", A_WEEK, "2023-10-29", "2023-10-30")]
    assert by_day == ["10.00", "70.00", "280.00", "280.00"]


def test_what_was_charged_counts_rather_than_what_the_assessment_allows() -> None:
    """Charged 280.00 for four weeks, assessed to pay 100.00 a week: 280.00, and 100.00 for the week after."""
    found = helped(contribution("100.00"), charge("280.00", *FOUR_WEEKS))
    assert [accrued(found, on) for on in ("2023-10-29", "2023-11-05")] == ["280.00", "380.00"]


def test_days_that_no_charge_covers_count_by_the_assessment() -> None:
    """100.00 a week before a charge of 280.00 from 9 October to 5 November, and 100.00 a week after it."""
    found = helped(contribution("100.00"), charge("280.00", "2023-10-09", "2023-11-06"))
    assert [accrued(found, on) for on in (A_WEEK, "2023-11-05", "2023-11-12")] == ["100.00", "380.00", "480.00"]


def test_several_charges_for_the_same_days_add_up() -> None:
    """280.00 for four weeks and 14.00 for the second of them: 70.00, then 154.00, then 224.00 and 294.00."""
    extra = charge("14.00", "2023-10-09", "2023-10-16", "INV-2")
    found = helped(charge("280.00", *FOUR_WEEKS), extra)
    by_week = [accrued(found, on) for on in (A_WEEK, "2023-10-15", "2023-10-22", "2023-10-29")]
    assert by_week == ["70.00", "154.00", "224.00", "294.00"]


def test_charges_that_follow_each_other_do_not_overlap_on_the_day_between() -> None:
    """70.00 for a week, then 140.00 for the next: 70.00 on Sunday, 90.00 on Monday."""
    found = helped(charge("70.00", "2023-10-02", "2023-10-09"), charge("140.00", "2023-10-09", "2023-10-16", "INV-2"))
    assert [accrued(found, on) for on in (A_WEEK, "2023-10-09", "2023-10-15")] == ["70.00", "90.00", "210.00"]


def test_days_between_two_charges_count_nothing_while_nobody_was_assessed() -> None:
    """70.00 for the first week, nothing for the second, 84.00 for the third: 70.00, 70.00 and 154.00."""
    found = helped(charge("70.00", "2023-10-02", "2023-10-09"), charge("84.00", "2023-10-16", "2023-10-23", "INV-2"))
    assert [accrued(found, on) for on in (A_WEEK, "2023-10-15", "2023-10-22")] == ["70.00", "70.00", "154.00"]
    assert progress(found, "2023-10-09").metering == "unassessed"


def test_a_charge_counts_also_above_the_weekly_cost_of_the_budget() -> None:
    """Charged 770.00 for a week whose budget is 700.00: the 770.00 that was charged."""
    assert accrued(helped(charge("770.00", "2023-10-02", "2023-10-09")), A_WEEK) == "770.00"


def test_a_charge_of_nothing_makes_its_days_count_nothing_whatever_was_assessed() -> None:
    """A council that waives the charge of a week, 0.00 instead of the assessed 100.00, counts 0.00 (s 15(2)(a))."""
    found = helped(contribution("100.00"), charge("0.00", "2023-10-02", "2023-10-09"))
    assert (accrued(found, A_WEEK), progress(found, A_WEEK).metering) == ("0.00", "metering")
    assert accrued(found, "2023-10-15") == "100.00"


def test_in_a_care_home_daily_living_costs_come_out_of_the_charge() -> None:
    """1400.00 for four weeks is 350.00 a week: 150.00 counts and 200.00 is daily living costs (s 15(6))."""
    found = progress(helped(charge("1400.00", *FOUR_WEEKS), setting="care_home"), A_WEEK)
    assert (str(found.accrued_costs), str(found.daily_living_costs)) == ("150.00", "200.00")


def test_a_charge_for_more_or_fewer_days_than_a_week_is_shown_as_what_a_week_of_it_comes_to() -> None:
    """310.00 for the 31 days of October is 10.00 a day and 70.00 a week."""
    rate = progress(helped(charge("310.00", "2023-10-01", "2023-11-01")), A_WEEK).weekly_rate
    assert rate is not None
    assert (str(rate.base), str(rate.metered)) == ("70.00", "70.00")


def test_whoever_arranges_care_for_themselves_counts_its_cost_and_no_charge() -> None:
    """250.00 a week to the council counts; a charge of 999.00 recorded all the same does not (s 15(2)(b))."""
    found = account(needs(), budget("250.00"), charge("999.00", "2023-10-02", "2023-10-09"))
    assert accrued(found, A_WEEK) == "250.00"


def test_a_charge_without_a_budget_counts_nothing_yet() -> None:
    """No budget says how the needs are met, so a charge of 70.00 waits for one."""
    found = account(needs(), charge("70.00", "2023-10-02", "2023-10-09"))
    assert (accrued(found, A_WEEK), progress(found, A_WEEK).metering) == ("0.00", "no_budget")


def test_a_break_pauses_a_charged_day_too() -> None:
    """70.00 for a week with two days in hospital: five days of 10.00, so 50.00."""
    found = helped(charge("70.00", "2023-10-02", "2023-10-09"), away("2023-10-04", "2023-10-06"))
    assert accrued(found, A_WEEK) == "50.00"


def test_a_charge_taken_back_counts_as_though_it_had_never_been_raised() -> None:
    """280.00 retracted, assessed at 100.00 a week: the first week counts 100.00 instead of 70.00."""
    before = helped(contribution("100.00"), charge("280.00", *FOUR_WEEKS))
    assert [accrued(found, A_WEEK) for found in (before, asked(before, RETRACT))] == ["70.00", "100.00"]


def test_taking_back_one_charge_leaves_the_others_of_those_days() -> None:
    """70.00 and 14.00 for one week; when the 70.00 is retracted, 14.00 counts."""
    both = helped(charge("70.00", "2023-10-02", "2023-10-09"), charge("14.00", "2023-10-02", "2023-10-09", "INV-2"))
    assert accrued(asked(both, RETRACT), A_WEEK) == "14.00"


def test_a_retraction_that_was_itself_wrong_lets_the_charge_count_again() -> None:
    """280.00 retracted by mistake, and the retraction corrected: 70.00 a week again."""
    found = asked(helped(charge("280.00", *FOUR_WEEKS)), RETRACT)
    assert [accrued(one, A_WEEK) for one in (found, asked(found, correct(5)))] == ["0.00", "70.00"]


def test_a_retraction_names_the_charge_its_first_day_and_the_reason() -> None:
    found = asked(helped(charge("280.00", *FOUR_WEEKS)), RETRACT).entries[-1].fact
    assert found.model_dump(mode="json") == {
        "reference": "INV-1",
        "charge": the_id(4),
        "effective_from": "2023-10-02",
        "reason_code": "billed-twice",
    }


def test_a_charge_is_retracted_once_and_only_if_there_is_one() -> None:
    assert refusal(helped(), RETRACT) is NoSuchEntry
    assert refusal(asked(helped(charge("280.00", *FOUR_WEEKS)), RETRACT), RETRACT) is AlreadyRetracted


def test_two_charges_never_share_a_reference_even_after_the_first_was_taken_back() -> None:
    once = helped(charge("280.00", *FOUR_WEEKS))
    again = request(charge("300.00", *FOUR_WEEKS))
    assert [refusal(found, again) for found in (once, asked(once, RETRACT))] == [ChargeReferenceUsed] * 2
    assert accrued(asked(once, request(charge("14.00", *FOUR_WEEKS, "INV-2"))), "2023-10-29") == "294.00"


def test_a_corrected_charge_may_keep_its_reference_and_be_taken_back_in_its_turn() -> None:
    """280.00 corrected to 308.00 under the same reference: 77.00 a week; retracted: 0.00."""
    found = asked(helped(charge("280.00", *FOUR_WEEKS)), correct(4, charge("308.00", *FOUR_WEEKS)))
    assert [accrued(one, A_WEEK) for one in (found, asked(found, RETRACT))] == ["77.00", "0.00"]


@pytest.mark.parametrize(("begins", "refused"), [("2023-10-16", False), ("2023-10-17", True)])
def test_a_charge_for_days_up_to_the_last_is_taken_and_one_that_begins_later_is_not(begins: str, refused: bool) -> None:
    ended = helped(closed("2023-10-16"))
    command = request(charge("70.00", begins, "2023-10-30"))
    if refused:
        assert refusal(ended, command) is AccountIsClosed
    else:
        assert asked(ended, command).version == ended.version + 1


def test_a_charge_for_days_before_opening_counts_from_the_day_of_opening() -> None:
    """280.00 from 25 September to 22 October, account opened on 2 October: 10.00 that day, 210.00 by the end."""
    found = and_then(helped(), charge("280.00", "2023-09-25", "2023-10-23"))
    assert [accrued(found, on) for on in ("2023-10-02", "2023-10-22")] == ["10.00", "210.00"]
