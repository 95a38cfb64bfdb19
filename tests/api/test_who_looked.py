"""Whether every answer that shows an account is written down before it leaves, and who may read who looked."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from api.kit.endpoint import Endpoint
from api.policy import GRANTS, ROLES, Role
from api.wiring import Installation
from ledger.council import Council
from ledger.store.access_log import Look, Wanted
from tests.api.caller import ApiCaller
from tests.api.conftest import opening
from tests.api.endpoints import ALL, OF_ONE_ACCOUNT, name_of
from tests.api.test_roles import ask
from tests.conftest import NOON
from tests.looking import Watch


def one_who_may(endpoint: Endpoint) -> Role:
    """Somebody who may, and sees more than one account."""
    return next(role for role in reversed(ROLES) if endpoint.verb in GRANTS[role] and role != "citizen")


@pytest.mark.parametrize("endpoint", [e for e in ALL if e.verb], ids=name_of)
def test_no_endpoint_names_an_account_without_its_being_written_down(
    endpoint: Endpoint, opened: str, api_council: Council, as_role: Callable[..., ApiCaller]
) -> None:
    role = one_who_may(endpoint)
    watch = Watch.from_now(api_council)
    answer = ask(as_role(role), endpoint, opened)
    assert watch.not_written_down(answer) == set()
    for looked in watch.looks():
        assert looked.look[1:7] == ("alice", role, None, endpoint.verb, f"{endpoint.method} {endpoint.path}", "api")
    if endpoint in OF_ONE_ACCOUNT and answer.status_code in (200, 201):
        assert UUID(opened.rpartition("/")[2]) in {each.account_id for each in watch.looks()}


def test_a_list_that_is_taken_away_as_a_file_is_written_down_as_an_export(
    opened: str, api_council: Council, finance: ApiCaller
) -> None:
    watch = Watch.from_now(api_council)
    answer = finance.get("/v1/cap-progress", Accept="text/csv")
    assert watch.not_written_down(answer) == set()
    assert {each.look.how for each in watch.looks()} == {"export"}
    assert UUID(opened.rpartition("/")[2]) in watch.named_in(answer)


def test_an_account_that_is_not_there_leaves_no_look(api_council: Council, finance: ApiCaller) -> None:
    watch = Watch.from_now(api_council)
    assert finance.get(f"/v1/care-accounts/{uuid4()}").status_code == 404
    assert watch.looks() == []


@pytest.mark.parametrize("path", ["", "/history", "/cap-progress"])
def test_nothing_is_answered_where_it_cannot_be_written_down_who_looked(
    app: Flask, installation: Installation, council: Council, path: str
) -> None:
    finance = ApiCaller(app, council.code, "finance")
    made = finance.post("/v1/care-accounts", opening(family_name="Ames")).get_json()
    with installation.administering() as admin, admin:
        statement = f"REVOKE INSERT ON {council.names.schema}.access_log FROM {council.names.app}"
        admin.cursor().execute(statement)
    answer = finance.get(f"/v1/care-accounts/{made['account_id']}{path}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert answer.get_json()["detail"].startswith("It could not be written down who looked, so nothing is shown.")
    assert made["reference"] not in answer.get_data(as_text=True)
    assert finance.post("/v1/care-accounts/search", {"reference": made["reference"]}).status_code == 503
    assert finance.get("/v1/cap-progress").status_code == 503


def looks(caller: ApiCaller, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.get(path).get_json()["items"]
    return found


def test_the_looks_at_an_account_are_listed_the_newest_first_page_by_page(
    opened: str, finance: ApiCaller, as_role: Callable[..., ApiCaller]
) -> None:
    finance.get(f"{opened}/history")
    finance.get(f"{opened}/ledger")
    citizen = as_role("citizen", sub="mrs-a", account=opened.rpartition("/")[2])
    first = citizen.get(f"{opened}/access?limit=2&role=finance").get_json()
    assert [each["opened"].rpartition("/")[2] for each in first["items"]] == ["ledger", "history"]
    then = citizen.get(f"{opened}/access?limit=2&role=finance&cursor={first['next']}").get_json()
    assert [each["opened"] for each in then["items"]] == ["POST /v1/care-accounts"]
    assert then["next"] is None
    assert [each["role"] for each in looks(citizen, f"{opened}/access?role=citizen")] == ["citizen", "citizen"]


def test_who_answers_for_data_reads_every_look_and_no_account(
    opened: str, finance: ApiCaller, as_role: Callable[..., ApiCaller]
) -> None:
    account = opened.rpartition("/")[2]
    officer = as_role("information_governance", sub="ig")
    finance.get(opened)
    (newest, *_) = looks(officer, f"/v1/access-log?account_id={account}&who=alice&limit=1")
    assert newest["opened"] == "GET /v1/care-accounts/{account_id}"
    assert looks(officer, f"{opened}/access?who=ig")[0]["opened"] == "GET /v1/access-log"
    assert officer.get(opened).status_code == 403


UNUSUAL_AT = datetime(2026, 11, 18, 10, tzinfo=UTC)  # a Wednesday


def look(at: datetime, who: str = "busy", role: str = "finance", **more: Any) -> Look:
    given = {"purpose": "read_account", "opened": "GET /accounts/{account_id}", "how": "page", **more}
    return Look(at, who, role, None, **given)


@pytest.mark.parametrize(
    ("unusual", "looked", "found"),
    [
        ("many", [look(UNUSUAL_AT)] * 30, 30),
        ("many", [look(UNUSUAL_AT)] * 29, 0),
        ("many", [look(UNUSUAL_AT)] * 29 + [look(UNUSUAL_AT.replace(hour=11))], 0),
        ("many", [look(UNUSUAL_AT, opened="GET /accounts")] * 30, 0),
        ("outside_hours", [look(UNUSUAL_AT.replace(hour=6)), look(UNUSUAL_AT.replace(hour=19))], 2),
        ("outside_hours", [look(UNUSUAL_AT.replace(day=21))], 1),
        ("outside_hours", [look(UNUSUAL_AT.replace(day=21), role="citizen"), look(UNUSUAL_AT)], 0),
        ("outside_hours", [look(datetime(2026, 7, 1, 6, 30, tzinfo=UTC))], 0),  # half past seven in London
        ("refused", [look(UNUSUAL_AT, refused=True), look(UNUSUAL_AT)], 1),
    ],
    ids=str,
)
def test_unusual_looks_are_found(council: Council, unusual: str, looked: list[Look], found: int) -> None:
    for each in looked:
        council.access_log.add([uuid4()], each)
    assert council.access_log.count(Wanted(unusual=unusual)) == found


def test_looks_between_two_moments_are_found(council: Council) -> None:
    for hour in (9, 10, 11):
        council.access_log.add([uuid4()], look(NOON.replace(hour=hour)))
    between = Wanted(since=NOON.replace(hour=10), before=NOON.replace(hour=11))
    assert [each.look.at.hour for each in council.access_log.read(between)] == [10]
