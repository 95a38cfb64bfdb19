"""Is what is recorded and corrected by hand read as the API reads it, shown with its effect, and kept once?"""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from werkzeug.test import TestResponse

from api.pages.finance.recording.forms import FORMS
from api.policy import ROLES, SEES_PEOPLE, may
from domain.account.facts import (
    AccountClosed,
    AdjustmentProposed,
    BudgetSet,
    ChargeRaised,
    EntryVoided,
    NeedsAssessed,
    Source,
)
from domain.account.state import Entry
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.pages.conftest import sign_in_path, signed_in_client
from tests.pages.office import Office, budget
from tests.pages.reading import read, words_of
from tests.pages.seen import NARROW, faults_of
from tests.pages.test_who_may import csrf_token

NEEDS = {"assessed_on": date(2024, 4, 1), "eligible": "yes", "eligible_from": date(2024, 4, 1)}
BUDGET = {
    "kind": "independent",
    "setting": "own_home",
    "weekly_cost": "1,400.00",
    "effective_from": date(2026, 1, 5),
}
GIVEN: dict[str, dict[str, Any]] = {
    "needs-assessment": NEEDS,
    "budget": BUDGET,
    "break": {"from": date(2026, 3, 2), "ending_before": date(2026, 3, 9), "reason": "hospital"},
    "charge": {
        "reference": "INV-1",
        "period_from": date(2026, 3, 2),
        "period_ending_before": date(2026, 3, 30),
        "amount": "400",
    },
    "balance-carried-in": {
        "on": date(2024, 1, 1),
        "accrued_costs": "100.00",
        "daily_living_costs": "0",
        "provenance-kind": "transfer",
        "provenance-council": "E10000012",
    },
    "adjustment": {"on": date(2026, 3, 2), "amount": "-25.00", "reason_code": "complaint", "note": "They wrote."},
    "closure": {"on": date(2026, 10, 1), "reason": "died"},
    "reopening": {"on": date(2026, 10, 1), "reason_code": "came-back"},
}


def boxes(given: dict[str, Any]) -> dict[str, str]:
    """What is typed into a form: a day goes into three boxes."""
    typed: dict[str, str] = {}
    for name, value in given.items():
        if isinstance(value, date):
            typed |= {f"{name}-{part}": str(getattr(value, part)) for part in ("day", "month", "year")}
        else:
            typed[name] = value
    return typed


def hidden(html: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', html.partition("<main")[2])
    return {name: unescape(value) for name, value in found}


def sent(client: FlaskClient, path: str, typed: dict[str, str], do: str = "check") -> TestResponse:
    return client.post(path, data={**typed, "do": do, "csrf_token": csrf_token(client)})


@pytest.fixture
def mrs_a(council: Council) -> UUID:
    """The worked example, with a statement to the end of March 2024."""
    office = Office(council)
    who = office.mrs_a()
    office.statement(who, date(2024, 3, 31), datetime(2024, 4, 2, 9, tzinfo=UTC))
    return who


@pytest.fixture
def finance(site: Flask, council: Council) -> FlaskClient:
    return signed_in_client(site, council, "finance")


@pytest.fixture
def assessor(site: Flask, council: Council) -> FlaskClient:
    return signed_in_client(site, council, "assessor")


def last(council: Council, account: UUID) -> Entry:
    return council.ledger.account(account).entries[-1]


def test_what_it_changes_is_seen_before_it_is_recorded_and_is_then_so(
    assessor: FlaskClient, council: Council, mrs_a: UUID
) -> None:
    path, version = f"/accounts/{mrs_a}/record/budget", last(council, mrs_a).version
    check = sent(assessor, path, boxes({**BUDGET, "effective_from": date(2024, 1, 1), "setting": "care_home"}))
    words = words_of(check)
    assert "This will not change the counted total of £86,000.00." in words  # she has reached the cap either way
    assert "1 statement would be out of date." in words
    assert "To 31 March 2024 £19,500.00 £" in words
    assert last(council, mrs_a).version == version
    form = hidden(check.get_data(as_text=True))
    places = {assessor.post(path, data=form | {"do": "record"}).headers["Location"] for _ in range(3)}
    assert places == {f"/accounts/{mrs_a}/entries"}
    assert last(council, mrs_a).version == version + 1
    assert isinstance(last(council, mrs_a).fact, BudgetSet)
    assert "Budget: recorded." in read(assessor, f"/accounts/{mrs_a}/entries")


@pytest.mark.parametrize("name", FORMS)
def test_every_form_comes_to_what_the_api_comes_to(site: Flask, council: Council, name: str) -> None:
    """Also where the account refuses it: the same sentence."""
    office = Office(council)
    who, kind = office.mrs_a(), FORMS[name]
    role = "assessor" if may("assessor", kind.verb) else "finance"
    client, path = signed_in_client(site, council, role), f"/accounts/{who}/record/{name}"
    check = sent(client, path, boxes(GIVEN[name]))
    if name == "reopening":
        assert check.status_code == 422
        assert "The account is open." in words_of(check) or "open" in words_of(check)
        return
    assert check.status_code == 200, words_of(check)
    assert client.post(path, data=hidden(check.get_data(as_text=True)) | {"do": "record"}).status_code == 303
    assert isinstance(last(council, who).fact, kind.fact)


def test_a_mistake_is_told_at_its_field_in_the_words_of_the_api(
    assessor: FlaskClient, site: Flask, council: Council, mrs_a: UUID
) -> None:
    wrong = {"assessed_on": "2026-01-05", "eligible": True}
    api = ApiCaller(site, council.code, "assessor")
    told = api.post(f"/v1/care-accounts/{mrs_a}/needs-assessments", wrong).get_json()["errors"]
    form = boxes({"assessed_on": date(2026, 1, 5), "eligible": "yes"})
    answer = sent(assessor, f"/accounts/{mrs_a}/record/needs-assessment", form)
    assert answer.status_code == 422
    assert [error["pointer"] for error in told] == ["/eligible_from"]
    assert words_of(answer).count(told[0]["detail"].rstrip(".")) == 2  # at the top, and at the field
    assert 'value="2026"' in answer.get_data(as_text=True)  # nothing that was typed is lost


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"weekly_cost": "lots"}, "Enter an amount in pounds, such as 312.50"),
        ({"weekly_cost": ""}, "This field is required: add it"),
        ({"effective_from-month": "13"}, "There is no such day: check the day and the month"),
        ({"kind": "friendly"}, "Use one of:"),
    ],
)
def test_what_cannot_be_read_loses_nothing(
    assessor: FlaskClient, mrs_a: UUID, changed: dict[str, str], sentence: str
) -> None:
    typed = boxes(BUDGET) | changed
    answer = sent(assessor, f"/accounts/{mrs_a}/record/budget", typed)
    assert answer.status_code == 422
    assert words_of(answer).count(sentence) == 2
    html = answer.get_data(as_text=True)
    assert all(f'value="{value}"' in html for name, value in typed.items() if value and name not in changed)


def test_answers_can_be_changed_without_typing_them_again(assessor: FlaskClient, mrs_a: UUID) -> None:
    path = f"/accounts/{mrs_a}/record/budget"
    form = hidden(sent(assessor, path, boxes(BUDGET)).get_data(as_text=True))
    again = assessor.post(path, data=form | {"do": "change"})
    assert again.status_code == 200
    assert 'value="1,400.00"' in again.get_data(as_text=True)


def test_what_was_seen_is_what_is_recorded_or_nothing_is(assessor: FlaskClient, council: Council, mrs_a: UUID) -> None:
    path = f"/accounts/{mrs_a}/record/budget"
    form = hidden(sent(assessor, path, boxes(BUDGET)).get_data(as_text=True))
    Office(council).statement(mrs_a, date(2024, 4, 30), datetime(2024, 5, 2, 9, tzinfo=UTC))
    version = last(council, mrs_a).version
    assert assessor.post(path, data=form | {"do": "record"}).status_code == 412
    assert last(council, mrs_a).version == version


def test_words_are_kept_apart_from_the_fact(finance: FlaskClient, council: Council, mrs_a: UUID) -> None:
    path = f"/accounts/{mrs_a}/record/adjustment"
    check = sent(finance, path, boxes(GIVEN["adjustment"]))
    finance.post(path, data=hidden(check.get_data(as_text=True)) | {"do": "record"})
    fact = last(council, mrs_a).fact
    assert isinstance(fact, AdjustmentProposed)
    assert "They wrote." not in fact.model_dump_json()
    assert "They wrote." in read(finance, f"/accounts/{mrs_a}/entries")


def correct_path(council: Council, account: UUID, kind: type[Any]) -> tuple[str, Entry]:
    entry = council.ledger.account(account).of(kind)[-1][0]
    return f"/accounts/{account}/entries/{entry.id}/correct", entry


def test_a_correction_is_seen_side_by_side_with_the_statements_it_leaves_out_of_date(
    finance: FlaskClient, council: Council, mrs_a: UUID
) -> None:
    path, entry = correct_path(council, mrs_a, BudgetSet)
    html = finance.get(path).get_data(as_text=True)
    assert 'value="950.00"' in html  # it begins from what was recorded
    typed = boxes({**BUDGET, "setting": "care_home", "weekly_cost": "500.00", "effective_from": date(2023, 10, 2)})
    check = sent(finance, path, typed | {"reason": "wrong-amount", "how": "replace"})
    words = words_of(check)
    assert "Weekly cost 950.00 500.00" in words
    assert "This will change the counted total from £86,000.00 to £" in words
    assert "To 31 March 2024 £19,500.00 £7,800.00" in words
    form = hidden(check.get_data(as_text=True)) | {"do": "record"}
    assert [finance.post(path, data=form).status_code for _ in range(2)] == [303, 303]
    account = council.ledger.account(mrs_a)
    assert len(account.of(EntryVoided)) == 1
    assert account.of(BudgetSet)[-1][1].weekly_cost == 500
    assert account.voided_by.keys() == {entry.version}
    assert f"Entry {entry.version} was corrected." in read(finance, f"/accounts/{mrs_a}/entries")


def test_an_entry_can_be_taken_out_without_another_in_its_place(
    finance: FlaskClient, council: Council, mrs_a: UUID
) -> None:
    path, _ = correct_path(council, mrs_a, NeedsAssessed)
    check = sent(finance, path, {"reason": "wrong-person", "how": "void"})
    assert "This will change the counted total from £86,000.00 to £0.00." in words_of(check)
    finance.post(path, data=hidden(check.get_data(as_text=True)) | {"do": "record"})
    assert not council.ledger.account(mrs_a).of(NeedsAssessed)


def test_a_correction_says_why_and_what_should_stand_there(finance: FlaskClient, council: Council, mrs_a: UUID) -> None:
    path, _ = correct_path(council, mrs_a, BudgetSet)
    words = words_of(sent(finance, path, {}))
    assert words.count("Choose why it is wrong") == words.count("Choose what should stand there") == 2


def test_an_assessor_corrects_what_was_assessed_and_nothing_else(
    assessor: FlaskClient, finance: FlaskClient, council: Council, mrs_a: UUID
) -> None:
    for name in ("charge", "closure"):
        path = f"/accounts/{mrs_a}/record/{name}"
        given = GIVEN[name]
        finance.post(path, data=hidden(sent(finance, path, boxes(given)).get_data(as_text=True)) | {"do": "record"})
    assert assessor.get(correct_path(council, mrs_a, BudgetSet)[0]).status_code == 200
    for kind in (ChargeRaised, AccountClosed):
        path, _ = correct_path(council, mrs_a, kind)
        assert assessor.get(path).status_code == 403
        assert path not in assessor.get(f"/accounts/{mrs_a}/entries").get_data(as_text=True)
        assert path in finance.get(f"/accounts/{mrs_a}/entries").get_data(as_text=True)


def test_each_role_is_offered_what_it_may_record(site: Flask, council: Council, mrs_a: UUID) -> None:
    for role in [role for role in ROLES if role in SEES_PEOPLE and may(role, "read_council")]:
        html = signed_in_client(site, council, role).get(f"/accounts/{mrs_a}/record").get_data(as_text=True)
        offered = {name for name in FORMS if f"/record/{name}" in html}
        assert offered == {name for name, form in FORMS.items() if may(role, form.verb)}


def test_what_a_form_does_not_ask_for_is_kept_in_a_correction(
    finance: FlaskClient, council: Council, mrs_a: UUID
) -> None:
    stay = budget("400.00", date(2026, 1, 5), short_stay=True, source=Source(system="charging", reference="R-7"))
    Office(council).record(mrs_a, stay, datetime(2026, 1, 6, 9, tzinfo=UTC), texts={"provider.name": "Rose House"})
    path, _ = correct_path(council, mrs_a, BudgetSet)
    html = finance.get(path).get_data(as_text=True)
    assert 'value="400.00"' in html
    typed = boxes({**BUDGET, "setting": "care_home", "weekly_cost": "410.00"})
    check = sent(finance, path, typed | {"reason": "wrong-amount", "how": "replace"})
    finance.post(path, data=hidden(check.get_data(as_text=True)) | {"do": "record"})
    entry, found = council.ledger.account(mrs_a).of(BudgetSet)[-1]
    assert (found.short_stay, found.source, found.weekly_cost) == (True, stay.source, Decimal("410.00"))
    assert council.people.texts(mrs_a, [entry.version]) == {entry.version: {"provider.name": "Rose House"}}


def test_each_mistake_at_the_top_names_its_question(finance: FlaskClient, mrs_a: UUID) -> None:
    words = words_of(sent(finance, f"/accounts/{mrs_a}/record/charge", {}))
    assert words.count("First day it is for. This field is required: add it") == 2
    assert words.count("Amount. This field is required: add it") == 2


def test_a_browser_finds_nothing_wrong_on_the_way(
    browser: Browser, site: Flask, site_address: str, council: Council, mrs_a: UUID
) -> None:
    context = browser.new_context(viewport={"width": NARROW, "height": 900})
    try:
        page = context.new_page()
        page.goto(site_address + sign_in_path(site, council, "finance"))
        page.goto(f"{site_address}/accounts/{mrs_a}/record/charge")
        page.get_by_role("button", name="See what it changes").click()
        assert faults_of(page, NARROW) == []
        path, _ = correct_path(council, mrs_a, BudgetSet)
        page.goto(site_address + path)
        page.get_by_label("A wrong amount").check()
        page.get_by_label("It should say something else").check()
        page.get_by_label("What does a week cost the council?").fill("500")
        page.get_by_role("button", name="See what it changes").click()
        assert faults_of(page, NARROW) == []
        page.get_by_role("button", name="Record the correction").click()
        expect(page.get_by_role("alert")).to_contain_text("was corrected.")
    finally:
        context.close()
