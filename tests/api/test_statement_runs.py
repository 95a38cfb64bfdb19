"""Statement runs over HTTP: made at once for all who are due, read with a sample, released by a second person."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import BUDGET, NEEDS, UNKNOWN, opening
from tests.faults.served import until
from tests.integration.stating import stated

WANTED = {"to": "2024-10-31", "kind": "annual"}
RUNS = "/v1/statement-runs"

AsRole = Callable[..., ApiCaller]
Json = dict[str, Any]


@pytest.fixture
def as_own(as_role: AsRole, council: Council) -> AsRole:
    """A caller in a role, in a council of this test's own, so that a run has nobody else's accounts."""
    return lambda role, **more: as_role(role, council=council.code, **more)


@pytest.fixture
def finance(as_own: AsRole) -> ApiCaller:
    return as_own("finance")


@pytest.fixture
def approver(as_own: AsRole) -> ApiCaller:
    return as_own("finance_approver", sub="bert")


@pytest.fixture
def accounts(finance: ApiCaller, as_own: AsRole) -> list[str]:
    """Two self-funders, of whom one can be written to."""
    found = []
    for address in (["1 High Street"], []):
        made = finance.post("/v1/care-accounts", opening(contact={"address": address})).get_json()["account_id"]
        as_own("assessor").post(f"/v1/care-accounts/{made}/needs-assessments", NEEDS)
        as_own("assessor").post(f"/v1/care-accounts/{made}/budgets", BUDGET)
        found.append(made)
    return found


def run_made(finance: ApiCaller) -> Json:
    """A run, read once it is finished."""
    begun = finance.post(RUNS, WANTED)
    assert begun.status_code == 202, begun.get_json()

    def when_it_is() -> Json | None:
        run: Json = finance.get(begun.headers["Location"]).get_json()
        return run if run["status"] != "running" else None

    found: Json = until(when_it_is, "the run is finished")
    return found


def test_a_run_says_what_it_made_what_it_held_and_which_sample_to_look_at(
    finance: ApiCaller, accounts: list[str]
) -> None:
    run = run_made(finance)
    assert (run["status"], run["number"], run["started_by"]) == ("to_release", 1, "alice")
    assert run["counts"] == {"accounts": 2, "made": 1, "held": 1, "not_due": 0}
    assert [(each["why_held"], each["accounts"]) for each in run["held"]] == [("no_address", 1)]
    made, held = sorted(run["statements"]["items"], key=lambda item: item["outcome"], reverse=True)
    assert (made["account_id"], held["account_id"]) == tuple(accounts)
    assert run["sample"] == [{"account_id": accounts[0], "statement_id": made["statement_id"]}]
    statement = finance.get(f"/v1/care-accounts/{accounts[0]}/statements/{made['statement_id']}").get_json()
    assert (statement["to"], statement["figures"]["accrued_costs"]) == ("2024-10-31", made["accrued_costs"])
    assert made["accrued_costs"] == run["accrued_costs"]
    assert finance.get(RUNS).get_json()["items"][0]["run_id"] == run["run_id"]


@pytest.mark.usefixtures("accounts")
def test_the_maker_s_role_cannot_release_and_a_second_person_can_once(finance: ApiCaller, approver: ApiCaller) -> None:
    run = run_made(finance)
    path, seen = f"{RUNS}/{run['run_id']}/release", {"seen": [each["statement_id"] for each in run["sample"]]}
    assert finance.post(path, seen).status_code == 403
    refused = approver.post(path, {"seen": []})
    assert (refused.status_code, refused.get_json()["type"]) == (409, "/problems/sample-not-seen")
    assert approver.post(f"{path}?dry_run=true", seen).get_json()["status"] == "to_release"
    done = approver.post(path, seen, Idempotency_Key="once")
    assert (done.status_code, done.get_json()["decision"], done.get_json()["decided_by"]) == (202, "released", "bert")
    assert approver.post(path, seen, Idempotency_Key="once").headers["Idempotent-Replayed"] == "true"
    assert approver.post(path, seen).get_json()["type"] == "/problems/run-decided-already"
    assert approver.get(f"{RUNS}/{run['run_id']}").get_json()["status"] == "released"


def test_a_person_who_began_a_run_cannot_release_it_in_another_role(
    accounts: list[str], finance: ApiCaller, as_own: AsRole
) -> None:
    run = run_made(finance)
    seen = {"seen": [each["statement_id"] for each in run["sample"]]}
    answer = as_own("finance_approver", sub="alice").post(f"{RUNS}/{run['run_id']}/release", seen)
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/released-by-its-maker")


def test_a_withdrawn_run_says_why_and_its_statements_stay(
    accounts: list[str], finance: ApiCaller, approver: ApiCaller, council: Council
) -> None:
    run = run_made(finance)
    path = f"{RUNS}/{run['run_id']}/withdrawal"
    assert approver.post(f"{path}?dry_run=true", {"reason_code": "wrong-day"}).status_code == 200
    done = approver.post(path, {"reason_code": "wrong-day"}).get_json()
    assert (done["decision"], done["reason_code"]) == ("withdrawn", "wrong-day")
    assert finance.get(f"{RUNS}/{run['run_id']}").get_json()["status"] == "withdrawn"
    assert finance.get(f"/v1/care-accounts/{accounts[0]}/statements").get_json()["items"]


def test_a_dry_run_counts_and_records_nothing(accounts: list[str], finance: ApiCaller, council: Council) -> None:
    found = finance.post(f"{RUNS}?dry_run=true", WANTED).get_json()
    assert (found["dry_run"], found["counts"]["made"], found["counts"]["held"]) == (True, 1, 1)
    assert finance.get(RUNS).get_json() == {"items": [], "next": None}
    assert stated(council, UUID(accounts[0])) == []


def test_runs_and_their_accounts_are_read_page_by_page(accounts: list[str], finance: ApiCaller) -> None:
    run = run_made(finance)
    run_made(finance)
    first = finance.get(f"{RUNS}?limit=1").get_json()
    second = finance.get(f"{RUNS}?limit=1&cursor={first['next']}").get_json()
    assert [page["items"][0]["number"] for page in (first, second)] == [2, 1]
    one = finance.get(f"{RUNS}/{run['run_id']}?limit=1").get_json()["statements"]
    two = finance.get(f"{RUNS}/{run['run_id']}?limit=1&cursor={one['next']}").get_json()["statements"]
    assert sorted(page["items"][0]["account_id"] for page in (one, two)) == sorted(accounts)
    assert two["next"] is None


def test_what_is_no_run_or_a_day_to_come_is_told(finance: ApiCaller, approver: ApiCaller) -> None:
    for run_id in (UNKNOWN, str(uuid4()), "nothing"):
        assert finance.get(f"{RUNS}/{run_id}").status_code == 404
        assert approver.post(f"{RUNS}/{run_id}/release", {"seen": []}).status_code == 404
    for query in ("", "?dry_run=true"):
        answer = finance.post(RUNS + query, {"to": "2026-11-23", "kind": "annual"})
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/to")
