"""Can staff make a statement: seen before it is made, made once, and refused with words?"""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from domain.account.facts import StatementIssued
from ledger.council import Council
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.office import Office
from tests.pages.reading import read, words_of

ASKED = "to-day=31&to-month=3&to-year=2024&kind=annual"


@pytest.fixture
def office(council: Council) -> Office:
    return Office(council)


def hidden(html: str) -> dict[str, str]:
    return dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html.partition("Make the statement")[2])
    )


def test_it_is_shown_before_it_is_made_and_made_once_however_often_it_is_sent(site: Flask, office: Office) -> None:
    account = office.mrs_a()
    finance = signed_in_client(site, office.council, "finance")
    path = f"/accounts/{account}/statements"
    check = finance.get(f"{path}/check?{ASKED}").get_data(as_text=True)
    assert "Counted so far £19,500.00" in words_of(check)
    assert "26 weeks at £750.00 a week" in words_of(check)
    assert not office.council.ledger.account(account).of(StatementIssued)
    form = hidden(check)
    places = [finance.post(path, data=form).headers["Location"] for _ in range(3)]
    assert len(set(places)) == 1
    ((_, issued),) = office.council.ledger.account(account).of(StatementIssued)
    assert (issued.figures.to, str(issued.figures.accrued_costs)) == (date(2024, 3, 31), "19500.00")
    made = read(finance, places[0])
    assert "The statement to 31 March 2024 was made." in made
    assert "£19,500.00 of your care costs count towards the cap so far." in made
    assert "Done" not in read(finance, places[0])


def test_another_form_makes_another_statement(site: Flask, office: Office) -> None:
    account = office.mrs_a()
    finance = signed_in_client(site, office.council, "finance")
    path = f"/accounts/{account}/statements"
    for _ in range(2):
        finance.post(path, data=hidden(finance.get(f"{path}/check?{ASKED}").get_data(as_text=True)))
    assert len(office.council.ledger.account(account).of(StatementIssued)) == 2


def test_the_same_form_with_another_day_is_refused(site: Flask, office: Office) -> None:
    account = office.mrs_a()
    finance = signed_in_client(site, office.council, "finance")
    path = f"/accounts/{account}/statements"
    form = hidden(finance.get(f"{path}/check?{ASKED}").get_data(as_text=True))
    assert finance.post(path, data=form).status_code == 303
    assert finance.post(path, data=form | {"to": "2024-04-30"}).status_code == 422
    assert len(office.council.ledger.account(account).of(StatementIssued)) == 1


@pytest.mark.parametrize("spoiled", [{"csrf_token": ""}, {"key": "again"}, {"to": "soon"}, {"kind": "closing "}])
def test_a_spoiled_form_records_nothing(site: Flask, office: Office, spoiled: dict[str, str]) -> None:
    account = office.mrs_a()
    finance = signed_in_client(site, office.council, "finance")
    path = f"/accounts/{account}/statements"
    form = hidden(finance.get(f"{path}/check?{ASKED}").get_data(as_text=True))
    assert finance.post(path, data=form | spoiled).status_code in (400, 409)
    assert not office.council.ledger.account(account).of(StatementIssued)


@pytest.mark.parametrize(
    ("asked", "field", "mended"),
    [
        ("to-day=31&to-month=10&to-year=2027&kind=annual", "to", "Give today or an earlier day"),
        ("to-day=1&to-month=1&to-year=2023&kind=annual", "to", "Give the day of opening or a later one"),
        ("to-day=31&to-month=2&to-year=2024&kind=annual", "to", "There is no such day"),
        ("to-day=&to-month=&to-year=&kind=annual", "to", "Enter the last day"),
        ("to-day=31&to-month=3&to-year=2024", "kind", "Choose what kind of statement it is"),
        ("to-day=31&to-month=3&to-year=2024&kind=closing", "kind", "A closing statement needs a closed account"),
    ],
)
def test_what_cannot_be_made_is_told_at_its_field(
    finance: FlaskClient, kept: Kept, asked: str, field: str, mended: str
) -> None:
    answer = finance.get(f"/accounts/{kept.mrs_a}/statements/check?{asked}")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert re.search(rf'<a href="#{field}">[^<]*{mended}', html)
    assert f'id="{field}"' in html


def test_who_may_not_make_a_statement_sees_no_form_for_it(site: Flask, kept: Kept) -> None:
    approver = signed_in_client(site, kept.council, "finance_approver")
    path = f"/accounts/{kept.mrs_a}/statements"
    assert "Make a statement" not in read(approver, path)
    assert approver.get(f"{path}/check?{ASKED}").status_code == 403


def test_in_the_past_nothing_is_made(finance: FlaskClient, kept: Kept) -> None:
    assert "Make a statement" not in read(finance, f"/accounts/{kept.mrs_a}/statements?known_at=2026-01-05")
