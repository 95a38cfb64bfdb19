"""Is every failure told in words to a person and as a problem to a program?"""

import re
from pathlib import Path

import psycopg2
import pytest
from flask import Flask
from flask.testing import FlaskClient

import api
from api.pages.anyone.problems import known_problems
from ledger.store.database import StoreUnavailable
from tests.pages.conftest import Kept
from tests.pages.reading import read, words_of


def test_every_problem_type_that_the_code_names_has_a_page(site: Flask) -> None:
    source = "".join(file.read_text("utf-8") for file in Path(api.__file__).parent.rglob("*.py"))
    named = set(re.findall(r'ApiError\(\s*\d+,\s*"([a-z-]+)"', source))
    assert len(named) > 5
    known = {problem.slug for problem in known_problems()}
    assert named <= known
    for problem in known_problems():
        assert problem.sentence.strip()
        assert f"status {problem.status} {problem.title} {problem.sentence.split()[0]}" in read(
            site.test_client(), f"/problems/{problem.slug}"
        )


def test_a_problem_told_by_the_api_leads_to_its_page(site: Flask) -> None:
    problem = site.test_client().get("/v1/care-accounts/x").get_json()
    assert "Not signed in" in read(site.test_client(), problem["type"])


def test_an_unknown_problem_type_is_not_found(site: Flask) -> None:
    assert site.test_client().get("/problems/nothing").status_code == 404


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v1/nothing", "/openapi.json/x/../nothing"])
def test_below_v1_a_failure_is_a_problem_and_elsewhere_a_page(site: Flask, path: str) -> None:
    expected = "application/problem+json" if path.startswith("/v1") else "text/html"
    assert site.test_client().get(path).mimetype == expected


def test_a_page_that_is_not_there_says_so_in_plain_words(site: Flask) -> None:
    answer = site.test_client().get("/nothing-here")
    assert answer.status_code == 404
    assert "We cannot find this page If you typed the address, check it." in words_of(answer)


def test_a_method_a_page_does_not_take_is_told_with_those_it_takes(site: Flask) -> None:
    answer = site.test_client().post("/account")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_fault_is_told_without_its_inside(
    site: Flask, finance: FlaskClient, kept: Kept, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    council = site.extensions["careledger"].council(kept.council.code)
    monkeypatch.setattr(council.ledger, "account", lambda *_: 1 / 0)
    words = read(finance, f"/accounts/{kept.mrs_a}", 500)
    assert "Something went wrong This is our mistake." in words
    assert "division" not in words
    assert "ZeroDivisionError" in caplog.text


def test_a_store_that_is_away_is_told_on_a_page_that_needs_no_store(
    site: Flask, finance: FlaskClient, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    installation = site.extensions["careledger"]

    def away(*_: object) -> None:
        raise StoreUnavailable("no answer")

    def refused() -> list[str]:
        raise psycopg2.OperationalError("no answer")

    monkeypatch.setattr(installation, "council", away)
    monkeypatch.setattr(installation, "codes", refused)
    answer = finance.get("/accounts")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "These pages are not working now" in words_of(answer)
    assert site.test_client().get("/").status_code == 200


def test_what_the_account_refuses_is_told_in_its_own_words(finance: FlaskClient, kept: Kept) -> None:
    html = finance.get(
        f"/accounts/{kept.mrs_a}/statements/check?to-day=1&to-month=1&to-year=2026&kind=annual"
    ).get_data(as_text=True)
    token = html.partition('name="csrf_token" value="')[2].partition('"')[0]
    form = {"csrf_token": token, "key": "0" * 32, "to": "2026-01-01", "kind": "closing"}
    answer = finance.post(f"/accounts/{kept.mrs_a}/statements", data=form)
    assert answer.status_code == 409
    assert "A closing statement needs a closed account. Close the account first" in words_of(answer)
