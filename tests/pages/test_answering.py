"""Do staff see which questions wait and by when, and is each answered once, in words that say what was found?"""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from werkzeug.test import TestResponse

from api.pages.finance.questions.ready import READY
from domain.account.facts import DisputeAnswered
from ledger.council import Council
from tests.pages.conftest import sign_in_path, signed_in_client
from tests.pages.everything import Everything
from tests.pages.office import FINANCE, Office, question
from tests.pages.reading import grade, read, sentences_of, words_of
from tests.pages.seen import NARROW, faults_of
from tests.pages.test_plain_words import HARDEST, LONGEST, UNSAID
from tests.pages.test_questions import held

ASKED = "Nobody came on Tuesday."


@pytest.fixture
def account(council: Council) -> UUID:
    return Office(council).mrs_a()


@pytest.fixture
def path(council: Council, account: UUID) -> str:
    """Where a question of 1 October 2026 is read and answered."""
    budget = str(council.ledger.account(account).entries[2].id)
    command, at = question(date(2026, 10, 1), entry_id=budget), datetime(2026, 10, 1, 10, tzinfo=UTC)
    asked = Office(council).record(account, command, at, FINANCE, {"text": ASKED})
    return f"/accounts/{account}/questions/{asked}"


@pytest.fixture
def approver(site: Flask, council: Council) -> FlaskClient:
    return signed_in_client(site, council, "finance_approver", sub="h.lindqvist")


def sent(client: FlaskClient, path: str, **typed: str) -> TestResponse:
    return client.post(path, data=held(client.get(path).get_data(as_text=True)) | typed)


def answers(council: Council, account: UUID) -> list[DisputeAnswered]:
    return [fact for _, fact in council.ledger.account(account).of(DisputeAnswered)]


def test_what_is_due_first_comes_first_with_the_days_that_are_left(site: Flask, everything: Everything) -> None:
    finance = signed_in_client(site, everything.council, "finance")
    assert "1 question, what is due first" in read(finance, "/questions")
    assert "16 November 2026 finance 16 May 2027 175 Waiting" in read(finance, "/questions")
    html = finance.get("/questions?state=all").get_data(as_text=True)
    assert re.findall(r">\s*(Waiting|Answered)\s*<", html.partition("<tbody")[2]) == ["Waiting", "Answered"]
    assert "16 May 2027 -1 Late" in read(finance, "/questions?state=late&on=17/5/2027")
    assert "There is no question of the kind." in read(finance, "/questions?state=late")


def test_an_earlier_moment_knows_no_later_answer(site: Flask, everything: Everything) -> None:
    finance = signed_in_client(site, everything.council, "finance")
    words = read(finance, "/questions?known_at=5/10/2025&on=5/10/2025")
    assert "23 March 2026 169 Waiting" in words
    assert "There is no question of the kind." in read(finance, "/questions?state=answered&known_at=5/10/2025")


def test_an_answer_is_checked_recorded_once_and_read_by_the_person(
    site: Flask, council: Council, account: UUID, path: str, approver: FlaskClient
) -> None:
    assert ASKED in read(approver, path)
    check = sent(approver, path, outcome="upheld", text="You were right.\nWe put it right today.")
    assert answers(council, account) == []
    form = held(check.get_data(as_text=True))
    assert {approver.post(path, data=form | {"do": "record"}).status_code for _ in range(3)} == {303}
    (answer,) = answers(council, account)
    assert (answer.outcome, answer.on) == ("upheld", date(2026, 11, 22))
    assert "The answer was recorded." in read(approver, path)
    ada = signed_in_client(site, council, "citizen", account)
    assert "We agreed with you. We said: You were right. We put it right today." in read(ada, "/account/questions")
    again = approver.post(path, data={**form, "key": "0" * 32, "do": "check"})
    assert again.status_code == 422
    assert "has been answered already" in words_of(again)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "Yes."}, "Choose what we found"),
        ({"outcome": "upheld"}, "Write the answer"),
        ({"outcome": "upheld", "text": "We put it right on [day]."}, "Fill in what stands in square brackets: [day]"),
        ({"outcome": "upheld", "text": "x" * 4001}, "Write 1 to 4,000 characters"),
    ],
)
def test_an_answer_that_cannot_stand_is_mended_and_not_lost(
    council: Council, account: UUID, path: str, approver: FlaskClient, typed: dict[str, str], said: str
) -> None:
    answer = sent(approver, path, **typed)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert typed.get("text", "") in answer.get_data(as_text=True)
    assert answers(council, account) == []


@pytest.mark.parametrize("name", READY)
def test_words_that_stand_ready_fill_the_form_and_have_something_to_fill_in(
    path: str, approver: FlaskClient, name: str
) -> None:
    html = approver.get(f"{path}?ready={name}").get_data(as_text=True)
    ready = READY[name]
    assert ready.text in html
    assert f'value="{ready.outcome}" checked' in html
    refused = sent(approver, path, outcome=ready.outcome, text=ready.text)
    assert "Fill in what stands in square brackets" in words_of(refused)


def test_words_that_stand_ready_are_short_and_easy() -> None:
    sentences = sentences_of("".join(f"<p>{ready.text}</p>" for ready in READY.values()))
    assert len(sentences) > 3 * len(READY)
    assert not [sentence for sentence in sentences if len(sentence.split()) > LONGEST]
    assert grade(sentences) <= HARDEST
    assert not [ready for ready in READY.values() if UNSAID.search(ready.text)]


def test_an_assessor_reads_a_question_and_cannot_answer_it(site: Flask, council: Council, path: str) -> None:
    assessor = signed_in_client(site, council, "assessor")
    assert "Check the answer" not in read(assessor, path)
    assert assessor.post(path, data={}).status_code == 403


def test_a_browser_finds_nothing_wrong_on_the_way(
    browser: Browser, site: Flask, site_address: str, council: Council, path: str
) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 900})
    try:
        page = context.new_page()
        page.goto(site_address + sign_in_path(site, council, "finance"))
        page.goto(f"{site_address}{path}?ready=in-part")
        assert faults_of(page, NARROW) == []
        page.get_by_role("button", name="Check the answer").click()
        assert faults_of(page, NARROW) == []
        page.get_by_label("What we answer").fill("W" * 60)
        page.get_by_role("button", name="Check the answer").click()
        assert faults_of(page, NARROW) == []
        page.get_by_role("button", name="Record the answer").click()
        assert faults_of(page, NARROW) == []
        page.get_by_role("link", name="All questions").click()
        assert faults_of(page, NARROW) == []
    finally:
        context.close()
