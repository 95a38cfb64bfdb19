"""Does everything that needs two people wait in one list, and is an adjustment approved with its effect seen first?"""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from werkzeug.test import TestResponse

from domain.account.commands import Correct, ReturnAdjustment
from domain.account.facts import AdjustmentApproved, AdjustmentReturned
from domain.account.progress import cap_progress
from ledger.council import Council
from ledger.import_proposals import ImportProposals
from ledger.import_run import Came, FileGiven
from ledger.outcomes import Caller
from ledger.policy import Policy
from ledger.receipts import Request
from projections.worklists.found import waiting
from tests.conftest import NOON
from tests.integration.test_own_amounts import FORTY
from tests.pages.conftest import sign_in_path, signed_in_client
from tests.pages.everything import Everything, at
from tests.pages.office import APPROVER, FINANCE, Office, adjustment, budget, needs
from tests.pages.reading import read, words_of
from tests.pages.seen import NARROW, faults_of
from tests.pages.test_questions import held


@pytest.fixture
def account(council: Council) -> UUID:
    """400.00 a week since 7 September 2026, and a statement to the end of that month."""
    office, since = Office(council), date(2026, 9, 7)
    who = office.open("P-1", "Ada", "Ames", since)
    office.record(who, needs(since), at(2026, 9, 8))
    office.record(who, budget("400.00", since, setting="own_home"), at(2026, 9, 8, 11))
    office.statement(who, date(2026, 9, 30), at(2026, 10, 2))
    return who


@pytest.fixture
def proposal(council: Council, account: UUID) -> UUID:
    asked = adjustment(date(2026, 9, 20), "-25.00", "complaint")
    return Office(council).record(account, asked, at(2026, 10, 5), FINANCE, {"note": "They wrote twice."})


@pytest.fixture
def path(account: UUID, proposal: UUID) -> str:
    return f"/accounts/{account}/approvals/{proposal}"


@pytest.fixture
def approver(site: Flask, council: Council) -> FlaskClient:
    return signed_in_client(site, council, "finance_approver", sub="h.lindqvist")


@pytest.fixture
def maker(site: Flask, council: Council) -> FlaskClient:
    return signed_in_client(site, council, "finance_approver", sub="Alice")


def sent(client: FlaskClient, path: str, **typed: str) -> TestResponse:
    return client.post(path, data=held(client.get(path).get_data(as_text=True)) | typed)


def returned(council: Council, account: UUID, proposal: UUID) -> None:
    back = ReturnAdjustment(
        adjustment=str(proposal), on=date(2026, 10, 7), reason_code="wrong-amount", returner=APPROVER.sub
    )
    Office(council).record(account, back, at(2026, 10, 7), APPROVER)


def approvals(council: Council, account: UUID) -> int:
    return len(council.ledger.account(account).of(AdjustmentApproved))


def test_what_it_changes_is_seen_before_it_is_approved_and_is_then_so(
    council: Council, account: UUID, path: str, approver: FlaskClient
) -> None:
    def counted() -> Decimal:
        return cap_progress(council.ledger.account(account), council.scheme, NOON.date()).accrued_costs

    before = counted()
    words = read(approver, path)
    assert f"This will change the counted total from £{before:,} to £{before - 25:,}." in words
    assert "1 statement would be out of date." in words
    assert "They wrote twice." in words
    form = held(approver.get(path).get_data(as_text=True)) | {"note": "I read the letter."}
    assert {approver.post(path, data=form).status_code for _ in range(3)} == {303}
    assert approvals(council, account) == 1
    assert counted() == before - 25
    assert "Approved by h.lindqvist" in read(approver, path)


def test_its_maker_sees_it_and_cannot_approve_it_however_the_name_is_written(
    council: Council, account: UUID, path: str, maker: FlaskClient, approver: FlaskClient
) -> None:
    words = read(maker, path)
    assert "You proposed this adjustment, so a second person has to approve it." in words
    assert "This will change the counted total" in words
    assert "alice (you)" in read(maker, "/approvals")
    assert "(you)" not in read(approver, "/approvals")


def test_the_form_of_another_page_does_not_let_its_maker_approve(
    site: Flask, council: Council, account: UUID, path: str, approver: FlaskClient
) -> None:
    alice = signed_in_client(site, council, "finance_approver", sub="alice")
    token = held(alice.get("/approvals").get_data(as_text=True).replace("<header", "<main", 1))["csrf_token"]
    form = held(approver.get(path).get_data(as_text=True)) | {"csrf_token": token}
    refused = alice.post(path, data=form)
    assert refused.status_code == 422
    assert "Ask a second person" in words_of(refused)
    assert approvals(council, account) == 0


def test_an_account_that_changed_meanwhile_is_looked_at_again(
    council: Council, account: UUID, path: str, approver: FlaskClient
) -> None:
    form = held(approver.get(path).get_data(as_text=True))
    Office(council).record(account, budget("500.00", date(2026, 10, 5), setting="own_home"), at(2026, 10, 6))
    assert approver.post(path, data=form).status_code == 412
    assert approvals(council, account) == 0


def test_a_note_that_is_too_long_is_not_lost(approver: FlaskClient, path: str) -> None:
    refused = sent(approver, path, note="x" * 4001)
    assert refused.status_code == 422
    assert "x" * 4001 in refused.get_data(as_text=True)


def test_finance_proposes_and_does_not_approve(site: Flask, council: Council, path: str) -> None:
    finance = signed_in_client(site, council, "finance", sub="bea")
    assert "It waits for somebody who may approve adjustments." in read(finance, path)
    assert finance.post(path, data={}).status_code == 403


def test_what_was_corrected_waits_no_more(
    council: Council, account: UUID, proposal: UUID, path: str, approver: FlaskClient
) -> None:
    gone = Correct(entry_id=str(proposal), reason_code="duplicate")
    Office(council).record(account, gone, at(2026, 10, 7), FINANCE)
    assert "0 rows, the oldest first" in read(approver, "/approvals")
    assert approver.get(path).status_code == 404


def test_what_is_sent_back_counts_nothing_and_waits_for_its_maker(
    site: Flask, council: Council, account: UUID, proposal: UUID, path: str, approver: FlaskClient
) -> None:
    before = cap_progress(council.ledger.account(account), council.scheme, NOON.date()).accrued_costs
    assert f"{path}/return" in approver.get(path).get_data(as_text=True)
    check = sent(approver, f"{path}/return", reason_code="not-shown", note="Which letter?")
    assert "What it rests on is not shown" in words_of(check)
    assert council.ledger.account(account).entries[-1].id == proposal  # nothing was recorded yet
    form = held(check.get_data(as_text=True)) | {"do": "record"}
    assert {approver.post(f"{path}/return", data=form).status_code for _ in range(3)} == {303}
    ((_, back),) = council.ledger.account(account).of(AdjustmentReturned)
    assert (back.adjustment, back.on, back.reason_code) == (str(proposal), NOON.date(), "not-shown")
    after = council.ledger.account(account)
    assert cap_progress(after, council.scheme, NOON.date()).accrued_costs == before
    finance = signed_in_client(site, council, "finance", sub="alice")
    assert "Ames, Ada" in read(finance, "/today/adjustment_returned")
    assert "0 rows" in read(finance, "/approvals")
    assert "Sent back by h.lindqvist" in read(finance, "/approvals?state=returned")
    html = finance.get(path).get_data(as_text=True)
    assert "Which letter?" in html
    assert f"/accounts/{account}/entries/{proposal}/correct" in html


def test_what_was_sent_back_is_proposed_anew_by_correcting_its_entry(
    site: Flask, council: Council, account: UUID, proposal: UUID, approver: FlaskClient
) -> None:
    returned(council, account, proposal)
    again = Correct(
        entry_id=str(proposal),
        reason_code="wrong-amount",
        replacement=adjustment(date(2026, 9, 20), "-20.00", "complaint"),
    )
    Office(council).record(account, again, at(2026, 10, 8), FINANCE)
    finance = signed_in_client(site, council, "finance", sub="alice")
    assert "Ames, Ada" not in read(finance, "/today/adjustment_returned")
    assert "1 row," in read(approver, "/approvals")
    assert "-£20.00" in read(approver, "/approvals")


def test_what_was_sent_back_meanwhile_is_not_approved(
    council: Council, account: UUID, proposal: UUID, path: str, approver: FlaskClient
) -> None:
    form = held(approver.get(path).get_data(as_text=True))
    returned(council, account, proposal)
    assert approver.post(path, data=form).status_code == 412
    refused = approver.post(path, data=form | {"version": str(council.ledger.account(account).version)})
    assert "This adjustment was sent back to whoever proposed it." in words_of(refused)
    assert approvals(council, account) == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"note": "Which letter?"}, "Choose why you send it back"),
        ({"reason_code": "not-shown", "note": "x" * 4001}, "Write 1 to 4,000 characters"),
    ],
)
def test_a_return_that_cannot_be_read_is_mended_and_not_lost(
    approver: FlaskClient, path: str, typed: dict[str, str], said: str
) -> None:
    refused = sent(approver, f"{path}/return", **typed)
    assert refused.status_code == 422
    assert said in words_of(refused)
    assert typed["note"] in refused.get_data(as_text=True)


def test_its_maker_does_not_send_it_back(site: Flask, council: Council, path: str) -> None:
    alice = signed_in_client(site, council, "finance_approver", sub="alice")
    refused = sent(alice, f"{path}/return", reason_code="not-shown")
    assert refused.status_code == 422
    assert "To take it back, correct its entry" in words_of(refused)
    assert signed_in_client(site, council, "finance").get(f"{path}/return").status_code == 403


def test_everything_that_needs_two_people_waits_in_one_list_the_oldest_first(
    council: Council, path: str, approver: FlaskClient, site: Flask
) -> None:
    change = Policy(council).propose((FORTY,), by="j.marsh", now=NOON).change
    html = approver.get("/approvals").get_data(as_text=True)
    assert html.index(path) < html.index(f"/policy/changes/{change.change_id}")
    assert "Adjustment: Ames, Ada" in words_of(html)
    assert "2 rows" in words_of(html)
    assert "1 row," in read(approver, "/approvals?kind=amounts")
    assessor = signed_in_client(site, council, "assessor")
    assert f"/policy/changes/{change.change_id}" not in assessor.get("/approvals").get_data(as_text=True)


def test_a_file_of_rows_waits_with_all_else(council: Council, approver: FlaskClient) -> None:
    files, proposal = ImportProposals(council), UUID(int=9)
    asked = Request("bea", "k" * 32, b"")
    given = FileGiven("charges", False, b"d" * 32, 2)
    files.give(proposal, given, "charges.csv", b"", by=Caller("bea", "finance"), now=NOON, request=asked)
    assert "0 rows, the oldest first" in read(approver, "/approvals")  # nobody knows yet what it would do
    files.rows.note_check(proposal, Came(applied=2), {}, NOON)
    assert "Rows of a file: number 1 number 1 none bea" in read(approver, "/approvals")
    assert f"/imports/given/{proposal}" in approver.get("/approvals?kind=rows").get_data(as_text=True)
    found = files.commit(
        proposal, by=Caller("ben", "finance_approver"), now=NOON, request=Request("ben", "k" * 32, b"")
    )
    assert found.decision == "committed"
    assert "Approved by ben" in read(approver, "/approvals?kind=rows&state=approved")


def test_as_many_adjustments_wait_here_as_in_the_day_s_work(site: Flask, everything: Everything) -> None:
    client = signed_in_client(site, everything.council, "finance")
    found = waiting(everything.council, NOON.date(), everything.council.ledger.recorder.latest(NOON))
    number = sum(each.kind == "adjustment_waiting" for each in found)
    assert f"{number} row, the oldest first" in read(client, "/approvals?kind=adjustment")


def test_a_browser_finds_nothing_wrong_on_the_way(
    browser: Browser, site: Flask, site_address: str, council: Council, path: str
) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 900})
    try:
        page = context.new_page()
        page.goto(site_address + sign_in_path(site, council, "finance_approver", sub="h.lindqvist"))
        page.goto(f"{site_address}/approvals")
        assert faults_of(page, NARROW) == []
        page.get_by_role("link", name="Ames, Ada").click()
        assert faults_of(page, NARROW) == []
        page.get_by_role("link", name="Send it back instead").click()
        page.get_by_role("button", name="Continue").click()
        assert faults_of(page, NARROW) == []
        page.get_by_label("It is not called for").check()
        page.get_by_label("Note to whoever").fill("W" * 60)
        page.get_by_role("button", name="Continue").click()
        assert faults_of(page, NARROW) == []
        page.goto(site_address + path)
        page.get_by_role("button", name="Approve the adjustment").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Entries")
        page.goto(site_address + path)
        assert faults_of(page, NARROW) == []
    finally:
        context.close()
