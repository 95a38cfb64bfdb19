"""Posting over HTTP: a run is begun once and read, and what a late fact changes becomes a line that names its cause."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from api.kit import afterwards
from ledger.council import Council
from ledger.runs import PostingRuns
from tests.api.caller import ApiCaller
from tests.api.conftest import NEEDS, UNKNOWN, opening
from tests.api.kept import kept
from tests.faults.served import until

THROUGH = {"through": "2023-10-29"}
AT_HOME = {"kind": "independent", "setting": "own_home", "weekly_cost": "900.00", "effective_from": "2023-10-02"}

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
def assessor(as_own: AsRole) -> ApiCaller:
    return as_own("assessor")


@pytest.fixture
def at_home(finance: ApiCaller, assessor: ApiCaller) -> str:
    """Somebody cared for at home at 900.00 a week, though not by the council: the account's address."""
    account = f"/v1/care-accounts/{finance.post('/v1/care-accounts', opening()).get_json()['account_id']}"
    assessor.post(f"{account}/needs-assessments", NEEDS)
    assessor.post(f"{account}/budgets", AT_HOME)
    return account


def post_through(finance: ApiCaller, day: str) -> Json:
    """A run of the day, read once it is finished."""
    begun = finance.post("/v1/posting-runs", {"through": day})
    assert begun.status_code == 202, begun.get_json()
    return finished(finance, begun)


def finished(finance: ApiCaller, begun: TestResponse) -> Json:
    def when_it_is() -> Json | None:
        run: Json = finance.get(begun.headers["Location"]).get_json()
        return run if run["status"] == "finished" else None

    found: Json = until(when_it_is, "the run is finished")
    return found


def lines_of(finance: ApiCaller, account: str, to: str) -> list[Json]:
    """The lines of the ledger as they were posted, and those that are not yet."""
    answer = finance.get(f"{account}/ledger?by=posting&to={to}")
    assert answer.status_code == 200, answer.get_json()
    items: list[Json] = answer.get_json()["items"]
    return items


def adds_up(run: Json) -> bool:
    totals = {name: round(float(value) * 100) for name, value in run["totals"].items()}
    parts = ("balance_before", "opening", "accrued", "annual_adjustments", "adjustments")
    return sum(totals[name] for name in parts) == totals["balance"]


def test_a_run_is_begun_at_once_and_read_when_it_is_done(at_home: str, finance: ApiCaller) -> None:
    begun = finance.post("/v1/posting-runs", THROUGH)
    body = begun.get_json()
    assert (begun.status_code, begun.headers["Location"]) == (202, f"/v1/posting-runs/{body['run_id']}")
    run = finished(finance, begun)
    assert run | body == run
    assert run.pop("finished_at") >= run.pop("started_at")
    assert run == {
        "run_id": body["run_id"],
        "number": 1,
        "through": "2023-10-29",
        "scheme": "reform-2023",
        "started_by": "alice",
        "status": "finished",
        "counts": {"accounts": 1, "posted": 1, "unchanged": 0, "not_posted": 0, "exceptions": 0},
        "totals": {
            "balance_before": "0.00",
            "opening": "0.00",
            "accrued": "3600.00",
            "annual_adjustments": "0.00",
            "adjustments": "0.00",
            "balance": "3600.00",
            "base": "3600.00",
            "daily_living_costs": "0.00",
            "lines": 1,
        },
        "exceptions": {"items": [], "next": None},
        "basis": {"scheme": "reform-2023", "in_force": False},
    }


def test_a_rate_that_comes_late_becomes_one_adjustment_of_160_71_for_1_to_25_february(
    at_home: str, finance: ApiCaller, assessor: ApiCaller
) -> None:
    """900.00 a week became 945.00 from 1 February; it was received after 29 January to 25 February was posted."""
    post_through(finance, "2024-01-28")
    post_through(finance, "2024-02-25")
    as_posted = lines_of(finance, at_home, "2024-02-25")
    assert [(line["from"], line["to"], line["metered"]) for line in as_posted[1:]] == [
        ("2024-01-29", "2024-02-25", "3600.00")
    ]
    late = AT_HOME | {"weekly_cost": "945.00", "effective_from": "2024-02-01"}
    budget = assessor.post(f"{at_home}/budgets", late).get_json()["entry_id"]

    def the_adjustment(posted: bool) -> Json:
        balance = f"{float(as_posted[-1]['balance']) + 160.71:.2f}"
        return {
            "from": "2024-02-01",
            "to": "2024-02-25",
            "base": "160.71",
            "daily_living_costs": "0.00",
            "metered": "160.71",
            "kind": "adjustment",
            "cause": budget,
            "posted": posted,
            "balance": balance,
        }

    assert lines_of(finance, at_home, "2024-02-25") == [*as_posted, the_adjustment(posted=False)]
    run = post_through(finance, "2024-03-24")
    assert (run["totals"]["adjustments"], run["totals"]["accrued"], adds_up(run)) == ("160.71", "3780.00", True)
    lines = lines_of(finance, at_home, "2024-03-24")
    assert lines[:-1] == [*as_posted, the_adjustment(posted=True)]
    assert (lines[-1]["from"], lines[-1]["to"], lines[-1]["metered"]) == ("2024-02-26", "2024-03-24", "3780.00")
    assert all(line["posted"] for line in lines)


def test_a_wrong_hourly_rate_posted_for_13_weeks_becomes_one_credit_of_152_88(
    finance: ApiCaller, assessor: ApiCaller
) -> None:
    """21.00 an hour was recorded for 20.16, 14 hours a week: 294.00 for 282.24."""
    account = f"/v1/care-accounts/{finance.post('/v1/care-accounts', opening()).get_json()['account_id']}"
    assessor.post(f"{account}/needs-assessments", NEEDS)
    wrong = AT_HOME | {"weekly_cost": "294.00"}
    entry_id = assessor.post(f"{account}/budgets", wrong).get_json()["entry_id"]
    post_through(finance, "2023-12-31")
    as_posted = lines_of(finance, account, "2023-12-31")
    assert [(line["metered"], line["posted"]) for line in as_posted] == [("3822.00", True)]
    correction = {
        "entry_id": entry_id,
        "reason_code": "wrong_rate",
        "replacement": AT_HOME | {"weekly_cost": "282.24"},
    }
    answer = assessor.post(f"{account}/corrections", correction)
    assert answer.status_code == 201, answer.get_json()
    credit = {
        "from": "2023-10-02",
        "to": "2023-12-31",
        "base": "-152.88",
        "daily_living_costs": "0.00",
        "metered": "-152.88",
        "kind": "adjustment",
        "cause": answer.get_json()["entry_id"],
        "posted": False,
        "balance": "3669.12",
    }
    assert lines_of(finance, account, "2023-12-31") == [*as_posted, credit]
    run = post_through(finance, "2024-01-07")
    assert (run["totals"]["adjustments"], run["totals"]["accrued"], adds_up(run)) == ("-152.88", "282.24", True)
    lines = lines_of(finance, account, "2024-01-07")
    assert lines[:-1] == [*as_posted, credit | {"posted": True}]
    assert (lines[-1]["metered"], lines[-1]["balance"]) == ("282.24", "3951.36")


def test_the_same_key_and_body_bring_the_same_answer_and_the_same_run(at_home: str, finance: ApiCaller) -> None:
    first = finance.post("/v1/posting-runs", THROUGH, Idempotency_Key="october")
    finished(finance, first)
    again = finance.post("/v1/posting-runs", THROUGH, Idempotency_Key="october")
    assert (again.status_code, again.data, again.headers["Location"]) == (202, first.data, first.headers["Location"])
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(finance.get("/v1/posting-runs").get_json()["items"]) == 1


def test_the_same_key_with_another_day_is_refused_and_begins_nothing(at_home: str, finance: ApiCaller) -> None:
    finance.post("/v1/posting-runs", THROUGH, Idempotency_Key="october")
    other = finance.post("/v1/posting-runs", {"through": "2023-11-26"}, Idempotency_Key="october")
    assert (other.status_code, other.get_json()["type"]) == (422, "/problems/key-used-for-another-request")
    elsewhere = finance.post(f"{at_home}/closures", {"on": "2024-01-01", "reason": "died"}, Idempotency_Key="october")
    assert elsewhere.status_code == 422
    assert len(finance.get("/v1/posting-runs").get_json()["items"]) == 1


def test_a_run_that_was_cut_off_is_finished_by_sending_the_request_again(
    at_home: str, finance: ApiCaller, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = PostingRuns.work

    def cut(*arguments: Any) -> None:
        raise RuntimeError("cut off here")

    monkeypatch.setattr(PostingRuns, "work", cut)
    begun = finance.post("/v1/posting-runs", THROUGH, Idempotency_Key="cut")
    until(lambda: "was cut off" in caplog.text and not afterwards._under_way, "the fault is logged")
    run = finance.get(begun.headers["Location"]).get_json()
    assert (run["status"], run["finished_at"], run["counts"]["posted"]) == ("running", None, 0)
    monkeypatch.setattr(PostingRuns, "work", real)
    again = finance.post("/v1/posting-runs", THROUGH, Idempotency_Key="cut")
    assert finished(finance, again)["counts"]["posted"] == 1


def test_another_request_for_the_day_goes_on_with_the_unfinished_run(
    at_home: str, finance: ApiCaller, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(PostingRuns, "work", lambda *arguments: None)
        first = finance.post("/v1/posting-runs", THROUGH)
    second = finance.post("/v1/posting-runs", THROUGH)
    assert second.data == first.data
    assert finished(finance, second)["counts"]["posted"] == 1


def test_a_finished_run_sent_again_is_a_new_one_in_which_nothing_changes(at_home: str, finance: ApiCaller) -> None:
    first = post_through(finance, "2023-10-29")
    second = post_through(finance, "2023-10-29")
    assert second["number"] == first["number"] + 1
    assert (second["counts"]["posted"], second["counts"]["unchanged"]) == (0, 1)
    assert len(lines_of(finance, at_home, "2023-10-29")) == 1


def test_runs_are_listed_newest_first_and_page_by_page(at_home: str, finance: ApiCaller) -> None:
    days = [f"2023-10-{day}" for day in (10, 11, 12, 13, 14)]
    for day in days:
        post_through(finance, day)
    seen: list[Json] = []
    cursor: str | None = ""
    while cursor is not None:
        page = finance.get("/v1/posting-runs?limit=2" + (f"&cursor={cursor}" if cursor else "")).get_json()
        seen, cursor = seen + page["items"], page["next"]
    assert [run["through"] for run in seen] == days[::-1]
    assert "exceptions" not in seen[0]
    assert seen[0]["totals"]["balance"] == "1671.43"


def test_exceptions_come_page_by_page_with_what_to_do(finance: ApiCaller, assessor: ApiCaller) -> None:
    for _ in range(3):
        account_id = finance.post("/v1/care-accounts", opening()).get_json()["account_id"]
        assessor.post(f"/v1/care-accounts/{account_id}/needs-assessments", NEEDS)
    run = post_through(finance, "2023-10-29")
    whole = run["exceptions"]["items"]
    assert run["counts"]["exceptions"] == len(whole) == 3
    assert whole[0] | {"account_id": "", "reference": ""} == {
        "account_id": "",
        "reference": "",
        "posted": True,
        "type": "no_budget",
        "detail": "On 28 days from 2023-10-02 to 2023-10-29 nothing was counted:"
        " needs were eligible, but no personal budget was in force.",
        "what_to_do": "Set the personal budget for these days, or record that the needs ended."
        " The next posting brings what it changes as an adjustment.",
    }
    path = f"/v1/posting-runs/{run['run_id']}?limit=2"
    first = finance.get(path).get_json()["exceptions"]
    second = finance.get(f"{path}&cursor={first['next']}").get_json()["exceptions"]
    assert (first["items"] + second["items"], second["next"]) == (whole, None)


def test_a_dry_run_tells_the_totals_of_the_run_to_come_and_begins_none(
    at_home: str, finance: ApiCaller, council: Council
) -> None:
    finance.post("/v1/care-accounts", opening() | {"opened_on": "2023-11-01"})
    before = kept(council)
    answer = finance.post("/v1/posting-runs?dry_run=true", THROUGH, Idempotency_Key=None)
    assert (answer.status_code, kept(council)) == (200, before)
    assert finance.get("/v1/posting-runs").get_json()["items"] == []
    weighed = answer.get_json()
    run = post_through(finance, THROUGH["through"])
    assert weighed.pop("dry_run") is True
    assert weighed == {name: run[name] for name in ("through", "scheme", "counts", "totals", "basis")}
    assert run["counts"] == {"accounts": 2, "posted": 1, "unchanged": 1, "not_posted": 0, "exceptions": 0}


@pytest.mark.parametrize("query", ["", "?dry_run=true"])
@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"through": "2026-11-23"}, "/through"),
        ({}, "/through"),
        ({"through": "x"}, "/through"),
        (THROUGH | {"a": 1}, "/a"),
    ],
)
def test_a_day_to_come_and_a_body_that_is_wrong_are_told_with_the_field(
    finance: ApiCaller, body: Json, pointer: str, query: str
) -> None:
    answer = finance.post(f"/v1/posting-runs{query}", body)
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, pointer)
    assert finance.get("/v1/posting-runs").get_json()["items"] == []


def test_a_key_is_asked_for(finance: ApiCaller) -> None:
    assert finance.post("/v1/posting-runs", THROUGH, Idempotency_Key=None).status_code == 400


@pytest.mark.parametrize("run_id", [UNKNOWN, "nothing"])
def test_a_run_that_there_is_not_is_absent(finance: ApiCaller, run_id: str) -> None:
    answer = finance.get(f"/v1/posting-runs/{run_id}")
    assert (answer.status_code, answer.get_json()["detail"]) == (404, "There is no such posting run of this council.")


def test_another_councils_run_is_as_absent(finance: ApiCaller, at_home: str, as_role: AsRole) -> None:
    run = post_through(finance, "2023-10-29")
    answer = as_role("finance").get(f"/v1/posting-runs/{run['run_id']}")
    assert (answer.status_code, answer.get_json()["detail"]) == (404, "There is no such posting run of this council.")


@pytest.mark.parametrize("role", ["assessor", "finance_approver", "auditor"])
def test_who_reads_the_council_reads_runs_and_begins_none(as_own: AsRole, role: str) -> None:
    caller = as_own(role)
    assert caller.get("/v1/posting-runs").status_code == 200
    assert caller.post("/v1/posting-runs", THROUGH).status_code == 403
