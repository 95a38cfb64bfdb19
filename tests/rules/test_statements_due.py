"""When a statement is due, and what has to be settled before it is made (Care Act 2014 s 29(4))"""

import pytest

from domain.account.commands import AnswerDispute, RaiseDispute
from domain.account.facts import DisputedThing
from domain.account.state import CareAccount
from domain.account.statement_due import statement_due, why_held
from tests.rules.asking import asked, issue
from tests.rules.build import account, and_then, budget, closed, day, needs, progress, reopened, self_funder, the_id


def due(found: CareAccount, to: str, kind: str = "annual", withdrawn: tuple[int, ...] = ()) -> bool:
    return statement_due(found, day(to), kind, withdrawn)  # type: ignore[arg-type]  # told as a text


def stated(found: CareAccount, to: str, kind: str = "annual") -> CareAccount:
    return and_then(found, issue(found, to, kind))


def held(found: CareAccount, on: str) -> str | None:
    return why_held(found, progress(found, on).metering)


@pytest.mark.parametrize(
    ("to", "is_due"),
    [
        ("2023-10-31", False),
        ("2024-09-30", False),
        ("2024-10-01", True),
        ("2024-10-31", True),
        ("2025-03-31", True),
    ],
)
def test_the_first_yearly_statement_is_due_in_the_month_of_the_first_anniversary(to: str, is_due: bool) -> None:
    """For an account opened on 2 October 2023; one that was missed stays due."""
    assert due(self_funder(), to) is is_due


@pytest.mark.parametrize(("to", "is_due"), [("2024-12-31", False), ("2025-09-30", False), ("2025-10-31", True)])
def test_the_next_is_due_in_the_same_month_a_year_later(to: str, is_due: bool) -> None:
    """After a yearly statement to 31 October 2024."""
    assert due(stated(self_funder(), "2024-10-31"), to) is is_due


@pytest.mark.parametrize(("to", "is_due"), [("2024-02-29", False), ("2025-02-01", True), ("2025-01-31", False)])
def test_an_account_opened_on_29_february_has_its_month_in_every_year(to: str, is_due: bool) -> None:
    assert due(self_funder(since="2024-02-29"), to) is is_due


def test_a_statement_that_was_made_late_does_not_move_the_month() -> None:
    """That of October 2024 was made to 31 March 2025; the next is due in October 2025."""
    late = stated(self_funder(), "2025-03-31")
    assert not due(late, "2025-09-30")
    assert due(late, "2025-10-31")


def test_a_statement_on_request_does_not_take_the_place_of_the_yearly_one() -> None:
    assert due(stated(self_funder(), "2024-10-15", "on_request"), "2024-10-31")


def test_a_statement_that_was_withdrawn_is_due_again() -> None:
    """Its run was withdrawn, so it never goes out."""
    assert due(stated(self_funder(), "2024-10-31"), "2024-10-31", withdrawn=(4,))


def test_a_closed_account_has_one_closing_statement_and_no_yearly_one() -> None:
    """Closed on 15 June 2024, when the person moved away."""
    moved = self_funder("950.00", "2023-10-02", closed("2024-06-15", "moved"))
    assert not due(moved, "2024-10-31")
    assert not due(moved, "2024-06-14", "closing")
    assert due(moved, "2024-06-15", "closing")
    assert not due(stated(moved, "2024-06-30", "closing"), "2024-07-31", "closing")
    assert due(stated(moved, "2024-06-30", "closing"), "2024-07-31", "closing", withdrawn=(5,))


def test_an_open_account_has_no_closing_statement() -> None:
    assert not due(self_funder(), "2024-10-31", "closing")


def test_an_account_opened_again_and_closed_again_has_a_closing_statement_of_its_later_end() -> None:
    """Closed on 15 June 2024 with a statement to that day, kept again from August, closed on 30 September."""
    once = stated(self_funder("950.00", "2023-10-02", closed("2024-06-15", "moved")), "2024-06-15", "closing")
    twice = and_then(once, reopened("2024-08-01"), closed("2024-09-30", "moved"))
    assert due(twice, "2024-09-30", "closing")


def test_after_a_death_somebody_says_first_who_is_written_to() -> None:
    assert held(self_funder("950.00", "2023-10-02", closed("2024-06-15", "died")), "2024-06-30") == "died"


def test_a_question_is_answered_before_a_statement_repeats_the_figure() -> None:
    question = RaiseDispute(about=DisputedThing(entry_id=the_id(3)), raised_on=day("2024-09-01"))
    answer = AnswerDispute(dispute=the_id(4), on=day("2024-10-02"), outcome="not_upheld")
    questioned = asked(self_funder(), question)
    assert held(questioned, "2024-10-31") == "disputed"
    assert held(asked(questioned, answer), "2024-10-31") is None


def test_a_statement_waits_for_what_its_last_day_cannot_be_counted_without() -> None:
    """Needs without a budget; a budget of the council's without a financial assessment or a charge; and with nothing
    missing."""
    at_home = budget("400.00", kind="personal")
    assert held(account(needs()), "2024-10-31") == "no_budget"
    assert held(account(needs(), at_home), "2024-10-31") == "unassessed"
    assert held(self_funder(), "2024-10-31") is None


def test_nothing_is_held_because_nothing_counts_by_right() -> None:
    """Where nobody found eligible needs, a statement says so."""
    assert held(account(), "2024-10-31") is None
