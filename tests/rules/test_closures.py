"""How an account ends and may go on: death, told late or wrongly, moves, and reopening (Care Act 2014 s 29(2))."""

import pytest

from domain.account.facts import Fact
from domain.account.refusals import (
    AccountIsClosed,
    AlreadyClosed,
    ClosesBeforeItOpened,
    NotClosed,
    ReopensBeforeItClosed,
)
from domain.account.state import CareAccount
from tests.rules.asking import asked, correct, in_short, issue, ledger, post, posted, refusal, request
from tests.rules.build import (
    account,
    accrued,
    away,
    budget,
    closed,
    contribution,
    day,
    needs,
    progress,
    reopened,
    the_id,
)

A_WEEK = "2023-10-08"


def at_home(*more: Fact) -> CareAccount:
    """700.00 a week at home from 2 October 2023: 100.00 a day."""
    return account(needs(), budget("700.00"), *more)


@pytest.mark.parametrize("reason", ["died", "moved", "no_eligible_needs", "entered_in_error"])
def test_whatever_ends_the_account_its_last_day_still_counts_and_none_after_it(reason: str) -> None:
    """Closed on 8 October: 700.00, then and a year later."""
    found = asked(at_home(), request(closed(A_WEEK, reason)))
    assert [accrued(found, on) for on in (A_WEEK, "2023-10-09", "2024-10-08")] == ["700.00"] * 3
    assert [progress(found, on).metering for on in (A_WEEK, "2023-10-09")] == ["metering", "closed"]


def test_a_death_reported_late_takes_back_what_was_counted_since() -> None:
    """Died on 8 October, reported after 15 October was counted: 1400.00 becomes 700.00."""
    before = at_home()
    assert [accrued(found, "2023-10-15") for found in (before, asked(before, request(closed(A_WEEK))))] == [
        "1400.00",
        "700.00",
    ]


def test_a_death_reported_after_posting_becomes_a_line_that_names_the_report_and_the_days() -> None:
    """Posted through 29 October, died on the 8th: 2100.00 off, for 9 to 29 October."""
    found = post(at_home(), "2023-10-29")
    line = posted(post(asked(found, request(closed(A_WEEK))), "2023-11-26")).lines[0]
    assert in_short(line) == ("adjustment", "2023-10-09", "2023-10-29", "-2100.00")
    assert (line.cause, str(line.balance)) == (the_id(5), "700.00")


def test_a_death_that_was_no_death_is_corrected_as_though_it_had_never_been_reported() -> None:
    """Closed on 8 October by mistake; the report voided: 1400.00 by the 15th, no day lost."""
    found = asked(at_home(closed(A_WEEK)), correct(4))
    assert (accrued(found, "2023-10-15"), found.closed) == ("1400.00", None)


def test_a_death_reported_on_the_wrong_day_gets_the_right_one() -> None:
    """8 October, and it was the 10th: 900.00."""
    found = asked(at_home(closed(A_WEEK)), correct(4, closed("2023-10-10")))
    assert accrued(found, "2024-01-01") == "900.00"


def test_the_days_between_a_closure_and_a_reopening_stay_closed() -> None:
    """Closed on 8 October, kept again from the 16th: seven days of nothing between, then 100.00 a day."""
    found = asked(at_home(closed(A_WEEK)), request(reopened("2023-10-16")))
    by_day = [accrued(found, on) for on in (A_WEEK, "2023-10-09", "2023-10-15", "2023-10-16", "2023-10-22")]
    assert by_day == ["700.00", "700.00", "700.00", "800.00", "1400.00"]
    words = [progress(found, on).metering for on in (A_WEEK, "2023-10-09", "2023-10-15", "2023-10-16")]
    assert words == ["metering", "closed", "closed", "metering"]


def test_an_account_reopened_on_the_day_after_its_last_loses_no_day() -> None:
    """Closed on 8 October, reopened on the 9th: 1400.00 by the 15th."""
    assert accrued(asked(at_home(closed(A_WEEK)), request(reopened("2023-10-09"))), "2023-10-15") == "1400.00"


def test_a_reopened_account_can_be_closed_again_and_both_times_count() -> None:
    """Closed on 8 October, open from the 16th, closed on the 22nd: two weeks, 1400.00."""
    found = asked(at_home(closed(A_WEEK)), request(reopened("2023-10-16")), request(closed("2023-10-22", "moved")))
    assert [accrued(found, on) for on in ("2023-10-15", "2023-10-22", "2024-01-01")] == ["700.00", "1400.00", "1400.00"]
    assert found.closed is not None
    assert found.closed.on == day("2023-10-22")


def test_a_second_closure_before_the_first_one_ends_the_account_there() -> None:
    """Closed on 22 October, reopened from 1 November, and then a death on 8 October comes to light: 700.00."""
    found = asked(at_home(closed("2023-10-22")), request(reopened("2023-11-01")), request(closed(A_WEEK)))
    assert [accrued(found, on) for on in ("2023-10-22", "2023-11-05")] == ["700.00", "700.00"]


def test_a_reopening_that_was_wrong_leaves_the_account_closed() -> None:
    """Reopened from 16 October by mistake: 700.00 without it."""
    found = asked(at_home(closed(A_WEEK)), request(reopened("2023-10-16")), correct(5))
    assert (accrued(found, "2023-10-22"), found.closed is not None) == ("700.00", True)


def test_a_reopening_on_the_wrong_day_gets_the_right_one() -> None:
    """From 16 October, and it was the 18th: two days fewer, 1200.00 by the 22nd."""
    found = asked(at_home(closed(A_WEEK)), request(reopened("2023-10-16")), correct(5, reopened("2023-10-18")))
    assert accrued(found, "2023-10-22") == "1200.00"


def test_a_closed_account_is_reopened_and_an_open_one_is_not() -> None:
    assert refusal(at_home(), request(reopened("2023-10-16"))) is NotClosed
    again = at_home(closed(A_WEEK), reopened("2023-10-16"))
    assert refusal(again, request(reopened("2023-10-20"))) is NotClosed


def test_an_account_is_reopened_from_a_day_after_its_last() -> None:
    assert refusal(at_home(closed(A_WEEK)), request(reopened(A_WEEK))) is ReopensBeforeItClosed


def test_an_account_is_closed_once_and_not_before_it_opened() -> None:
    assert refusal(at_home(closed("2024-02-01")), request(closed("2024-03-01"))) is AlreadyClosed
    assert refusal(at_home(), request(closed("2023-10-01"))) is ClosesBeforeItOpened


def test_an_account_may_be_closed_on_the_day_it_opened() -> None:
    """One day: 100.00."""
    assert accrued(asked(at_home(), request(closed("2023-10-02"))), "2024-01-01") == "100.00"


@pytest.mark.parametrize(
    "fact",
    [needs("2023-10-09"), budget("1.00", "2023-10-09"), contribution("1.00", "2023-10-09"), away("2023-10-09")],
    ids=["needs", "a budget", "a financial assessment", "a break"],
)
def test_what_begins_after_the_last_day_is_refused(fact: Fact) -> None:
    assert refusal(at_home(closed(A_WEEK)), request(fact)) is AccountIsClosed


@pytest.mark.parametrize(
    "fact",
    [needs(A_WEEK), budget("1.00", A_WEEK), contribution("1.00", A_WEEK), away(A_WEEK)],
    ids=["needs", "a budget", "a financial assessment", "a break"],
)
def test_what_began_by_the_last_day_is_taken_however_late_it_is_told(fact: Fact) -> None:
    assert asked(at_home(closed(A_WEEK)), request(fact)).entries[-1].fact == fact


def test_after_a_reopening_new_things_may_be_recorded_again() -> None:
    """A budget of 1400.00 from 23 October on the account reopened on the 16th: 1600.00 by that day."""
    found = asked(at_home(closed(A_WEEK)), request(reopened("2023-10-16")), request(budget("1400.00", "2023-10-23")))
    assert accrued(found, "2023-10-23") == "1600.00"


def test_the_estate_gets_a_closing_statement() -> None:
    """Died on 8 October: a statement to that day or any later one gives 700.00."""
    found = at_home(closed(A_WEEK))
    assert [str(issue(found, to, "closing").figures.accrued_costs) for to in (A_WEEK, "2024-03-31")] == ["700.00"] * 2


def test_the_ledger_of_a_closed_account_goes_on_with_nothing() -> None:
    """700.00 to the last day, 0.00 after it, as one line to 15 October."""
    (line,) = ledger(at_home(closed(A_WEEK)), "2023-10-02", "2023-10-15")
    assert in_short(line) == ("accrual", "2023-10-02", "2023-10-15", "700.00")
