"""Whether another council's account answers exactly as one that never was."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from api.kit.endpoint import Endpoint
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import ADJUSTMENT, CHARGE, DISPUTE, NEEDS, STATEMENT, WRITES, opening
from tests.api.endpoints import OF_ONE_ACCOUNT, RECORDING, address_of, name_of

STRANGERS = ("finance", "assessor", "auditor", "finance_approver", "citizen", "council_admin")


@pytest.fixture(scope="module")
def elsewhere(new_council: Callable[..., Council], as_role: Callable[..., ApiCaller]) -> dict[str, str]:
    """An account of another council, with a statement, a charge, an adjustment and a dispute: their ids."""
    code = new_council().code
    finance, assessor = as_role("finance", council=code), as_role("assessor", council=code)
    account_id = finance.post("/v1/care-accounts", opening()).get_json()["account_id"]
    path = f"/v1/care-accounts/{account_id}"
    assessor.post(f"{path}/needs-assessments", NEEDS)
    writes = {"statements": STATEMENT, "charges": CHARGE, "adjustments": ADJUSTMENT, "disputes": DISPUTE}
    made = {address: finance.post(f"{path}/{address}", body).get_json() for address, body in writes.items()}
    assert finance.get(made["statements"]["links"]["json"]).status_code == 200
    return {
        "account_id": account_id,
        "statement_id": made["statements"]["statement_id"],
        "reference": str(CHARGE["reference"]),
        "entry_id": made["adjustments"]["entry_id"],
        "dispute_id": made["disputes"]["dispute_id"],
    }


def body_for(endpoint: Endpoint, ids: dict[str, str]) -> dict[str, object]:
    body = WRITES[address_of(endpoint)]
    return body | {"entry_id": ids["entry_id"]} if "entry_id" in body else body


def ask(caller: ApiCaller, endpoint: Endpoint, ids: dict[str, str]) -> TestResponse:
    path = endpoint.path.format(**ids)
    if endpoint.method == "GET":
        return caller.get(path, X_Request_Id="one")
    return caller.post(path, body_for(endpoint, ids), X_Request_Id="one")


def said(answer: TestResponse, account_id: str) -> tuple[int, list[tuple[str, str]], bytes]:
    return answer.status_code, sorted(answer.headers), answer.data.replace(account_id.encode(), b"ID")


@pytest.mark.parametrize("role", STRANGERS)
@pytest.mark.parametrize("endpoint", OF_ONE_ACCOUNT, ids=name_of)
def test_another_councils_account_answers_as_an_absent_one(
    endpoint: Endpoint, role: str, elsewhere: dict[str, str], as_role: Callable[..., ApiCaller]
) -> None:
    absent = elsewhere | {"account_id": str(uuid4())}
    caller = as_role(role, account=elsewhere["account_id"]) if role == "citizen" else as_role(role)
    theirs, nobodys = ask(caller, endpoint, elsewhere), ask(caller, endpoint, absent)
    assert said(theirs, elsewhere["account_id"]) == said(nobodys, absent["account_id"])
    assert theirs.status_code in (403, 404)


@pytest.mark.parametrize("endpoint", [e for e in RECORDING if e in OF_ONE_ACCOUNT], ids=name_of)
def test_a_dry_run_tells_nothing_of_another_councils_account_either(
    endpoint: Endpoint, elsewhere: dict[str, str], may_write: Callable[[str], ApiCaller]
) -> None:
    path = endpoint.path.format(**elsewhere)
    writer = may_write(address_of(endpoint))
    assert writer.post(f"{path}?dry_run=true", body_for(endpoint, elsewhere)).status_code == 404


def test_a_statement_of_another_councils_account_is_not_found_through_an_account_of_ours(
    mrs_a: str, elsewhere: dict[str, str], finance: ApiCaller
) -> None:
    theirs = finance.get(f"{mrs_a}/statements/{elsewhere['statement_id']}", X_Request_Id="one")
    nobody = str(uuid4())
    absent = finance.get(f"{mrs_a}/statements/{nobody}", X_Request_Id="one")
    assert said(theirs, elsewhere["statement_id"]) == said(absent, nobody)
    assert theirs.status_code == 404


def test_lists_and_searches_hold_the_callers_council_alone(elsewhere: dict[str, str], finance: ApiCaller) -> None:
    listed = finance.get("/v1/cap-progress?limit=1000").get_json()["items"]
    found = finance.post("/v1/care-accounts/search", {"local_id": "P-1"}).get_json()["items"]
    assert elsewhere["account_id"] not in {item["account_id"] for item in [*listed, *found]}


def test_two_councils_keep_accounts_under_the_same_local_id_and_the_same_key(
    new_council: Callable[..., Council], as_role: Callable[..., ApiCaller], finance: ApiCaller
) -> None:
    body, other = opening(), as_role("finance", council=new_council().code)
    answers = [c.post("/v1/care-accounts", body, Idempotency_Key=f"both {body}") for c in (finance, other)]
    assert [(a.status_code, a.headers.get("Idempotent-Replayed")) for a in answers] == [(201, None), (201, None)]
