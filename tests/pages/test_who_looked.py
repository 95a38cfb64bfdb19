"""Is every look at an account written down before it is shown, and do the person and an auditor read who looked?"""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.pages.page import PAGES, PUBLIC, Page, Visit
from api.pages.site import load_pages
from api.policy import OWN_ACCOUNT_ONLY, ROLES, SEES_PEOPLE, Role, may
from api.wiring import Installation
from ledger.council import Council
from tests.looking import Watch
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.office import Office
from tests.pages.reading import read
from tests.pages.test_who_may import GUARDED, csrf_token, name, path_of

load_pages()


def one_who_may(page: Page) -> Role:
    """The last role, of those that see everybody where there is one, that may open a page."""
    own = page.path == "/account" or page.path.startswith("/account/")
    return next(
        role
        for role in ROLES[::-1]
        if may(role, page.allowed)  # type: ignore[arg-type]
        and (role in SEES_PEOPLE or not page.people)
        and (role in OWN_ACCOUNT_ONLY) == own
    )


def opened(site: Flask, kept: Kept, page: Page) -> tuple[Watch, Role, TestResponse]:
    role = one_who_may(page)
    client = signed_in_client(site, kept.council, role, kept.mrs_a if role in OWN_ACCOUNT_ONLY else None)
    watch = Watch.from_now(kept.council)
    return watch, role, client.open(path_of(page, kept), method=page.method, data={"csrf_token": csrf_token(client)})


@pytest.mark.parametrize("page", [page for page in PAGES if page.allowed != PUBLIC], ids=name)
def test_no_page_names_an_account_without_its_being_written_down(site: Flask, kept: Kept, page: Page) -> None:
    watch, role, answer = opened(site, kept, page)
    assert watch.not_written_down(answer) == set()
    for looked in watch.looks():
        assert looked.look[1:6] == ("alice", role, None, page.allowed, f"{page.method} {page.path}")
    about_one = "{account_id}" in page.path or role in OWN_ACCOUNT_ONLY
    if about_one and answer.status_code == 200:
        assert kept.mrs_a in {looked.account_id for looked in watch.looks()}


def test_a_list_that_does_not_say_whom_it_shows_is_found(
    installation: Installation, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that the test above is known to see what it is there for."""

    def forgetful(visit: Visit) -> str:
        return visit.council.ledger.account(kept.mrs_a).opened.reference

    planted = Page("GET", "/planted", "read_council", False, forgetful)
    monkeypatch.setattr("api.pages.page.PAGES", [*PAGES, planted])
    watch, _, answer = opened(create_app(installation), kept, planted)
    assert watch.not_written_down(answer) == {kept.mrs_a}


def test_no_page_is_shown_where_it_cannot_be_written_down_who_looked(
    site: Flask, installation: Installation, new_council: Callable[[], Council]
) -> None:
    office = Office(new_council())
    council, account = office.council, office.mrs_a()
    with installation.administering() as admin, admin:
        admin.cursor().execute(f"REVOKE INSERT ON {council.names.schema}.access_log FROM {council.names.app}")
    for role, path in (("citizen", "/account"), ("finance", f"/accounts/{account}"), ("finance", "/accounts.csv")):
        client = signed_in_client(site, council, role, account if role == "citizen" else None)
        words = read(client, path, 503)
        assert "These pages are not working now" in words
        assert "Ames" not in words
        assert council.ledger.account(account).opened.reference not in words


@pytest.fixture
def looked_at(site: Flask, council: Council) -> FlaskClient:
    """Mrs A's browser, after a finance officer opened her account and took the list away."""
    account = Office(council).mrs_a()
    finance = signed_in_client(site, council, "finance", sub="j.marsh")
    for path in (f"/accounts/{account}/costs", "/accounts.csv", "/accounts"):
        finance.get(path)
    client = signed_in_client(site, council, "citizen", account, sub="ada")
    client.get("/account")
    return client


def test_a_person_reads_who_looked_why_and_at_what(looked_at: FlaskClient) -> None:
    words = read(looked_at, "/account/who-looked")
    assert "3 times, the newest first" in words
    finance = "22 November 2026 at 12:00pm (midday) The care finance team To work out or check your costs"
    assert f"{finance} your costs week by week" in words
    assert f"{finance} a list, with your account in it They took it away as a file." in words
    assert "j.marsh" not in words


def test_a_persons_own_looks_are_folded_away_until_they_ask_for_them(looked_at: FlaskClient) -> None:
    assert "You looked 1 time yourself." in read(looked_at, "/account/who-looked")
    words = read(looked_at, "/account/who-looked?own=yes")
    assert "You It is your account this list" in words
    assert "You It is your account your care account" in words


def test_a_long_list_is_read_page_by_page(site: Flask, council: Council) -> None:
    account = Office(council).mrs_a()
    finance = signed_in_client(site, council, "finance")
    for _ in range(51):
        finance.get(f"/accounts/{account}")
    client = signed_in_client(site, council, "citizen", account)
    html = client.get("/account/who-looked").get_data(as_text=True)
    assert html.count("The care finance team") == 50
    older = html.partition("/account/who-looked?below=")[2].partition('"')[0]
    assert read(client, f"/account/who-looked?below={older}").count("The care finance team") == 1


@pytest.mark.parametrize("role", ["information_governance", "auditor"])
def test_the_log_is_read_with_its_filters_in_the_address(
    site: Flask, kept: Kept, finance: FlaskClient, role: str
) -> None:
    reference = kept.council.ledger.account(kept.mr_b).opened.reference
    finance.get(f"/accounts/{kept.mr_b}/entries")
    client = signed_in_client(site, kept.council, role, sub="ig")
    assert client.get("/").get_data(as_text=True).count('href="/audit/access"')
    asked = f"/audit/access?q={reference}&role=finance&who=alice&from=22/11/2026&to=22/11/2026"
    words = read(client, asked)
    assert f"{reference} alice, finance read council GET /accounts/{{account_id}}/entries page" in words
    assert "£" not in words
    assert "O'Brien" not in words
    assert "0 looks" in read(client, asked.replace("to=22/11/2026", "to=22/11/2026&unusual=refused"))
    assert "Nobody looked, of those asked for." in read(client, "/audit/access?from=23/11/2026")


def test_looks_at_the_log_itself_are_left_out_until_they_are_asked_for(site: Flask, kept: Kept) -> None:
    client = signed_in_client(site, kept.council, "information_governance", sub="ig")
    client.get("/audit/access")
    assert "0 looks" in read(client, "/audit/access?who=ig")
    assert "GET /audit/access" in read(client, "/audit/access?who=ig&itself=yes")


def test_a_filter_that_cannot_be_read_says_how_to_mend_it(site: Flask, kept: Kept) -> None:
    client = signed_in_client(site, kept.council, "information_governance")
    assert "This is no account reference" in read(client, "/audit/access?q=nobody", 422)
    words = read(client, "/audit/access?from=2/1/2026&to=1/1/2026", 422)
    assert "The last day is before the first: enter a later one" in words
    assert "0 looks" in read(client, "/audit/access?q=CA-0000-0000")


def test_who_answers_for_data_sees_no_account_and_no_money(site: Flask, kept: Kept) -> None:
    client = signed_in_client(site, kept.council, "information_governance")
    mine = {name(page) for page in GUARDED if client.open(path_of(page, kept), method=page.method).status_code != 403}
    assert mine == {"GET /audit/access"}
    assert "You cannot see this page" in read(client, f"/accounts/{kept.mrs_a}", 403)
