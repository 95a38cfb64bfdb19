"""What tests of the API share: the application, callers in their roles, and Mrs A."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from flask import Flask

from api.app import create_app
from api.wiring import Installation
from ledger.council import Council
from tests.api.caller import ApiCaller

_numbers = count(1)

NEEDS = {"assessed_on": "2023-10-02", "eligible": True, "eligible_from": "2023-10-02"}
BUDGET = {
    "kind": "independent",
    "setting": "care_home",
    "weekly_cost": "950.00",
    "effective_from": "2023-10-02",
}
ASSESSMENT = {
    "type": "imported",
    "assessed_on": "2023-10-02",
    "effective_from": "2023-10-02",
    "outcome": "contribution",
    "weekly_contribution": "350.00",
    "source": {"system": "charging"},
}
BREAK = {"from": "2024-01-01", "ending_before": "2024-01-08", "reason": "hospital"}
CLOSURE = {"on": "2026-01-31", "reason": "died"}
STATEMENT = {"to": "2024-03-31", "kind": "annual"}

WRITES: dict[str, dict[str, Any]] = {
    "needs-assessments": NEEDS,
    "budgets": BUDGET,
    "financial-assessments": ASSESSMENT,
    "breaks": BREAK,
    "statements": STATEMENT,
    "closures": CLOSURE,
}
"""A body that is right for each address at which something is recorded of an account."""


def opening(**person: object) -> dict[str, object]:
    """A body that opens an account for somebody new."""
    return {"person": {"local_id": f"P-{next(_numbers)}", **person}, "opened_on": "2023-10-02"}


@pytest.fixture(scope="session")
def app(installation: Installation) -> Flask:
    return create_app(installation)


@pytest.fixture(scope="session")
def api_council(new_council: Callable[..., Council]) -> Council:
    """One council for the tests of the API; each test opens accounts of its own."""
    return new_council()


@pytest.fixture(scope="session")
def as_role(app: Flask, api_council: Council) -> Callable[..., ApiCaller]:
    """A caller in a role."""
    return lambda role, **more: ApiCaller(app, more.pop("council", api_council.code), role, **more)


@pytest.fixture
def finance(as_role: Callable[..., ApiCaller]) -> ApiCaller:
    return as_role("finance")


@pytest.fixture
def assessor(as_role: Callable[..., ApiCaller]) -> ApiCaller:
    return as_role("assessor")


@pytest.fixture
def auditor(as_role: Callable[..., ApiCaller]) -> ApiCaller:
    return as_role("auditor")


@pytest.fixture
def may_write(finance: ApiCaller, assessor: ApiCaller) -> Callable[[str], ApiCaller]:
    """Who may write at an address below an account."""
    for_assessors = ("needs-assessments", "budgets", "financial-assessments")
    return lambda address: assessor if address in for_assessors else finance


@pytest.fixture
def opened(finance: ApiCaller) -> str:
    """An account opened on 2 October 2023: its address."""
    answer = finance.post("/v1/care-accounts", opening())
    return f"/v1/care-accounts/{answer.get_json()['account_id']}"


@pytest.fixture
def mrs_a(opened: str, assessor: ApiCaller) -> str:
    """The self-funder of the worked example: her account's address."""
    assessor.post(f"{opened}/needs-assessments", NEEDS)
    assessor.post(f"{opened}/budgets", BUDGET)
    return opened
