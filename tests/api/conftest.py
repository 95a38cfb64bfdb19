"""What tests of the API share: the application, callers in their roles, Mrs A, and a right request to every address."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from api.app import create_app
from api.wiring import Installation
from domain.account.state import entry_id
from ledger.council import Council
from tests.api.caller import ApiCaller

_numbers = count(1)

UNKNOWN = "7c0f4f5e-2b1d-4e6a-9d38-5a1b0c9e7f42"
"""An id that nothing has; always the same, as it stands in the names of tests, which every worker has to know alike."""

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
REOPENING = {"on": "2026-03-01", "reason_code": "came-back"}
STATEMENT = {"to": "2024-03-31", "kind": "annual"}
CHARGE = {
    "reference": "INV-2024/01:1",
    "period_from": "2024-01-01",
    "period_ending_before": "2024-01-29",
    "amount": "1400.00",
}
ADJUSTMENT = {"on": "2024-06-30", "amount": "-250.00", "reason_code": "ombudsman"}
OPENING = {
    "on": "2023-10-02",
    "accrued_costs": "10000.00",
    "daily_living_costs": "2500.00",
    "provenance": {"kind": "transfer", "council": "E10000003"},
}
EVIDENCE = {"on": "2024-02-01", "evidence": "scan:17"}
DISPUTE = {"about": {"line": {"from": "2024-01-01", "to": "2024-01-31"}}, "text": "I was in hospital."}
AGREEMENT = {
    "reference": CHARGE["reference"],
    "agreed_on": "2023-12-20",
    "effective_from": "2024-01-01",
    "property_value": "240000.00",
    "encumbrances": "12500.00",
    "other_capital": "9000.00",
    "weekly_income_kept": "144.00",
    "compounding": "daily",
    "interest": "deferred",
    "interest_told_on": "2023-12-18",
    "administration_fee": "deferred",
}
DEFERRAL = {
    "kind": "care_costs",
    "amount": "2776.00",
    "due_on": "2024-01-29",
    "period_from": "2024-01-01",
    "period_ending_before": "2024-01-29",
}
REPAYMENT = {"on": "2024-02-12", "amount": "500.00"}
REPRESENTATIVE = {
    "name": "Gina Green",
    "authority": "lpa_property",
    "permissions": ["view_finance"],
    "effective_from": "2024-01-01",
    "evidence": "scan:1",
}
CORRECTION = {"entry_id": "that of Mrs A's budget", "reason_code": "wrong-rate"}
POLICY_CHANGE: dict[str, Any] = {
    "amounts": [
        {
            "parameter": "personal_expenses_allowance",
            "from": "2026-07-01",
            "amount": "40.00",
            "unit": "pounds a week",
            "authority": "Cabinet, minute 17",
            "certainty": "official",
        }
    ]
}

WRITES: dict[str, dict[str, Any]] = {
    "needs-assessments": NEEDS,
    "budgets": BUDGET,
    "financial-assessments": ASSESSMENT,
    "charges": CHARGE,
    "charges/{reference}/retraction": {"reason": "charged-twice"},
    "breaks": BREAK,
    "adjustments": ADJUSTMENT,
    "adjustments/{entry_id}/approval": {},
    "adjustments/{entry_id}/return": {"reason_code": "not-shown"},
    "corrections": CORRECTION,
    "openings": OPENING,
    "openings/{entry_id}/evidence": EVIDENCE,
    "disputes": DISPUTE,
    "disputes/{dispute_id}/outcome": {"outcome": "not_upheld"},
    "statements": STATEMENT,
    "closures": CLOSURE,
    "reopenings": REOPENING,
    "representatives": REPRESENTATIVE | {"authority": "informal"},
    "representatives/{entry_id}/end": {"ending_before": "2026-04-01", "reason_code": "revoked"},
    "contact-preferences": {"channel": "letter", "print_size": 18, "formats": ["audio"]},
    "deferred-payments": AGREEMENT,
    "deferred-payments/{reference}/deferrals": DEFERRAL,
    "deferred-payments/{reference}/repayments": REPAYMENT,
    "deferred-payments/{reference}/end": {"on": "2024-06-30", "reason": "sold"},
}
"""A body that is right for each address at which something is recorded of an account."""

FIRST = {
    "charges/{reference}/retraction": ("charges",),
    "adjustments/{entry_id}/approval": ("adjustments",),
    "adjustments/{entry_id}/return": ("adjustments",),
    "openings/{entry_id}/evidence": ("openings",),
    "disputes/{dispute_id}/outcome": ("disputes",),
    "reopenings": ("closures",),
    "representatives/{entry_id}/end": ("representatives",),
    "deferred-payments/{reference}/deferrals": ("deferred-payments",),
    "deferred-payments/{reference}/repayments": ("deferred-payments", "deferred-payments/{reference}/deferrals"),
    "deferred-payments/{reference}/end": ("deferred-payments",),
}
"""What has to be recorded before there is something to say at an address."""

BY = {
    "needs-assessments": "assessor",
    "budgets": "assessor",
    "financial-assessments": "assessor",
    "adjustments/{entry_id}/approval": "finance_approver",
    "adjustments/{entry_id}/return": "finance_approver",
}
"""Who writes at an address, where that is not finance."""


@dataclass(frozen=True)
class Ready:
    """A request that can be sent: by whom, where, what, and the version that the account has."""

    writer: ApiCaller
    path: str
    body: dict[str, Any]
    version: int


def id_of(account: str, version: int) -> str:
    """The id of the entry that an account has at a version."""
    return str(entry_id(UUID(account.rpartition("/")[2]), version))


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
def approver(as_role: Callable[..., ApiCaller]) -> ApiCaller:
    """A second person, who approves what Alice proposes."""
    return as_role("finance_approver", sub="bert")


@pytest.fixture
def auditor(as_role: Callable[..., ApiCaller]) -> ApiCaller:
    return as_role("auditor")


@pytest.fixture
def may_write(finance: ApiCaller, assessor: ApiCaller, approver: ApiCaller) -> Callable[[str], ApiCaller]:
    """Who may write at an address below an account."""
    by_role = {"finance": finance, "assessor": assessor, "finance_approver": approver}
    return lambda address: by_role[BY.get(address, "finance")]


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


@pytest.fixture
def ready(mrs_a: str, may_write: Callable[[str], ApiCaller]) -> Callable[[str], Ready]:
    """Mrs A's account with all that has to come before a write at an address."""

    def make(address: str) -> Ready:
        version, reference = 3, CHARGE["reference"]
        for first in FIRST.get(address, ()):
            path = f"{mrs_a}/{first.format(reference=reference)}"
            assert may_write(first).post(path, WRITES[first]).status_code == 201
            version += 1
        last = id_of(mrs_a, version)
        path = f"{mrs_a}/{address.format(reference=reference, entry_id=last, dispute_id=last)}"
        body = WRITES[address] | ({"entry_id": last} if address == "corrections" else {})
        return Ready(may_write(address), path, body, version)

    return make


@pytest.fixture
def second_account(finance: ApiCaller) -> str:
    """The address of an account beside Mrs A's."""
    return f"/v1/care-accounts/{finance.post('/v1/care-accounts', opening()).get_json()['account_id']}"
