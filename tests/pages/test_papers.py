"""Is a paper sent with a question, kept apart from the facts, and handed out only as it was and to whom it concerns?"""

import hashlib
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser
from werkzeug.test import TestResponse

from api.pages.attached import LARGEST
from api.wiring import Installation
from domain.account.facts import DisputeRaised
from ledger.council import Council
from ledger.store.access_log import Wanted
from ledger.vault.attachments import MOST_GIVEN
from tests.integration.conftest import administering
from tests.pages.conftest import sign_in_path, signed_in_client
from tests.pages.office import Office
from tests.pages.reading import read, words_of
from tests.pages.seen import NARROW, faults_of
from tests.pages.test_questions import DAYS, NEW, asked, held, represented, sent

TEXT = "Nobody came on Tuesday."
PDF, JPEG, PNG = b"%PDF-1.7 a page of a diary", b"\xff\xd8\xff\xe0 a photo", b"\x89PNG\r\n\x1a\n a picture"
LOST = "We no longer have the paper of this question. Choose it again"


@pytest.fixture
def account(council: Council) -> UUID:
    return Office(council).mrs_a()


@pytest.fixture
def ada(site: Flask, council: Council, account: UUID) -> FlaskClient:
    return signed_in_client(site, council, "citizen", account, "ada")


def with_paper(client: FlaskClient, content: bytes, name: str = "diary.pdf", **more: Any) -> TestResponse:
    answer = sent(client, **DAYS, text=TEXT, paper=(BytesIO(content), name), **more)
    answer.request.environ["wsgi.input"].close()  # the client keeps a large form in a file, and leaves it open
    return answer


def recorded(client: FlaskClient, check: TestResponse) -> TestResponse:
    return client.post(NEW, data=held(check.get_data(as_text=True)) | {"do": "record"})


def question(council: Council, account: UUID) -> UUID:
    """The id of the entry of the account's only question."""
    ((entry, _),) = council.ledger.account(account).of(DisputeRaised)
    return entry.id


@pytest.mark.parametrize(
    ("content", "name", "kind", "sent_as"),
    [
        (PDF, "diary.pdf", "PDF", "application/pdf"),
        (JPEG, "C:\\Photos\\Ada's diary.exe", "JPEG", "image/jpeg"),
        (PNG, "diary", "PNG", "image/png"),
    ],
)
def test_a_paper_is_sent_with_its_question_and_read_by_both_sides_as_it_was(
    site: Flask, ada: FlaskClient, council: Council, account: UUID, content: bytes, name: str, kind: str, sent_as: str
) -> None:
    check, shown = with_paper(ada, content, name), f"{name.rpartition(chr(92))[2]} ({kind}, 1 KB)"
    assert shown in words_of(check)
    assert {recorded(ada, check).status_code for _ in range(3)} == {303}
    (fact,) = asked(council, account)
    assert fact.attachment == hashlib.sha256(content).hexdigest()
    entry, finance = question(council, account), signed_in_client(site, council, "finance")
    for client, page in ((ada, "/account/questions"), (finance, f"/accounts/{account}/questions/{entry}")):
        assert shown in read(client, page)
        answer = client.get(f"/account/questions/{entry}/paper" if client is ada else f"{page}/paper")
        assert (answer.get_data(), answer.mimetype) == (content, sent_as)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert answer.headers["Cache-Control"] == "no-store"
    looks = [each.look for each in council.access_log.read(Wanted(account_id=account))]
    assert [(look.role, look.how) for look in looks if look.opened.endswith("/paper")] == [
        ("finance", "export"),
        ("citizen", "export"),
    ]


def test_no_fact_holds_what_a_paper_was_called(ada: FlaskClient, council: Council, account: UUID) -> None:
    recorded(ada, with_paper(ada, PDF, "Ada Ames, 1 High Street.pdf"))
    assert "High Street" not in "".join(each.fact.model_dump_json() for each in council.ledger.entries(account))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a PDF, or a photo as JPEG or PNG: this file is none of them"),
        (b"MZ a program", "Choose a PDF, or a photo as JPEG or PNG: this file is none of them"),
        (b"<html>", "Choose a PDF, or a photo as JPEG or PNG: this file is none of them"),
        (PDF.ljust(LARGEST + 1), "Choose a file of up to 5 MB: this one is larger"),
    ],
)
def test_a_file_that_is_not_taken_is_told_with_what_to_choose_and_no_word_is_lost(
    ada: FlaskClient, council: Council, account: UUID, content: bytes, said: str
) -> None:
    answer = with_paper(ada, content)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert TEXT in answer.get_data(as_text=True)
    assert council.attachments.given(account, hashlib.sha256(content).hexdigest()) is None


def test_a_paper_of_just_the_largest_size_is_taken(ada: FlaskClient) -> None:
    assert "diary.pdf (PDF, 5.0 MB)" in words_of(with_paper(ada, PDF.ljust(LARGEST)))


def test_a_mistake_elsewhere_loses_no_paper(ada: FlaskClient, council: Council, account: UUID) -> None:
    wrong = sent(ada, text=TEXT, paper=(BytesIO(PDF), "diary.pdf"))
    assert "We have your paper diary.pdf (PDF, 1 KB)" in words_of(wrong)
    again = ada.post(NEW, data=held(wrong.get_data(as_text=True)) | DAYS | {"text": TEXT})
    recorded(ada, again)
    assert asked(council, account)[0].attachment == hashlib.sha256(PDF).hexdigest()


def test_who_thinks_better_of_it_sends_another_paper_or_none(ada: FlaskClient, council: Council, account: UUID) -> None:
    first = held(with_paper(ada, PDF).get_data(as_text=True))
    changed = ada.post(NEW, data=first | {"do": "change"})
    assert "We have your paper diary.pdf" in words_of(changed)
    without = ada.post(NEW, data=first | {"without": "yes"})
    assert "diary.pdf" not in words_of(without)
    recorded(ada, ada.post(NEW, data=first | {"paper": (BytesIO(PNG), "photo.png")}))
    assert asked(council, account)[0].attachment == hashlib.sha256(PNG).hexdigest()


def test_a_question_needs_no_paper(ada: FlaskClient, council: Council, account: UUID) -> None:
    recorded(ada, with_paper(ada, b"", ""))
    assert asked(council, account)[0].attachment is None
    assert ada.get(f"/account/questions/{question(council, account)}/paper").status_code == 404


def test_a_paper_that_was_let_go_is_asked_for_again(ada: FlaskClient, council: Council, account: UUID) -> None:
    check = with_paper(ada, PDF)
    for number in range(MOST_GIVEN):
        with_paper(ada, PDF + bytes([number]))
    told = recorded(ada, check)
    assert told.status_code == 422
    assert LOST in words_of(told)
    assert TEXT in told.get_data(as_text=True)
    assert asked(council, account) == []


def test_nobody_sends_a_paper_that_another_gave(site: Flask, ada: FlaskClient, council: Council, account: UUID) -> None:
    with_paper(ada, PDF)
    other = Office(council).mrs_a("P-1002")
    client = signed_in_client(site, council, "citizen", other, "bea")
    told = sent(client, **DAYS, text=TEXT, attachment=hashlib.sha256(PDF).hexdigest())
    assert LOST in words_of(told)
    assert sent(client, **DAYS, text=TEXT, attachment="../etc/passwd").status_code == 400


def test_a_helper_reads_the_paper_only_where_they_are_shown_words(
    site: Flask, ada: FlaskClient, council: Council, account: UUID
) -> None:
    recorded(ada, with_paper(ada, PDF))
    path = f"/account/questions/{question(council, account)}/paper"
    for may, status in ((("view_finance", "act"), 403), (("view_finance", "view_care"), 200)):
        helper = represented(site, council, account, *may)
        assert helper.get(path).status_code == status
        assert ("diary.pdf" in read(helper, "/account/questions")) is (status == 200)


def test_a_paper_that_was_changed_in_the_vault_is_not_handed_out(
    installation: Installation, ada: FlaskClient, council: Council, account: UUID
) -> None:
    recorded(ada, with_paper(ada, PDF))
    with administering(installation) as statements:
        statements.execute(f"UPDATE {council.names.vault}.attachments SET content = %s", (PDF + b"!",))
    assert ada.get(f"/account/questions/{question(council, account)}/paper").status_code == 500


def test_a_browser_finds_nothing_wrong_with_adding_a_paper(
    browser: Browser, site: Flask, site_address: str, council: Council, account: UUID
) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 900})
    try:
        page = context.new_page()
        page.goto(site_address + sign_in_path(site, council, "citizen", account))
        page.goto(site_address + NEW)
        for name, content in (("diary.txt", b"none of them"), ("W" * 60 + ".pdf", PDF)):
            page.get_by_label("Add a paper").set_input_files(
                {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            )
            page.get_by_role("button", name="Continue").click()
            assert faults_of(page, NARROW) == []
        page.get_by_label("A weekly cost of £950.00").check()
        page.get_by_label("What is wrong with it?").fill(TEXT)
        page.get_by_role("button", name="Continue").click()
        assert faults_of(page, NARROW) == []
        page.get_by_role("button", name="Send this question").click()
        page.get_by_role("link", name="Follow your questions").click()
        assert faults_of(page, NARROW) == []
    finally:
        context.close()
