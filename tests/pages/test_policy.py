"""Is an amount of law found, entered, decided and undone on the pages, by two people, with its source and its days?"""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.policy import Role
from domain import parameters
from ledger.council import Council
from tests.pages.conftest import Kept, signed_in_client
from tests.pages.reading import read, words_of

ASKED = {
    "parameter": "personal_expenses_allowance",
    "from-day": "1",
    "from-month": "7",
    "from-year": "2026",
    "amount": "£40",
    "authority": "Cabinet, minute 17",
    "certainty": "official",
}
Somebody = Callable[..., FlaskClient]


@pytest.fixture
def somebody(site: Flask, council: Council) -> Somebody:
    """Browsers of a council of this test's own."""
    return lambda sub, role="policy": signed_in_client(site, council, role, sub=sub)


@pytest.fixture
def ann(somebody: Somebody) -> FlaskClient:
    return somebody("ann")


@pytest.fixture
def ben(somebody: Somebody) -> FlaskClient:
    return somebody("ben", "finance_approver")


def form_of(html: str, label: str) -> dict[str, str]:
    """The hidden fields of the form of this name."""
    form = html.partition(f'aria-label="{label}"')[2].partition("</form>")[0]
    assert form, label
    return dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', form))


def proposed(client: FlaskClient, **other: str) -> str:
    """The address of the change that is proposed by going through the form."""
    check = client.get("/policy/new/check", query_string=ASKED | other).get_data(as_text=True)
    answer = client.post("/policy/changes", data=form_of(check, "Propose the amount"))
    assert answer.status_code == 303
    return answer.headers["Location"]


def press(client: FlaskClient, path: str, label: str) -> str:
    """What the page says after a button of it was pressed."""
    form = form_of(client.get(path).get_data(as_text=True), label)
    step = "approval" if label == "Approve the change" else "reversal"
    assert client.post(f"{path}/{step}", data=form).status_code == 303
    return read(client, path)


def test_every_amount_is_listed_with_its_source_and_what_is_not_known_is_said(ann: FlaskClient) -> None:
    html = ann.get("/policy?on=2026-07-01").get_data(as_text=True)
    said = words_of(html)
    assert all(f'id="{name}"' in html for name in parameters.names())
    assert "£31.80 a week 6 April 2026 SI 2014/2672 reg 6" in said
    assert "Another source was read" in said
    assert "Not known Enter carer premium" in said
    assert re.search(r"[0-9]+ amounts not known for this day\.", said)
    assert "Minimum weekly charge A contribution below this amount is not charged" in said
    assert "Not set Enter minimum weekly charge" in said
    assert "Enter cap on care costs" not in said


def test_an_amount_is_seen_before_it_is_proposed_and_counts_once_somebody_else_approves_it(
    ann: FlaskClient, ben: FlaskClient, council: Council
) -> None:
    check = words_of(ann.get("/policy/new/check", query_string=ASKED))
    assert "1 July 2026 to 5 April 2027 £31.80 a week £40.00 a week" in check
    assert council.amounts.changes == ()
    path = proposed(ann)
    waiting = read(ann, path)
    assert "The amount is proposed. It counts once a second person approves it." in waiting
    assert "You proposed these amounts. A second person has to approve them." in waiting
    assert "Change 1" in read(ben, "/policy")
    assert "The change is approved. Its amounts count from now on." in press(ben, path, "Approve the change")
    assert "£40.00 a week Our own 1 July 2026 Cabinet, minute 17" in read(ann, "/policy?on=2026-07-01")
    assert "Approved 22 November 2026 at 12:00" in read(ann, path)


def test_undoing_takes_two_people(ann: FlaskClient, ben: FlaskClient, council: Council) -> None:
    path = proposed(ann)
    press(ben, path, "Approve the change")
    said = press(ben, path, "Propose to reverse the change")
    assert "You proposed to reverse this change. A second person has to decide it." in said
    assert "Its amounts no longer count." in press(ann, path, "Reverse the change")
    assert council.amounts.changes[0].status == "reversed"
    assert "Reverse the change" not in read(ann, path)


def test_what_nobody_approved_is_withdrawn(ann: FlaskClient) -> None:
    path = proposed(ann)
    assert "Its amounts never counted." in press(ann, path, "Withdraw the change")


def test_a_form_that_is_sent_twice_acts_once(ann: FlaskClient, ben: FlaskClient, council: Council) -> None:
    check = form_of(ann.get("/policy/new/check", query_string=ASKED).get_data(as_text=True), "Propose the amount")
    places = {ann.post("/policy/changes", data=check).headers["Location"] for _ in range(2)}
    assert (len(places), len(council.amounts.changes)) == (1, 1)
    (path,) = places
    approve = form_of(ben.get(path).get_data(as_text=True), "Approve the change")
    assert [ben.post(f"{path}/approval", data=approve).status_code for _ in range(2)] == [303, 303]
    assert [step.kind for step in council.amounts.changes[0].steps] == ["proposed", "approved"]


def test_what_is_refused_is_said_in_words(ann: FlaskClient, ben: FlaskClient) -> None:
    path = proposed(ann)
    form = form_of(ben.get(path).get_data(as_text=True), "Approve the change")
    own = form | {"csrf_token": form_of(ann.get(path).get_data(as_text=True), "Withdraw the change")["csrf_token"]}
    refused = ann.post(f"{path}/approval", data=own)
    assert (refused.status_code, "Ask a second person." in words_of(refused)) == (409, True)
    assert ben.post(f"{path}/approval", data=form | {"key": "again"}).status_code == 400


@pytest.mark.parametrize(
    ("other", "field", "mended"),
    [
        ({"parameter": ""}, "parameter", "Choose an amount of law"),
        ({"parameter": "cap_on_care_costs"}, "parameter", "Choose an amount of law"),
        ({"from-day": "31", "from-month": "6"}, "from", "There is no such day"),
        ({"from-day": "", "from-month": "", "from-year": ""}, "from", "Enter the first day"),
        ({"amount": ""}, "amount", "Enter the amount"),
        ({"amount": "about 40"}, "amount", "Enter the amount in figures"),
        ({"amount": "40.5"}, "amount", "Write pounds and pence"),
        ({"amount": "31.79"}, "amount", "On 1 July 2026 national law leaves people £31.80 a week."),
        ({"amount": "1,000,000,000"}, "amount", "Write the figure"),
        (
            {"parameter": "capital_limit_upper", "amount": "30,000"},
            "from",
            "On 1 July 2026 national law says £23,250.00",
        ),
        ({"authority": " "}, "authority", "Enter where the amount is written"),
        ({"certainty": "sure"}, "certainty", "Choose how sure you are"),
    ],
)
def test_what_cannot_be_entered_is_told_at_its_field_and_nothing_typed_is_lost(
    other: dict[str, str], field: str, mended: str, ann: FlaskClient
) -> None:
    answer = ann.get("/policy/new/check", query_string=ASKED | other)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert re.search(rf'<a href="#{field}">[^<]*{re.escape(mended)}', html)
    assert f'id="{field}"' in html
    kept = {name: value for name, value in (ASKED | other).items() if name in ("amount", "authority")}
    assert all(f'value="{value.strip()}"' in html for value in kept.values() if value.strip())


@pytest.mark.parametrize("amount", ["30,000", "30000.00", "£30,000.00"])
def test_an_amount_is_read_as_people_type_it(amount: str, ann: FlaskClient) -> None:
    name = "capital_limit_upper_outside_care_homes"
    check = words_of(ann.get("/policy/new/check", query_string=ASKED | {"parameter": name, "amount": amount}))
    assert "From 1 July 2026 Not known £30,000.00" in check


def test_a_figure_that_is_no_pounds_is_typed_as_it_is_counted(ann: FlaskClient) -> None:
    rate = {"parameter": "deferred_payment_interest_rate_charged", "amount": "4.75"}
    check = words_of(ann.get("/policy/new/check", query_string=ASKED | rate))
    assert "From 1 July 2026 Not known 4.75 per cent a year" in check


def test_a_spoiled_form_proposes_nothing(ann: FlaskClient, council: Council) -> None:
    form = form_of(ann.get("/policy/new/check", query_string=ASKED).get_data(as_text=True), "Propose the amount")
    for spoiled in ({"csrf_token": ""}, {"key": "x"}, {"amount": "1.00"}, {"from": "soon"}):
        assert ann.post("/policy/changes", data=form | spoiled).status_code == 400
    assert council.amounts.changes == ()


def test_as_known_before_the_approval_the_page_shows_the_national_amount(ann: FlaskClient, ben: FlaskClient) -> None:
    press(ben, proposed(ann), "Approve the change")
    then = read(ann, "/policy?on=2026-07-01&known_at=2026-11-21")
    assert "You are looking at the past" in then
    assert "£31.80 a week 6 April 2026" in then


@pytest.mark.parametrize("role", ["finance", "auditor", "finance_approver"])
def test_who_proposes_nothing_sees_no_form_for_it(role: Role, somebody: Somebody, ann: FlaskClient) -> None:
    proposed(ann)
    reader = somebody("zoe", role)
    html = reader.get("/policy").get_data(as_text=True)
    assert ("Enter an amount" in html, "Enter carer premium" in html) == (False, False)
    assert reader.get("/policy/new").status_code == 403


def test_who_only_reads_sees_no_button(somebody: Somebody, ann: FlaskClient) -> None:
    path = proposed(ann)
    assert "Approve the change" not in somebody("zoe", "auditor").get(path).get_data(as_text=True)


def test_until_something_is_proposed_the_list_says_so(ann: FlaskClient) -> None:
    assert "Only national law counts." in read(ann, "/policy/changes")


@pytest.mark.parametrize("address", ["nothing", "00000000-0000-0000-0000-000000000000"])
def test_a_change_that_is_not_there_is_not_found(address: str, ann: FlaskClient) -> None:
    assert ann.get(f"/policy/changes/{address}").status_code == 404


def test_another_councils_change_is_as_good_as_absent(ann: FlaskClient, site: Flask, kept: Kept) -> None:
    assert ann.get(f"/policy/changes/{kept.change}").status_code == 404
    there = signed_in_client(site, kept.council, "policy")
    assert there.get(f"/policy/changes/{kept.change}").status_code == 200


def test_policy_begins_at_the_amounts_of_law(ann: FlaskClient) -> None:
    assert 'href="/policy"' in ann.get("/").get_data(as_text=True)
    assert "Go to amounts of law" in read(ann, "/")
