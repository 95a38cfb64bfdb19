"""Can staff see where letters stand, what to do about those that failed or came back, and send one again?"""

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.app import create_app
from api.delivery.callback import PATH
from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council
from ledger.letters import Heard, Told
from ledger.store.letter_rows import Letters
from tests.conftest import NOON
from tests.integration.stating import letters_put_in
from tests.pages.conftest import signed_in_client
from tests.pages.reading import read
from tests.pages.test_reassessments import hidden

TOKEN = "told-by-notify-alone"
NOTIFY_ID = str(uuid4())


@pytest.fixture
def letter_id(council: Council) -> UUID:
    """A letter that waits."""
    return letters_put_in(council)[0]


@pytest.fixture
def finance(site: Flask, council: Council, letter_id: UUID) -> FlaskClient:
    return signed_in_client(site, council, "finance")


@pytest.fixture
def letters(council: Council) -> Letters:
    return Letters(council.app, council.names)


def heard(letters: Letters, letter_id: UUID, state: str, said: str) -> None:
    """What the carrier said of a letter."""
    assert letters.note(letter_id, Heard(state, said, "notify", "notify", NOTIFY_ID), NOON)  # type: ignore[arg-type]


def test_letters_are_counted_by_kind_and_state_and_filtered(
    finance: FlaskClient, letters: Letters, letter_id: UUID
) -> None:
    words = read(finance, "/letters")
    assert "There is no key for GOV.UK Notify, so letters are written to a folder." in words
    assert "Statement 1 0 0 0 0 0" in words
    assert "Ames, Ada" in words
    assert "by bert Waiting" in words
    assert "No letter fits these filters." in read(finance, "/letters?show=to_look_at")
    heard(letters, letter_id, "failed", "validation-failed")
    assert "Somebody has to look" in read(finance, "/letters?show=to_look_at")
    assert "No letter fits these filters." in read(finance, "/letters?show=delivered")


def test_one_letter_says_what_was_done_and_heard_and_what_to_do(
    finance: FlaskClient, letters: Letters, letter_id: UUID
) -> None:
    assert "Nothing has been done about it yet." in read(finance, f"/letters/{letter_id}")
    heard(letters, letter_id, "failed", "validation-failed")
    words = read(finance, f"/letters/{letter_id}")
    assert "Somebody has to look. GOV.UK Notify could not print the file." in words
    assert "Carried by GOV.UK Notify" in words
    assert "Failed validation-failed notify" in words


def test_a_letter_that_came_back_is_noted_and_sent_again_once(
    finance: FlaskClient, letters: Letters, letter_id: UUID
) -> None:
    page = f"/letters/{letter_id}"
    assert "It was not handed over, so it cannot have come back." in read(finance, f"{page}/returned")
    assert "It still waits, and goes out by itself." in read(finance, f"{page}/again")
    heard(letters, letter_id, "delivered", "received")
    form = hidden(finance.get(f"{page}/returned").get_data(as_text=True))
    assert finance.post(f"{page}/returned", data=form).headers["Location"] == page
    words = read(finance, page)
    assert "It was noted that the letter came back." in words
    assert "Find out where the person lives, record the address, then send it again." in words
    sent = [finance.post(f"{page}/again", data=form).headers["Location"] for _ in range(2)]
    assert sent[0] == sent[1] != page
    assert letters.states() == {("statement", "returned"): 1, ("statement", "waiting"): 1}
    assert "Another letter was sent instead already." in read(finance, f"{page}/again")
    assert "Somebody has to look" not in read(finance, page)


def test_a_letter_about_a_notice_leads_to_the_entries_of_its_account(
    finance: FlaskClient, letters: Letters, letter_id: UUID
) -> None:
    account_id, notice = letters.one(letter_id).letter.told.account_id, uuid4()
    letters.ask(notice, Told(account_id, "notice", 4), by="schedule", now=NOON)
    assert "Notice 1 0 0 0 0 0" in read(finance, "/letters")
    assert f'href="/accounts/{account_id}/entries"' in finance.get(f"/letters/{notice}").get_data(as_text=True)


@pytest.mark.parametrize("name", ["nothing", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_letter_is_not_found(finance: FlaskClient, name: str) -> None:
    assert finance.get(f"/letters/{name}").status_code == 404


@pytest.fixture
def told(home: Path, council: Council, tmp_path: Path) -> FlaskClient:
    """Whoever may tell of letters: an installation with a key of GOV.UK Notify."""
    keys = tmp_path / "notify.json"
    keys.write_text(json.dumps({council.code: {"key": "k" * 73, "callback_token": TOKEN}}), "utf-8")
    keys.chmod(0o600)
    settings = Settings(home=home, clock=NOON + timedelta(days=1), database_url=None, notify=keys)
    return create_app(Installation(settings)).test_client()


def tell(told: FlaskClient, letter: object, token: str = TOKEN, **more: object) -> int:
    body = {"reference": letter and str(letter), **more}
    return told.post(PATH, json=body, headers={"Authorization": f"Bearer {token}"}).status_code


def test_notify_tells_that_the_post_brought_a_letter_back(told: FlaskClient, letters: Letters, letter_id: UUID) -> None:
    heard(letters, letter_id, "delivered", "received")
    assert tell(told, letter_id, notification_id=NOTIFY_ID, date_sent="2026-11-22") == 204
    found = letters.one(letter_id)
    assert (found.letter.state, found.to_look_at) == ("returned", True)
    assert letters.events(letter_id)[-1].said == "returned-to-sender"


def test_what_notify_tells_late_moves_no_letter_back(told: FlaskClient, letters: Letters, letter_id: UUID) -> None:
    for status in ("received", "accepted"):
        assert tell(told, letter_id, id=NOTIFY_ID, status=status) == 204
    assert letters.one(letter_id).letter.state == "delivered"


@pytest.mark.parametrize("reference", [None, "INV-7", "00000000-0000-0000-0000-000000000000"])
def test_what_is_told_of_what_others_send_by_the_same_service_is_let_be(
    told: FlaskClient, letters: Letters, letter_id: UUID, reference: object
) -> None:
    assert tell(told, reference, id=NOTIFY_ID, status="delivered") == 204
    assert letters.states() == {("statement", "waiting"): 1}


@pytest.mark.parametrize("token", ["", "another-token-of-somebody"])
def test_nobody_else_tells_of_letters(told: FlaskClient, letters: Letters, letter_id: UUID, token: str) -> None:
    assert tell(told, letter_id, token, id=NOTIFY_ID, status="received") == 401
    assert letters.states() == {("statement", "waiting"): 1}


def test_what_says_nothing_of_a_letter_is_refused(told: FlaskClient, letter_id: UUID) -> None:
    assert tell(told, letter_id, id=NOTIFY_ID) == 422
