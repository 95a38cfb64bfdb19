"""Can somebody keep a view of a list, come back to it, and let it go, and does nobody else see it?"""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from werkzeug.test import TestResponse

from ledger.council import Council
from ledger.vault.saved_views import MOST
from tests.conftest import NOON
from tests.pages.conftest import sign_in_path, signed_in_client
from tests.pages.office import Office
from tests.pages.reading import read, words_of
from tests.pages.seen import NARROW, faults_of
from tests.pages.test_who_may import csrf_token

VIEW = "/accounts?q=Ames&on=2026-02-15"


@pytest.fixture
def alice(site: Flask, council: Council) -> FlaskClient:
    return signed_in_client(site, council, "finance", sub="alice")


def asked(client: FlaskClient, do: str, address: str) -> TestResponse:
    return client.post("/views", data={"csrf_token": csrf_token(client), "do": do, "address": address})


def test_a_view_is_kept_once_led_back_to_and_let_go(alice: FlaskClient) -> None:
    assert "You keep none." in read(alice, "/views")
    for _ in range(2):
        assert asked(alice, "keep", VIEW).status_code == 303
    html = alice.get("/views").get_data(as_text=True)
    assert html.count('href="/accounts?q=Ames&amp;on=2026-02-15"') == 1
    assert "Accounts q: Ames, on: 2026-02-15" in read(alice, "/views")
    assert asked(alice, "let-go", VIEW).status_code == 303
    assert "You keep none." in read(alice, "/views")


def test_the_button_of_a_list_keeps_exactly_what_it_shows(alice: FlaskClient, council: Council) -> None:
    Office(council).mrs_a()
    html = alice.get("/accounts?q=Ames&on=15/2/2026").get_data(as_text=True)
    form = html.partition('aria-label="Keep this view"')[2].partition("</form>")[0]
    here = form.partition('name="address" value="')[2].partition('"')[0].replace("&amp;", "&")
    asked(alice, "keep", here)
    shown = read(alice, here)
    assert "1 account" in shown
    assert "15 February 2026" in shown


def test_nobody_sees_what_another_keeps(site: Flask, council: Council, alice: FlaskClient) -> None:
    asked(alice, "keep", VIEW)
    assert "You keep none." in read(signed_in_client(site, council, "finance", sub="bob"), "/views")


@pytest.mark.parametrize(
    "address", ["", "/", "/nowhere", "https://example.org/accounts", "//example.org/accounts", "/account", "script:x"]
)
def test_only_a_list_of_ours_is_kept(alice: FlaskClient, address: str) -> None:
    assert asked(alice, "keep", address).status_code == 400
    assert "You keep none." in read(alice, "/views")


def test_whoever_keeps_too_many_is_told_to_let_one_go(alice: FlaskClient, council: Council) -> None:
    for number in range(MOST):
        council.saved_views.keep("alice", f"/accounts?page={number}", NOON)
    told = asked(alice, "keep", VIEW)
    assert told.status_code == 409
    assert "You keep 50 views already. Let one go first." in words_of(told)
    assert asked(alice, "keep", "/accounts?page=0").status_code == 303


def test_a_browser_finds_nothing_wrong_with_keeping_a_view(
    browser: Browser, site: Flask, site_address: str, council: Council
) -> None:
    Office(council).mrs_a()
    context = browser.new_context(viewport={"width": NARROW, "height": 900})
    try:
        page = context.new_page()
        page.goto(site_address + sign_in_path(site, council, "finance"))
        page.goto(f"{site_address}/accounts?q=Ames")
        page.get_by_role("button", name="Keep this view").click()
        expect(page.get_by_role("alert")).to_contain_text("The view is kept.")
        assert faults_of(page, NARROW) == []
        page.get_by_role("link", name="Accounts", exact=True).last.click()
        expect(page).to_have_url(f"{site_address}/accounts?q=Ames")
    finally:
        context.close()
