"""Importing over HTTP: a file is taken in once, its bad rows are told, and who may is who may record it by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from api.kit import reading
from api.v1.imports import TAKES
from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import UNKNOWN
from tests.api.kept import kept
from tests.faults.served import until
from tests.unit.tables import RIGHT, as_csv, as_workbook

AsRole = Callable[..., ApiCaller]
Json = dict[str, Any]
CSV, XLSX = TAKES


@pytest.fixture
def as_own(as_role: AsRole, council: Council) -> AsRole:
    """A caller in a role, in a council of this test's own, which keeps nothing yet."""
    return lambda role, **more: as_role(role, council=council.code, **more)


@pytest.fixture
def finance(as_own: AsRole) -> ApiCaller:
    return as_own("finance")


@pytest.fixture
def assessor(as_own: AsRole) -> ApiCaller:
    return as_own("assessor")


def give(caller: ApiCaller, query: str, content: bytes, media: str = CSV, **headers: str | None) -> TestResponse:
    return caller.post(f"/v1/imports?{query}", content, Content_Type=media, **headers)


def ended(caller: ApiCaller, begun: TestResponse) -> Json:
    """The import, read once it has ended."""
    assert begun.status_code == 202, begun.get_json()

    def when_it_has() -> Json | None:
        found: Json = caller.get(begun.headers["Location"]).get_json()
        return found if found["status"] != "running" else None

    found: Json = until(when_it_has, "the import has ended")
    return found


def imported(caller: ApiCaller, kind: str, *rows: Json) -> Json:
    return ended(caller, give(caller, f"kind={kind}", as_csv(rows or [RIGHT[kind]])))


def test_a_file_is_taken_in_and_what_became_of_it_is_read(finance: ApiCaller, council: Council) -> None:
    found = imported(finance, "accounts", RIGHT["accounts"], RIGHT["accounts"] | {"local_id": "P-2"})
    assert {name: found[name] for name in ("number", "kind", "partial", "status", "rows", "applied")} == {
        "number": 1, "kind": "accounts", "partial": False, "status": "recorded", "rows": 2, "applied": 2
    }  # fmt: skip
    assert (found["started_by"], found["errors"], found["error_count"]) == ("alice", [], 0)
    assert kept(council)["local_ids"] == 2


def test_a_workbook_is_taken_too(finance: ApiCaller) -> None:
    content = as_workbook([RIGHT["accounts"]])
    assert ended(finance, give(finance, "kind=accounts", content, XLSX))["applied"] == 1


def test_the_same_request_again_is_the_same_import_and_the_same_file_changes_nothing(
    finance: ApiCaller, council: Council
) -> None:
    content = as_csv([RIGHT["accounts"]])
    first = give(finance, "kind=accounts", content, Idempotency_Key="once")
    ended(finance, first)
    before = kept(council)
    again = give(finance, "kind=accounts", content, Idempotency_Key="once")
    assert (again.get_json(), again.headers["Idempotent-Replayed"]) == (first.get_json(), "true")
    assert (ended(finance, again)["status"], kept(council)) == ("recorded", before)
    other = ended(finance, give(finance, "kind=accounts", content))
    assert (other["status"], other["known"], other["number"]) == ("nothing_new", 1, 2)


@pytest.mark.parametrize("query", ["kind=accounts&partial=true", "kind=charges"])
def test_the_same_key_with_another_file_or_another_wish_is_refused(query: str, finance: ApiCaller) -> None:
    give(finance, "kind=accounts", as_csv([RIGHT["accounts"]]), Idempotency_Key="once")
    content = as_csv([RIGHT["charges" if "charges" in query else "accounts"]])
    answer = give(finance, query, content, Idempotency_Key="once")
    assert (answer.status_code, answer.get_json()["type"]) == (422, "/problems/key-used-for-another-request")


def test_every_bad_row_is_told_and_none_is_recorded_unless_the_good_ones_are_asked_for(
    finance: ApiCaller, council: Council
) -> None:
    rows = [RIGHT["accounts"], RIGHT["accounts"] | {"local_id": "P-2", "nhs_number": "9434765918"}]
    refused = imported(finance, "accounts", *rows)
    assert (refused["status"], refused["rejected"], refused["left"]) == ("refused", 1, 1)
    assert refused["errors"] == [
        {
            "row": 3,
            "column": "nhs_number",
            "value": "9...",
            "rule": "nhs-number",
            "fix": "This is no NHS number: compare the ten digits, the last is a check on the others.",
        }
    ]
    assert kept(council)["local_ids"] == 0
    partly = ended(finance, give(finance, "kind=accounts&partial=true", as_csv(rows)))
    assert (partly["status"], partly["applied"], partly["rejected"]) == ("recorded_in_part", 1, 1)
    assert kept(council)["local_ids"] == 1


def test_a_dry_run_shows_the_effect_and_keeps_nothing(
    finance: ApiCaller, assessor: ApiCaller, council: Council
) -> None:
    imported(finance, "accounts")
    before = kept(council)
    answer = give(assessor, "kind=budgets&dry_run=true", as_csv([RIGHT["budgets"]]), Idempotency_Key=None)
    assert (answer.status_code, kept(council)) == (200, before)
    found = answer.get_json()
    assert (found["dry_run"], found["applied"], found["basis"]["scheme"]) == (True, 1, "reform-2023")
    assert found["effects"]["after"]["weekly_cost"] == "950.00"


@pytest.mark.parametrize(
    ("role", "kinds"),
    [("finance", {"accounts", "charges"}), ("assessor", {"accounts", "needs", "budgets", "assessments"})],
)
def test_who_may_import_a_kind_is_who_may_record_the_same_by_hand(role: str, kinds: set[str], as_own: AsRole) -> None:
    caller = as_own(role)
    answers = {kind: give(caller, f"kind={kind}&dry_run=true", as_csv([RIGHT[kind]])) for kind in RIGHT}
    assert {kind for kind, answer in answers.items() if answer.status_code != 403} == kinds


def test_a_file_that_is_no_table_is_told_and_no_import_is_begun(finance: ApiCaller) -> None:
    answer = give(finance, "kind=accounts", b"local_id;opened_on\n")
    problem = answer.get_json()
    assert (answer.status_code, problem["type"]) == (422, "/problems/not-a-table")
    assert [error["detail"] for error in problem["errors"]] == [
        "The columns are separated by semicolons: separate them by commas. In Excel, save it as: CSV UTF-8 (Comma"
        " delimited)."
    ]
    assert finance.get("/v1/imports").get_json()["items"] == []


@pytest.mark.parametrize("query", ["", "kind=people", "kind=accounts&partial=yes", "kind=accounts&rows=good"])
def test_a_wrong_question_is_refused(query: str, finance: ApiCaller) -> None:
    assert give(finance, query, as_csv([RIGHT["accounts"]])).status_code == 422


def test_what_is_sent_as_something_else_is_told_what_is_taken(finance: ApiCaller) -> None:
    answer = give(finance, "kind=accounts", b"{}", "application/json")
    assert (answer.status_code, CSV in answer.get_json()["detail"]) == (415, True)


def test_a_file_may_be_larger_than_other_bodies_and_one_that_is_too_large_is_told(
    finance: ApiCaller, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = as_csv([RIGHT["accounts"]]) + b"," * 2**20
    assert give(finance, "kind=accounts&dry_run=true", content).status_code == 200
    monkeypatch.setattr(reading, "LARGEST_FILE", 2**20)
    answer = give(finance, "kind=accounts&dry_run=true", content)
    assert (answer.status_code, answer.get_json()["detail"]) == (413, "The body is too large: send at most 1 MiB.")


def test_imports_are_listed_newest_first_page_by_page(finance: ApiCaller) -> None:
    for local_id in ("P-1", "P-2", "P-3"):
        imported(finance, "accounts", RIGHT["accounts"] | {"local_id": local_id})
    first = finance.get("/v1/imports?limit=2").get_json()
    rest = finance.get(f"/v1/imports?limit=2&cursor={first['next']}").get_json()
    assert [[item["number"] for item in page["items"]] for page in (first, rest)] == [[3, 2], [1]]
    assert rest["next"] is None


@pytest.mark.parametrize("import_id", ["x", UNKNOWN])
def test_an_import_that_never_was_is_not_found(import_id: str, finance: ApiCaller) -> None:
    assert finance.get(f"/v1/imports/{import_id}").status_code == 404


def test_nothing_personal_of_a_file_is_in_its_answers_or_outside_the_vault(
    finance: ApiCaller, council: Council, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    mark = "Zzyzx"
    wrong = RIGHT["accounts"] | {"family_name": f"{mark}\x07", "nhs_number": mark, "local_id": f"{mark} 1"}
    found = imported(finance, "accounts", wrong, RIGHT["accounts"] | {"opened_on": mark})
    assert (found["rejected"], mark in str(found)) == (2, False)
    slipped = give(finance, "kind=accounts", f"{mark},{mark}\n".encode())
    assert mark not in slipped.get_data(as_text=True)
    with council.app.transaction() as statements:
        for table in ("imports", "import_ends", "import_faults", "receipts"):
            statements.execute(f"SELECT * FROM {council.names.schema}.{table}")
            assert mark not in str(statements.fetchall())
    assert mark not in caplog.text
