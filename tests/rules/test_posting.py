"""Counting a period once: what is posted is read from then on, and what is learned late becomes a line."""

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from domain.account.accrual import accrue
from domain.account.commands import AnswerDispute, PostPeriod, RaiseDispute
from domain.account.decisions import decide
from domain.account.facts import DisputedThing, Fact, PeriodPosted
from domain.account.figures import ExactTotals, LedgerLine
from domain.account.posting import posting_lines
from domain.account.refusals import PostsDaysToCome
from domain.account.state import CareAccount
from domain.money import Fraction
from domain.schemes import Scheme
from tests.rules.asking import (
    NOW,
    adjusted,
    asked,
    correct,
    figures,
    in_short,
    post,
    posted,
    propose,
    refusal,
    request,
    stated,
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
    contribution,
    day,
    needs,
    opened,
    opening,
    progress,
    self_funder,
    the_id,
)
from tests.rules.laws import reform

WEEK_1, WEEK_2, WEEK_4, WEEK_8 = "2023-10-08", "2023-10-15", "2023-10-29", "2023-11-26"


def at_home(*more: Fact) -> CareAccount:
    """Entries 1 to 3: opened, needs, and a budget of 700.00 a week at home from 2 October 2023: 100.00 a day."""
    return account(needs(), budget("700.00"), *more)


def lines_of(found: CareAccount) -> list[tuple[str, str, str, str]]:
    return [in_short(line) for line in posted(found).lines]


def nothing_to_post(found: CareAccount, through: str, scheme: Scheme = REFORM_2023) -> bool:
    return decide(PostPeriod(through=day(through), known_at=NOW), found, scheme) == ()


# --- what is posted ---


def test_a_posting_keeps_its_lines_the_balance_and_the_exact_totals() -> None:
    """950.00 for the four weeks to 29 October and a day: 3107.14 counted, exactly 21750/7; 828.57 set apart."""
    found = posted(post(self_funder("950.00"), "2023-10-30"))
    (line,) = found.lines
    assert (str(found.accrued_costs), str(line.metered), str(line.daily_living_costs)) == (
        "3107.14",
        "3107.14",
        "828.57",
    )
    assert found.totals == ExactTotals(
        base=Fraction(27550, 7), daily_living_costs=Fraction(5800, 7), metered=Fraction(21750, 7)
    )
    assert (found.scheme, found.edition) == ("reform-2023", REFORM_2023.edition_through(day("2023-10-30")))
    assert (line.posted, found.cap_reached_on, found.effective_from) == (True, None, day("2023-10-30"))


def test_a_period_is_counted_once_however_often_the_run_is_repeated() -> None:
    """Posted through 8 October: the same day, and any before it, post nothing more."""
    found = post(at_home(), WEEK_1)
    assert [nothing_to_post(found, through) for through in (WEEK_1, "2023-10-07")] == [True, True]
    assert not nothing_to_post(found, "2023-10-09")


def test_the_next_posting_goes_on_where_the_last_one_ended() -> None:
    """700.00 through 8 October, then 700.00 for 9 to 15 October, 1400.00 in all."""
    found = post(at_home(), WEEK_1, WEEK_2)
    assert lines_of(found) == [("accrual", "2023-10-09", WEEK_2, "700.00")]
    assert str(posted(found).accrued_costs) == "1400.00"
    assert found.posted_through == day(WEEK_2)


def test_posting_changes_no_figure() -> None:
    """1400.00 by 15 October, whether or not the week before was posted; and exactly the same fraction."""
    never, often = self_funder(), post(self_funder(), "2023-10-04", WEEK_1, "2023-10-11")
    totals = [accrue(found, REFORM_2023, day("2026-01-01")).through(day("2025-12-11")) for found in (never, often)]
    assert totals[0] == totals[1]
    assert {progress(found, "2026-01-01").cap_reached_on for found in (never, often)} == {day("2025-12-12")}


def test_the_posting_that_reaches_the_cap_says_so() -> None:
    """Reached on 12 December 2025: postings through the 11th say nothing, later ones name the day."""
    found = [posted(post(self_funder(), through)) for through in ("2025-12-11", "2025-12-12", "2026-01-31")]
    assert [one.cap_reached_on for one in found] == [None, day("2025-12-12"), day("2025-12-12")]


def test_only_days_that_have_come_are_posted() -> None:
    """On 22 November 2026: that day, not the next."""
    command = PostPeriod(through=day("2026-11-23"), known_at=NOW)
    assert refusal(at_home(), command) is PostsDaysToCome
    assert not nothing_to_post(at_home(), "2026-11-22")


def test_before_the_account_opened_there_is_nothing_to_post() -> None:
    assert nothing_to_post(at_home(), "2023-10-01")
    assert not nothing_to_post(at_home(), "2023-10-02")


def test_strokes_of_the_period_are_lines_of_their_own() -> None:
    """1000.00 carried in, 700.00 for the week, 50.00 added by two people."""
    found = post(adjusted(at_home(opening("1000.00", "2023-10-02")), ("50.00", WEEK_1)), WEEK_1)
    assert lines_of(found) == [
        ("opening", "2023-10-02", "2023-10-02", "1000.00"),
        ("accrual", "2023-10-02", WEEK_1, "700.00"),
        ("adjustment", WEEK_1, WEEK_1, "50.00"),
    ]


def test_an_account_on_which_nothing_accrues_is_posted_with_nothing() -> None:
    """No budget: one line of 0.00."""
    assert lines_of(post(account(needs()), WEEK_1)) == [("accrual", "2023-10-02", WEEK_1, "0.00")]


# --- closed accounts ---


def test_a_closed_account_is_posted_once_more_after_its_last_day_and_then_no_more() -> None:
    """Closed on 8 October and posted through the 15th: nothing is left to post."""
    found = post(at_home(closed(WEEK_1)), WEEK_2)
    assert str(posted(found).accrued_costs) == "700.00"
    assert nothing_to_post(found, WEEK_4)


@pytest.mark.parametrize(("last", "over"), [("2023-10-15", True), ("2023-10-16", False)])
def test_an_account_is_posted_until_its_last_day_has_been(last: str, over: bool) -> None:
    """Posted through 15 October: one that ends on the 15th is done, one that ends on the 16th has a day left."""
    assert nothing_to_post(post(at_home(closed(last)), WEEK_2), WEEK_4) is over


def test_a_closed_account_that_was_never_posted_is_posted_whole() -> None:
    """Closed on 8 October, first posted through the 29th: 700.00."""
    assert str(posted(post(at_home(closed(WEEK_1)), WEEK_4)).accrued_costs) == "700.00"


def test_what_is_learned_late_about_a_closed_account_is_posted() -> None:
    """Two days in hospital come to light after the last posting: 200.00 off."""
    found = post(asked(post(at_home(closed(WEEK_1)), WEEK_2), request(away("2023-10-04", "2023-10-06"))), WEEK_4)
    assert lines_of(found)[0] == ("adjustment", "2023-10-04", "2023-10-05", "-200.00")
    assert nothing_to_post(found, WEEK_8)


def test_a_late_change_of_what_care_cost_is_posted_although_nothing_more_counts() -> None:
    """A contribution of 180.00, corrected to 190.00, is all daily living costs: 10.00 more, and 0.00 counted."""
    found = account(needs(), budget("700.00", kind="personal", setting="care_home"), contribution("180.00"))
    found = post(asked(found, request(closed(WEEK_1))), WEEK_1)
    line = posted(post(asked(found, correct(4, contribution("190.00"))), WEEK_2)).lines[0]
    assert (str(line.base), str(line.daily_living_costs), str(line.metered)) == ("10.00", "10.00", "0.00")


# --- late knowledge ---


def test_a_rate_received_late_becomes_one_adjustment_line_for_the_days_it_reaches() -> None:
    """900.00 to 945.00 a week from 1 February, known after 25 February was posted: 45.00 / 7 x 25 days = 160.71."""
    found = post(account(needs(), budget("900.00")), "2024-01-28", "2024-02-25")
    found = post(asked(found, request(budget("945.00", "2024-02-01"))), "2024-03-24")
    late, rest = posted(found).lines
    assert in_short(late) == ("adjustment", "2024-02-01", "2024-02-25", "160.71")
    assert in_short(rest) == ("accrual", "2024-02-26", "2024-03-24", "3780.00")
    assert (late.cause, rest.cause, late.posted) == (the_id(6), None, True)
    assert str(late.balance + rest.metered) == str(rest.balance) == str(posted(found).accrued_costs)


def test_a_wrong_hourly_rate_becomes_a_credit() -> None:
    """14 hours at 21.00 are 294.00; at 20.16 they are 282.24. Thirteen weeks too much: 152.88 off."""
    wrong, right = (budget(str(14 * Decimal(hourly))) for hourly in ("21.00", "20.16"))
    found = post(account(needs(), wrong), "2023-12-31")
    found = post(asked(found, correct(3, right)), "2024-01-28")
    late = posted(found).lines[0]
    assert in_short(late) == ("adjustment", "2023-10-02", "2023-12-31", "-152.88")
    assert late.cause == the_id(5)
    assert str(posted(found).accrued_costs) == "4798.08"  # seventeen weeks at the right rate


def test_posted_lines_are_never_touched() -> None:
    """What was posted as 700.00 stays 700.00; what is known now is told by the lines after it."""
    before = post(at_home(), WEEK_1)
    after = post(asked(before, correct(3, budget("770.00"))), WEEK_2)
    assert after.entries[: before.version] == before.entries
    assert [str(line.metered) for _, one in after.of(PeriodPosted) for line in one.lines] == [
        "700.00",
        "70.00",
        "770.00",
    ]


def test_a_late_change_is_posted_once() -> None:
    """70.00 with the second posting, and nothing of it with the third."""
    found = post(asked(post(at_home(), WEEK_1), correct(3, budget("770.00"))), WEEK_2, WEEK_4)
    assert lines_of(found) == [("accrual", "2023-10-16", WEEK_4, "1540.00")]


def test_several_late_entries_are_a_line_each_in_the_order_they_became_known() -> None:
    """770.00 instead of 700.00 makes 70.00 more; two days in hospital then take off 220.00."""
    late = (budget("770.00"), away("2023-10-04", "2023-10-06"))
    found = post(asked(post(at_home(), WEEK_1), *map(request, late)), WEEK_2)
    assert lines_of(found)[:2] == [
        ("adjustment", "2023-10-02", WEEK_1, "70.00"),
        ("adjustment", "2023-10-04", "2023-10-05", "-220.00"),
    ]
    assert [line.cause for line in posted(found).lines[:2]] == [the_id(5), the_id(6)]
    assert [str(line.balance) for line in posted(found).lines[:2]] == ["770.00", "550.00"]


def test_a_late_entry_that_another_one_undoes_is_told_with_its_undoing() -> None:
    """1400.00 by mistake, voided before the next run: 700.00 more and 700.00 less."""
    found = asked(post(at_home(), WEEK_1), request(budget("1400.00")), correct(5))
    assert [str(line.metered) for line in posted(post(found, WEEK_2)).lines] == ["700.00", "-700.00", "700.00"]


@pytest.mark.parametrize(
    "late",
    [budget("770.00", "2023-10-09"), budget("700.00"), contribution("9.00"), away("2023-10-16")],
    ids=["a rate from the day after", "the same rate again", "an assessment that does not matter", "a later break"],
)
def test_a_late_entry_that_changes_nothing_posted_makes_no_line(late: Fact) -> None:
    found = post(asked(post(at_home(), WEEK_1), request(late)), WEEK_2)
    assert [line.kind for line in posted(found).lines] == ["accrual"]


def test_a_rate_that_reaches_the_last_posted_day_only_changes_that_day() -> None:
    """770.00 from 8 October: 10.00 for that one day."""
    found = post(asked(post(at_home(), WEEK_1), request(budget("770.00", WEEK_1))), WEEK_2)
    assert lines_of(found)[0] == ("adjustment", WEEK_1, WEEK_1, "10.00")


def test_two_changes_with_days_between_them_cover_the_first_to_the_last_day_that_changed() -> None:
    """A budget of 770.00 in place of one that a break interrupts: days 2 to 8 October, 50.00 for the five at home."""
    found = post(at_home(away("2023-10-04", "2023-10-06")), WEEK_1)
    found = post(asked(found, correct(3, budget("770.00"))), WEEK_2)
    assert lines_of(found)[0] == ("adjustment", "2023-10-02", WEEK_1, "50.00")


def test_an_adjustment_approved_late_is_a_line_of_its_day() -> None:
    """50.00 for 4 October, approved after the week was posted; the proposal alone changes nothing."""
    found = adjusted(post(at_home(), WEEK_1), ("50.00", "2023-10-04"))
    line = posted(post(found, WEEK_2)).lines[0]
    assert (in_short(line), line.cause) == (("adjustment", "2023-10-04", "2023-10-04", "50.00"), the_id(6))
    proposed = asked(post(at_home(), WEEK_1), propose("50.00", "2023-10-04"))
    assert [line.kind for line in posted(post(proposed, WEEK_2)).lines] == ["accrual"]


def test_a_balance_carried_in_late_is_a_line_of_its_day() -> None:
    """1000.00 as at 2 October, told after the week was posted."""
    found = asked(post(at_home(), WEEK_1), request(opening("1000.00", "2023-10-02")))
    line = posted(post(found, WEEK_2)).lines[0]
    assert (in_short(line), line.cause) == (("adjustment", "2023-10-02", "2023-10-02", "1000.00"), the_id(5))


def test_a_day_of_opening_that_moves_late_is_a_line_too() -> None:
    """Opened on 5 October, posted; it was the 2nd: three days more, 300.00. And back: 300.00 off."""
    found = post(account(needs(), budget("700.00"), opened_on="2023-10-05"), WEEK_1)
    found = post(asked(found, correct(1, opened("2023-10-02"))), WEEK_2)
    assert lines_of(found)[0] == ("adjustment", "2023-10-02", "2023-10-04", "300.00")
    back = post(asked(found, correct(6, opened("2023-10-05"))), WEEK_4)
    assert lines_of(back)[0] == ("adjustment", "2023-10-02", "2023-10-04", "-300.00")


def test_an_account_whose_opening_moves_past_the_posted_days_takes_them_all_back() -> None:
    """Posted through 8 October; it was opened on the 9th: 700.00 off."""
    found = post(asked(post(at_home(), WEEK_1), correct(1, opened("2023-10-09"))), WEEK_2)
    assert [line[3] for line in lines_of(found)] == ["-700.00", "700.00"]


def test_what_is_learned_of_days_on_which_the_account_was_not_yet_kept_makes_no_line() -> None:
    """Opened on 9 October, as was learned late; a rate of 770.00 from the 2nd then matters from the 9th only."""
    moved = asked(post(at_home(), WEEK_1), correct(1, opened("2023-10-09")), request(budget("770.00")))
    assert [line[3] for line in lines_of(post(moved, WEEK_2))] == ["-700.00", "770.00"]


def test_a_late_change_before_an_annual_adjustment_is_carried_through_it() -> None:
    """70.00 more for a week, posted with the 10 % of 9 October: 77.00."""
    scheme = reform(adjustments={"2023-10-09": "10"})
    found = post(at_home(), WEEK_2, scheme=scheme)
    found = post(asked(found, request(budget("770.00", ending_before="2023-10-09"))), WEEK_4, scheme=scheme)
    assert lines_of(found)[0] == ("adjustment", "2023-10-02", WEEK_1, "77.00")


def test_a_late_change_after_the_cap_takes_the_cap_back() -> None:
    """Reached on 12 December 2025 and posted; all of 2024 away takes off 37142.86, and it is not reached."""
    found = post(self_funder(), "2025-12-31")
    found = post(asked(found, request(away("2024-01-01", "2025-01-01"))), "2026-01-04")
    assert posted(found).cap_reached_on is None
    first = posted(found).lines[0]
    assert in_short(first) == ("adjustment", "2024-01-01", "2025-12-31", "-37142.86")
    assert first.cause == the_id(5)


@pytest.mark.parametrize(
    ("late", "lines"), [(60, 60), (61, 31)], ids=["sixty: a line each", "sixty-one: told two by two"]
)
def test_where_very_many_late_entries_come_at_once_neighbours_are_told_together(late: int, lines: int) -> None:
    """Each day away takes off 100.00; the sum is the same however they are told."""
    found = post(at_home(), "2023-12-31")
    days = [str(day("2023-10-02") + timedelta(days=n)) for n in range(late + 1)]
    found = post(and_then(found, *(away(*span) for span in pairwise(days))), "2024-01-07")
    adjustments = [line.metered for line in posted(found).lines if line.kind == "adjustment"]
    assert (len(adjustments), sum(adjustments)) == (lines, -100 * late)


# --- what was posted stands ---


def by_hand(through: str, metered: str, scheme: Scheme = REFORM_2023, reached: str | None = None) -> PeriodPosted:
    """A posting whose figures this program would not give, as an earlier version of it might have."""
    total = Decimal(metered)
    line = LedgerLine(
        from_=day("2023-10-02"), to=day(through), base=total, daily_living_costs=Decimal("1.00"), metered=total,
        posted=True, balance=total,
    )  # fmt: skip
    return PeriodPosted(
        through=day(through),
        scheme=scheme.name,
        edition=scheme.edition_through(day(through)),
        lines=(line,),
        accrued_costs=total,
        totals=ExactTotals(base=Fraction(total) + 1, daily_living_costs=Fraction(1), metered=Fraction(total)),
        cap_reached_on=day(reached) if reached else None,
    )


def test_a_posted_figure_stays_as_it_was_posted_although_the_program_would_now_give_another() -> None:
    """Posted as 650.00 through 8 October, where 700.00 would be worked out: 650.00, and 750.00 a day later."""
    found = at_home(by_hand(WEEK_1, "650.00"))
    assert [accrued(found, on) for on in (WEEK_1, "2023-10-09", WEEK_2)] == ["650.00", "750.00", "1350.00"]
    assert str(progress(found, WEEK_2).daily_living_costs) == "1.00"
    assert lines_of(post(found, WEEK_2)) == [("accrual", "2023-10-09", WEEK_2, "700.00")]


def test_the_days_before_the_last_posted_one_are_worked_out_and_the_last_one_makes_up_the_difference() -> None:
    """100.00 a day to 600.00 on 7 October, and 650.00 at the close of the 8th as it was posted."""
    found = at_home(by_hand(WEEK_1, "650.00"))
    assert [accrued(found, on) for on in ("2023-10-06", "2023-10-07", WEEK_1)] == ["500.00", "600.00", "650.00"]


def test_a_first_day_posted_by_itself_stands_as_well() -> None:
    """Posted as 90.00 on 2 October, with 100.00 for each later day."""
    found = at_home(by_hand("2023-10-02", "90.00"))
    assert [accrued(found, on) for on in ("2023-10-02", "2023-10-03")] == ["90.00", "190.00"]


def test_a_posting_of_an_account_that_was_only_opened_stands_as_well() -> None:
    """Posted as 90.00 on 8 October, where nothing would be worked out: 0.00 the day before, and 90.00 from then on."""
    found = account(by_hand(WEEK_1, "90.00"))
    assert [accrued(found, on) for on in ("2023-10-07", WEEK_1, WEEK_2)] == ["0.00", "90.00", "90.00"]


def test_a_posting_falls_that_is_reached_on_its_last_day_alone_while_the_one_before_it_stands() -> None:
    """Posted as 650.00 through 8 October and 1000.00 through the 15th, where a cost of 0.00 on the 15th is told late.

    The first week stands. Of the second six days count, at 100.00 each.
    """
    found = at_home(by_hand(WEEK_1, "650.00"), by_hand(WEEK_2, "1000.00"))
    assert accrued(found, WEEK_2) == "1000.00"
    assert accrued(and_then(found, budget("0.00", WEEK_2)), WEEK_2) == "1250.00"


def test_a_last_posted_day_with_a_rate_of_its_own_stands_as_well() -> None:
    """840.00 a week from 8 October, posted as 650.00 through that day: 600.00 before it, 120.00 a day after it."""
    found = at_home(budget("840.00", WEEK_1), by_hand(WEEK_1, "650.00"))
    assert [accrued(found, on) for on in ("2023-10-07", WEEK_1, "2023-10-09")] == ["600.00", "650.00", "770.00"]
    assert [line.days for line in figures(found, "2023-10-09").lines] == [6, 2]


def test_only_days_that_late_knowledge_reaches_are_worked_out_again() -> None:
    """Posted as 650.00 and 1350.00; a rate of 770.00 from 9 October re-works the second week only: 650.00 + 770.00."""
    found = at_home(by_hand(WEEK_1, "650.00"), by_hand(WEEK_2, "1350.00"))
    assert accrued(found, WEEK_2) == "1350.00"
    late = asked(found, request(budget("770.00", "2023-10-09")))
    assert [accrued(late, on) for on in (WEEK_1, WEEK_2)] == ["650.00", "1420.00"]
    assert lines_of(post(late, WEEK_4))[0] == ("adjustment", "2023-10-09", WEEK_2, "70.00")


@pytest.mark.parametrize(
    ("late", "stands"),
    [
        (budget("700.00", WEEK_1), False),
        (budget("700.00", "2023-10-09"), True),
        (needs(WEEK_1), False),
        (needs("2023-10-09"), True),
        (charge("7.00", WEEK_1, "2023-10-30"), False),
        (charge("7.00", "2023-10-09", "2023-10-30"), True),
        (closed("2023-10-07"), False),
        (closed(WEEK_1), True),
        (opening("1.00", "2023-10-09"), True),
    ],
    ids=[
        "a budget from the last posted day",
        "a budget from the day after",
        "needs from the last posted day",
        "needs from the day after",
        "a charge from the last posted day",
        "a charge from the day after",
        "a closure on the day before the last posted one",
        "a closure on the last posted day, which still counts",
        "a balance carried in on the day after",
    ],
)
def test_a_posting_stands_until_something_recorded_later_reaches_a_day_of_it(late: Fact, stands: bool) -> None:
    """Posted as 650.00 through 8 October; where it no longer stands the week is worked out anew, 700.00 or 600.00."""
    assert (accrued(at_home(by_hand(WEEK_1, "650.00"), late), WEEK_1) == "650.00") is stands


def test_what_is_only_told_or_asked_never_sets_a_posting_aside() -> None:
    """A statement, a dispute and its answer, a proposal not approved: 650.00 stays."""
    found = at_home(by_hand(WEEK_1, "650.00"))
    dispute = RaiseDispute(about=DisputedThing(entry_id=the_id(3)), raised_on=day("2023-10-03"))
    answer = AnswerDispute(dispute=the_id(6), on=day("2023-10-04"), outcome="not_upheld")
    told = asked(stated(found, WEEK_1), dispute, answer, propose("50.00", "2023-10-04"))
    assert (told.version, accrued(told, WEEK_1)) == (8, "650.00")


def test_a_posting_counts_only_under_the_scheme_it_was_made_under() -> None:
    """Posted as 650.00 under one scheme: 650.00 there, and 700.00 under another."""
    found = at_home(by_hand(WEEK_1, "650.00"))
    other = REFORM_2023.model_copy(update={"name": "another"})
    assert [accrued(found, WEEK_1, scheme) for scheme in (REFORM_2023, other)] == ["650.00", "700.00"]


def test_another_amount_of_law_for_posted_days_sets_the_posting_aside_and_one_for_later_days_does_not() -> None:
    """Posted as 650.00; a cap that is another from 8 October re-works the week, one from 9 October does not."""
    found = at_home(by_hand(WEEK_1, "650.00", reform()))
    schemes = [reform({"2023-10-01": "86000.00", on: "90000.00"}) for on in (WEEK_1, "2023-10-09")]
    assert [accrued(found, WEEK_1, scheme) for scheme in schemes] == ["700.00", "650.00"]


def test_a_difference_that_the_law_brought_is_a_line_without_an_entry_before_the_others() -> None:
    """Daily living costs of 210.00 instead of 200.00 for the posted week: 10.00 less, then a late 70.00 more."""
    found = post(self_funder("950.00"), WEEK_1, scheme=reform())
    found = asked(found, request(budget("1020.00", setting="care_home")))
    lines = posted(post(found, WEEK_2, scheme=reform(costs="210.00"))).lines
    assert [in_short(line) for line in lines[:2]] == [
        ("adjustment", "2023-10-02", WEEK_1, "-10.00"),
        ("adjustment", "2023-10-02", WEEK_1, "70.00"),
    ]
    assert [line.cause for line in lines[:2]] == [None, the_id(5)]
    assert [str(line.balance) for line in lines] == ["740.00", "810.00", "1620.00"]


def test_a_cap_that_was_reached_when_posted_stays_reached() -> None:
    """Posted with the cap reached on 7 October, whatever this program would find: nothing counts after it."""
    found = at_home(by_hand(WEEK_1, "650.00", reached="2023-10-07"))
    shown = progress(found, WEEK_2)
    assert (str(shown.accrued_costs), shown.metering, shown.cap_reached_on) == ("650.00", "capped", day("2023-10-07"))
    assert progress(found, WEEK_1).cap_reached_on == day("2023-10-07")


def test_a_cap_posted_as_not_reached_is_asked_about_again_from_there() -> None:
    """A cap of 500.00; posted as 450.00, not reached: 50.00 more on 9 October reach it."""
    scheme = reform("500.00")
    shown = progress(at_home(by_hand(WEEK_1, "450.00", scheme)), WEEK_2, scheme)
    assert (str(shown.accrued_costs), shown.cap_reached_on) == ("500.00", day("2023-10-09"))


# --- the ledger by posting ---


def by_posting(found: CareAccount, first: str, last: str) -> list[tuple[str, str, bool]]:
    accrual = accrue(found, REFORM_2023, day(last))
    lines = posting_lines(found, REFORM_2023, accrual, day(first), day(last))
    return [(line.to.isoformat(), str(line.metered), line.posted) for line in lines]


def test_the_ledger_shows_postings_as_they_were_made_and_then_what_is_not_posted_yet() -> None:
    """700.00 posted, 70.00 known since, 1540.00 not yet posted."""
    found = asked(post(at_home(), WEEK_1), correct(3, budget("770.00")))
    assert by_posting(found, "2023-10-02", "2023-10-22") == [
        (WEEK_1, "700.00", True),
        (WEEK_1, "70.00", False),
        ("2023-10-22", "1540.00", False),
    ]


def test_what_has_never_been_posted_stands_as_one_line() -> None:
    """Two weeks at 750.00: 1500.00."""
    assert by_posting(self_funder(), "2023-10-02", WEEK_2) == [(WEEK_2, "1500.00", False)]


def test_days_after_the_last_posting_are_shown_without_what_changed_before_them() -> None:
    """From 9 October: 770.00 and no adjustment of the posted week; from the 8th, the posting and what changed."""
    found = asked(post(at_home(), WEEK_1), correct(3, budget("770.00")))
    assert by_posting(found, "2023-10-09", WEEK_2) == [(WEEK_2, "770.00", False)]
    assert [amount for _, amount, _ in by_posting(found, WEEK_1, WEEK_2)] == ["700.00", "70.00", "770.00"]


def test_postings_that_end_outside_the_days_asked_for_are_left_out() -> None:
    """Posted weekly: from 9 to 14 October no posting ends, to the 15th one does, and to the 8th one."""
    found = post(at_home(), WEEK_1, WEEK_2)
    assert by_posting(found, "2023-10-09", "2023-10-14") == []
    assert by_posting(found, "2023-10-09", WEEK_2) == [(WEEK_2, "700.00", True)]
    assert by_posting(found, "2023-10-02", WEEK_1) == [(WEEK_1, "700.00", True)]
