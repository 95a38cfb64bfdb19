"""Where one day, one entry or one pound decides: examples that were missing when defects were planted on purpose."""

from decimal import Decimal

import pytest

from domain.account.accrual import accrue
from domain.account.commands import AnswerDispute, EvidenceOpening, RaiseDispute, RetractCharge
from domain.account.comparison import Moment, compare
from domain.account.explanation import Explained, explain, last_parts
from domain.account.facts import BudgetSet, DisputedThing, Fact
from domain.account.in_force import charges_raised, entry_on
from domain.account.refusals import AlreadyAnswered, AlreadyEvidenced, ClosesBeforeItOpened
from domain.account.state import CareAccount
from domain.dates import FOREVER, ONE_DAY
from tests.rules.asking import (
    adjusted,
    approve,
    asked,
    correct,
    figures,
    in_short,
    ledger,
    post,
    posted,
    propose,
    refusal,
    request,
)
from tests.rules.build import (
    REFORM_2023,
    account,
    accrued,
    and_then,
    away,
    budget,
    charge,
    closed,
    day,
    needs,
    opened,
    opening,
    progress,
    reopened,
    self_funder,
    the_id,
)
from tests.rules.laws import reform
from tests.rules.test_posting import by_hand

WEEK_1, WEEK_2 = "2023-10-08", "2023-10-15"


def at_home(*more: Fact) -> CareAccount:
    """Entries 1 to 3: opened, needs, and a budget of 700.00 a week at home from 2 October 2023: 100.00 a day."""
    return account(needs(), budget("700.00"), *more)


def evidence(version: int) -> EvidenceOpening:
    return EvidenceOpening(opening=the_id(version), on=day(WEEK_1), evidence="bundle-7")


def dispute() -> RaiseDispute:
    return RaiseDispute(about=DisputedThing(entry_id=the_id(3)), raised_on=day(WEEK_1))


def answer(version: int) -> AnswerDispute:
    return AnswerDispute(dispute=the_id(version), on=day(WEEK_2), outcome="upheld")


def told(found: CareAccount) -> tuple[Explained, ...]:
    """What accrued costs are made up of two weeks after opening."""
    return explain(found, REFORM_2023, day(WEEK_2), "accrued_costs").children


# --- who, and which of several ---


@pytest.mark.parametrize("approver", ["alice", "zoe"])
def test_anybody_but_the_maker_may_approve_whatever_they_are_called(approver: str) -> None:
    """Proposed by an officer, approved by Alice or by Zoe: 50.00 counts."""
    found = asked(at_home(), propose("50.00", WEEK_1), by="officer")
    assert accrued(asked(found, approve(4, approver), by=approver), WEEK_1) == "750.00"


@pytest.mark.parametrize("seen", [4, 5], ids=["the first is proven", "the second is proven"])
def test_of_two_carried_in_balances_each_needs_its_own_evidence(seen: int) -> None:
    """Evidence for one of them leaves the other unproven, and can still be given for it."""
    found = asked(at_home(opening("100.00", "2023-10-03"), opening("200.00", "2023-10-05")), evidence(seen))
    proven = [part.entries[-1] == the_id(6) for part in told(found) if part.figure == "opening"]
    assert proven == [seen == 4, seen == 5]
    assert asked(found, evidence(9 - seen)).version == 7
    assert refusal(found, evidence(seen)) is AlreadyEvidenced


@pytest.mark.parametrize("answered", [4, 5], ids=["the first is answered", "the second is answered"])
def test_of_two_disputes_each_gets_its_own_answer(answered: int) -> None:
    """An answer to one leaves the other to be answered."""
    found = asked(asked(at_home(), dispute(), dispute()), answer(answered))
    assert asked(found, answer(9 - answered)).version == 7
    assert refusal(found, answer(answered)) is AlreadyAnswered


def test_an_account_of_nothing_but_its_opening_can_be_opened_on_another_day() -> None:
    """Opened on 2 October 2023 by mistake, where the 5th was meant."""
    found = asked(account(), correct(1, opened("2023-10-05")))
    assert found.opened.opened_on == day("2023-10-05")


def test_the_day_of_opening_may_move_to_an_earlier_day_of_a_closed_account() -> None:
    """Closed on 8 October: opened on the 5th, or on the 8th itself, and not on the 9th."""
    found = at_home(closed(WEEK_1))
    moved = [asked(found, correct(1, opened(on))).opened.opened_on for on in ("2023-10-05", WEEK_1)]
    assert moved == [day("2023-10-05"), day(WEEK_1)]
    assert refusal(found, correct(1, opened("2023-10-09"))) is ClosesBeforeItOpened


def test_undoing_a_correction_matters_for_the_two_entries_it_concerns_and_for_no_later_one() -> None:
    """A cost from 1 November was corrected, then a stay in hospital in October recorded: it matters from 1 November."""
    found = asked(at_home(budget("770.00", "2023-11-01")), correct(4, budget("777.00", "2023-11-01")))
    found = asked(asked(found, request(away("2023-10-05", "2023-10-06"))), correct(5))
    assert found.entries[-1].fact.effective_from == day("2023-11-01")


@pytest.mark.parametrize("order", [("A", "B"), ("B", "A")], ids=["A was raised first", "B was raised first"])
@pytest.mark.parametrize("taken_back", ["A", "B"])
def test_of_two_charges_the_one_that_is_named_is_taken_back(order: tuple[str, str], taken_back: str) -> None:
    """Charges of 70.00 by the references A and B: the other one stays."""
    found = account(needs(), budget("700.00", kind="personal"))
    found = and_then(found, *(charge("70.00", "2023-10-02", "2023-10-09", reference) for reference in order))
    found = asked(found, RetractCharge(reference=taken_back, reason_code="not-given"))
    assert [raised.reference for _, raised in charges_raised(found)] == [each for each in order if each != taken_back]


def test_what_was_posted_otherwise_names_the_posting_of_its_own_day() -> None:
    """Posted as 650.00 and then as 1351.00, where 700.00 and 1400.00 would be worked out."""
    found = at_home(by_hand(WEEK_1, "650.00"), by_hand(WEEK_2, "1351.00"))
    kept = [(part.entries, str(part.amount)) for part in told(found) if part.figure == "posted"]
    assert kept == [((the_id(4),), "-50.00"), ((the_id(5),), "1.00")]


# --- which day, and what remains ---


def test_no_budget_is_in_force_once_the_last_one_has_ended() -> None:
    """Ended before 16 October: in force on the 15th, and neither on the 16th nor long after."""
    found = account(needs(), budget("700.00", ending_before="2023-10-16"))
    in_force = [entry_on(found, BudgetSet, day(on)) for on in ("2023-10-15", "2023-10-16", "2024-10-16")]
    assert [entry and entry.version for entry in in_force] == [3, None, None]


def test_nothing_is_said_of_any_day_after_the_one_asked_for_however_long_after() -> None:
    """Asked for 8 October: nothing of the 9th, and nothing of a day a year later."""
    accrual = accrue(at_home(), REFORM_2023, day(WEEK_1))
    assert [accrual.at(day(on)) is None for on in (WEEK_1, "2023-10-09", "2024-10-08")] == [False, True, True]


def test_an_account_closed_and_reopened_twice_is_open() -> None:
    """Closed on 8 October and on 5 November, each time reopened a week later: 100.00 a day, but for two weeks."""
    found = at_home(closed(WEEK_1), reopened("2023-10-16"), closed("2023-11-05"), reopened("2023-11-13"))
    assert found.closed is None
    assert accrued(found, "2023-11-19") == "3500.00"


def test_two_adjustments_of_one_day_that_cancel_each_other_leave_the_cap_reached() -> None:
    """500.00 reached on 6 October; on the 10th 100.00 off and 100.00 on again: it stays reached."""
    found = adjusted(at_home(), ("-100.00", "2023-10-10"), ("100.00", "2023-10-10"))
    after = progress(found, WEEK_2, reform("500.00"))
    assert (after.cap_reached_on, str(after.accrued_costs), after.metering) == (day("2023-10-06"), "500.00", "capped")


def test_a_statement_shows_the_costs_of_a_day_apart_from_each_of_its_adjustments() -> None:
    """Seven days of 100.00; 50.00 and 20.00 adjusted on the last of them: 700.00 counted, and two adjustments."""
    found = figures(adjusted(at_home(), ("50.00", WEEK_1), ("20.00", WEEK_1)), WEEK_1)
    assert (str(found.counted), str(found.accrued_costs)) == ("700.00", "770.00")
    assert [str(line.metered) for line in found.lines] == ["600.00", "100.00"]
    assert [str(adjustment.amount) for adjustment in found.adjustments] == ["50.00", "20.00"]


def test_under_a_cap_of_nil_nothing_ever_counts() -> None:
    assert [accrued(at_home(), on, reform("0.00")) for on in ("2023-10-02", WEEK_1)] == ["0.00", "0.00"]


def test_under_a_cap_of_nil_a_credit_leaves_room_for_as_much_and_not_a_penny_more() -> None:
    """5.00 off on the first day: 5.00 of the day's 100.00 counts, and the total is nothing."""
    found = ledger(adjusted(at_home(), ("-5.00", "2023-10-02")), "2023-10-02", "2023-10-02", reform("0.00"))
    assert [(line.kind, str(line.metered), str(line.balance)) for line in found] == [
        ("accrual", "5.00", "5.00"),
        ("adjustment", "-5.00", "0.00"),
    ]


def test_an_annual_adjustment_on_the_last_posted_day_happens_once() -> None:
    """10 % on 8 October, posted through that day: the ledger reads as it would if nothing had been posted."""
    scheme = reform(adjustments={WEEK_1: "10"})
    lines = [
        ledger(found, "2023-10-02", WEEK_2, scheme) for found in (at_home(), post(at_home(), WEEK_1, scheme=scheme))
    ]
    assert [in_short(line) for line in lines[0]] == [in_short(line) for line in lines[1]]
    assert str(lines[1][-1].balance) == "1460.00"


def test_a_posted_figure_stands_also_where_the_program_would_now_give_a_smaller_one() -> None:
    """Posted as 750.00 through 8 October, where 700.00 would be worked out: 600.00 on the 7th, 750.00, then 850.00."""
    found = at_home(by_hand(WEEK_1, "750.00"))
    assert [accrued(found, on) for on in ("2023-10-07", WEEK_1, "2023-10-09")] == ["600.00", "750.00", "850.00"]


def test_a_wrong_entry_is_taken_out_of_the_posted_days_although_its_replacement_begins_after_them() -> None:
    """840.00 a week from 5 October was wrong, it is 840.00 from the 16th: 20.00 a day off for 5 to 8 October."""
    found = post(at_home(budget("840.00", "2023-10-05")), WEEK_1)
    found = post(asked(found, correct(4, budget("840.00", "2023-10-16"))), WEEK_2)
    assert in_short(posted(found).lines[0]) == ("adjustment", "2023-10-05", WEEK_1, "-80.00")


def test_of_late_adjustments_told_together_the_earliest_day_is_named() -> None:
    """Sixty-two adjustments of 1.00, the later day of each pair approved first: a line of 2.00 from the earlier day."""
    days = [f"2023-10-{n:02}" for n in (5, 4)] + [f"2023-10-{2 + n % 7:02}" for n in range(60)]
    found = adjusted(post(at_home(), WEEK_1), *(("1.00", on) for on in days))
    lines = [line for line in posted(post(found, WEEK_2)).lines if line.kind == "adjustment"]
    assert (len(lines), sum(line.metered for line in lines)) == (31, Decimal(62))
    assert in_short(lines[0]) == ("adjustment", "2023-10-04", "2023-10-04", "2.00")


def test_a_comparison_begins_after_the_adjustment_of_the_day_it_begins_with() -> None:
    """50.00 adjusted on 8 October: from the 8th to the 9th only the 9th is added."""
    found = adjusted(at_home(), ("50.00", WEEK_1))
    shown = compare(Moment(found, REFORM_2023, day(WEEK_1)), Moment(found, REFORM_2023, day("2023-10-09")))
    assert [(cause.kind, str(cause.amount)) for cause in shown.causes] == [("days", "100.00")]


def test_a_difference_of_less_than_a_pound_is_told_as_what_it_is() -> None:
    """50 pence adjusted late."""
    before, after = at_home(), adjusted(at_home(), ("0.50", WEEK_1))
    (cause,) = compare(*(Moment(found, REFORM_2023, day(WEEK_2)) for found in (before, after))).causes
    assert cause.words.endswith("which adds \u00a30.50.")


def test_what_is_set_apart_is_told_by_the_week() -> None:
    """200.00 a week in a care home, whatever the number of days."""
    found = explain(self_funder(), REFORM_2023, day(WEEK_2), "daily_living_costs")
    said = [part.words for part in last_parts(found)]
    assert said == ["\u00a3200.00 a week for food, heating and rent does not count."]


def test_a_day_that_would_be_the_last_there_is_stands_for_never() -> None:
    """100.00 a day towards a cap that would be reached on 31 December 9999: no day is given; a day less, and one is."""
    days = (FOREVER - day("2023-10-02")).days
    expected = [
        progress(at_home(), "2023-10-02", reform(f"{100 * n}.00")).expected_to_reach_cap_on for n in (days + 1, days)
    ]
    assert expected == [None, FOREVER - ONE_DAY]
