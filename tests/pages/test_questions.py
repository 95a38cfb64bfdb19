"""Does somebody who questions a line choose it, say why, see by when it is answered, and follow what became of it?"""

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from werkzeug.test import TestResponse

from domain.account.facts import DisputeRaised, RepresentativeNamed
from ledger.council import Council
from ledger.vault.words import LONGEST_WORDS
from tests.conftest import NOON
from tests.pages.conftest import sign_in_path, signed_in_client
from tests.pages.everything import Everything
from tests.pages.office import FINANCE, Office, helped_by
from tests.pages.reading import read, words_of
from tests.pages.seen import NARROW, faults_of

NEW = "/account/questions/new"
LONG = "Nobody came on Tuesday.\nI have it in my diary. " + "It rained all day. " * 20
DAYS = {
    "about": "some-days",
    "first-day": "5",
    "first-month": "1",
    "first-year": "2026",
    "last-day": "11",
    "last-month": "1",
    "last-year": "2026",
}


@pytest.fixture
def account(council: Council) -> UUID:
    return Office(council).mrs_a()


@pytest.fixture
def ada(site: Flask, council: Council, account: UUID) -> FlaskClient:
    return signed_in_client(site, council, "citizen", account, "ada")


def held(html: str) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    found = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', html.partition("<main")[2])
    return {name: unescape(value) for name, value in found}


def sent(client: FlaskClient, **typed: Any) -> TestResponse:
    return client.post(NEW, data=held(client.get(NEW).get_data(as_text=True)) | typed)


def asked(council: Council, account: UUID) -> list[DisputeRaised]:
    return [fact for _, fact in council.ledger.account(account).of(DisputeRaised)]


def links_to_ask(html: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="(/account/questions/new\?about=[^"]+)"', html)]


def test_a_question_is_checked_recorded_once_and_followed(ada: FlaskClient, council: Council, account: UUID) -> None:
    charged = council.ledger.account(account).entries[2]
    check = sent(ada, about=f"entry.{charged.id}", text=LONG)
    words = words_of(check)
    assert "a weekly cost of £950.00 from 2 October 2023" in words
    assert "We answer you by 22 May 2027." in words
    assert asked(council, account) == []
    form = held(check.get_data(as_text=True))
    places = {ada.post(NEW, data=form | {"do": "record"}).headers["Location"] for _ in range(3)}
    (question,) = asked(council, account)
    assert (question.about.entry_id, question.raised_on) == (str(charged.id), NOON.date())
    (place,) = places
    assert "We will answer by 22 May 2027." in read(ada, place)
    assert "We are looking at it" in read(ada, "/account/questions")
    last = council.ledger.account(account).entries[-1].version
    assert council.people.texts(account, [last])[last]["text"] == LONG.strip()  # every word of it, with its lines


def test_every_line_that_can_be_asked_about_leads_to_the_form_with_it_chosen(
    site: Flask, everything: Everything
) -> None:
    for who in everything.accounts:
        client = signed_in_client(site, everything.council, "citizen", who)
        links = links_to_ask(client.get("/account/changes").get_data(as_text=True))
        assert links or who == everything.lent
        for link in links:
            html = client.get(link).get_data(as_text=True)
            assert re.search(rf'value="{re.escape(link.partition("=")[2])}" checked', html), link


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "x"}, "Choose what looks wrong"),
        ({"about": "entry.nobody", "text": "x"}, "Choose what looks wrong"),
        ({"about": "entry.00000000-0000-0000-0000-000000000000", "text": "x"}, "Choose what looks wrong"),
        ({"about": "days.2026-01-01.2026-01-02"}, "Write what looks wrong"),
        ({"about": "days.2026-01-01.2026-01-02", "text": "x" * (LONGEST_WORDS + 1)}, "Write 1 to 4,000 characters"),
        ({"about": "some-days", "text": "x"}, "Enter the first day"),
        ({**DAYS, "last-year": "2025", "text": "x"}, "Enter the first day or a later one"),
        ({**DAYS, "last-month": "13", "text": "x"}, "There is no such day"),
    ],
)
def test_a_form_that_cannot_be_read_says_how_to_mend_it_and_loses_nothing(
    ada: FlaskClient, council: Council, account: UUID, typed: dict[str, str], said: str
) -> None:
    answer = sent(ada, **typed)
    assert answer.status_code == 422
    assert said in words_of(answer)
    html = unescape(answer.get_data(as_text=True))
    assert all(value in html for name, value in typed.items() if name != "about")
    assert asked(council, account) == []


def test_who_changes_their_mind_at_the_check_finds_what_they_typed(ada: FlaskClient) -> None:
    check = sent(ada, **DAYS, text=LONG)
    again = ada.post(NEW, data=held(check.get_data(as_text=True)) | {"do": "change"})
    html = again.get_data(as_text=True)
    assert again.status_code == 200
    assert LONG.strip() in unescape(html)
    assert 'value="some-days" checked' in html


def represented(site: Flask, council: Council, account: UUID, *may: Any) -> FlaskClient:
    Office(council).record(account, helped_by("deputy", *may), NOON, FINANCE)
    entry, _ = council.ledger.account(account).of(RepresentativeNamed)[-1]
    return signed_in_client(site, council, "representative", account, "gina", authority=str(entry.id))


def test_a_representative_asks_only_with_the_permission_to_act(site: Flask, council: Council, account: UUID) -> None:
    looks = represented(site, council, account, "view_finance")
    assert looks.get(NEW).status_code == 403
    assert NEW not in looks.get("/account/changes").get_data(as_text=True)
    acts = represented(site, council, account, "view_finance", "act")
    assert NEW in acts.get("/account/changes").get_data(as_text=True)
    check = sent(acts, **DAYS, text="Nobody came.")
    done = acts.post(NEW, data=held(check.get_data(as_text=True)) | {"do": "record"})
    assert done.status_code == 303
    assert "someone who helps you asked us about the days 5 January 2026 to 11 January 2026" in read(
        acts, "/account/questions"
    )


def test_who_may_act_and_not_see_figures_is_shown_none(site: Flask, council: Council, account: UUID) -> None:
    acts = represented(site, council, account, "act")
    assert "£" not in read(acts, NEW)
    budget = council.ledger.account(account).entries[2].id
    assert "£" not in words_of(sent(acts, about=f"entry.{budget}", text="Is it right?"))
    check = sent(acts, **DAYS, text="Nobody came.")
    done = acts.post(NEW, data=held(check.get_data(as_text=True)) | {"do": "record"})
    assert "We have your question" in read(acts, done.headers["Location"])


def test_a_browser_finds_nothing_wrong_on_the_way(
    browser: Browser, site: Flask, site_address: str, council: Council, account: UUID
) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 900}, java_script_enabled=True)
    try:
        page = context.new_page()
        page.goto(site_address + sign_in_path(site, council, "citizen", account))
        page.goto(site_address + NEW)
        page.get_by_role("button", name="Continue").click()
        assert faults_of(page, NARROW) == []
        page.get_by_label("A weekly cost of £950.00").check()
        page.get_by_label("What is wrong with it?").fill("W" * 60)
        page.get_by_role("button", name="Continue").click()
        assert faults_of(page, NARROW) == []
        page.get_by_role("button", name="Send this question").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("We have your question")
        assert faults_of(page, NARROW) == []
        page.get_by_role("link", name="Follow your questions").click()
        assert faults_of(page, NARROW) == []
    finally:
        context.close()
