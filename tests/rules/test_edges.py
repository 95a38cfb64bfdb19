"""Where one day, one entry or one pound decides: examples that were missing when defects were planted on purpose."""

from decimal import Decimal

from domain.account.accrual import accrue
from domain.account.facts import BudgetSet, Fact
from domain.account.in_force import entry_on
from domain.account.state import CareAccount
from tests.rules.asking import adjusted, asked, correct, figures, in_short, ledger, post, posted
from tests.rules.build import (
    REFORM_2023,
    account,
    accrued,
    budget,
    closed,
    day,
    needs,
    progress,
    reopened,
)
from tests.rules.laws import reform
from tests.rules.test_posting import by_hand

WEEK_1, WEEK_2 = "2023-10-08", "2023-10-15"


def at_home(*more: Fact) -> CareAccount:
    """Entries 1 to 3: opened, needs, and a budget of 700.00 a week at home from 2 October 2023: 100.00 a day."""
    return account(needs(), budget("700.00"), *more)


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
