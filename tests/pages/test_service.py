"""Does every page lead to the council, and to what it says of access, data and cookies; and what when one moves?"""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.service.about import COOKIES
from domain.account.commands import CloseAccount
from ledger.council import Council
from tests.pages.conftest import Kept, sign_in_path, signed_in_client
from tests.pages.everything import Everything
from tests.pages.office import FINANCE, Office
from tests.pages.reading import read

ABOUT = ("/contact", "/accessibility", "/privacy", "/cookies")


@pytest.mark.parametrize("path", ["/", "/account", "/nothing-here", "/accounts", *ABOUT])
def test_every_page_leads_to_what_is_said_of_the_service(mrs_a: FlaskClient, path: str) -> None:
    html = mrs_a.get(path).get_data(as_text=True)
    for about in ABOUT:
        assert f'href="{about}"' in html.partition("<footer")[2]


@pytest.mark.parametrize("path", ABOUT)
def test_anybody_can_read_them_signed_in_or_not(site: Flask, mrs_a: FlaskClient, path: str) -> None:
    assert site.test_client().get(path).status_code == 200
    assert mrs_a.get(path).status_code == 200


def test_the_cookies_named_are_those_that_are_set(site: Flask, kept: Kept) -> None:
    client = site.test_client()
    paths = (sign_in_path(site, kept.council, "finance"), "/accounts", f"/estimate?council={kept.council.code}")
    given = [cookie for path in paths for cookie in client.get(path).headers.getlist("Set-Cookie")]
    assert {cookie.partition("=")[0] for cookie in given} == set(COOKIES)
    kept_on = [cookie for cookie in given if "=;" not in cookie]  # the others are taken back
    assert not [cookie for cookie in kept_on if "Max-Age" in cookie or "Expires" in cookie]  # they end with the browser
    words = read(client, "/cookies")
    for name, (what, ends) in COOKIES.items():
        assert f"{name} {what} {ends}" in words


def test_the_start_page_says_what_one_can_do_what_is_needed_and_which_other_ways_there_are(site: Flask) -> None:
    words = read(site.test_client(), "/")
    for heading in ("What you can do", "How to sign in", "Other ways"):
        assert heading in words
    assert "The cap on care costs is not in force in England." in words


def test_a_move_says_how_it_stands_and_that_nothing_is_sent_from_here(
    site: Flask, mrs_a: FlaskClient, everything: Everything, council: Council
) -> None:
    words = read(mrs_a, "/account/moving")
    assert "You have not told us that you are moving" in words
    assert "These pages cannot send your account to another council yet." in words
    office = Office(council)
    who = office.mrs_a()
    moved = CloseAccount(on=date(2026, 10, 1), reason="moved")
    office.record(who, moved, datetime(2026, 10, 2, 9, tzinfo=UTC), FINANCE)
    assert "moved away on 1 October 2026" in read(signed_in_client(site, council, "citizen", who), "/account/moving")
    came = signed_in_client(site, everything.council, "citizen", everything.moved)
    assert "Another council counted £12,345.67 before 1 April 2025." in read(came, "/account/moving")
