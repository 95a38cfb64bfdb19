"""Do the page, the paper, the JSON and the spreadsheet say the same, in each state an account can be in?"""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from api.demo.story import SCHEME
from api.letters.document import StatementDocument
from api.letters.forms import page_of, rows_of
from api.letters.statement import FIRST_TEMPLATE, statement_document
from api.letters.typesetting import PRINT_SIZES, pdf
from api.pages.words import pounds
from domain.account.facts import StatementIssued
from domain.account.statement import canonical
from tests.letters.reading import reader, said_on, squeezed
from tests.letters.states import COUNCIL, STATES, document, paper, somebody, state
from tests.pages.reading import grade, sentences_of, words_of
from tests.unit.test_demo_council import entries

ONE_IN = 37
RELEASED = Path(__file__).parents[1] / "stored" / "letters"
FIGURE = re.compile(r"-?£[0-9,]+\.[0-9]{2}")


def said_in(found: StatementDocument) -> str:
    return " ".join(found.texts())


@pytest.mark.parametrize("name", STATES)
def test_page_and_paper_say_what_the_document_says_and_no_other_figure(name: str) -> None:
    found = state(name)
    html = words_of(page_of(COUNCIL, found))
    for text in found.texts():
        assert squeezed(text) in squeezed(html) or text in said_in_help(found)
    assert sorted(FIGURE.findall(html)) == sorted(FIGURE.findall(said_in(found)))
    for size in PRINT_SIZES:
        on_paper = said_on(paper(name, size))
        left_out = set(found.sender[1:]) if size > 14 else set[str]()  # where the foot of the letter says it
        for text in (text for text in found.texts() if text not in left_out):
            assert squeezed(text) in on_paper
        assert sorted(FIGURE.findall(on_paper)) == sorted(FIGURE.findall(squeezed(said_in(found))))


def said_in_help(found: StatementDocument) -> set[str]:
    """The last part, which on a page is that of every page, each way of getting help under its own name."""
    return {part.text for part in found.help.parts if part.kind == "words"}


@pytest.mark.parametrize("name", STATES)
def test_every_way_to_get_help_that_the_paper_names_stands_on_the_page(name: str) -> None:
    html = words_of(page_of(COUNCIL, state(name)))
    for words in ("01632 960 000", "Monday to Friday, 9am to 5pm", "dial 18001 then 01632 960 000", "Town Hall"):
        assert words in html
        assert words in " ".join(said_in_help(state(name)))


def test_every_statement_of_the_demonstration_says_its_figures_on_the_page_in_json_and_in_the_spreadsheet() -> None:
    found = [
        (fact, statement_document(COUNCIL, account, fact, SCHEME, somebody()))
        for account, _, fact in entries(StatementIssued)
    ]
    assert len(found) > 150
    for issued, made in found:
        figures = issued.figures
        words = words_of(page_of(COUNCIL, made))
        again = StatementDocument.model_validate_json(canonical(made.model_dump(mode="json", by_alias=True)))
        assert again == made
        assert again.figures == figures
        assert sorted(FIGURE.findall(words)) == sorted(FIGURE.findall(said_in(made)))
        for amount in (figures.accrued_costs, figures.cap, figures.daily_living_costs, figures.cost_of_meeting_needs):
            assert pounds(amount or "0.00") in words
        *rows, (_, _, _, _, closing) = rows_of(made)
        assert sum(Decimal(str(row[4])) for row in rows) == closing == figures.accrued_costs


def test_statements_of_the_demonstration_say_the_same_words_on_paper() -> None:
    for account, _, fact in entries(StatementIssued)[::ONE_IN]:
        made = statement_document(COUNCIL, account, fact, SCHEME, somebody())
        on_paper = said_on(pdf(made))
        assert [text for text in made.texts() if squeezed(text) not in on_paper] == []


def test_the_json_of_a_statement_is_attached_to_its_paper_as_it_is() -> None:
    found = state("corrected late")
    (attached,) = reader(pdf(found)).attachments["statement.json"]
    assert attached == canonical(found.model_dump(mode="json", by_alias=True))
    assert json.loads(attached)["figures"]["accrued_costs"] == str(found.figures.accrued_costs)


def test_a_rate_that_changed_is_told_with_what_brought_it() -> None:
    assert "£16.65 more a week from 1 July 2024, mostly because your state pension rose by £31.00" in said_in(
        state("the pension rose")
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("the person has died", "The executors of Ada Ames 1 High Street"),
        ("the person has died", "We are sorry for your loss."),
        ("closed", "This account is closed, so no more costs are counted."),
        ("nothing is counted", "We cannot count costs yet, because we have not agreed what your care should cost."),
        ("the cap is reached", "You reached the cap of £86,000.00 on 2 March 2024."),
        ("the cap is near", "When you may reach the cap 10 July 2024 This is if nothing changes."),
        ("no cap is in force", "There is no cap on care costs in force."),
        ("no cap is in force", "What your money check says you pay £100.00 a week"),
        ("arranged by us, with charges", "What we charged you in this time"),
        ("the first, self-funded in a care home", "What your care would have cost us in this time"),
        ("corrected late", "You can phone the Ombudsman on 0300 061 0614. Their website is www.lgo.org.uk."),
        ("corrected late", "We have to answer within 6 months."),
    ],
)
def test_each_state_is_told_in_its_own_words(name: str, said: str) -> None:
    assert said in said_in(state(name))


def test_executors_and_loss_are_named_to_nobody_else() -> None:
    for name in STATES:
        assert ("executors" in said_in(state(name))) == (name == "the person has died")


def test_without_a_person_a_statement_stands_under_its_reference_alone() -> None:
    found = document(STATES["the person has died"](), None)
    assert found.to == ()
    assert "Ames" not in said_on(pdf(found))
    assert found.reference == "Reference CA-7K3M-92QX"


@pytest.mark.parametrize("name", STATES)
def test_every_state_reads_at_the_age_of_eleven_in_short_sentences(name: str) -> None:
    sentences = sentences_of("".join(f"<p>{text}</p>" for text in state(name).texts()))
    assert [sentence for sentence in sentences if len(sentence.split()) > 20] == []
    assert grade(sentences) <= 6.0


@pytest.mark.parametrize("name", STATES)
def test_a_statement_still_says_what_its_template_has_always_said(name: str) -> None:
    """Whoever words a line otherwise makes another template, and keeps the words of this one for what it has made."""
    *said, _ = state(name).texts()  # the last of them holds the check code, which other amounts of law change
    assert said == json.loads((RELEASED / f"{FIRST_TEMPLATE}.json").read_text("utf-8"))[name]
