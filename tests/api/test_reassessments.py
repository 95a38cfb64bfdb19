"""Reassessing over HTTP: weighed first, begun once, read page by page, and taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from ledger.council import Council
from ledger.reassessments import Reassessments
from tests.api.caller import ApiCaller
from tests.api.conftest import ASSESSMENT, UNKNOWN, opening
from tests.api.kept import kept
from tests.faults.served import until
from tests.integration.recording import rows

RUNS = "/v1/reassessments"
APRIL = {"on": "2025-04-06"}
BORN = "1934-02-01"
SAID = {
    "type": "full",
    "assessed_on": "2024-05-06",
    "effective_from": "2024-05-06",
    "setting": "own_home",
    "circumstances": {"household": "single"},
    "cost_of_care": "500.00",
}

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
def pensioner(finance: ApiCaller, as_own: AsRole) -> Callable[[str], str]:
    """Somebody over pension age, at home, assessed in May 2024 on a state pension: the account's address."""

    def make(pension: str = "300.00") -> str:
        made = finance.post("/v1/care-accounts", opening(date_of_birth=BORN)).get_json()
        account = f"/v1/care-accounts/{made['account_id']}"
        said = SAID | {"income": [{"kind": "state_pension", "weekly": pension}]}
        assert as_own("assessor").post(f"{account}/financial-assessments", said).status_code == 201
        return account

    return make


def finished(finance: ApiCaller, begun: TestResponse) -> Json:
    """The run, once every account is done."""
    assert begun.status_code == 202, begun.get_json()

    def when_it_is() -> Json | None:
        run: Json = finance.get(begun.headers["Location"]).get_json()
        return run if run["status"] == "finished" else None

    found: Json = until(when_it_is, "the run is finished")
    return found


def to_pay(finance: ApiCaller, account: str) -> str:
    """What the assessment that was recorded last, and counts, says."""
    items = finance.get(f"{account}/history").get_json()["items"]
    standing = [item for item in items if item["type"] == "financial-assessed" and not item["voided_by"]]
    return str(standing[-1]["data"]["weekly_contribution"])


def test_a_run_is_begun_at_once_and_read_when_it_is_done(pensioner: Callable[..., str], finance: ApiCaller) -> None:
    account = pensioner()
    begun = finance.post(RUNS, APRIL)
    body = begun.get_json()
    assert begun.headers["Location"] == f"{RUNS}/{body['run_id']}"
    run = finished(finance, begun)
    assert run | body == run
    assert run.pop("finished_at") >= run.pop("started_at")
    (item,) = run.pop("accounts")["items"]
    assert run == {
        "run_id": body["run_id"],
        "number": 1,
        "on": "2025-04-06",
        "every": False,
        "rises": [],
        "reverses": None,
        "reversed_by": None,
        "started_by": "alice",
        "status": "finished",
        "counts": {"accounts": 1, "reassessed": 1, "unchanged": 0, "not_reassessed": 0, "reversed": 0, "left": 0},
        "totals": {
            "before": "71.30",
            "more": "0.00",
            "less": "3.90",
            "after": "67.40",
            "paying_more": 0,
            "paying_less": 1,
            "paying_the_same": 0,
        },
        "reasons": [],
    }
    assert (item.pop("reference")[:3], item.pop("account_id")) == ("CA-", account.rpartition("/")[2])
    assert item == {
        "outcome": "reassessed",
        "before": "71.30",
        "after": "67.40",
        "change": "-3.90",
        "why_not": None,
        "details": ["the amount you keep to live on rose by £3.90"],
    }
    assert to_pay(finance, account) == "67.40"


def test_a_dry_run_tells_what_the_run_will_come_to_and_keeps_nothing(
    pensioner: Callable[..., str], finance: ApiCaller, council: Council
) -> None:
    for pension in ("300.00", "200.00", "350.00"):
        pensioner(pension)
    before = kept(council)
    answer = finance.post(f"{RUNS}?dry_run=true", APRIL, Idempotency_Key=None)
    assert (answer.status_code, kept(council)) == (200, before)
    assert rows(council, "SELECT count(*) FROM {schema}.reassessment_runs") == [(0,)]
    weighed = answer.get_json()
    assert weighed.pop("dry_run") is True
    run = finished(finance, finance.post(RUNS, APRIL))
    assert weighed == {name: run[name] for name in weighed}
    assert run["counts"]["reassessed"] == 2


def test_a_rise_is_taken_with_its_source_and_told_with_the_run(
    pensioner: Callable[..., str], finance: ApiCaller
) -> None:
    account = pensioner()
    rise = {"kind": "state_pension", "percent": "4.1", "weekly": None, "was": None, "source": "order-2025"}
    run = finished(finance, finance.post(RUNS, APRIL | {"rises": [rise]}))
    assert (to_pay(finance, account), run["rises"]) == ("79.70", [rise])


def test_accounts_come_page_by_page_in_the_order_of_their_references(
    pensioner: Callable[..., str], finance: ApiCaller
) -> None:
    for _ in range(3):
        pensioner()
    weighed = finance.post(f"{RUNS}?dry_run=true&limit=2", APRIL).get_json()["accounts"]
    more = finance.post(f"{RUNS}?dry_run=true&limit=2&cursor={weighed['next']}", APRIL).get_json()["accounts"]
    run = finished(finance, finance.post(RUNS, APRIL))
    whole = run["accounts"]["items"]
    assert (weighed["items"] + more["items"], more["next"]) == (whole, None)
    assert [item["reference"] for item in whole] == sorted(item["reference"] for item in whole)
    path = f"{RUNS}/{run['run_id']}?limit=2"
    first = finance.get(path).get_json()["accounts"]
    second = finance.get(f"{path}&cursor={first['next']}").get_json()["accounts"]
    assert (first["items"] + second["items"], second["next"]) == (whole, None)


def test_why_not_is_counted_with_what_to_do(pensioner: Callable[..., str], finance: ApiCaller, as_own: AsRole) -> None:
    pensioner()
    made = finance.post("/v1/care-accounts", opening()).get_json()
    path = f"/v1/care-accounts/{made['account_id']}/financial-assessments"
    assert as_own("assessor").post(path, ASSESSMENT).status_code == 201
    run = finished(finance, finance.post(RUNS, {"on": "2027-04-06"}))
    assert [(reason["why_not"], reason["accounts"]) for reason in run["reasons"]] == [
        ("amount_unknown", 1),
        ("imported", 1),
    ]
    assert run["reasons"][0]["what_to_do"] == "Enter the amount with its source, and reassess the same day again."
    details = {item["why_not"]: item["details"] for item in run["accounts"]["items"]}
    assert details["amount_unknown"] == [
        "No amount of minimum_income_guarantee_single_pension_age is in force on 2027-04-06."
    ]


def test_taking_back_is_weighed_then_done_once_and_both_stay_to_be_seen(
    pensioner: Callable[..., str], finance: ApiCaller, council: Council
) -> None:
    account = pensioner()
    run = finished(finance, finance.post(RUNS, APRIL))
    path, before = f"{RUNS}/{run['run_id']}/reversal", kept(council)
    weighed = finance.post(f"{path}?dry_run=true", {}, Idempotency_Key=None).get_json()
    assert (kept(council), weighed["counts"]["reversed"]) == (before, 1)
    back = finished(finance, finance.post(path, {}))
    assert (back["reverses"], back["counts"], back["accounts"]) == (
        run["run_id"],
        weighed["counts"],
        weighed["accounts"],
    )
    assert to_pay(finance, account) == "71.30"
    events = kept(council)["events"]
    assert finished(finance, finance.post(path, {})) == back
    assert kept(council)["events"] == events
    assert finance.get(f"{RUNS}/{run['run_id']}").get_json()["reversed_by"] == back["run_id"]
    listed = finance.get(RUNS).get_json()["items"]
    assert [item["number"] for item in listed] == [2, 1]
    again = finance.post(f"{RUNS}/{back['run_id']}/reversal", {})
    assert (again.status_code, again.get_json()["type"]) == (409, "/problems/takes-back-itself")


def test_the_same_key_and_body_bring_the_same_answer_and_the_same_run(
    pensioner: Callable[..., str], finance: ApiCaller
) -> None:
    pensioner()
    first = finance.post(RUNS, APRIL, Idempotency_Key="april")
    finished(finance, first)
    again = finance.post(RUNS, APRIL, Idempotency_Key="april")
    assert (again.status_code, again.data, again.headers["Idempotent-Replayed"]) == (202, first.data, "true")
    other = finance.post(RUNS, {"on": "2026-04-06"}, Idempotency_Key="april")
    assert (other.status_code, other.get_json()["type"]) == (422, "/problems/key-used-for-another-request")


def test_a_run_that_was_cut_off_is_finished_by_asking_for_the_same_again_and_is_not_taken_back_before(
    pensioner: Callable[..., str], finance: ApiCaller, monkeypatch: pytest.MonkeyPatch
) -> None:
    pensioner()
    with monkeypatch.context() as patched:
        patched.setattr(Reassessments, "work", lambda *arguments: None)
        first = finance.post(RUNS, APRIL)
        refused = finance.post(f"{first.headers['Location']}/reversal", {})
    assert (refused.status_code, refused.get_json()["type"]) == (409, "/problems/not-finished-yet")
    second = finance.post(RUNS, APRIL)
    assert second.data == first.data
    assert finished(finance, second)["counts"]["reassessed"] == 1


def test_runs_are_listed_newest_first_and_page_by_page(pensioner: Callable[..., str], finance: ApiCaller) -> None:
    pensioner()
    days = [f"2025-0{month}-06" for month in (4, 5, 6)]
    for day in days:
        finished(finance, finance.post(RUNS, {"on": day}))
    first = finance.get(f"{RUNS}?limit=2").get_json()
    second = finance.get(f"{RUNS}?limit=2&cursor={first['next']}").get_json()
    assert [run["on"] for run in first["items"] + second["items"]] == days[::-1]
    assert second["next"] is None


RISE = {"kind": "state_pension", "percent": "4.1", "source": "order-2025"}


@pytest.mark.parametrize("query", ["", "?dry_run=true"])
@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/on"),
        ({"on": "April"}, "/on"),
        (APRIL | {"every": "yes"}, "/every"),
        (APRIL | {"rises": [RISE | {"kind": "pension"}]}, "/rises/0/kind"),
        (APRIL | {"rises": [RISE | {"weekly": "300.00"}]}, "/rises/0"),
        (APRIL | {"rises": [RISE | {"percent": 4.1}]}, "/rises/0/percent"),
        (APRIL | {"rises": [RISE | {"source": "As I heard it"}]}, "/rises/0/source"),
    ],
)
def test_a_body_that_is_wrong_is_told_with_the_field_and_begins_nothing(
    finance: ApiCaller, body: Json, pointer: str, query: str
) -> None:
    answer = finance.post(f"{RUNS}{query}", body)
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, pointer)
    assert finance.get(RUNS).get_json()["items"] == []


@pytest.mark.parametrize("run_id", [UNKNOWN, "nothing"])
@pytest.mark.parametrize("query", ["", "?dry_run=true"])
def test_a_run_that_there_is_not_is_absent(finance: ApiCaller, run_id: str, query: str) -> None:
    answers = [finance.get(f"{RUNS}/{run_id}"), finance.post(f"{RUNS}/{run_id}/reversal{query}", {})]
    for answer in answers:
        assert (answer.status_code, answer.get_json()["detail"]) == (
            404,
            "There is no such reassessment of this council.",
        )


def test_another_councils_run_is_as_absent(pensioner: Callable[..., str], finance: ApiCaller, as_role: AsRole) -> None:
    pensioner()
    run = finished(finance, finance.post(RUNS, APRIL))
    stranger = as_role("finance")
    assert stranger.get(f"{RUNS}/{run['run_id']}").status_code == 404
    assert stranger.post(f"{RUNS}/{run['run_id']}/reversal", {}).status_code == 404


@pytest.mark.parametrize("role", ["assessor", "finance_approver", "auditor"])
def test_who_reads_the_council_reads_runs_and_begins_none(as_own: AsRole, role: str) -> None:
    caller = as_own(role)
    assert caller.get(RUNS).status_code == 200
    assert caller.post(RUNS, APRIL).status_code == 403
    assert caller.post(f"{RUNS}?dry_run=true", APRIL).status_code == 403
