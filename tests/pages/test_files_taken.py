"""Is it seen who took which list away as a file, and of how many accounts?"""

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from ledger.council import Council
from ledger.store.access_log import Look
from tests.conftest import NOON
from tests.pages.conftest import sign_in_path, signed_in_client
from tests.pages.office import Office
from tests.pages.reading import read
from tests.pages.seen import NARROW, faults_of


@pytest.fixture
def finance(site: Flask, council: Council) -> FlaskClient:
    """Alice, at a council with two accounts."""
    office = Office(council)
    office.mrs_a()
    office.mrs_a("P-1002")
    return signed_in_client(site, council, "finance", sub="alice")


def test_a_file_is_listed_with_who_took_it_and_how_many_accounts_stand_in_it(
    site: Flask, council: Council, finance: FlaskClient
) -> None:
    assert "Nobody took a file in these days." in read(finance, "/exports")
    assert finance.get("/accounts.csv").status_code == 200
    assert "alice finance /accounts.csv 2" in read(finance, "/exports")
    auditor = signed_in_client(site, council, "auditor", sub="olive")
    words = read(auditor, "/exports")
    assert "1 file, the newest first." in words
    assert "Ames" not in words


def test_what_was_only_looked_at_and_what_people_took_of_their_own_is_not_listed(
    council: Council, finance: FlaskClient
) -> None:
    finance.get("/accounts")
    account = Office(council).mrs_a("P-1003")
    own = Look(NOON, "ada", "citizen", None, "read_account", "GET /account/statements/{statement_id}/paper", "export")
    refused = own._replace(who="bob", role="finance", refused=True)
    for look in (own, refused):
        council.access_log.add([account], look)
    assert "Nobody took a file in these days." in read(finance, "/exports")


def test_who_and_which_days_can_be_asked_for(site: Flask, council: Council, finance: FlaskClient) -> None:
    finance.get("/accounts.csv")
    signed_in_client(site, council, "assessor", sub="bea").get("/accounts.xlsx")
    assert "2 files" in read(finance, "/exports")
    assert "bea assessor /accounts.xlsx 2" in read(finance, "/exports?who=bea")
    assert "Nobody took a file" in read(finance, "/exports?to=21/11/2026")
    assert "2 files" in read(finance, "/exports?from=22/11/2026&to=22/11/2026")
    assert "The last day is before the first" in read(finance, "/exports?from=2/11/2026&to=1/11/2026", 422)
    assert "There is no such day" in read(finance, "/exports?from=31/2/2026", 422)


def test_the_file_of_the_list_holds_its_rows(finance: FlaskClient) -> None:
    finance.get("/accounts.csv")
    sent = finance.get("/exports.csv?who=alice").get_data(as_text=True)
    (row,) = csv.DictReader(io.StringIO(sent.removeprefix("\ufeff")))
    assert (row["taken_by"], row["file"], row["accounts"]) == ("alice", "/accounts.csv", "2")


def test_a_browser_finds_nothing_wrong_with_it(
    browser: Browser, site: Flask, site_address: str, council: Council, finance: FlaskClient
) -> None:
    finance.get("/accounts.csv")
    context = browser.new_context(viewport={"width": NARROW, "height": 900})
    try:
        page = context.new_page()
        page.goto(site_address + sign_in_path(site, council, "finance"))
        page.get_by_role("link", name="Files taken").click()
        assert faults_of(page, NARROW) == []
        page.goto(f"{site_address}/exports?from=31/2/2026")
        assert faults_of(page, NARROW) == []
    finally:
        context.close()
