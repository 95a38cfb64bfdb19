"""Can staff see who would pay another amount, record it in a second step, and take it back?"""

import csv
import io
import re
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from ledger.council import Council
from ledger.reassessment_run import Standing
from ledger.reassessments import Reassessments
from tests.faults.served import until
from tests.integration.posting import told
from tests.integration.reassessing import assessments, pensioner, to_pay
from tests.integration.recording import open_account, rows
from tests.pages.conftest import signed_in_client
from tests.pages.office import money_check
from tests.pages.reading import read, words_of

PREVIEW = "/reassessments/preview?on=6/4/2025"


@pytest.fixture
def people(council: Council) -> list[UUID]:
    """Three who pay less from April 2025, one who pays nothing before or after it, and one assessed elsewhere."""
    found = [pensioner(council, pension) for pension in ("300.00", "310.00", "320.00", "200.00")]
    elsewhere = open_account(council, family_name="Ode", given_name="Olive").account.id
    told(council, elsewhere, money_check("100.00"))
    return [*found, elsewhere]


@pytest.fixture
def finance(site: Flask, council: Council, people: list[UUID]) -> FlaskClient:
    return signed_in_client(site, council, "finance")


def hidden(html: str) -> dict[str, str]:
    """The fields that the form of a page sends along."""
    form = html.partition("<main")[2]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


def newest(council: Council) -> Standing:
    return Reassessments(council).rows.standings(2**31 - 1, 1)[0]


def sent(client: FlaskClient, council: Council, check: str, path: str) -> TestResponse:
    """Send the form of a page, and wait until its work is done."""
    answer = client.post(path, data=hidden(client.get(check).get_data(as_text=True)))
    assert answer.status_code == 303, words_of(answer)
    until(lambda: newest(council).finished_at, "the run is finished")
    return answer


def applied(client: FlaskClient, council: Council) -> str:
    """The address of a run from April 2025 that is done."""
    return str(sent(client, council, "/reassessments/check?on=2025-04-06", "/reassessments").headers["Location"])


def test_a_preview_says_who_would_pay_another_amount_and_records_nothing(
    finance: FlaskClient, council: Council
) -> None:
    before = rows(council, "SELECT count(*) FROM {schema}.events")
    words = read(finance, PREVIEW)
    assert "From 6 April 2025, by the amounts of law and the ages of that day. Nothing has been recorded." in words
    assert "Paid a week before, by all together £243.90" in words
    assert "3 people pay less, together -£11.70" in words
    assert "To pay a week, by all together £232.20" in words
    assert "£71.30 £67.40 -£3.90 the amount you keep to live on rose by £3.90" in words
    assert "Imported 1 Assess the person here, or import the new result of the other system." in words
    assert (rows(council, "SELECT count(*) FROM {schema}.events"), len(_runs(council))) == (before, 0)


def _runs(council: Council) -> list[Standing]:
    return Reassessments(council).rows.standings(2**31 - 1, 100)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", "5 accounts"),
        ("&show=less", "3 of 5 accounts"),
        ("&show=same&show=not_done", "2 of 5 accounts"),
        ("&show=more", "0 of 5 accounts"),
        ("&q=ode", "1 of 5 accounts"),
        ("&q=ca-", "5 accounts"),
    ],
)
def test_a_filter_leaves_accounts_out_and_the_totals_as_they_are(finance: FlaskClient, asked: str, found: str) -> None:
    words = read(finance, PREVIEW + asked)
    assert f"Apply filters {found}" in words
    assert "3 people pay less, together -£11.70" in words


def changes(words: str) -> list[str]:
    return re.findall(r"CA-\S+ (£\S+|none) ", words)


def test_accounts_are_sorted_by_the_server_and_who_has_no_figure_comes_last(finance: FlaskClient) -> None:
    assert changes(read(finance, f"{PREVIEW}&sort=before")) == ["£0.00", "£71.30", "£81.30", "£91.30", "none"]
    assert changes(read(finance, f"{PREVIEW}&sort=-before")) == ["£91.30", "£81.30", "£71.30", "£0.00", "none"]


def test_the_file_is_exactly_the_view(finance: FlaskClient) -> None:
    html = finance.get(f"{PREVIEW}&show=less&sort=-before").get_data(as_text=True)
    (href,) = re.findall(r'href="(/reassessments/preview\.csv[^"]*)"', html)
    answer = finance.get(href.replace("&amp;", "&"))
    table = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [(row["before"], row["after"], row["change"]) for row in table] == [
        ("91.30", "87.40", "-3.90"),
        ("81.30", "77.40", "-3.90"),
        ("71.30", "67.40", "-3.90"),
    ]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="reassessment-preview-2025-04-06.csv"'


def test_it_is_recorded_by_a_second_step_and_once_however_often_the_form_is_sent(
    finance: FlaskClient, council: Council, people: list[UUID]
) -> None:
    check = finance.get("/reassessments/check?on=2025-04-06").get_data(as_text=True)
    assert "Assessments to record 3" in words_of(check)
    assert not _runs(council)
    form = hidden(check)
    places = {finance.post("/reassessments", data=form).headers["Location"] for _ in range(3)}
    until(lambda: newest(council).finished_at, "the run is finished")
    assert (len(places), len(_runs(council))) == (1, 1)
    assert [len(assessments(council, account_id)) for account_id in people] == [2, 2, 2, 1, 0]
    words = read(finance, places.pop())
    assert "The reassessment from 6 April 2025 was begun." in words
    assert "3 people pay less, together -£11.70" in words
    assert "Take it back" in words


def test_it_is_taken_back_by_a_second_step_and_once(finance: FlaskClient, council: Council, people: list[UUID]) -> None:
    run = applied(finance, council)
    check = read(finance, f"{run}/undo")
    assert "Assessments to take back 3" in check
    assert "Paid a week now £232.20" in check
    assert "To pay a week then £243.90" in check
    assert [to_pay(council, account_id) for account_id in people[:3]] == ["67.40", "77.40", "87.40"]
    back = sent(finance, council, f"{run}/undo", f"{run}/undo").headers["Location"]
    assert [to_pay(council, account_id) for account_id in people[:3]] == ["71.30", "81.30", "91.30"]
    words = read(finance, back)
    assert "It takes back run 1." in words
    assert "The assessment before it holds again." in words
    assert "Take it back" not in words
    assert "It was taken back by run 2." in read(finance, run)
    assert sent(finance, council, f"{run}/undo", f"{run}/undo").headers["Location"] == back
    assert "2 6 April 2025, run 2" in read(finance, "/reassessments")


def test_what_would_be_left_is_listed_before_it_is_taken_back(
    finance: FlaskClient, council: Council, people: list[UUID]
) -> None:
    run = applied(finance, council)
    told(council, people[0], money_check("10.00").model_copy(update={"effective_from": newest(council).run.wanted.on}))
    words = read(finance, f"{run}/undo")
    assert "Assessments to take back 2" in words
    assert "Another assessment, from 6 April 2025, was recorded since as entry 4." in words
    assert "Superseded 1 Take the later assessment back first" in words


def test_a_run_that_was_cut_off_can_be_gone_on_with(
    finance: FlaskClient, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Reassessments, "work", lambda *arguments: None)
        form = hidden(finance.get("/reassessments/check?on=2025-04-06").get_data(as_text=True))
        run = finance.post("/reassessments", data=form).headers["Location"]
    words = read(finance, run)
    assert "Under way: 0 of 5 accounts are done." in words
    assert finance.get(f"{run}/undo").status_code == 409
    assert sent(finance, council, run, "/reassessments").headers["Location"] == run
    assert "Under way" not in read(finance, run)


def test_a_day_whose_amounts_nobody_knows_leads_to_nothing_that_could_be_recorded(finance: FlaskClient) -> None:
    words = read(finance, "/reassessments/preview?on=2027-04-06")
    assert "No amount of minimum_income_guarantee_single_pension_age is in force on 2027-04-06." in words
    assert "Amount unknown 4 Enter the amount with its source, and reassess the same day again." in words
    assert "Go on to record this" not in words


@pytest.mark.parametrize("path", ["/reassessments/preview", "/reassessments/check"])
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [("on=31/2/2025", "There is no such day"), ("on=", "Enter the day from which everybody is assessed anew")],
)
def test_a_day_that_cannot_be_read_is_told_at_its_field(
    finance: FlaskClient, path: str, asked: str, sentence: str
) -> None:
    html = finance.get(f"{path}?{asked}")
    assert html.status_code == 422
    assert words_of(html).count(sentence) == 2  # at the top, and at the field
    assert finance.get(f"/reassessments/preview.csv?{asked}").status_code == 422


@pytest.mark.parametrize("spoiled", [{"csrf_token": ""}, {"key": "again"}, {"on": "soon"}])
def test_a_spoiled_form_begins_nothing(finance: FlaskClient, council: Council, spoiled: dict[str, str]) -> None:
    form = hidden(finance.get("/reassessments/check?on=2025-04-06").get_data(as_text=True))
    assert finance.post("/reassessments", data=form | spoiled).status_code == 400
    assert not _runs(council)


def test_who_may_not_reassess_sees_what_was_done_and_no_way_to_do_it(
    site: Flask, finance: FlaskClient, council: Council
) -> None:
    run = applied(finance, council)
    approver = signed_in_client(site, council, "finance_approver")
    assert "See who would pay another amount" not in read(approver, "/reassessments")
    assert "Take it back" not in read(approver, run)
    for path in (PREVIEW, "/reassessments/check?on=2025-04-06", f"{run}/undo"):
        assert approver.get(path).status_code == 403


@pytest.mark.parametrize("run_id", ["00000000-0000-4000-8000-000000000007", "nothing"])
def test_a_run_that_there_is_not_is_not_found(finance: FlaskClient, run_id: str) -> None:
    for part in ("", "/undo", "/accounts.csv"):
        assert finance.get(f"/reassessments/{run_id}{part}").status_code == 404


def test_long_lists_are_turned_page_by_page(finance: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.pages.finance.reassessed_view.PAGE_SIZE", 2)
    pages = [read(finance, f"{PREVIEW}&sort=before&page={number}") for number in (1, 2, 3)]
    assert [changes(words) for words in pages] == [["£0.00", "£71.30"], ["£81.30", "£91.30"], ["none"]]
    assert ["Next" in words for words in pages] == [True, True, False]


def test_the_bar_leads_to_it(site: Flask, council: Council) -> None:
    for role in ("finance", "finance_approver", "assessor"):
        html = signed_in_client(site, council, role).get("/accounts").get_data(as_text=True)
        assert 'href="/reassessments"' in html
