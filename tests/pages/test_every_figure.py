"""Does each page of the demonstration council say the API's figures, and does every figure lead to what adds up to it?

The first people of the council are looked at; all of them where CARELEDGER_LONG says so.
"""

import os
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.demo.council import NAME
from api.demo.filling import account_of, fill
from api.demo.people import local_id
from api.pages.words import day, pounds
from api.wiring import Installation
from domain.account.explanation import FIGURES
from ledger.council import Council
from ledger.store.migrate import Setup
from tests.api.caller import ApiCaller
from tests.conftest import NOON
from tests.pages.conftest import signed_in_client
from tests.pages.reading import lines_of, read, words_of

PEOPLE = 200 if os.environ.get("CARELEDGER_LONG") else 12
CODE = "E91000006"
FIGURE = re.compile(r'<dt class="govuk-summary-list__key">([^<]+)</dt>(.*?)</div>', re.DOTALL)
LINK = re.compile(r'href="(/account/[^"]+)"')
POUNDS = re.compile(r"£[0-9,]+[.][0-9]{2}")
GIVEN = {"What your care should cost", "What we charge you now"}
"""What somebody decided or sent a bill for, and nothing worked out; and what another council counted."""


@dataclass(frozen=True)
class Somebody:
    """Somebody of the council: their own browser, and what the API says to a program."""

    account: UUID
    client: FlaskClient
    api: ApiCaller

    def ask(self, path: str) -> Any:
        answer = self.api.get(f"/v1/care-accounts/{self.account}{path}")
        assert answer.status_code == 200
        return answer.get_json()


@pytest.fixture(scope="module")
def demonstration(installation: Installation) -> Council:
    """The fictitious council, under the scheme that counts."""
    council = installation.init(CODE, Setup(NAME, "reform-2023", {}))
    fill(council, NOON, PEOPLE)
    return council


@pytest.fixture(params=range(PEOPLE))
def somebody(request: pytest.FixtureRequest, demonstration: Council, site: Flask) -> Somebody:
    account = account_of(demonstration, local_id(request.param))
    assert account
    client = signed_in_client(site, demonstration, "citizen", account)
    return Somebody(account, client, ApiCaller(site, demonstration.code, "finance"))


def figures_of(html: str) -> dict[str, str]:
    """The figures of a page, each with everything that stands beside it."""
    return {name.strip(): beside for name, beside in FIGURE.findall(html)}


def test_the_page_of_an_account_says_the_api_s_figures_and_each_leads_to_its_explanation(somebody: Somebody) -> None:
    progress = somebody.ask("/cap-progress")
    html = somebody.client.get("/account").get_data(as_text=True)
    found = figures_of(html)
    said = {"Counted so far": "accrued_costs", "Left to reach the cap": "remaining"}
    said |= {"Living costs so far, which do not count": "daily_living_costs"}
    for name, field in said.items():
        assert pounds(progress[field]) in found.get(name, "£0.00")
    assert pounds(progress["accrued_costs"]) in words_of(html) or progress["cap_reached_on"]
    for name, beside in found.items():
        link = LINK.search(beside)
        assert link or name in GIVEN or name.startswith("Counted "), name
        if link:
            explained = read(somebody.client, link[1].replace("&amp;", "&"))
            assert all(amount in explained for amount in POUNDS.findall(beside)), name


def test_every_figure_has_an_explanation_whose_last_parts_add_up_to_it(
    somebody: Somebody, site: Flask, demonstration: Council
) -> None:
    auditor = signed_in_client(site, demonstration, "auditor")
    progress = somebody.ask("/cap-progress")
    for figure in FIGURES:
        told = somebody.ask(f"/explanation?figure={figure}")
        page = lines_of(somebody.client.get(f"/account/explanation?figure={figure}").get_data(as_text=True))
        assert told["words"] in page
        if told["amount"] is not None:
            assert sum(last_parts(told), Decimal(0)) == Decimal(told["amount"])
            assert figure not in progress or isinstance(progress[figure], dict) or progress[figure] == told["amount"]
            words = read(auditor, f"/audit/accounts/{somebody.account}/explanation?figure={figure}")
            assert f"add up to {pounds(told['amount'])}. This is the figure." in words


def last_parts(told: dict[str, Any]) -> list[Decimal]:
    """The amounts of what is not made of anything else."""
    if not told["children"]:
        return [Decimal(told["amount"] or "0.00")]
    return [amount for child in told["children"] for amount in last_parts(child)]


def test_what_changed_since_any_statement_ends_at_what_the_api_says_was_counted(somebody: Somebody) -> None:
    progress = somebody.ask("/cap-progress")
    for statement in somebody.ask("/statements")["items"]:
        if statement["to"] < NOON.date().isoformat():
            words = read(somebody.client, f"/account/changes?since={statement['statement_id']}")
            assert f"Counted up to {day(NOON.date())} {pounds(progress['accrued_costs'])}" in words
            assert f"Counted up to {day(statement['to'])} as in your statement" in words


def test_each_statement_says_the_figures_it_was_made_with(somebody: Somebody) -> None:
    for listed in somebody.ask("/statements")["items"]:
        figures = somebody.ask(f"/statements/{listed['statement_id']}")["figures"]
        words = read(somebody.client, f"/account/statements/{listed['statement_id']}")
        assert day(figures["to"]) in words
        assert figures["cap_reached_on"] or pounds(figures["accrued_costs"]) in words
        for line in figures["adjustments"]:
            assert pounds(line["amount"]) in words


def test_an_auditor_reads_the_api_s_figures_as_known_at_each_entry(
    somebody: Somebody, site: Flask, demonstration: Council
) -> None:
    auditor = signed_in_client(site, demonstration, "auditor")
    entries = somebody.ask("/history?limit=1000")["items"]
    for entry in entries[-3:]:
        on = entry["recorded_at"][:10]
        progress = somebody.ask(f"/cap-progress?on={on}&known_at={entry['recorded_at']}")
        words = read(auditor, f"/audit/accounts/{somebody.account}?version={entry['version']}&on={on}")
        assert f"Accrued costs {pounds(progress['accrued_costs'])}" in words
        assert f"Daily living costs set apart so far {pounds(progress['daily_living_costs'])}" in words
