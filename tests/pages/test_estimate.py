"""Can anybody find out what they might pay, question by question, with nothing kept but in their own browser?"""

import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.anyone.estimate.asked import MORE_THAN_CARE_COSTS, body_of
from api.pages.anyone.estimate.questions import _CAPITAL, _INCOME, first_open
from api.pages.anyone.estimate.result import NOT_KNOWN_FOR_THE_DAY
from api.pages.anyone.estimate.send import AGREED
from api.pages.money import OUTGOINGS
from api.pages.money_check import tells_of_an_amount
from api.pages.words import pounds
from api.v1.assessment_bodies import AssessmentToWorkOut
from api.v1.financial_assessments import ESTIMATES, record_of
from domain.account.facts import FinancialAssessed
from ledger.council import Council
from ledger.vault.person import Contact
from ledger.vault.received import Sender
from tests.api.kept import kept as rows_of
from tests.conftest import NOON
from tests.integration.test_own_amounts import approved
from tests.pages.conftest import Kept
from tests.pages.estimating import (
    AT_HOME,
    IN_A_CARE_HOME,
    SPREAD,
    Form,
    answering,
    answers_of,
    day_boxes,
    go_through,
    held,
    paid,
    send,
    token_of,
)
from tests.pages.office import Office
from tests.pages.reading import lines_of, read, words_of

JULY = answering(
    IN_A_CARE_HOME, "income-savings_credit", "capital-savings",
    income={"income": "state_pension"}, capital={"capital": "none"}, day=day_boxes("day", "2026-07-06"),
)  # fmt: skip
UNKNOWN_IN_2031 = NOT_KNOWN_FOR_THE_DAY.format("minimum income guarantee single pension age")
RESULT, CHECK = "/estimate/result", "/estimate/check-answers"


@pytest.fixture
def client(site: Flask) -> FlaskClient:
    """The browser of somebody who never signed in."""
    return site.test_client()


@pytest.fixture(scope="module")
def office(new_council: Callable[[], Council]) -> Office:
    return Office(new_council())


def test_the_first_page_says_that_nothing_is_stored_and_leads_to_the_first_question(client: FlaskClient) -> None:
    page = client.get("/estimate")
    words = words_of(page)
    assert "nothing is stored: your answers stay in your own browser" in words
    assert "when you close the browser, they are forgotten" in words
    assert 'href="/estimate/care"' in page.get_data(as_text=True)


def test_the_start_page_leads_to_the_estimate(client: FlaskClient) -> None:
    assert 'href="/estimate"' in client.get("/").get_data(as_text=True)


@pytest.mark.parametrize("name", SPREAD)
def test_the_questions_asked_are_those_that_matter(client: FlaskClient, name: str) -> None:
    assert set(go_through(client, SPREAD[name])) <= set(SPREAD[name])
    assert client.get(CHECK).status_code == 200


def test_a_permanent_resident_is_asked_nothing_that_only_matters_at_home(client: FlaskClient) -> None:
    asked = go_through(client, IN_A_CARE_HOME)
    assert not {"children", "premiums", "outgoings", "disability-costs"} & set(asked)
    assert asked[0] == "care"
    assert asked[-1] == "day"


@pytest.mark.parametrize("name", SPREAD)
def test_page_api_and_recorded_assessment_agree_line_by_line(
    site: Flask, client: FlaskClient, office: Office, name: str
) -> None:
    go_through(client, SPREAD[name])
    page = client.get(RESULT)
    body = client.get("/estimate/request.json").get_json()
    told = site.test_client().post(ESTIMATES, json=body).get_json()
    recorded = json.loads(_recorded(office, body).model_dump_json(exclude={"asked"}))
    assert recorded == told
    unknown = told["outcome"] == "full_cost" and body["cost_of_care"] == MORE_THAN_CARE_COSTS
    lines = [(line["label"], pounds(line["amount"])) for line in told["lines"]][: -1 if unknown else None]
    rows = working_rows(page.get_data(as_text=True))
    left = iter(rows)
    assert all(line in left for line in lines)  # in the same order
    assert len(rows) - len(lines) == (2 if told["allowances"] else 0)  # income and what is taken off, said once more
    words = lines_of(page.get_data(as_text=True))
    of_amounts = [warning for warning in told["warnings"] if tells_of_an_amount(warning)]
    assert set(told["warnings"]) - set(of_amounts) <= set(words)
    assert ("We have not seen these amounts in the law itself:" in words) is bool(of_amounts)


def _recorded(office: Office, body: dict[str, Any]) -> FinancialAssessed:
    """The fact that is recorded of a request, as the ledger has it afterwards, for somebody of no other age kept."""
    account = office.open(f"P-{uuid4()}", "Ada", "Ames")
    asked = AssessmentToWorkOut.model_validate_json(json.dumps(body)).root
    office.record(account, record_of(office.council, UUID(int=0), asked), NOON)
    fact = office.council.ledger.account(account).entries[-1].fact
    assert isinstance(fact, FinancialAssessed)
    return fact


def test_the_request_says_what_was_answered_and_no_more() -> None:
    """Page and API could agree on a request that says something else, so one is written out."""
    answers = answers_of(SPREAD["a couple with a home and what is shared"])
    assert body_of(answers, date(2026, 11, 22)) == {
        "type": "full",
        "assessed_on": "2026-11-22",
        "effective_from": "2024-05-06",
        "setting": "care_home_permanent",
        "circumstances": {"date_of_birth": "1934-02-01", "household": "couple", "premiums": [], "children": 0},
        "cost_of_care": "685.37",
        "income": [
            {"kind": "state_pension", "weekly": "227.55"},
            {"kind": "private_pension", "amount": "1200.00", "frequency": "annual"},
            {"kind": "attendance_allowance", "weekly": "108.55"},
            {"kind": "private_pension", "amount": "88.88", "frequency": "monthly"},
        ],
        "capital": [
            {"kind": "savings", "value": "17050.91"},
            {
                "kind": "main_home",
                "value": "280000.00",
                "joint_holders": 2,
                "secured_debt": "12000.00",
                "selling_costs_10_percent": True,
                "occupied_by": "partner",
            },
            {
                "kind": "second_property",
                "value": "8000.00",
                "joint_holders": 4,
                "secured_debt": "1000.00",
                "selling_costs_10_percent": False,
            },
            {"kind": "savings", "value": "3001.01", "joint_holders": 2},
        ],
        "outgoings": [],
        "disability_related_expenditure": [],
        "local_disregards": [],
    }


def test_a_council_s_own_amounts_count_where_it_is_named_on_the_page_and_over_http(
    site: Flask, client: FlaskClient, council: Council
) -> None:
    approved(council)  # it leaves 40.00 a week in care homes
    client.get(f"/estimate?council={council.code}")
    go_through(client, JULY)
    body = client.get("/estimate/request.json").get_json()
    told = site.test_client().post(f"{ESTIMATES}?council={council.code}", json=body).get_json()
    assert told["allowances"] == "40.00"
    assert ("Personal expenses allowance", "£40.00") in working_rows(client.get(RESULT).get_data(as_text=True))
    assert json.loads(_recorded(Office(council), body).model_dump_json(exclude={"asked"})) == told


def working_rows(html: str) -> list[tuple[str, str]]:
    """Each row of a working on a page, its label and its amount."""
    found = re.findall(r'<th scope="row"[^>]*>([^<]*)(?:<span[^<]*</span>)?</th>\s*<td[^>]*>(-?£[^<]*)</td>', html)
    return [(unescape(label).strip(), amount) for label, amount in found]


def test_the_example_of_the_specification_comes_to_its_figure(client: FlaskClient) -> None:
    go_through(client, IN_A_CARE_HOME)
    words = read(client, RESULT)
    assert "You would pay £209.70 each week towards your care." in words
    assert "This is an estimate for 6 May 2024." in words


def test_somebody_who_does_not_know_the_cost_is_told_the_most_they_would_pay(client: FlaskClient) -> None:
    go_through(client, SPREAD["the cost not known"])
    assert "You would pay at most £" in read(client, RESULT)


def test_the_full_cost_is_no_figure_where_nobody_knows_it(client: FlaskClient) -> None:
    go_through(client, SPREAD["too much capital and the cost not known"])
    words = read(client, RESULT)
    assert "You would pay the full cost of your care." in words
    assert "10,000" not in words


def test_nothing_is_stored_by_an_estimate_on_pages_or_by_the_api(site: Flask, client: FlaskClient, kept: Kept) -> None:
    before = rows_of(kept.council)
    client.get(f"/estimate?council={kept.council.code}")
    go_through(client, AT_HOME)
    body = client.get("/estimate/request.json").get_json()
    assert client.get(RESULT).status_code == 200
    assert site.test_client().post(ESTIMATES, json=body).status_code == 200
    assert rows_of(kept.council) == before


def test_answers_are_another_browser_s_secret_and_end_with_the_session(site: Flask, client: FlaskClient) -> None:
    go_through(client, AT_HOME)
    assert site.test_client().get(RESULT).headers["Location"] == "/estimate/care"
    cookie = client.get_cookie("careledger")
    assert cookie
    assert cookie.expires is None
    assert cookie.http_only


def test_answers_can_be_forgotten(client: FlaskClient) -> None:
    go_through(client, AT_HOME)
    assert send(client, "/estimate/forget", {}).headers["Location"] == "/estimate"
    assert client.get(CHECK).headers["Location"] == "/estimate/care"


def test_everything_answered_at_its_longest_fits_into_a_cookie(client: FlaskClient) -> None:
    """A browser may drop a cookie of more than 4,096 bytes, its name and marks included."""
    longest = paid("98765432.10", "four_weekly")
    answers = {
        **AT_HOME,
        "care": {"care": "care_home_permanent"},
        "income": {"income": [*_INCOME]},
        **{f"income-{kind}": paid(f"9876543{n % 10}.1{n % 7}", "four_weekly") for n, kind in enumerate(_INCOME)},
        "capital": {"capital": [*_CAPITAL]},
        **{f"capital-{kind}": held(f"98765{n}32.1{n % 7}", "99") for n, kind in enumerate(_CAPITAL)},
        "capital-main_home": held("987654321.12", "98", debt="98765432.13", costs="yes"),
        "capital-second_property": held("987654321.14", "97", debt="98765432.15", costs="no"),
        "home-lives": {"home-lives": "none"},
        "home-since": day_boxes("home-since", "2024-04-22"),
        "outgoings": {"outgoings": [*OUTGOINGS]},
        **{f"outgoing-{kind}": longest for kind in OUTGOINGS},
    }
    go_through(client, answers)
    go_through_again(client, {**answers, "care": {"care": "own_home"}})
    cookie = client.get_cookie("careledger")
    assert cookie
    assert len(f"careledger={cookie.value}; HttpOnly; Path=/; SameSite=Lax") < 3500


def go_through_again(client: FlaskClient, answers: dict[str, Form]) -> None:
    """Change where care will be, and answer what that opens."""
    send(client, "/estimate/care", {**answers["care"], "change": "yes"})
    go_through(client, answers)


def test_the_way_back_leads_to_the_question_before_with_its_answer(client: FlaskClient) -> None:
    go_through(client, AT_HOME)
    page = client.get("/estimate/cost").get_data(as_text=True)
    assert re.search(r'aria-label="Back"><a class="govuk-link" href="/estimate/cost-known"', page)
    assert 'value="300.00"' in page
    assert re.search(
        r'value="four_weekly" checked', client.get("/estimate/income-state_pension").get_data(as_text=True)
    )
    born = client.get("/estimate/date-of-birth").get_data(as_text=True)
    assert all(f'value="{part}"' in born for part in ("1", "2", "1934"))


def test_an_answer_is_changed_from_the_list_and_leads_back_to_it(client: FlaskClient) -> None:
    go_through(client, AT_HOME)
    page = client.get(CHECK).get_data(as_text=True)
    assert 'href="/estimate/cost?change=yes"' in page
    asked = client.get("/estimate/cost?change=yes").get_data(as_text=True)
    assert 'name="change" value="yes"' in asked
    assert re.search(rf'aria-label="Back"><a class="govuk-link" href="{CHECK}"', asked)
    assert send(client, "/estimate/cost", {"cost": "12.34", "change": "yes"}).headers["Location"] == CHECK
    assert "£12.34" in read(client, CHECK)


def test_a_change_that_opens_a_question_asks_it_and_keeps_the_others(client: FlaskClient) -> None:
    go_through(client, AT_HOME)
    more = {"income": ["state_pension", "attendance_allowance", "annuity"], "change": "yes"}
    assert send(client, "/estimate/income", more).headers["Location"] == "/estimate/income-annuity?change=yes"
    assert send(client, "/estimate/income-annuity", paid("5") | {"change": "yes"}).headers["Location"] == CHECK


def test_an_answer_that_matters_no_more_is_left_out_and_comes_back_when_it_does(client: FlaskClient) -> None:
    go_through(client, AT_HOME)
    before = read(client, RESULT)
    send(client, "/estimate/care", {"care": "care_home_permanent", "change": "yes"})
    assert client.get("/estimate/outgoings").headers["Location"] == CHECK
    assert client.get("/estimate/request.json").get_json()["outgoings"] == []
    send(client, "/estimate/care", {"care": "own_home", "change": "yes"})
    assert read(client, RESULT) == before


def test_a_question_that_comes_later_leads_to_the_one_that_is_open(client: FlaskClient) -> None:
    assert client.get("/estimate/household").headers["Location"] == "/estimate/care"
    assert send(client, "/estimate/household", {"household": "couple"}).headers["Location"] == "/estimate/care"
    assert client.get("/estimate/nothing").status_code == 404
    for path in (CHECK, RESULT, "/estimate/request.json", "/estimate/send"):
        assert client.get(path).headers["Location"] == "/estimate/care"


WRONG: dict[str, tuple[Form, str, str]] = {
    "care": ({"care": "on the moon"}, "care", "Choose where you will get care"),
    "age": ({}, "age", "Choose one of these"),
    "date-of-birth": (day_boxes("date-of-birth", "1934-02-30"), "date-of-birth", "There is no such day"),
    "household": ({}, "household", "Choose one of these"),
    "children": ({"children": "21"}, "children", "Enter a whole number from 0 to 20"),
    "premiums": ({"premiums": ["none", "carer"]}, "premiums", "not both"),
    "income": ({}, "income", "Choose what applies to you, or “I get none of these”"),
    "income-state_pension": ({"amount": "12.345", "frequency": "weekly"}, "amount", "Enter an amount in pounds"),
    "income-attendance_allowance": ({"amount": "1,00"}, "amount", "Enter an amount in pounds"),
    "capital": ({"capital": ["none", "savings"]}, "capital", "not both"),
    "capital-savings": ({"value": "-1", "owners": "0"}, "owners", "Enter a whole number from 1 to 100"),
    "outgoings": ({}, "outgoings", "Choose what applies to you, or “I pay none of these”"),
    "outgoing-rent": ({"amount": "9"}, "frequency", "Choose how often"),
    "disability-costs": ({"amount": "", "frequency": "weekly"}, "amount", "Enter an amount, such as 312.50"),
    "cost-known": ({}, "cost-known", "Choose yes or no"),
    "cost": ({"cost": "a lot"}, "cost", "Enter an amount in pounds, such as 312.50"),
    "day": ({"day-day": "6"}, "day", "Enter a day with its month and year"),
}


@pytest.mark.parametrize("slug", AT_HOME)
def test_an_answer_that_cannot_be_read_is_said_where_it_stands_and_loses_nothing(
    client: FlaskClient, slug: str
) -> None:
    go_through(client, AT_HOME)
    typed, field, sentence = WRONG[slug]
    answer = send(client, f"/estimate/{slug}", typed)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "<title>Error: " in html
    assert re.search(rf'<a href="#{field}">[^<]*{re.escape(sentence)}', html)
    assert re.search(rf'id="{field}"', html)
    for value in typed.values():
        if isinstance(value, str) and value and field != "care":
            assert f'value="{value}"' in html
    assert client.get(RESULT).status_code == 200  # what was answered before stands


@pytest.mark.parametrize(
    ("answers", "question", "sentence"),
    [
        (answering(AT_HOME, day=day_boxes("day", "2031-05-06")), "day", UNKNOWN_IN_2031),
        (answering(AT_HOME, **{"date__of__birth": day_boxes("date-of-birth", "2010-01-01")}), "date-of-birth", "18 or"),
    ],
)
def test_where_there_is_no_result_the_answer_to_change_is_named(
    client: FlaskClient, answers: dict[str, Form], question: str, sentence: str
) -> None:
    go_through(client, answers)
    page = client.get(RESULT)
    assert page.status_code == 422
    assert re.search(rf'<a href="#{question}">[^<]*{sentence}', page.get_data(as_text=True))


def test_an_address_may_say_for_which_council_the_estimate_is(client: FlaskClient, kept: Kept) -> None:
    assert client.get(f"/estimate?council={kept.council.code}").status_code == 303
    assert "Example Council" in words_of(client.get("/estimate"))
    assert client.get("/estimate?council=E99999999").status_code == 404


def test_the_result_says_what_it_does_not_cover_and_can_be_printed(client: FlaskClient) -> None:
    go_through(client, AT_HOME)
    words = read(client, RESULT)
    assert "What this does not cover" in words
    assert "You can print this page." in words
    assert "Your council makes its own money check and decides." in words


def test_every_question_that_can_be_asked_is_asked_of_somebody_here() -> None:
    """So that the tests of a browser, which go through these, see each page."""
    asked = {slug.partition("-")[0] if "-" in slug else slug for answers in SPREAD.values() for slug in answers}
    assert {"care", "age", "household", "children", "premiums", "income", "capital", "home", "outgoings"} <= asked
    assert first_open({}) is not None


def send_form(**other: Any) -> dict[str, Any]:
    """Who sends the estimate, as the form has it."""
    who = {"name": "Ada Ames", **day_boxes("born", "1934-02-01"), "phone": "01632 960 001", "agreed": "yes"}
    return {**who, "key": "0" * 32, **other}


@pytest.fixture
def about_to_send(client: FlaskClient, council: Council) -> FlaskClient:
    client.get(f"/estimate?council={council.code}")
    go_through(client, AT_HOME)
    return client


def test_an_estimate_is_sent_once_however_often_the_form_is_and_its_reference_shown(
    about_to_send: FlaskClient, council: Council
) -> None:
    page = about_to_send.get("/estimate/send").get_data(as_text=True)
    assert 'value="1934"' in page  # who gave a date of birth is not asked again
    token = token_of(page)
    for _ in range(2):
        answer = about_to_send.post("/estimate/send", data={"csrf_token": token, **send_form()})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/estimate/sent")
    (received,) = council.received.all()
    assert received.reference in read(about_to_send, "/estimate/sent")
    assert received.reference in read(about_to_send, RESULT)
    assert re.fullmatch(r"ES-[0-9A-Z]{4}-[0-9A-Z]{4}", received.reference)
    assert (received.state, received.sender.name) == ("received", "Ada Ames")
    assert received.sender.agreed_to == AGREED
    assert received.asked == about_to_send.get("/estimate/request.json").get_json()


def test_the_same_form_sent_by_two_browsers_at_once_is_one_estimate(council: Council) -> None:
    sender = Sender(name="Ada", date_of_birth=date(1934, 2, 1), contact=Contact(email="a@b.uk"), agreed_to=AGREED)
    references = {council.received.receive("form", sender, {}, {}, now=NOON) for _ in range(3)}
    assert len(references) == len(council.received.all()) == 1


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"name": "  "}, "name", "Enter your name"),
        (day_boxes("born", "1934-02-31"), "born", "There is no such day"),
        ({"phone": ""}, "email", "Tell us one way to reach you"),
        ({"email": "ada at example"}, "email", "Enter an email address like"),
        ({"agreed": ""}, "agreed", "Agree, or do not send your answers"),
    ],
    ids=str,
)
def test_what_is_missing_is_said_and_nothing_is_stored_or_lost(
    about_to_send: FlaskClient, council: Council, wrong: Form, field: str, sentence: str
) -> None:
    address = "" if "phone" in wrong else "1 High Street\nEX1 1AB"
    answer = send(about_to_send, "/estimate/send", {**send_form(address=address), **wrong})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert re.search(rf'<a href="#{field}">[^<]*{sentence}', html)
    assert 'value="1934"' in html
    assert address in html
    assert council.received.all() == []


def test_only_so_many_estimates_are_taken_a_day(
    about_to_send: FlaskClient, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.vault.received.MOST_A_DAY", 1)
    sender = Sender(name="Ada", date_of_birth=date(1934, 2, 1), contact=Contact(email="a@b.uk"), agreed_to=AGREED)
    council.received.receive("another form", sender, {}, {}, now=NOON)
    answer = send(about_to_send, "/estimate/send", send_form())
    assert answer.status_code == 409
    assert "We cannot take more estimates today." in words_of(answer)
    assert about_to_send.get(RESULT).status_code == 200


def test_where_there_are_several_councils_and_none_was_chosen_there_is_nobody_to_send_to(client: FlaskClient) -> None:
    go_through(client, AT_HOME)
    assert "begin from the link on its own website" in read(client, RESULT)
    assert client.get("/estimate/send").headers["Location"] == RESULT
    assert client.get("/estimate/sent").headers["Location"] == RESULT


def test_no_form_of_another_site_sends_or_answers_anything(about_to_send: FlaskClient, council: Council) -> None:
    for path in ("/estimate/send", "/estimate/care", "/estimate/forget"):
        assert about_to_send.post(path, data=send_form()).status_code == 400
    assert council.received.all() == []
