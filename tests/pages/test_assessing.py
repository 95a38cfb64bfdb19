"""Does an officer make an assessment, or accept what somebody sent, seeing the working before anything is recorded?"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.anyone.estimate.asked import body_of, read
from api.pages.anyone.estimate.send import AGREED
from api.pages.asked import Asked
from api.pages.assessing.read import read_request
from api.pages.assessing.typed import form_of, with_another_line, without_line
from api.v1.assessment_bodies import to_assess
from domain import parameters
from domain.account.facts import FinancialAssessed
from domain.law.financial_assessment import assess
from ledger.council import Council
from ledger.vault.person import Contact
from ledger.vault.received import AlreadyDecided, Received, Sender
from tests.api.kept import kept as rows_of
from tests.conftest import NOON
from tests.pages.conftest import signed_in_client
from tests.pages.estimating import SPREAD, answers_of, token_of
from tests.pages.office import Office
from tests.pages.reading import read as words_on
from tests.pages.reading import words_of

BORN = date(1934, 2, 1)
FULL = {
    "type": "full",
    "assessed_on": "1/5/2024",
    "effective_from": "6/5/2024",
    "setting": "care_home_permanent",
    "cost": "685.37",
    "household": "single",
    "age": "pension_age",
    "children": "0",
    "percentage": "100",
    "income-count": "2",
    "income-1-kind": "state_pension",
    "income-1-amount": "227.55",
    "income-1-frequency": "weekly",
    "income-2-kind": "savings_credit",
    "income-2-amount": "7.25",
    "income-2-frequency": "weekly",
    "capital-count": "1",
    "capital-1-kind": "savings",
    "capital-1-value": "17,050.91",
}
"""The example of the specification, as an officer types it: £209.70 a week."""
WORDS = ("Would not say", "Bank letter", "Keeps a garden", "Larger", "Oil", "Gym", "Health")


@pytest.fixture(scope="module")
def office(new_council: Callable[[], Council]) -> Office:
    return Office(new_council())


@pytest.fixture
def account(office: Office) -> UUID:
    return office.open(f"P-{len(office.council.people.by_name())}", "Ada", "Ames")


@pytest.fixture
def officer(site: Flask, office: Office) -> FlaskClient:
    return signed_in_client(site, office.council, "assessor")


def sent(council: Council, name: str = "in a care home") -> Received:
    """An estimate that somebody sent, as the pages keep it."""
    asked = body_of(answers_of(SPREAD[name]), date(2026, 11, 22))
    figures = assess(to_assess(read(asked)), parameters.load).model_dump(mode="json")
    sender = Sender(
        name="Ada Ames", date_of_birth=BORN, contact=Contact(phone="01632 960 001", address=("1 High Street",)),
        agreed_to=AGREED,
    )  # fmt: skip
    form = f"{len(council.received.all())}"
    return council.received.one(council.received.receive(form, sender, asked, figures, now=NOON))


def new(account: UUID) -> str:
    return f"/accounts/{account}/financial-assessments/new"


def post(client: FlaskClient, path: str, form: dict[str, Any], page: str = "") -> Any:
    """Send a form with the token and the key of the page it stands on."""
    html = client.get(page or path).get_data(as_text=True)
    return client.post(path, data={"csrf_token": token_of(html), "key": "0" * 32, **form})


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found
    return found[1]


def assessments(office: Office, account: UUID) -> list[FinancialAssessed]:
    return [fact for _, fact in office.council.ledger.account(account).of(FinancialAssessed)]


def test_an_assessment_is_recorded_once_after_its_working_was_seen(
    officer: FlaskClient, office: Office, account: UUID
) -> None:
    worked_out = post(officer, new(account), {**FULL, "do": "work out"})
    html = worked_out.get_data(as_text=True)
    assert worked_out.status_code == 200
    assert "£209.70 a week from 6 May 2024." in words_of(html)
    assert assessments(office, account) == []
    confirmed = {**FULL, "seen": hidden(html, "seen"), "do": "record"}
    answers = [post(officer, new(account), confirmed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    (fact,) = assessments(office, account)
    assert str(fact.weekly_contribution) == "209.70"
    assert "The financial assessment was recorded." in words_on(officer, answers[0].headers["Location"])


def test_what_was_changed_after_the_working_was_seen_is_shown_again_and_not_recorded(
    officer: FlaskClient, office: Office, account: UUID
) -> None:
    seen = hidden(post(officer, new(account), {**FULL, "do": "work out"}).get_data(as_text=True), "seen")
    answer = post(officer, new(account), {**FULL, "cost": "100", "seen": seen, "do": "record"})
    assert "Something was changed since you saw the working." in words_of(answer)
    assert "£100.00 a week" in words_of(answer)
    assert assessments(office, account) == []


def test_nothing_is_recorded_unseen(officer: FlaskClient, office: Office, account: UUID) -> None:
    assert post(officer, new(account), {**FULL, "do": "record"}).status_code == 200
    assert assessments(office, account) == []


def test_lines_are_added_and_removed_without_losing_what_was_typed(officer: FlaskClient, account: UUID) -> None:
    more = post(officer, new(account), {**FULL, "income-1-amount": "rubbish", "do": "add income"})
    html = more.get_data(as_text=True)
    assert more.status_code == 200
    assert 'name="income-3-kind"' in html
    assert 'value="rubbish"' in html
    fewer = post(officer, new(account), {**FULL, "do": "remove income 1"}).get_data(as_text=True)
    assert 'name="income-2-kind"' not in fewer
    assert 'value="7.25"' in fewer
    assert 'value="227.55"' not in fewer


def test_a_line_that_is_not_there_is_neither_removed_nor_added() -> None:
    typed = form_of({"type": "full", "income": [{"kind": "esa", "weekly": "1.00"}]})
    assert without_line(typed, "income", 2) == without_line(typed, "teapots", 1) == typed
    assert with_another_line(typed, "teapots") == typed


@pytest.mark.parametrize("name", SPREAD)
def test_what_was_sent_fills_the_form_so_that_it_asks_the_same(name: str) -> None:
    body = body_of(answers_of(SPREAD[name]), date(2026, 11, 22))
    typed = form_of(body)
    asked = Asked(typed)
    found = read_request(asked, typed)
    assert asked.errors == {}
    assert found
    assert to_assess(found) == to_assess(read(body))


@pytest.mark.parametrize(
    ("other", "outcome"),
    [
        ({"type": "refused", "note": "Would not say"}, "full_cost"),
        ({"type": "light_touch", "taken_to_be": "above", "consent": "yes", "evidence": "Bank letter"}, "full_cost"),
        ({"type": "light_touch", "taken_to_be": "below", "consent": "yes", "evidence": "Bank letter"}, "contribution"),
        ({"allowance-amount": "40", "allowance-reason": "Keeps a garden"}, "contribution"),
        (
            {
                "setting": "own_home", "premiums": ["carer"], "guarantee-amount": "300", "guarantee-reason": "Larger",
                "outgoings-count": "1", "outgoings-1-kind": "rent", "outgoings-1-amount": "20",
                "outgoings-1-frequency": "weekly", "expenses-count": "1", "expenses-1-amount": "5",
                "expenses-1-frequency": "monthly", "expenses-1-description": "Oil",
                "left_out-count": "1", "left_out-1-amount": "1", "left_out-1-frequency": "weekly",
                "left_out-1-description": "Gym", "left_out-1-reason": "Health", "percentage": "80",
                "ending_before": "1/4/2025",
            },
            "nil",
        ),
        (
            {
                "capital-count": "2", "capital-2-kind": "main_home", "capital-2-value": "200000",
                "capital-2-share": "0.5", "capital-2-debt": "1000", "capital-2-costs": "yes",
                "capital-2-since": "22/4/2024", "capital-2-stays": "1/1/2024 to 15/1/2024",
            },
            "contribution",
        ),
        (
            {
                "capital-count": "2", "capital-2-kind": "notional", "capital-2-value": "3000", "capital-2-owners": "1",
                "capital-2-diminishes": "8/4/2024",
            },
            "contribution",
        ),
    ],
    ids=["refused", "above", "below", "a larger allowance", "everything at home", "the home", "notional"],
)  # fmt: skip
def test_every_way_to_assess_can_be_recorded(
    officer: FlaskClient, office: Office, account: UUID, other: dict[str, Any], outcome: str
) -> None:
    form = {**FULL, **other}
    html = post(officer, new(account), {**form, "do": "work out"}).get_data(as_text=True)
    answer = post(officer, new(account), {**form, "seen": hidden(html, "seen"), "do": "record"})
    assert answer.status_code == 303, words_of(html)
    (fact,) = assessments(office, account)
    assert fact.outcome == outcome
    kept = office.council.people.texts(account)
    assert {text for texts in kept.values() for text in texts.values()} == {
        text for text in other.values() if text in WORDS
    }


@pytest.mark.parametrize(
    ("wrong", "box", "sentence"),
    [
        ({"assessed_on": ""}, "assessed_on", "Enter a day"),
        ({"effective_from": "30/2/2024"}, "effective_from", "There is no such day"),
        ({"effective_from": "6/5/2031"}, "effective_from", "is in force on 2031-05-06"),
        ({"ending_before": "1/5/2024"}, "ending_before", "This span ends before it begins"),
        ({"setting": "moon"}, "setting", "Use one of"),
        ({"cost": "lots"}, "cost", "Enter an amount in pounds"),
        ({"cost": ""}, "cost", "Enter what the care costs a week"),
        ({"household": ""}, "household", "Use one of"),
        ({"age": "birth"}, "born", "Enter the date of birth"),
        ({"age": "birth", "born": "3/5/1941"}, "born", "This is not the date of birth kept for the person"),
        ({"children": "many"}, "children", "Enter a whole number from 0 to 20"),
        ({"percentage": "101"}, "percentage", "Give a percentage from 0 to 100"),
        ({"income-1-amount": ""}, "income-1-amount", "Fill this in, or remove the line"),
        ({"income-2-amount": "£"}, "income-2-amount", "Enter an amount in pounds"),
        ({"income-1-kind": "gold"}, "income-1-kind", "Use one of"),
        ({"capital-1-owners": "0"}, "capital-1-owners", "Enter a whole number from 1 to 100"),
        ({"capital-1-share": "half"}, "capital-1-share", "Enter the share as part of the whole"),
        ({"capital-1-stays": "May"}, "capital-1-stays", "Enter each stay as its first day"),
        ({"capital-1-since": "22/4/2024"}, "capital-1-kind", "are said of the main_home alone"),
        ({"capital-1-diminishes": "22/4/2024"}, "capital-1-kind", "is said of notional capital alone"),
        (
            {"capital-1-kind": "notional", "capital-1-diminishes": "22/4/2025"}, "capital-add",
            "diminishes_from has to be effective_from or an earlier day",
        ),
        ({"allowance-amount": "1", "allowance-reason": "x"}, "allowance-amount", "and never less"),
        ({"allowance-amount": "50"}, "allowance-reason", "Say why the council leaves more"),
        ({"type": "light_touch", "consent": "yes"}, "evidence", "Say what evidence it rests on"),
        ({"type": "light_touch", "evidence": "x"}, "consent", "A light touch needs"),
        (
            {"left_out-count": "1", "left_out-1-amount": "1", "left_out-1-frequency": "weekly"}, "left_out-1-reason",
            "Fill this in",
        ),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_read_is_said_at_its_box_and_nothing_is_lost(
    officer: FlaskClient, office: Office, account: UUID, wrong: dict[str, str], box: str, sentence: str
) -> None:
    answer = post(officer, new(account), {**FULL, **wrong, "do": "work out"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert re.search(rf'<a href="#{box}">[^<]*{sentence}', html), re.findall(r'<a href="#[^<]*', html)
    assert f'id="{box}"' in html
    assert all(f'value="{typed}"' in html for name, typed in FULL.items() if name not in wrong)
    assert assessments(office, account) == []


def test_an_estimate_is_listed_and_shown_with_what_was_said_and_what_it_comes_to(
    officer: FlaskClient, office: Office
) -> None:
    received = sent(office.council)
    assert received.reference in words_on(officer, "/received")
    words = words_on(officer, f"/received/{received.reference}")
    for said in ("Ada Ames", "1 February 1934", "01632 960 001", "State Pension: £227.55 every week", "£209.70 a week"):
        assert said in words
    assert "Every line is as the sender saw it." in words


def test_an_estimate_is_accepted_as_it_stands_with_its_reference_as_evidence_and_once(
    officer: FlaskClient, office: Office
) -> None:
    received, account = sent(office.council), open_for(office, born=BORN)
    reference = office.council.ledger.account(account).opened.reference
    page = f"/received/{received.reference}?q={reference}"
    assert f"Accept as it stands for {reference}" in words_on(officer, page)
    form = {"account": str(account), "q": reference}
    answers = [post(officer, f"/received/{received.reference}/accept", form, page) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    (fact,) = assessments(office, account)
    assert fact.model_dump(mode="json")["lines"] == received.figures["lines"]
    assert office.council.people.texts(account) == {2: {"evidence": f"Received estimate {received.reference}"}}
    decided = office.council.received.one(received.reference)
    assert decided.state == "accepted"
    (decision,) = decided.decisions
    entry = office.council.ledger.account(account).entries[-1]
    assert (decision.account_id, decision.entry_id, decision.recorded_by) == (account, entry.id, "alice")
    again = post(officer, f"/received/{received.reference}/accept", {**form, "key": "1" * 32}, page)
    assert again.status_code == 409
    assert len(assessments(office, account)) == 1
    assert "Accepted on" in words_on(officer, f"/received/{received.reference}")


def open_for(office: Office, born: date | None) -> UUID:
    """An account of somebody with a date of birth, or with none kept."""
    return office.open(f"Q-{len(office.council.people.by_name())}", "Ada", "Ames", born=born)


def test_an_estimate_of_somebody_of_another_age_is_not_accepted_for_an_account(
    officer: FlaskClient, office: Office, account: UUID
) -> None:
    received = sent(office.council)
    form = {"account": str(account), "q": "Ames"}
    answer = post(officer, f"/received/{received.reference}/accept", form, f"/received/{received.reference}?q=Ames")
    assert answer.status_code == 422
    assert "This is not the date of birth kept for the person" in words_of(answer)
    assert assessments(office, account) == []
    assert office.council.received.one(received.reference).state == "received"


def test_two_officers_who_decide_at_once_decide_once(office: Office) -> None:
    received = sent(office.council)
    office.council.received.decline(received, "Sent twice", now=NOON, by="one")
    with pytest.raises(AlreadyDecided):
        office.council.received.decline(received, "Sent twice", now=NOON, by="other")
    with pytest.raises(AlreadyDecided):
        office.council.received.decline(
            office.council.received.one(received.reference), "Sent twice", now=NOON, by="other"
        )


def test_an_estimate_is_amended_and_recorded_in_one(officer: FlaskClient, office: Office, account: UUID) -> None:
    received = sent(office.council)
    page = f"{new(account)}?received={received.reference}"
    html = officer.get(page).get_data(as_text=True)
    assert received.reference in words_of(html)
    assert 'value="227.55"' in html
    form = {**FULL, "received": received.reference, "income-1-amount": "230"}
    worked_out = post(officer, new(account), {**form, "do": "work out"}).get_data(as_text=True)
    answer = post(officer, new(account), {**form, "seen": hidden(worked_out, "seen"), "do": "record"})
    assert answer.status_code == 303
    assert str(assessments(office, account)[0].weekly_contribution) == "212.15"
    assert office.council.received.one(received.reference).state == "accepted"


def test_an_estimate_is_declined_with_a_reason_and_can_still_be_accepted(officer: FlaskClient, office: Office) -> None:
    received = sent(office.council)
    path = f"/received/{received.reference}"
    assert post(officer, f"{path}/decline", {"reason": " "}, path).status_code == 422
    assert post(officer, f"{path}/decline", {"reason": "Lives elsewhere"}, path).status_code == 303
    words = words_on(officer, path)
    assert "The estimate was declined." in words
    assert "by alice: Lives elsewhere." in words
    assert "Decline it" not in words
    account = open_for(office, born=None)
    form = {"account": str(account)}
    assert post(officer, f"{path}/accept", form, path).status_code == 303
    assert office.council.received.one(received.reference).state == "accepted"


def test_an_estimate_that_comes_to_something_else_today_says_which_lines_differ(
    officer: FlaskClient, office: Office
) -> None:
    received = sent(office.council)
    changed = [
        {**line, "amount": "11.00"} if line["step"] == "tariff_income" else line for line in received.figures["lines"]
    ]
    changed[0] = {**changed[0], "label": "Savings, as they were called"}
    figures = {**received.figures, "lines": changed, "weekly_contribution": "208.70"}
    reference = office.council.received.receive("other figures", received.sender, received.asked, figures, now=NOON)
    words = words_on(officer, f"/received/{reference}")
    assert "The sender was shown £208.70." in words
    assert re.search(r"Income from capital: [^£]*£1 a week [^%]*£14,250.00 £11.00 £12.00", words)
    assert "Savings, as they were called £17,050.91 Not there" in words


def test_finance_reads_what_was_received_and_decides_nothing(site: Flask, office: Office, account: UUID) -> None:
    received = sent(office.council)
    finance = signed_in_client(site, office.council, "finance")
    words = words_on(finance, f"/received/{received.reference}")
    assert "£209.70 a week" in words
    assert "Accept it for an account" not in words
    assert "Make a financial assessment" not in words_on(finance, f"/accounts/{account}")
    assert finance.get(new(account)).status_code == 403


def test_an_estimate_that_is_not_there_or_another_council_s_is_not_found(
    site: Flask, officer: FlaskClient, office: Office, council: Council
) -> None:
    received = sent(office.council)
    assert officer.get("/received/ES-0000-0000").status_code == 404
    assert signed_in_client(site, council, "assessor").get(f"/received/{received.reference}").status_code == 404


def test_the_account_leads_to_the_form(officer: FlaskClient, account: UUID) -> None:
    assert new(account) in officer.get(f"/accounts/{account}").get_data(as_text=True)


def test_working_an_assessment_out_keeps_nothing(officer: FlaskClient, office: Office, account: UUID) -> None:
    before = rows_of(office.council)
    post(officer, new(account), {**FULL, "do": "work out"})
    post(officer, new(account), {**FULL, "do": "add capital"})
    assert rows_of(office.council) == before
