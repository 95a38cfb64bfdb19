"""What tests of the API share: the application, callers in their roles, and Mrs A."""

from collections.abc import Callable
from itertools import count

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
def opened(finance: ApiCaller) -> str:
    """An account opened on 2 October 2023: its address."""
    answer = finance.post(
        "/v1/care-accounts", {"person": {"local_id": f"P-{next(_numbers)}"}, "opened_on": "2023-10-02"}
    )
    return f"/v1/care-accounts/{answer.get_json()['account_id']}"


@pytest.fixture
def mrs_a(opened: str, assessor: ApiCaller) -> str:
    """The self-funder of the worked example: her account's address."""
    assessor.post(f"{opened}/needs-assessments", NEEDS)
    assessor.post(f"{opened}/budgets", BUDGET)
    return opened
