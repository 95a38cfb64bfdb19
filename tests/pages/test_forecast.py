"""Does the forecast's page say the figures of the API, and find its way from the accounts?"""

from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.pages.finance.forecast import ASSUMED
from api.pages.words import day, pounds
from tests.api.caller import ApiCaller
from tests.pages.conftest import Kept
from tests.pages.reading import lines_of, read
from tests.pages.test_exports import sheet


@pytest.mark.parametrize("query", ["on=2025-12-11", "on=2024-03-31&quarters=3", "on=2026-02-20&known_at=2026-02-19"])
def test_the_page_says_what_the_api_says(finance: FlaskClient, site: Flask, kept: Kept, query: str) -> None:
    words = read(finance, f"/accounts/forecast?{query}")
    asked = query.replace("known_at=2026-02-19", "known_at=2026-02-19T23:59:59.999999Z")
    told = ApiCaller(site, kept.council.code, "finance").get(f"/v1/forecast?{asked}").get_json()
    for quarter in told["quarters"]:
        row = f"{day(quarter['first'])} to {day(quarter['last'])} {quarter['reaching']} {quarter['past_cap']}"
        assert f"{row} {pounds(Decimal(quarter['cost']))}" in words
    total = f"{told['totals']['reaching']} {pounds(Decimal(told['totals']['cost']))}"
    assert f"All {len(told['quarters'])} quarters {total}" in words
    assert f"Accounts {told['accounts']} Past the cap now {told['past_cap']}" in words
    assert f"Expected to reach it {told['expected']}" in words


def test_the_range_on_the_page_is_the_api_s_and_its_assumptions_are_in_the_file(
    finance: FlaskClient, site: Flask, kept: Kept
) -> None:
    told = ApiCaller(site, kept.council.code, "finance").get("/v1/forecast?on=2024-03-31&quarters=8").get_json()
    words = read(finance, "/accounts/forecast?on=2024-03-31&quarters=8")
    assert any(low["cost"] != high["cost"] for low, high in zip(told["low"], told["high"], strict=True))
    for three in zip(told["low"], told["quarters"], told["high"], strict=True):
        people = " ".join(str(quarter["reaching"]) for quarter in three)
        sums = " ".join(pounds(Decimal(quarter["cost"])) for quarter in three)
        assert f"{three[0]['quarter']} {people} {sums}" in words
    assert ASSUMED in words
    files = finance.get("/accounts/forecast.xlsx?on=2024-03-31&quarters=8").get_data()
    assert ["What it rests on", ASSUMED] in [row[:2] for row in sheet(files, "Notes")]


def test_who_has_no_expected_day_is_counted_with_why(finance: FlaskClient) -> None:
    words = read(finance, "/accounts/forecast?on=2026-11-22")
    assert "Accounts with no expected day Metering Accounts Closed 1 Not eligible 1" in words


def test_the_accounts_lead_to_it_at_the_same_two_days(finance: FlaskClient) -> None:
    html = finance.get("/accounts?on=2025-12-11&known_at=2026-02-19").get_data(as_text=True)
    assert 'href="/accounts/forecast?on=2025-12-11&amp;known_at=2026-02-19"' in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("quarters=99", "Enter a whole number from 1 to 40"),
        ("on=soon", "Enter a day with its month and year"),
        ("known_at=2099-01-01", "Nobody knows yet what will be known then"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(finance: FlaskClient, query: str, sentence: str) -> None:
    words = read(finance, f"/accounts/forecast?{query}", 422)
    assert words.count(sentence) == 2  # at the top, and at the field


def test_an_auditor_sees_it_too_and_nobodys_name_is_on_it(auditor: FlaskClient) -> None:
    html = auditor.get("/accounts/forecast").get_data(as_text=True)
    assert "Forecast by quarter" in lines_of(html)
    assert "Ames" not in html
