"""What a statement says of an account, and that it never changes (Care Act 2014 s 29(3) and (4))."""

from decimal import Decimal

import pytest

from domain.account.commands import IssueStatement
from domain.account.decisions import decide
from domain.account.facts import Paper, Print, StatementIssued
from domain.account.figures import StatementFigures
from domain.account.refusals import NotClosedYet, StatementBeforeOpening, StatementOfDaysToCome
from domain.account.statement import digest, statement_figures
from tests.rules.asking import (
    NOW,
    adjusted,
    asked,
    correct,
    figures,
    issue,
    post,
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

WEEK_1, WEEK_2 = "2023-10-08", "2023-10-15"


def adjustments(found: StatementFigures) -> list[tuple[str | None, str, str, str]]:
    """Each adjustment of a statement: its kind, its amount, its first and last day."""
    return [(a.kind, str(a.amount), str(a.from_), str(a.to)) for a in found.adjustments]


def adds_up(found: StatementFigures) -> bool:
    late = sum((adjustment.amount for adjustment in found.adjustments), Decimal(0))
    return found.opening + found.counted + late == found.accrued_costs


# --- the person of the worked example ---


def test_mrs_a_has_accrued_19500_after_half_a_year() -> None:
    """A care home at 950.00 from 2 October 2023, 200.00 set apart: 26 weeks of 750.00 by 31 March 2024, 19500.00."""
    found = figures(self_funder("950.00"), "2024-03-31")
    assert (str(found.accrued_costs), str(found.daily_living_costs)) == ("19500.00", "5200.00")
    assert (str(found.cost_of_meeting_needs), str(found.cap)) == ("24700.00", "86000.00")


def test_mrs_a_has_71_43_left_on_the_day_before_she_reaches_the_cap() -> None:
    """802 days by 11 December 2025: 85928.57 accrued, 71.43 remaining, 99.91 %; on the 12th 86000.00, reached."""
    eve, reached = (figures(self_funder("950.00"), on) for on in ("2025-12-11", "2025-12-12"))
    assert (str(eve.accrued_costs), str(eve.remaining), eve.percent) == ("85928.57", "71.43", "99.91")
    assert eve.expected_to_reach_cap_on == day("2025-12-12")
    assert eve.cap_reached_on is None
    assert (str(reached.accrued_costs), str(reached.remaining), reached.cap_reached_on) == (
        "86000.00",
        "0.00",
        day("2025-12-12"),
    )
    assert reached.expected_to_reach_cap_on is None


@pytest.mark.parametrize(
    ("to", "shown"),
    [("2024-05-01", False), ("2024-06-11", False), ("2024-06-12", True), ("2024-07-01", True)],
    ids=[
        "to 1 May 2024: no",
        "to 11 June 2024, eighteen months and a day before: no",
        "to 12 June 2024, eighteen months before: yes",
        "to 1 July 2024: yes",
    ],
)
def test_the_day_of_reaching_the_cap_is_told_when_it_is_within_eighteen_months(to: str, shown: bool) -> None:
    """Mrs A is expected to reach the cap on 12 December 2025."""
    expected = day("2025-12-12")
    assert progress(self_funder("950.00"), to).expected_to_reach_cap_on == expected
    assert figures(self_funder("950.00"), to).expected_to_reach_cap_on == (expected if shown else None)


@pytest.mark.parametrize(
    ("to", "expected", "told"),
    [
        ("2023-12-31", "2025-06-30", True),
        ("2023-12-31", "2025-07-01", False),
        ("2023-11-30", "2025-05-30", True),
        ("2023-11-30", "2025-05-31", False),
        ("2024-01-31", "2025-07-31", True),
    ],
)
def test_eighteen_months_are_counted_by_the_calendar_over_the_turn_of_years(to: str, expected: str, told: bool) -> None:
    """A statement to the one day, the cap expected on the other: whether it is told."""
    days = (day(expected) - day("2023-10-02")).days + 1
    found = figures(account(needs(), budget("700.00")), to, reform(f"{100 * days}.00"))
    assert found.expected_to_reach_cap_on == (day(expected) if told else None)


# --- beginning and going on ---


def test_a_first_statement_begins_with_the_account_and_nothing() -> None:
    """From 2 October 2023 at 0.00; counted 19500.00 by 31 March 2024; no adjustments."""
    found = figures(self_funder(), "2024-03-31")
    assert (found.from_, str(found.opening), found.previous_statement) == (day("2023-10-02"), "0.00", None)
    assert (str(found.counted), found.adjustments) == ("19500.00", ())
    assert found.cost_of_meeting_needs == found.counted + found.daily_living_costs


def test_the_next_statement_goes_on_where_the_last_one_ended() -> None:
    """From 1 April 2024 at 19500.00; one week more, 750.00; it names the statement before it."""
    found = figures(stated(self_funder(), "2024-03-31"), "2024-04-07")
    assert (found.from_, str(found.opening), str(found.counted)) == (day("2024-04-01"), "19500.00", "750.00")
    assert found.previous_statement == the_id(4)
    assert (str(found.daily_living_costs), str(found.daily_living_costs_so_far)) == ("200.00", "5400.00")


def test_what_changed_can_be_told_since_an_earlier_statement_too() -> None:
    """Statements to 8 and 15 October 2023; to 22 October 750.00 more since the second, 1500.00 since the first."""
    found = stated(stated(self_funder(), WEEK_1), WEEK_2)
    first, second = found.of(StatementIssued)
    for after, opening_, counted in ((first, "750.00", "1500.00"), (second, "1500.00", "750.00")):
        told = statement_figures(found, REFORM_2023, day("2023-10-22"), after)
        assert (str(told.opening), str(told.counted)) == (opening_, counted)
        assert (told.previous_statement, adds_up(told)) == (str(after[0].id), True)
    assert statement_figures(found, REFORM_2023, day("2023-10-22")) == told  # the last one, where none is named


@pytest.mark.parametrize(("to", "again"), [("2024-01-31", True), ("2024-03-31", True), ("2024-04-01", False)])
def test_a_statement_to_no_later_day_than_the_last_one_begins_with_the_account_again(to: str, again: bool) -> None:
    """The last statement went to 31 March 2024."""
    found = figures(stated(self_funder(), "2024-03-31"), to)
    assert (found.previous_statement is None) is again
    assert found.from_ == day("2023-10-02" if again else "2024-04-01")


def test_a_statement_has_a_line_for_each_stretch_of_like_days() -> None:
    """Two days at 750.00 a week, eleven in hospital, a week in the care home again."""
    found = figures(self_funder("950.00", "2023-10-02", away("2023-10-04", WEEK_2)), "2023-10-21")
    assert [(line.days, line.metering, str(line.metered)) for line in found.lines] == [
        (2, "metering", "214.29"),
        (11, "paused", "0.00"),
        (7, "metering", "750.00"),
    ]
    assert [str(line.daily_living_costs) for line in found.lines] == ["57.14", "0.00", "200.00"]
    assert [line.weekly_rate and str(line.weekly_rate.metered) for line in found.lines] == ["750.00", None, "750.00"]
    assert [str(line.from_) for line in found.lines] == ["2023-10-02", "2023-10-04", WEEK_2]
    assert [str(line.to) for line in found.lines] == ["2023-10-03", "2023-10-14", "2023-10-21"]


def test_a_stretch_that_began_before_the_statement_is_shown_from_its_first_day() -> None:
    """The stretch of 2 October goes on; the second statement shows seven days of it, 750.00."""
    (line,) = figures(stated(self_funder(), WEEK_1), WEEK_2).lines
    assert (str(line.from_), line.days, str(line.metered)) == ("2023-10-09", 7, "750.00")


# --- adjustments since the last statement ---


def test_what_became_known_of_days_already_stated_is_an_adjustment_with_its_entry_and_days() -> None:
    """900.00 stated to 25 February 2024; 945.00 from 1 February is known since: 160.71 for 1 to 25 February."""
    found = stated(self_funder("900.00"), "2024-02-25")
    late = asked(
        found, request(budget("945.00", "2024-02-01", setting="care_home")), request(budget("1.00", "2030-01-01"))
    )
    next_one = figures(late, "2024-03-03")
    assert adjustments(next_one) == [("late", "160.71", "2024-02-01", "2024-02-25")]
    assert next_one.adjustments[0].causes == (the_id(5),)
    assert adds_up(next_one)


def test_a_wrong_hourly_rate_is_a_credit_on_the_next_statement() -> None:
    """14 hours at 21.00 instead of 20.16 for thirteen weeks: 152.88 off, named by the correction that found it."""
    found = asked(stated(account(needs(), budget("294.00")), "2023-12-31"), correct(3, budget("282.24")))
    next_one = figures(found, "2024-01-07")
    assert adjustments(next_one) == [("late", "-152.88", "2023-10-02", "2023-12-31")]
    assert next_one.adjustments[0].causes == (the_id(5),)
    assert (str(next_one.opening), str(next_one.counted), adds_up(next_one)) == ("3822.00", "282.24", True)


def test_late_entries_that_come_to_nothing_together_are_told_each() -> None:
    """1400.00 by mistake and voided again, both since the last statement: 700.00 and -700.00."""
    found = asked(stated(account(needs(), budget("700.00")), WEEK_1), request(budget("1400.00")), correct(5))
    assert [amount for _, amount, *_ in adjustments(figures(found, WEEK_2))] == ["700.00", "-700.00"]


def test_a_late_entry_that_moves_daily_living_costs_alone_is_no_adjustment() -> None:
    """A contribution of 180.00 that was 190.00, all of it daily living costs: no adjustment, and 380.00 so far."""
    found = account(needs(), budget("700.00", kind="personal", setting="care_home"), contribution("180.00"))
    next_one = figures(asked(stated(found, WEEK_1), correct(4, contribution("190.00"))), WEEK_2)
    assert (next_one.adjustments, str(next_one.daily_living_costs_so_far)) == ((), "380.00")


def test_what_another_amount_of_law_brought_names_no_entry() -> None:
    """Daily living costs of 210.00 instead of 200.00 for a week already stated: 10.00 off."""
    found = stated(self_funder("950.00"), WEEK_1, reform())
    next_one = figures(found, WEEK_2, reform(costs="210.00"))
    assert adjustments(next_one) == [("late", "-10.00", "2023-10-02", WEEK_1)]
    assert (next_one.adjustments[0].causes, adds_up(next_one)) == ((), True)


def test_a_balance_carried_in_is_an_adjustment_of_the_kind_opening() -> None:
    """40000.00 of 9 October; the week before it counted 700.00, so 39300.00 more."""
    found = figures(account(needs(), budget("700.00"), opening("40000.00", "2023-10-09")), WEEK_2)
    assert adjustments(found) == [("opening", "39300.00", "2023-10-09", "2023-10-09")]
    assert (found.adjustments[0].causes, str(found.counted), adds_up(found)) == ((the_id(4),), "1400.00", True)


def test_an_annual_adjustment_is_one_of_the_kind_annual_that_no_entry_brought() -> None:
    """700.00 and 10 % of it: 70.00 on 9 October."""
    found = figures(account(needs(), budget("700.00")), WEEK_2, reform(adjustments={"2023-10-09": "10"}))
    assert adjustments(found) == [("annual", "70.00", "2023-10-09", "2023-10-09")]
    assert (found.adjustments[0].causes, adds_up(found)) == ((), True)


def test_what_two_people_decided_is_an_adjustment_of_the_kind_manual_and_no_late_knowledge() -> None:
    """50.00 on 4 October; the lines of the statement hold the days' costs alone, 700.00."""
    found = figures(adjusted(account(needs(), budget("700.00")), ("50.00", "2023-10-04")), WEEK_1)
    assert adjustments(found) == [("manual", "50.00", "2023-10-04", "2023-10-04")]
    assert (found.adjustments[0].causes, str(found.counted)) == ((the_id(4),), "700.00")
    assert sum(line.metered for line in found.lines) == Decimal("700.00")
    assert adds_up(found)


def test_a_cap_that_was_lowered_is_an_adjustment_of_its_own_kind() -> None:
    """700.00 accrued when the cap becomes 600.00 on 9 October: 100.00 off, and nothing counts from then."""
    scheme = reform({"2023-10-01": "86000.00", "2023-10-09": "600.00"})
    found = figures(account(needs(), budget("700.00")), WEEK_2, scheme)
    assert adjustments(found) == [("cap_lowered", "-100.00", "2023-10-09", "2023-10-09")]
    assert (found.adjustments[0].causes, str(found.counted), adds_up(found)) == ((), "700.00", True)


def test_a_balance_taken_away_with_the_days_before_it_is_told_on_the_day_it_stood_from() -> None:
    """945.00 carried in on 1 July 2025, stated; the account, of 4 September 2024, then begins on 1 October 2025.

    No day counts otherwise: the balance is another from 1 July.
    """
    found = asked(account(needs(), opened_on="2024-09-04"), request(opening("945.00", "2025-07-01")))
    late = asked(stated(found, "2025-08-31"), correct(1, opened("2025-10-01")))
    assert adjustments(figures(late, "2025-11-30")) == [("late", "-945.00", "2025-07-01", "2025-07-01")]


def test_adjustments_of_days_already_stated_are_told_before_those_of_the_new_days() -> None:
    """Approved since the last statement for a day it covered: late. For a day after it: manual."""
    found = adjusted(stated(account(needs(), budget("700.00")), WEEK_1), ("50.00", WEEK_1), ("20.00", "2023-10-09"))
    next_one = figures(found, WEEK_2)
    assert adjustments(next_one) == [
        ("late", "50.00", WEEK_1, WEEK_1),
        ("manual", "20.00", "2023-10-09", "2023-10-09"),
    ]
    assert adds_up(next_one)


def test_a_statement_of_many_changes_adds_up_to_the_penny() -> None:
    """Thirds and sevenths everywhere: opening, counted and adjustments still make the total."""
    found = stated(self_funder("951.37"), "2023-11-11", reform(adjustments={"2023-12-01": "3.33"}))
    found = adjusted(asked(found, correct(3, budget("977.77", setting="care_home"))), ("-13.13", "2023-12-13"))
    shown = figures(found, "2024-02-02", reform(adjustments={"2023-12-01": "3.33"}))
    assert [kind for kind, *_ in adjustments(shown)] == ["late", "annual", "manual"]
    assert adds_up(shown)
    assert sum(line.metered for line in shown.lines) == shown.counted


# --- what makes it a statement ---


def test_a_statement_may_go_from_the_day_of_opening_to_today() -> None:
    """To 2 October 2023: 107.14. Asked on 22 November 2026, to that day."""
    assert str(figures(self_funder(), "2023-10-02").accrued_costs) == "107.14"
    assert figures(self_funder(), "2026-11-22").to == day("2026-11-22")


@pytest.mark.parametrize(
    ("to", "kind", "refused"),
    [
        ("2023-10-01", "annual", StatementBeforeOpening),
        ("2026-11-23", "annual", StatementOfDaysToCome),
        ("2024-10-01", "closing", NotClosedYet),
    ],
)
def test_a_statement_of_nothing_is_refused(to: str, kind: str, refused: type[Exception]) -> None:
    command = IssueStatement.model_validate({"to": day(to), "kind": kind, "known_at": NOW})
    assert refusal(self_funder(), command) is refused


def test_a_closing_statement_follows_a_closure() -> None:
    ended = self_funder("950.00", "2023-10-02", closed("2024-02-01"))
    assert issue(ended, "2024-02-01", "closing").figures.metering == "metering"
    assert issue(ended, "2024-02-02", "closing").figures.metering == "closed"


def test_a_statement_names_the_rules_and_the_entries_it_rests_on() -> None:
    found = figures(self_funder(), WEEK_1)
    assert (found.version, found.scheme, found.edition) == (3, "reform-2023", REFORM_2023.edition)
    assert found.provisions_in_force is False


def test_under_the_law_in_force_a_statement_has_no_cap_and_nothing_counted() -> None:
    found = figures(self_funder(), WEEK_1, NATIONAL)
    assert (found.cap, found.remaining, found.percent, str(found.accrued_costs)) == (None, None, None, "0.00")


def test_a_statement_is_known_no_earlier_than_what_it_rests_on() -> None:
    found = self_funder()
    early = IssueStatement(to=day("2023-10-02"), kind="annual", known_at=found.entries[0].recorded_at)
    (issued,) = decide(early, found, REFORM_2023)
    assert isinstance(issued, StatementIssued)
    assert issued.known_at == found.entries[-1].recorded_at
    assert issue(found, WEEK_1).known_at == NOW


def test_a_statement_is_true_from_the_day_it_goes_to() -> None:
    assert issue(self_funder(), "2024-03-31").effective_from == day("2024-03-31")


def test_asking_again_at_the_moment_of_a_statement_gives_its_figures() -> None:
    """19500.00 as stated; what was learned since makes 20020.00, and asking as then still gives 19500.00."""
    found = stated(self_funder(), "2024-03-31")
    since = and_then(found, budget("970.00", setting="care_home"))
    then = since.as_known_at(found.entries[-1].recorded_at)
    assert then is not None
    assert [accrued(one, "2024-03-31") for one in (then, since)] == ["19500.00", "20020.00"]


def test_a_statement_is_the_same_whether_or_not_a_period_was_posted() -> None:
    """19500.00 either way, to the last figure."""
    plain, counted = (figures(found, "2024-03-31") for found in (self_funder(), post(self_funder(), "2023-12-31")))
    assert plain.model_copy(update={"version": 4}).accrued_costs == counted.accrued_costs
    assert str(counted.accrued_costs) == "19500.00"


def test_the_digest_printed_on_the_paper_changes_with_any_figure() -> None:
    found = figures(self_funder(), "2024-03-31")
    other = found.model_copy(update={"accrued_costs": Decimal("19500.01")})
    assert digest(found) != digest(other)
    assert digest(found) == issue(self_funder(), "2024-03-31").digest


@pytest.mark.parametrize(("same", "kept"), [(True, True), (False, False)], ids=["the same figures", "other figures"])
def test_a_statement_keeps_the_paper_that_was_set_of_its_own_figures(same: bool, kept: bool) -> None:
    """What was set on paper before somebody recorded something else is not the paper of this statement."""
    made = issue(self_funder(), WEEK_1).digest
    sheet = Print(points=14, sha256="0" * 64)
    paper = Paper(template="statement-1", engine="typst-0.15.2", digest=made if same else "0" * 64, prints=(sheet,))
    asked = IssueStatement(to=day(WEEK_1), kind="annual", known_at=NOW, paper=paper)
    (issued,) = decide(asked, self_funder(), REFORM_2023)
    assert isinstance(issued, StatementIssued)
    assert issued.paper == (paper if kept else None)
    assert ("paper" in issued.model_dump(mode="json")) is kept  # one without paper is written as it always was
