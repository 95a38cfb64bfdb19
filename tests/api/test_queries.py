"""Whether query parameters are read as strictly as bodies, and pages of a list can be turned."""

import base64
import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.api.caller import ApiCaller
from tests.api.conftest import WRITES
from tests.api.test_strictness import pointers

LISTS = ("/history", "/ledger", "/statements")


def turned(place: object) -> str:
    """A cursor of our own making."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


WRONG: list[tuple[str, str, str]] = [
    ("/history", "limit=0", "/limit"),
    ("/history", "limit=1001", "/limit"),
    ("/history", "limit=-1", "/limit"),
    ("/history", "limit=abc", "/limit"),
    ("/history", "limit=", "/limit"),
    ("/history", "limit=5.0", "/limit"),
    ("/history", "limit=1_0", "/limit"),
    ("/history", "limit=%205", "/limit"),
    ("/history", "limit=+5", "/limit"),
    ("/history", "limit=%D9%A1", "/limit"),
    ("/history", "limit=1&limit=2", "/limit"),
    ("/history", "on=2024-01-01", "/on"),
    ("/history", "Limit=5", "/Limit"),
    ("/history", "=5", "/"),
    ("", "scheme=national", "/scheme"),
    ("/cap-progress", "on=2023-02-30", "/on"),
    ("/cap-progress", "on=0000-00-00", "/on"),
    ("/cap-progress", "on=", "/on"),
    ("/cap-progress", "on=2024-01-01T00:00:00Z", "/on"),
    ("/cap-progress", "on=2024-01-01&on=2024-01-02", "/on"),
    ("/cap-progress", "on=2200-01-01", "/on"),
    ("/cap-progress", "known_at=2026-11-22", "/known_at"),
    ("/cap-progress", "known_at=2026-11-22T12:00:00", "/known_at"),
    ("/cap-progress", "known_at=2026-11-22T25:00:00Z", "/known_at"),
    ("/cap-progress", "known_at=now", "/known_at"),
    ("/cap-progress", "known_at=2026-11-22T12:00:00.1234567Z", "/known_at"),
    ("/cap-progress", "known_at=2027-11-22T12:00:00Z", "/known_at"),
    ("/cap-progress", "scheme=", "/scheme"),
    ("/cap-progress", "scheme=nowhere", "/scheme"),
    ("/cap-progress", "scheme=../national", "/scheme"),
    ("/cap-progress", "scheme=%00", "/scheme"),
    ("/cap-progress", "scheme=" + "x" * 65, "/scheme"),
    ("/ledger", "by=year", "/by"),
    ("/ledger", "from=2024-02-01&to=2024-01-31", "/to"),
    ("/ledger", "from_=2024-02-01", "/from_"),
    ("/ledger", "from=never", "/from"),
]


@pytest.mark.parametrize(("path", "query", "pointer"), WRONG)
def test_a_wrong_parameter_is_named(path: str, query: str, pointer: str, mrs_a: str, finance: ApiCaller) -> None:
    assert pointers(finance.get(f"{mrs_a}{path}?{query}")) == [pointer]


WRONG_OF_THE_COUNCIL = [
    ("sort=name", ["/sort"]),
    ("sort=--percent", ["/sort"]),
    ("sort=reference;drop", ["/sort"]),
    ("sort=", ["/sort"]),
    ("metering=running", ["/metering/0"]),
    ("metering=capped&metering=", ["/metering/1"]),
    ("reaching_before=soon", ["/reaching_before"]),
    ("scheme=national", ["/scheme"]),
]


@pytest.mark.parametrize(("query", "named"), WRONG_OF_THE_COUNCIL)
def test_a_wrong_parameter_of_the_councils_list_is_named(query: str, named: list[str], finance: ApiCaller) -> None:
    assert pointers(finance.get(f"/v1/cap-progress?{query}")) == named


@pytest.mark.parametrize("dry_run", ["yes", "1", "True", "TRUE", "", "on", "true&dry_run=true"])
def test_a_wish_to_try_that_is_not_plainly_said_is_refused_rather_than_recorded(
    dry_run: str, mrs_a: str, finance: ApiCaller
) -> None:
    answer = finance.post(f"{mrs_a}/breaks?dry_run={dry_run}", WRITES["breaks"])
    assert pointers(answer) == ["/dry_run"]
    assert finance.get(mrs_a).get_json()["version"] == 3


CURSORS: list[Any] = [
    "x",
    "!",
    "",
    "caf\u00e9",
    "a" * 200,
    turned([]),
    turned("x"),
    turned({"offset": -1}),
    turned({"offset": "1"}),
    turned({"offset": 2**40}),
    turned({"offset": 1, "other": 1}),
    turned({"known_at": "2026"}),
    turned({"day": "2023-02-30"}),
]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("cursor", CURSORS)
def test_a_cursor_that_was_never_handed_out_is_refused(cursor: str, path: str, mrs_a: str, finance: ApiCaller) -> None:
    assert pointers(finance.get(f"{mrs_a}{path}?cursor={cursor}")) == ["/cursor"]


def test_a_cursor_of_a_ledger_that_points_past_its_days_is_refused(mrs_a: str, finance: ApiCaller) -> None:
    for day in ("2023-10-01", "2024-01-01"):
        cursor = turned({"day": day})
        assert pointers(finance.get(f"{mrs_a}/ledger?to=2023-12-31&cursor={cursor}")) == ["/cursor"]


def test_a_cursor_cannot_bring_a_moment_to_come(finance: ApiCaller) -> None:
    cursor = turned({"known_at": "2099-01-01T00:00:00Z"})
    assert pointers(finance.get(f"/v1/cap-progress?cursor={cursor}")) == ["/known_at"]


def test_a_cursor_belongs_to_its_moment(mrs_a: str, finance: ApiCaller) -> None:
    cursor = finance.get(f"{mrs_a}/history?limit=1").get_json()["next"]
    known_at = "2026-11-22T12:00:00Z"
    assert pointers(finance.get(f"{mrs_a}/history?cursor={cursor}&known_at={known_at}")) == ["/cursor"]


def _pages(finance: ApiCaller, path: str) -> list[TestResponse]:
    found, cursor = [], ""
    while True:
        found.append(finance.get(f"{path}{cursor}"))
        following = found[-1].get_json()["next"]
        if following is None:
            return found
        cursor = f"&cursor={following}"


@pytest.mark.parametrize(
    ("path", "limit"),
    [("/history?", 2), ("/ledger?by=month", 5), ("/ledger?by=week&from=2023-09-13", 50), ("/statements?", 1)],
)
def test_the_pages_of_a_list_laid_together_are_the_list(path: str, limit: int, mrs_a: str, finance: ApiCaller) -> None:
    for to in ("2024-03-31", "2024-06-30"):
        finance.post(f"{mrs_a}/statements", {"to": to, "kind": "on_request"})
    whole = finance.get(f"{mrs_a}{path}&limit=1000").get_json()["items"]
    pages = [page.get_json()["items"] for page in _pages(finance, f"{mrs_a}{path}&limit={limit}")]
    assert len(pages) > 1
    assert {len(page) for page in pages[:-1]} == {limit}
    assert [item for page in pages for item in page] == whole


def test_what_is_recorded_between_two_pages_of_a_ledger_moves_nothing(mrs_a: str, finance: ApiCaller) -> None:
    path = f"{mrs_a}/ledger?by=month&to=2024-12-31&limit=4"
    whole = finance.get(f"{path}00").get_json()
    first = finance.get(path).get_json()
    finance.post(f"{mrs_a}/breaks", {"from": "2023-10-02", "ending_before": "2024-12-31", "reason": "hospital"})
    second = finance.get(f"{path}&cursor={first['next']}").get_json()
    assert first["items"] + second["items"] == whole["items"][:8]
    assert (second["known_at"], second["version"], second["totals"]) == (first["known_at"], 3, whole["totals"])


def test_the_last_page_of_two_hundred_years_of_days_is_turned_to_like_the_first(mrs_a: str, finance: ApiCaller) -> None:
    cursor = turned({"day": "2199-12-30"})
    ledger = finance.get(f"{mrs_a}/ledger?by=day&from=1900-01-01&to=2199-12-31&cursor={cursor}").get_json()
    assert [line["to"] for line in ledger["items"]] == ["2199-12-30", "2199-12-31"]
    assert (ledger["next"], ledger["items"][-1]["balance"]) == (None, "86000.00")


def test_a_ledger_of_days_to_come_can_be_asked_for_without_saying_where_it_ends(mrs_a: str, finance: ApiCaller) -> None:
    ledger = finance.get(f"{mrs_a}/ledger?from=2027-01-05").get_json()
    assert [(line["from"], line["to"]) for line in ledger["items"]] == [("2027-01-05", "2027-01-05")]
