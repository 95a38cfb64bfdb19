"""Somebody questions an entry or a line: the clock, and the answer (SI 2009/309 reg 14)."""

from datetime import date

import pytest
from pydantic import ValidationError

from domain.account.commands import AnswerDispute, RaiseDispute
from domain.account.facts import DisputedLine, DisputedThing, DisputeRaised
from domain.account.refusals import AlreadyAnswered, NoSuchEntry
from domain.account.state import CareAccount
from domain.law.disputes import answer_due_on
from tests.rules.asking import asked, correct, refusal, stated
from tests.rules.build import accrued, day, self_funder, the_id

DAYS = {"from": "2023-10-02", "to": "2023-10-08"}


def about(version: int) -> RaiseDispute:
    return RaiseDispute(about=DisputedThing(entry_id=the_id(version)), raised_on=day("2024-03-15"))


def about_line(statement_id: str | None = None) -> RaiseDispute:
    line = DisputedLine.model_validate(DAYS | {"statement_id": statement_id})
    return RaiseDispute(about=DisputedThing(line=line), raised_on=day("2024-03-15"))


def answer(version: int, outcome: str = "upheld") -> AnswerDispute:
    given = {"dispute": the_id(version), "on": "2024-04-01", "outcome": outcome}
    return AnswerDispute.model_validate(given)


@pytest.mark.parametrize(
    ("raised_on", "due"),
    [
        ("2024-03-15", "2024-09-15"),
        ("2024-06-30", "2024-12-30"),
        ("2024-07-01", "2025-01-01"),
        ("2024-12-31", "2025-06-30"),
        ("2023-08-31", "2024-02-29"),
        ("2024-08-31", "2025-02-28"),
        ("2024-08-28", "2025-02-28"),
    ],
)
def test_the_council_has_six_months_to_answer(raised_on: str, due: str) -> None:
    """To the same day of the month, or the month's last where it has no such day (SI 2009/309 reg 14)."""
    assert answer_due_on(date.fromisoformat(raised_on)) == date.fromisoformat(due)


def test_a_dispute_says_what_it_is_about_and_by_when_it_is_answered() -> None:
    """About the budget, raised on 15 March 2024: an answer is due by 15 September 2024."""
    found = asked(self_funder(), about(3)).entries[-1].fact
    assert isinstance(found, DisputeRaised)
    assert (found.about.entry_id, found.raised_on, found.answer_due_on) == (
        the_id(3),
        day("2024-03-15"),
        day("2024-09-15"),
    )


def test_a_dispute_names_the_paper_that_was_sent_with_it_by_its_digest_alone() -> None:
    found = asked(self_funder(), about(3).model_copy(update={"attachment": "0" * 64})).entries[-1].fact
    assert isinstance(found, DisputeRaised)
    assert found.attachment == "0" * 64


def test_a_line_of_the_ledger_or_of_a_statement_may_be_questioned() -> None:
    told = stated(self_funder(), "2023-10-08")
    for found, command in ((self_funder(), about_line()), (told, about_line(the_id(4)))):
        assert asked(found, command).version == found.version + 1


def test_only_what_is_there_can_be_questioned() -> None:
    for command in (about(4), about_line(the_id(4))):
        assert refusal(self_funder(), command) is NoSuchEntry


@pytest.mark.parametrize("given", [{}, {"entry_id": the_id(3), "line": DAYS}], ids=["nothing", "both"])
def test_a_dispute_is_about_one_thing(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="give entry_id or line, one of them"):
        DisputedThing.model_validate(given)


@pytest.mark.parametrize("outcome", ["upheld", "partly_upheld", "not_upheld", "withdrawn"])
def test_a_dispute_ends_with_what_the_council_found(outcome: str) -> None:
    found = asked(self_funder(), about(3), answer(4, outcome))
    assert found.entries[-1].fact.model_dump(mode="json") == {
        "dispute": the_id(4),
        "on": "2024-04-01",
        "outcome": outcome,
    }


def test_a_dispute_is_answered_once_and_only_if_there_is_one() -> None:
    found = asked(self_funder(), about(3))
    assert refusal(found, answer(3)) is NoSuchEntry
    assert refusal(asked(found, answer(4)), answer(4)) is AlreadyAnswered


def test_a_second_dispute_has_an_answer_of_its_own() -> None:
    found = asked(self_funder(), about(3), answer(4), about(3))
    assert asked(found, answer(6)).version == 7


def test_neither_the_question_nor_the_answer_moves_a_figure_and_what_is_put_right_does() -> None:
    """750.00 before and after an upheld dispute; with the disputed budget voided, 0.00."""

    def a_week(found: CareAccount) -> str:
        return accrued(found, "2023-10-08")

    found = asked(self_funder(), about(3), answer(4))
    assert [a_week(one) for one in (self_funder(), found, asked(found, correct(3)))] == ["750.00", "750.00", "0.00"]
