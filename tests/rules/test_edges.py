"""Where one day, one entry or one pound decides: examples that were missing when defects were planted on purpose."""

from decimal import Decimal

import pytest

from domain.account.accrual import accrue
from domain.account.commands import AnswerDispute, EvidenceOpening, RaiseDispute, RetractCharge
from domain.account.comparison import Moment, compare
from domain.account.explanation import Explained, explain, last_parts
from domain.account.facts import BudgetSet, DisputedThing, Fact
from domain.account.in_force import carried_rates, charges_raised, entry_on
from domain.account.posting import posting_lines
from domain.account.refusals import (
    AlreadyAnswered,
    AlreadyEvidenced,
    ChargeReferenceUsed,
    ClosesBeforeItOpened,
    ReopensBeforeItClosed,
)
from domain.account.state import CareAccount
from domain.dates import FOREVER, ONE_DAY
from domain.law import provisions
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
    stated,
)
from tests.rules.build import (
    NATIONAL,
    REFORM_2023,
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
    carried = [part.children[0].entries for part in told(found) if part.figure == "opening"]
    assert carried == [(the_id(4),), (the_id(5),)]
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


@pytest.mark.parametrize(("there", "new"), [("A", "B"), ("B", "A")], ids=["A, then B", "B, then A"])
def test_a_reference_is_used_up_by_a_charge_of_that_very_reference_alone(there: str, new: str) -> None:
    found = account(needs(), budget("700.00", kind="personal"), charge("70.00", "2023-10-02", "2023-10-09", there))
    assert asked(found, request(charge("70.00", "2023-10-09", "2023-10-16", new))).version == 5
    assert refusal(found, request(charge("70.00", "2023-10-09", "2023-10-16", there))) is ChargeReferenceUsed


def test_a_charge_put_in_the_place_of_one_that_was_taken_back_counts() -> None:
    """A was taken back, and then corrected: what stands in its place was never taken back."""
    found = account(needs(), budget("700.00", kind="personal"), charge("70.00", "2023-10-02", "2023-10-09", "A"))
    found = asked(found, RetractCharge(reference="A", reason_code="not-given"))
    assert accrued(found, WEEK_1) == "0.00"
    assert accrued(asked(found, correct(4, charge("77.00", "2023-10-02", "2023-10-09", "A"))), WEEK_1) == "77.00"


def test_each_of_two_adjustments_is_told_with_its_own_approval() -> None:
    """Entries 4 and 5, 6 and 7."""
    found = told(adjusted(at_home(), ("1.00", "2023-10-04"), ("2.00", "2023-10-05")))
    entries = [part.entries for part in found if part.figure == "adjustment"]
    assert entries == [(the_id(4), the_id(5)), (the_id(6), the_id(7))]


@pytest.mark.parametrize("cap", ["72000.00", "75000.00", "80000.00", "85999.99", "90000.00", "100000.00"])
def test_a_posting_made_with_any_other_amount_of_law_is_set_aside(cap: str) -> None:
    """Posted as 650.00 under another cap, where 700.00 is worked out under this one."""
    assert accrued(at_home(by_hand(WEEK_1, "650.00", reform(cap))), WEEK_1) == "700.00"


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


@pytest.mark.parametrize("weekly_cost", ["700.00", "0.70"])
def test_under_a_cap_of_nil_nothing_ever_counts_and_it_is_reached_on_the_first_day(weekly_cost: str) -> None:
    found = account(needs(), budget(weekly_cost))
    assert [accrued(found, on, reform("0.00")) for on in ("2023-10-02", WEEK_1)] == ["0.00", "0.00"]
    assert progress(found, WEEK_1, reform("0.00")).cap_reached_on == day("2023-10-02")


def test_where_the_cap_is_reached_on_the_first_day_of_a_dearer_rate_a_statement_has_no_line_without_days() -> None:
    """A cap of 750.00, and 1400.00 a week from 9 October: seven days, the day that reached it, and six after it."""
    found = figures(at_home(budget("1400.00", "2023-10-09")), WEEK_2, reform("750.00"))
    assert [(line.days, str(line.metered)) for line in found.lines] == [(7, "700.00"), (1, "50.00"), (6, "0.00")]


def test_a_debit_after_the_cap_was_reached_and_raised_leaves_it_reached() -> None:
    """500.00 reached on 6 October, the cap 1000.00 from the 9th, 50.00 added on the 10th: 550.00 from then on."""
    scheme = reform({"2023-10-01": "500.00", "2023-10-09": "1000.00"})
    found = adjusted(at_home(), ("50.00", "2023-10-10"))
    assert [accrued(found, on, scheme) for on in ("2023-10-09", "2023-10-10", WEEK_2)] == ["500.00", "550.00", "550.00"]


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
    assert lines[0].cause == the_id(6)  # the first approval


def test_a_comparison_begins_after_the_adjustment_of_the_day_it_begins_with() -> None:
    """50.00 adjusted on 8 October: from the 8th to the 9th only the 9th is added."""
    found = adjusted(at_home(), ("50.00", WEEK_1))
    shown = compare(Moment(found, REFORM_2023, day(WEEK_1)), Moment(found, REFORM_2023, day("2023-10-09")))
    assert [(cause.kind, str(cause.amount)) for cause in shown.causes] == [("days", "100.00")]


@pytest.mark.parametrize(
    ("amount", "compared", "explained"),
    [
        ("0.50", "which adds £0.50.", "that this adds £0.50 to the total."),
        ("-0.50", "which takes off £0.50.", "that this takes £0.50 off the total."),
    ],
    ids=["50 pence on", "50 pence off"],
)
def test_less_than_a_pound_is_told_as_what_it_is(amount: str, compared: str, explained: str) -> None:
    """50 pence adjusted late, on or off: in a comparison and in an explanation."""
    before, after = at_home(), adjusted(at_home(), (amount, WEEK_1))
    (cause,) = compare(*(Moment(found, REFORM_2023, day(WEEK_2)) for found in (before, after))).causes
    assert cause.words.endswith(compared)
    assert [part.words.endswith(explained) for part in told(after) if part.figure == "adjustment"] == [True]


def test_what_is_set_apart_is_told_by_the_week() -> None:
    """200.00 a week in a care home, whatever the number of days."""
    found = explain(self_funder(), REFORM_2023, day(WEEK_2), "daily_living_costs")
    said = [part.words for part in last_parts(found)]
    assert said == ["£200.00 a week for food, heating and rent does not count."]


def test_a_day_that_would_be_the_last_there_is_stands_for_never() -> None:
    """100.00 a day towards a cap that would be reached on 31 December 9999: no day is given; a day less, and one is."""
    days = (FOREVER - day("2023-10-02")).days
    expected = [
        progress(at_home(), "2023-10-02", reform(f"{100 * n}.00")).expected_to_reach_cap_on for n in (days + 1, days)
    ]
    assert expected == [None, FOREVER - ONE_DAY]


def test_days_that_went_by_are_told_with_the_assessment_that_they_rest_on() -> None:
    """Charged by the financial assessment, entry 4, which rests on needs and a budget."""
    found = account(needs(), budget("700.00", kind="personal"), contribution("70.00"))
    (cause,) = compare(*(Moment(found, REFORM_2023, day(on)) for on in (WEEK_1, WEEK_2))).causes
    assert (cause.type, cause.version, str(cause.amount)) == ("financial-assessment-imported", 4, "70.00")


def test_a_duty_to_assess_that_arose_on_the_day_the_needs_had_ended_starts_nothing() -> None:
    """The needs ended before 6 October, the duty arose on the 6th."""
    found = account(needs(ending_before="2023-10-06", duty_arose_on="2023-10-06"), budget("700.00"))
    assert accrued(found, WEEK_2) == "0.00"


def test_somebody_who_can_pay_just_what_care_costs_is_not_told_that_it_costs_less() -> None:
    """Care at 70.00 a week, and a contribution of 70.00."""
    found = account(needs(), budget("70.00", kind="personal"), contribution("70.00"))
    parts = last_parts(explain(found, REFORM_2023, day(WEEK_1), "accrued_costs"))
    assert [part.words for part in parts] == ["The money check says you pay £70.00 a week."]


def test_what_no_entry_brought_is_told_from_the_earlier_of_two_days_of_opening() -> None:
    """Opened on 2 October as first known, on the 5th as corrected, and looked at under the law in force."""
    found = at_home()
    one = Moment(found, REFORM_2023, day(WEEK_1))
    other = Moment(asked(found, correct(1, opened("2023-10-05"))), NATIONAL, day(WEEK_1))
    assert [cause.first for cause in compare(one, other).causes if cause.kind == "rules"] == [day("2023-10-02")]


@pytest.mark.parametrize("name", ["a-scheme", "z-scheme"])
def test_a_posting_under_a_scheme_of_another_name_is_set_aside_although_its_rules_are_the_same(name: str) -> None:
    """Posted as 650.00 under a scheme that differs in its name alone, where 700.00 is worked out."""
    other = REFORM_2023.model_copy(update={"name": name})
    assert accrued(at_home(by_hand(WEEK_1, "650.00", other)), WEEK_1) == "700.00"


def test_a_ledger_up_to_the_last_posted_day_shows_what_is_known_of_it_since() -> None:
    """Posted through 8 October, 50.00 adjusted since: the ledger of these days ends with the adjustment."""
    found = adjusted(post(at_home(), WEEK_1), ("50.00", WEEK_1))
    accrual = accrue(found, REFORM_2023, day(WEEK_1))
    shown = list(posting_lines(found, REFORM_2023, accrual, day("2023-10-02"), day(WEEK_1)))
    assert [(line.kind, str(line.metered)) for line in shown] == [("accrual", "700.00"), ("adjustment", "50.00")]


def test_an_adjustment_that_the_cap_cuts_short_is_told_as_such() -> None:
    """200.00 adjusted at 600.00 under a cap of 750.00: 150.00 of it, and nothing of the day's costs."""
    found = explain(adjusted(at_home(), ("200.00", WEEK_1)), reform("750.00"), day(WEEK_1), "accrued_costs")
    (part,) = (part for part in found.children if part.figure == "adjustment")
    assert (str(part.amount), part.arithmetic) == ("150.00", "200.00, as far as the limits let it")


def test_a_yearly_change_of_nothing_is_told_as_adding_nothing() -> None:
    """3 % on the day of opening, of a total of 0.00."""
    found = explain(at_home(), reform(adjustments={"2023-10-02": "3"}), day(WEEK_1), "accrued_costs")
    words = [part.words for part in found.children if part.figure == "annual_adjustment"]
    assert words == ["The yearly change of 3% adds £0.00 to the total."]


@pytest.mark.parametrize(
    ("charged", "told_as"),
    [
        ("210.00", "at £49.00 a week."),
        ("200.00", "at about £46.67 a week."),
        ("100.00", "at about £23.33 a week."),
    ],
    ids=["210.00, exactly", "200.00, rounded up", "100.00, rounded down"],
)
def test_a_week_of_a_charge_is_told_as_about_so_much_where_it_is_no_whole_pennies(charged: str, told_as: str) -> None:
    """A charge for 30 days."""
    found = account(needs(), budget("700.00", kind="personal"), charge(charged, "2023-10-02", "2023-11-01"))
    assert [part.words.endswith(told_as) for part in told(found)] == [True]


def test_a_closed_day_rests_on_the_closure_that_closed_it() -> None:
    """Closed on 8 October, entry 4, and once more on the 9th, entry 5: the 9th is closed by the first of them."""
    found = explain(at_home(closed(WEEK_1), closed("2023-10-09")), REFORM_2023, day("2023-10-09"), "accrued_costs")
    assert [part.entries for part in found.children][-1] == (the_id(4),)


def test_a_rate_carried_in_after_the_own_assessment_never_goes_on() -> None:
    """Needs assessed from 2 October; what another council counted carried in on the 9th with its rate."""
    found = at_home(opening("100.00", "2023-10-09", weekly_rate="70.00"))
    assert carried_rates(found) == []
    assert accrued(found, WEEK_2) == "800.00"


@pytest.mark.parametrize("on", ["2023-10-05", "2023-10-07", WEEK_1])
def test_an_account_is_not_reopened_on_any_day_on_which_it_was_open(on: str) -> None:
    """Closed on 8 October: not from that day, and not from an earlier one."""
    assert refusal(at_home(closed(WEEK_1)), request(reopened(on))) is ReopensBeforeItClosed


def test_what_became_known_after_a_correction_is_told_apart_from_it() -> None:
    """Posted through 8 October; 770.00 a week instead of 700.00, then a day away: 70.00 on, 110.00 off."""
    found = asked(post(at_home(), WEEK_1), correct(3, budget("770.00")), request(away("2023-10-04", "2023-10-05")))
    lines = [in_short(line) for line in posted(post(found, WEEK_2)).lines if line.kind == "adjustment"]
    assert lines == [
        ("adjustment", "2023-10-02", WEEK_1, "70.00"),
        ("adjustment", "2023-10-04", "2023-10-04", "-110.00"),
    ]


def test_a_credit_on_the_day_that_reaches_the_cap_is_one_line_also_where_that_day_was_posted_last() -> None:
    """20.00 off on 8 October under a cap of 650.00: 70.00 of that day counts, and the ledger reads as if not posted."""
    found, scheme = adjusted(at_home(), ("-20.00", WEEK_1)), reform("650.00")
    lines = [ledger(each, "2023-10-02", WEEK_2, scheme) for each in (found, post(found, WEEK_1, scheme=scheme))]
    assert [in_short(line) for line in lines[0]] == [in_short(line) for line in lines[1]]
    assert [str(line.metered) for line in lines[1]] == ["670.00", "-20.00", "0.00"]


def test_the_third_statement_goes_on_from_the_second() -> None:
    """Stated to 8 and to 15 October: the next one begins on the 16th with 1400.00."""
    found = figures(stated(stated(at_home(), WEEK_1), WEEK_2), "2023-10-22")
    assert (found.from_, str(found.opening), found.previous_statement) == (day("2023-10-16"), "1400.00", the_id(5))


@pytest.mark.parametrize(
    ("base", "provision"),
    [("charge", provisions.MET_BY_ANOTHER), ("weekly_cost", provisions.COST_AS_ENACTED)],
    ids=["as amended", "as enacted"],
)
def test_the_cost_of_care_counts_by_the_provision_that_the_scheme_follows(base: str, provision: str) -> None:
    """Section 15(2)(b) as amended, or section 15(2) as it was enacted."""
    found = explain(at_home(), reform(personal_base=base), day(WEEK_1), "accrued_costs")
    assert [part.provision for part in last_parts(found)] == [provision]
