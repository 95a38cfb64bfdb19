"""Whether the API answers as it describes itself, whatever it is sent: requests made up from /openapi.json."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    ignored_auth,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from api.issuer import API
from api.kit.openapi import document
from api.policy import Role, may
from api.v1.imports import TAKES
from api.wiring import Installation
from domain.dates import instant_text
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import (
    ADJUSTMENT,
    AGREEMENT,
    BUDGET,
    CHARGE,
    DISPUTE,
    NEEDS,
    OPENING,
    POLICY_CHANGE,
    STATEMENT,
    opening,
)
from tests.api.endpoints import ALL
from tests.conftest import NOON

SEED = 20260401
EXAMPLES = 300 if os.environ.get("CARELEDGER_LONG") else 30
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    negative_data_rejection,
    missing_required_header,
    unsupported_method,
    allow_header_conformance,
    ignored_auth,
]
"""All but two that ask what this API means otherwise: a body that fits its schema may still be refused (a span that
ends before it begins, an impossible day), and nothing is ever deleted."""

ROLES: tuple[Role, ...] = ("finance", "assessor", "auditor", "finance_approver", "policy")
BY_LABEL = {f"{endpoint.method} {endpoint.path}": endpoint for endpoint in ALL}
Case = schemathesis.Case[Any]
Accounts = Callable[[str], dict[str, str]]


@pytest.fixture(scope="module")
def council(new_council: Callable[..., Council]) -> Council:
    """A council to be filled with whatever is made up."""
    return new_council()


@pytest.fixture(scope="module")
def real(council: Council, as_role: Callable[..., ApiCaller]) -> Accounts:
    """The ids of a real account and of what is in it, another for each operation, so that none spoils another's."""
    roles = ("finance", "assessor", "policy")
    finance, assessor, policy = (as_role(role, council=council.code) for role in roles)
    made: dict[str, dict[str, str]] = {}

    def of(operation: str) -> dict[str, str]:
        if operation not in made:
            account_id = finance.post("/v1/care-accounts", opening()).get_json()["account_id"]
            path = f"/v1/care-accounts/{account_id}"
            assessor.post(f"{path}/needs-assessments", NEEDS)
            assessor.post(f"{path}/budgets", BUDGET)
            writes = [("statements", STATEMENT), ("charges", CHARGE), ("disputes", DISPUTE)]
            writes.append(("openings", OPENING) if "openings" in operation else ("adjustments", ADJUSTMENT))
            if "deferred-payments/" in operation:
                finance.post(f"{path}/deferred-payments", AGREEMENT)
            entries = [finance.post(f"{path}/{address}", body).get_json()["entry_id"] for address, body in writes]
            ids = dict(zip(("statement_id", "charge", "dispute_id", "entry_id"), entries, strict=True))
            ids["change_id"] = policy.post("/v1/policy-changes", POLICY_CHANGE).get_json()["change_id"]
            if "reassessments" in operation:
                ids["run_id"] = finance.post("/v1/reassessments", {"on": "2025-04-06"}).get_json()["run_id"]
            if "statement-runs" in operation:
                wanted = {"to": "2025-04-06", "kind": "annual"}
                ids["run_id"] = finance.post("/v1/statement-runs", wanted).get_json()["run_id"]
            made[operation] = ids | {"account_id": account_id, "reference": str(CHARGE["reference"])}
        return made[operation]

    return of


@pytest.fixture(scope="module")
def tokens(installation: Installation, council: Council) -> dict[str, str]:
    """A bearer token for each role that calls."""
    hour, issuer = timedelta(hours=1), installation.issuer
    return {
        role: issuer.token(audience=API, sub="somebody", council=council.code, role=role, lasts=hour) for role in ROLES
    }


class _ToBeServed:
    """A place for the application: tests are collected from its description before there is a database."""

    app: Flask

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.app(environ, start_response)


# Of all the days that can be made up, most are centuries away and refused for that, so likely ones are made.
DAYS = st.dates(date(2023, 9, 1), date(2026, 12, 31))
INSTANTS = st.timedeltas(timedelta(hours=-1), timedelta(days=30)).map(lambda before: NOON - before)
served = _ToBeServed()
schema = schemathesis.openapi.from_dict(document("Care account ledger", "test"), config=schemathesis.Config())
schema.app = served
schemathesis.serializer(*TAKES)(lambda context, file: str(file).encode(errors="replace"))
schemathesis.openapi.format("date", DAYS.map(date.isoformat))
schemathesis.openapi.format("date-time", INSTANTS.map(instant_text))


@pytest.fixture(scope="module", autouse=True)
def _served(app: Flask) -> None:
    print(f"made up from seed {SEED}, {EXAMPLES} examples an operation")  # shown with a failure
    served.app = app
    assert app.test_client().get("/openapi.json").get_json()["paths"] == schema.raw_schema["paths"]


def _lead_to_a_real_account(case: Case, real: Accounts) -> None:
    """Without this every request would end at 404. A path that was made wrong on purpose stays wrong."""
    ids = real(case.operation.label)
    if _made_right(case, ParameterLocation.PATH) and case.path_parameters:
        case.path_parameters.update({name: ids[name] for name in case.path_parameters if name in ids})
    if _made_right(case, ParameterLocation.BODY) and isinstance(case.body, dict) and "entry_id" in case.body:
        case.body["entry_id"] = ids["entry_id"]


def _made_right(case: Case, where: ParameterLocation) -> bool:
    part = case.meta.components.get(where) if case.meta else None
    return part is not None and part.mode.is_positive


@schema.parametrize()
@seed(SEED)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_is_described(case: Case, tokens: dict[str, str], real: Accounts) -> None:
    """Most requests come from a role that may, and lead to a real account; a fifth and a quarter do not."""
    drawn = crc32(repr((case.path_parameters, case.query, case.headers, case.body)).encode(errors="replace"))
    if drawn % 4:
        _lead_to_a_real_account(case, real)
    endpoint = BY_LABEL.get(case.operation.label)
    allowed = (
        [role for role in ROLES if may(role, endpoint.verb)] if endpoint and endpoint.verb and drawn % 5 else ROLES
    )
    forms = ("application/json", *(endpoint.also if endpoint else ()))
    role, form = allowed[drawn // 20 % len(allowed)], forms[drawn // 60 % len(forms)]
    sent = {"Authorization": f"Bearer {tokens[role]}", "Accept": form}
    case.call_and_validate(headers=sent, checks=CHECKS, excluded_checks=_not_wrong_after_all(case))


def _not_wrong_after_all(case: Case) -> list[Any]:
    """The checks that would wrongly ask for a refusal.

    OpenAPI cannot say that a header is required except with a certain query: a dry run needs no key. And a parameter
    without a value is never sent, so nobody can refuse it.
    """
    query = case.query or {}
    if str(query.get("dry_run")).lower() == "true" and "Idempotency-Key" not in case.headers:
        return [missing_required_header, negative_data_rejection]
    return [negative_data_rejection] if any(value in (None, [], {}) for value in query.values()) else []
