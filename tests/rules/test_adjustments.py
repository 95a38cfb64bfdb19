"""Amounts that a complaint, the Ombudsman or a court adds or takes off: two people, a reason, a line of their own."""

import pytest

from domain.account.refusals import (
    AccountIsClosed,
    AlreadyApproved,
    AlreadyReturned,
    ApprovedByItsMaker,
    BeforeItOpened,
    NoSuchEntry,
    ReturnedByItsMaker,
)
from domain.account.state import CareAccount
from tests.rules.asking import adjusted, approve, asked, correct, in_short, ledger, propose, refusal, send_back
from tests.rules.build import (
    account,
    accrued,
    adjustment,
    and_then,
    away,
    budget,
    closed,
    day,
    needs,
    opening,
    progress,
    self_funder,
    the_id,
)
from tests.rules.laws import reform

WEEK_1, DAY_8 = "2023-10-08", "2023-10-09"


def a_hundred_a_day() -> CareAccount:
    """Care at home that costs the council 700.00 a week, from 2 October 2023."""
    return account(needs(), budget("700.00"))


def test_an_adjustment_is_added_to_the_total_of_its_day() -> None:
    """100.00 a day and 50.00 on 4 October: 200.00, then 350.00, then 450.00."""
    found = adjusted(a_hundred_a_day(), ("50.00", "2023-10-04"))
    assert [accrued(found, f"2023-10-0{n}") for n in (3, 4, 5)] == ["200.00", "350.00", "450.00"]


def test_a_credit_takes_off_what_was_counted_wrongly() -> None:
    """700.00 by 8 October less 152.88: 547.12."""
    assert accrued(adjusted(a_hundred_a_day(), ("-152.88", WEEK_1)), WEEK_1) == "547.12"


def test_until_a_second_person_approves_it_an_adjustment_counts_nothing() -> None:
    """Proposed: 700.00 as before. Approved: 750.00."""
    proposed = asked(a_hundred_a_day(), propose("50.00", "2023-10-04"))
    assert [accrued(found, WEEK_1) for found in (proposed, asked(proposed, approve(4)))] == ["700.00", "750.00"]


def test_whoever_proposed_an_adjustment_cannot_approve_it() -> None:
    proposed = asked(a_hundred_a_day(), propose("50.00", "2023-10-04"), by="officer")
    assert refusal(proposed, approve(4, approver="officer")) is ApprovedByItsMaker


def test_what_a_second_person_sends_back_counts_nothing_and_can_be_put_right_and_approved() -> None:
    """50.00 sent back: 700.00. 60.00 in its place: 700.00 while it waits, and 760.00 once it is approved."""
    back = asked(asked(a_hundred_a_day(), propose("50.00", "2023-10-04")), send_back(4), by="manager")
    anew = asked(back, correct(4, adjustment("60.00", "2023-10-04")))
    approved = asked(anew, approve(7), by="manager")
    assert [accrued(found, WEEK_1) for found in (back, anew, approved)] == ["700.00", "700.00", "760.00"]


def test_what_was_sent_back_is_neither_approved_nor_sent_back_again() -> None:
    back = asked(a_hundred_a_day(), propose("50.00", "2023-10-04"), send_back(4))
    assert [refusal(back, request) for request in (approve(4), send_back(4))] == [AlreadyReturned] * 2


def test_what_was_approved_is_not_sent_back_and_nothing_is_where_nothing_was_proposed() -> None:
    found = adjusted(a_hundred_a_day(), ("50.00", "2023-10-04"))
    assert [refusal(found, send_back(version)) for version in (4, 3)] == [AlreadyApproved, NoSuchEntry]


def test_whoever_proposed_an_adjustment_cannot_send_it_back() -> None:
    proposed = asked(a_hundred_a_day(), propose("50.00", "2023-10-04"), by="officer")
    assert refusal(proposed, send_back(4, returner="officer")) is ReturnedByItsMaker


def test_an_adjustment_waits_again_when_what_sent_it_back_is_corrected() -> None:
    """Sent back by a slip, and that put right: 700.00, then 750.00 by the approval."""
    again = asked(a_hundred_a_day(), propose("50.00", "2023-10-04"), send_back(4), correct(5))
    assert [accrued(found, WEEK_1) for found in (again, asked(again, approve(4)))] == ["700.00", "750.00"]


def test_an_adjustment_is_approved_once_and_only_if_there_is_one() -> None:
    found = adjusted(a_hundred_a_day(), ("50.00", "2023-10-04"))
    assert refusal(found, approve(4)) is AlreadyApproved
    assert [refusal(found, approve(version)) for version in (3, 5)] == [NoSuchEntry, NoSuchEntry]


def test_an_approval_names_the_adjustment_and_the_day_it_counts_on() -> None:
    found = adjusted(a_hundred_a_day(), ("50.00", "2023-10-04")).entries[-1]
    assert found.fact.model_dump(mode="json") == {"adjustment": the_id(4), "on": "2023-10-04"}
    assert found.recorded_by == "manager"


@pytest.mark.parametrize(("on", "refused"), [("2023-10-01", BeforeItOpened), ("2023-10-17", AccountIsClosed)])
def test_no_adjustment_is_proposed_for_days_on_which_the_account_is_not_kept(on: str, refused: type[Exception]) -> None:
    assert refusal(account(closed("2023-10-16")), propose("1.00", on)) is refused


@pytest.mark.parametrize("on", ["2023-10-02", "2023-10-16"])
def test_the_day_of_opening_and_the_last_day_may_be_adjusted(on: str) -> None:
    assert asked(account(closed("2023-10-16")), propose("1.00", on)).version == 3


def test_a_day_to_come_may_be_adjusted_while_the_account_is_open() -> None:
    assert asked(account(), propose("1.00", "2030-01-01")).version == 2


def test_the_adjustment_is_a_line_after_the_costs_of_its_day() -> None:
    """100.00 for 2 October, 50.00 by the proposal, 100.00 for 3 October."""
    lines = ledger(adjusted(a_hundred_a_day(), ("50.00", "2023-10-02")), "2023-10-02", "2023-10-03")
    assert [in_short(line) for line in lines] == [
        ("accrual", "2023-10-02", "2023-10-02", "100.00"),
        ("adjustment", "2023-10-02", "2023-10-02", "50.00"),
        ("accrual", "2023-10-03", "2023-10-03", "100.00"),
    ]
    assert [line.cause for line in lines] == [None, the_id(4), None]


def test_two_adjustments_of_one_day_are_two_lines_in_the_order_they_were_proposed() -> None:
    """100.00, then 50.00 and -20.00: 130.00."""
    lines = ledger(
        adjusted(a_hundred_a_day(), ("50.00", "2023-10-02"), ("-20.00", "2023-10-02")), "2023-10-02", "2023-10-02"
    )
    assert [str(line.metered) for line in lines] == ["100.00", "50.00", "-20.00"]
    assert [line.cause for line in lines[1:]] == [the_id(4), the_id(6)]


def test_accrued_costs_never_fall_below_nothing() -> None:
    """A credit of 5000.00 against 300.00: 0.00, and the days after it count from there."""
    found = adjusted(a_hundred_a_day(), ("-5000.00", "2023-10-04"))
    assert [accrued(found, f"2023-10-0{n}") for n in (3, 4, 5)] == ["200.00", "0.00", "100.00"]
    assert str(ledger(found, "2023-10-04", "2023-10-04")[-1].metered) == "-300.00"


def test_a_credit_of_all_there_is_leaves_nothing_and_of_a_penny_less_a_penny() -> None:
    """300.00 less 300.00 is 0.00; less 299.99 is 0.01."""
    found = [adjusted(a_hundred_a_day(), (amount, "2023-10-04")) for amount in ("-300.00", "-299.99")]
    assert [accrued(one, "2023-10-04") for one in found] == ["0.00", "0.01"]


def test_two_adjustments_of_one_day_are_added_before_it_is_asked_whether_the_total_is_below_nothing() -> None:
    """100.00 less 300.00 plus 250.00 is 50.00, although the first alone would leave 0.00."""
    found = adjusted(a_hundred_a_day(), ("-300.00", "2023-10-02"), ("250.00", "2023-10-02"))
    assert accrued(found, "2023-10-02") == "50.00"
    assert [str(line.metered) for line in ledger(found, "2023-10-02", "2023-10-02")] == ["100.00", "-100.00", "50.00"]


def test_an_adjustment_never_lifts_the_total_above_the_cap() -> None:
    """A cap of 500.00; 300.00 and 1000.00 more: 500.00, reached on that day, and nothing counts after it."""
    found = adjusted(a_hundred_a_day(), ("1000.00", "2023-10-04"))
    scheme = reform("500.00")
    shown = [progress(found, on, scheme) for on in ("2023-10-03", "2023-10-04", "2023-10-05")]
    assert [str(one.accrued_costs) for one in shown] == ["200.00", "500.00", "500.00"]
    assert [one.metering for one in shown] == ["metering", "capped", "capped"]
    assert shown[-1].cap_reached_on == day("2023-10-04")


@pytest.mark.parametrize(
    ("amount", "costs_of_the_day"),
    [
        ("150.00", "100.00"),
        ("200.00", "100.00"),
        ("250.00", "50.00"),
        ("299.99", "0.01"),
        ("300.00", "0.00"),
        ("400.00", "0.00"),
    ],
)
def test_on_the_day_that_reaches_the_cap_an_adjustment_counts_before_the_costs_of_the_day(
    amount: str, costs_of_the_day: str
) -> None:
    """A cap of 500.00, 200.00 counted before 4 October: the day's 100.00 fill what the adjustment leaves."""
    found, scheme = adjusted(a_hundred_a_day(), (amount, "2023-10-04")), reform("500.00")
    lines = ledger(found, "2023-10-04", "2023-10-04", scheme)
    assert str(sum(line.metered for line in lines if line.kind == "accrual")) == costs_of_the_day
    assert (progress(found, "2023-10-04", scheme).cap_reached_on is None) == (amount == "150.00")


def test_an_adjustment_that_just_reaches_the_cap_has_not_exceeded_it() -> None:
    """A cap of 500.00 and exactly 500.00: reached that day under "at or above", on the next day under "above"."""
    found = adjusted(a_hundred_a_day(), ("200.00", "2023-10-04"))
    by_reading = [
        progress(found, "2023-10-09", reform("500.00", reached_when=reading)).cap_reached_on
        for reading in ("at_or_above", "above")
    ]
    assert by_reading == [day("2023-10-04"), day("2023-10-05")]


def test_a_credit_after_the_cap_lets_costs_count_again_from_the_next_day() -> None:
    """A cap of 500.00 reached on 6 October; 250.00 off on the 9th leaves 250.00; then 350.00, 450.00 and 500.00."""
    found, scheme = adjusted(a_hundred_a_day(), ("-250.00", DAY_8)), reform("500.00")
    shown = [progress(found, on, scheme) for on in (WEEK_1, DAY_8, "2023-10-10", "2023-10-11", "2023-10-12")]
    assert [str(one.accrued_costs) for one in shown] == ["500.00", "250.00", "350.00", "450.00", "500.00"]
    assert [one.metering for one in shown] == ["capped", "metering", "metering", "metering", "capped"]
    assert [one.cap_reached_on for one in shown[::4]] == [day("2023-10-06"), day("2023-10-12")]


def test_a_debit_after_the_cap_changes_nothing() -> None:
    """500.00 stays 500.00, the cap stays reached on 6 October, and the ledger shows no line of nothing."""
    found, scheme = adjusted(a_hundred_a_day(), ("50.00", DAY_8)), reform("500.00")
    shown = progress(found, DAY_8, scheme)
    assert (str(shown.accrued_costs), shown.cap_reached_on) == ("500.00", day("2023-10-06"))
    assert [line.kind for line in ledger(found, DAY_8, DAY_8, scheme)] == ["accrual"]


def test_a_credit_on_the_day_that_would_reach_the_cap_puts_that_day_off() -> None:
    """A cap of 500.00; 6 October would reach it, but 150.00 come off that day: 350.00, and reached on the 8th."""
    found, scheme = adjusted(a_hundred_a_day(), ("-150.00", "2023-10-06")), reform("500.00")
    shown = [progress(found, on, scheme) for on in ("2023-10-06", WEEK_1)]
    assert [str(one.accrued_costs) for one in shown] == ["350.00", "500.00"]
    assert [one.cap_reached_on for one in shown] == [None, day(WEEK_1)]


def test_a_credit_of_less_than_the_day_still_reaches_the_cap_that_day() -> None:
    """A cap of 500.00, 450.00 before 6 October and 100.00 that day less 30.00: 500.00, of which 80.00 for the day."""
    found = adjusted(account(needs(), opening("50.00", "2023-10-02"), budget("700.00")), ("-30.00", "2023-10-06"))
    lines = ledger(found, "2023-10-06", "2023-10-06", reform("500.00"))
    assert [str(line.metered) for line in lines] == ["80.00", "-30.00"]
    assert str(lines[-1].balance) == "500.00"


def test_daily_living_costs_go_on_whatever_is_adjusted() -> None:
    """Seven days of a care home: 200.00 of daily living costs, before and after a credit of 100.00."""
    found = adjusted(self_funder("950.00"), ("-100.00", "2023-10-05"))
    shown = progress(found, WEEK_1)
    assert (str(shown.accrued_costs), str(shown.daily_living_costs)) == ("650.00", "200.00")


def test_an_adjustment_counts_also_on_a_day_in_hospital() -> None:
    """Two days of 100.00, a day in hospital with 50.00: 250.00."""
    found = adjusted(account(needs(), budget("700.00"), away("2023-10-04", "2023-10-05")), ("50.00", "2023-10-04"))
    shown = progress(found, "2023-10-04")
    assert (str(shown.accrued_costs), shown.metering) == ("250.00", "paused")


def test_an_adjustment_that_a_late_closure_leaves_behind_still_counts() -> None:
    """50.00 of 20 October, approved before the death of 8 October was known: 750.00, and never above the cap."""
    found = and_then(adjusted(a_hundred_a_day(), ("50.00", "2023-10-20")), closed(WEEK_1))
    assert [accrued(found, on) for on in ("2023-10-19", "2023-10-20")] == ["700.00", "750.00"]
    capped = progress(found, "2023-10-20", reform("720.00"))
    assert (str(capped.accrued_costs), capped.cap_reached_on, capped.metering) == ("720.00", None, "closed")


def test_before_commencement_an_adjustment_counts_as_nothing() -> None:
    """50.00 on the day before the cap begins: 0.00, then 100.00 for the first day."""
    found, scheme = adjusted(a_hundred_a_day(), ("50.00", "2023-10-03")), reform(commencement="2023-10-04")
    assert [accrued(found, on, scheme) for on in ("2023-10-03", "2023-10-04")] == ["0.00", "100.00"]


def test_an_adjustment_before_an_annual_adjustment_is_carried_through_it() -> None:
    """700.00 and 100.00 more are 800.00; 10 % make 880.00; the next day's 100.00 make 980.00."""
    found, scheme = adjusted(a_hundred_a_day(), ("100.00", "2023-10-04")), reform(adjustments={DAY_8: "10"})
    assert [accrued(found, on, scheme) for on in (WEEK_1, DAY_8)] == ["800.00", "980.00"]


def test_an_adjustment_on_the_day_of_an_annual_adjustment_comes_after_it() -> None:
    """700.00 and 10 % are 770.00; the day's 100.00 and the 100.00 added make 970.00."""
    found, scheme = adjusted(a_hundred_a_day(), ("100.00", DAY_8)), reform(adjustments={DAY_8: "10"})
    assert accrued(found, DAY_8, scheme) == "970.00"


def test_an_approval_that_was_wrong_is_corrected_and_the_adjustment_waits_again() -> None:
    """750.00, then 700.00 without the approval, then 750.00 when somebody approves it anew."""
    found = adjusted(a_hundred_a_day(), ("50.00", "2023-10-04"))
    undone = asked(found, correct(5))
    assert [accrued(one, WEEK_1) for one in (found, undone, asked(undone, approve(4)))] == [
        "750.00",
        "700.00",
        "750.00",
    ]


def test_an_adjustment_that_was_replaced_needs_an_approval_of_its_own() -> None:
    """50.00 approved, then replaced by 60.00: 700.00 until the 60.00 are approved, then 760.00."""
    found = asked(adjusted(a_hundred_a_day(), ("50.00", "2023-10-04")), correct(4, adjustment("60.00", "2023-10-04")))
    assert [accrued(one, WEEK_1) for one in (found, asked(found, approve(7)))] == ["700.00", "760.00"]
    assert refusal(found, approve(4)) is NoSuchEntry
