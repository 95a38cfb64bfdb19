"""Whether what somebody wrote of a person is ever repeated in an error or a log."""

import json
import logging
from typing import Any

import pytest
from psycopg2.extensions import cursor

from ledger.council import Council
from ledger.store.references import References
from tests.api.caller import ApiCaller
from tests.api.conftest import ADJUSTMENT, BUDGET, CHARGE, DISPUTE, id_of, opening

MARK = "Zzyzx"

WRONG: list[dict[str, Any]] = [
    {"local_id": f"{MARK} with spaces"},
    {"local_id": [MARK]},
    {"nhs_number": MARK},
    {"nhs_number": {MARK[:2]: MARK}},
    {"given_name": f"{MARK}\x00"},
    {"given_name": [MARK]},
    {"family_name": MARK * 60},
    {"family_name": {"value": MARK}},
    {"date_of_birth": MARK},
    {"date_of_birth": [MARK]},
    {"postcode": MARK},
    {"postcode": [MARK]},
    {"contact": MARK},
    {"contact": {"email": f"{MARK}\n"}},
    {"contact": {"phone": [MARK]}},
    {"contact": {"address": MARK}},
    {"contact": {"address": [f"{MARK}\x07"]}},
    {"contact": {"address": [{"line": MARK}]}},
    {"middle_name": MARK},
]


@pytest.fixture(autouse=True)
def _everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


def _silent(answer: Any, caplog: pytest.LogCaptureFixture) -> bool:
    logged = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    return MARK not in f"{answer.get_data(as_text=True)}{answer.headers}{logged}"


@pytest.mark.parametrize("query", ["", "?dry_run=true"])
@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_wrong_personal_field_is_named_and_its_value_is_not_repeated(
    wrong: dict[str, Any], query: str, finance: ApiCaller, caplog: pytest.LogCaptureFixture
) -> None:
    answer = finance.post(f"/v1/care-accounts{query}", opening(**wrong))
    assert answer.status_code == 422
    assert _silent(answer, caplog)


@pytest.mark.parametrize("field", ["local_id", "nhs_number", "family_name", "postcode", "reference", "given_name"])
@pytest.mark.parametrize("value", [f"{MARK} \x00", [MARK], {"x": MARK}], ids=repr)
def test_a_wrong_search_repeats_nothing_of_what_was_looked_for(
    field: str, value: object, finance: ApiCaller, caplog: pytest.LogCaptureFixture
) -> None:
    answer = finance.post("/v1/care-accounts/search", {field: value})
    assert answer.status_code == 422
    assert _silent(answer, caplog)


def test_a_providers_name_that_is_wrong_is_not_repeated(
    mrs_a: str, assessor: ApiCaller, caplog: pytest.LogCaptureFixture
) -> None:
    answer = assessor.post(f"{mrs_a}/budgets", BUDGET | {"provider": {"name": f"{MARK}\n"}})
    assert answer.status_code == 422
    assert _silent(answer, caplog)


@pytest.mark.parametrize("spoiled", ['{"person": {"family_name": "%s"', '{"x": "%s", "x": "%s"}', '{"x": "%s\\ud800"}'])
def test_a_body_that_cannot_be_read_is_not_repeated(
    spoiled: str, finance: ApiCaller, caplog: pytest.LogCaptureFixture
) -> None:
    answer = finance.post("/v1/care-accounts", spoiled.replace("%s", MARK))
    assert answer.status_code == 400
    assert _silent(answer, caplog)


def test_a_person_who_has_an_account_already_is_not_named(finance: ApiCaller, caplog: pytest.LogCaptureFixture) -> None:
    body = opening(local_id=f"{MARK}-1", family_name=MARK)
    first = finance.post("/v1/care-accounts", body, Idempotency_Key="first")
    second = finance.post("/v1/care-accounts", body)
    other = finance.post("/v1/care-accounts", opening(local_id=f"{MARK}-2", family_name=MARK), Idempotency_Key="first")
    assert [answer.status_code for answer in (first, second, other)] == [201, 409, 422]
    assert all(_silent(answer, caplog) for answer in (first, second, other))


def test_a_fault_is_logged_loud_with_its_place_and_without_a_value(
    finance: ApiCaller, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL repeats a value it cannot take; the fault that carries it must not carry it into the log."""

    def fail(references: References, statements: cursor, account_id: object, reference: str) -> None:
        statements.execute("SELECT %s::int", (MARK,))

    monkeypatch.setattr(References, "name", fail)
    answer = finance.post("/v1/care-accounts", opening(family_name=MARK))
    assert (answer.status_code, answer.get_json()["type"]) == (500, "/problems/fault")
    assert _silent(answer, caplog)
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "references.name" in record.getMessage()
    assert "InvalidTextRepresentation" in record.getMessage()


def test_names_and_words_are_kept_in_the_vault_and_in_no_fact(
    finance: ApiCaller, assessor: ApiCaller, approver: ApiCaller, auditor: ApiCaller, api_council: Council
) -> None:
    made = finance.post("/v1/care-accounts", opening(given_name=MARK, family_name=MARK)).get_json()
    path, words = f"/v1/care-accounts/{made['account_id']}", f"{MARK} said so."
    assessor.post(f"{path}/budgets", BUDGET | {"provider": {"name": MARK, "cqc_location_id": "1-123"}})
    finance.post(f"{path}/charges", CHARGE | {"reference": "INV-1"})
    finance.post(f"{path}/charges/INV-1/retraction", {"reason": words})
    proposed = finance.post(f"{path}/adjustments", ADJUSTMENT | {"note": words}).get_json()["entry_id"]
    approver.post(f"{path}/adjustments/{proposed}/approval", {"note": words})
    other = finance.post(f"{path}/adjustments", ADJUSTMENT | {"note": words}).get_json()["entry_id"]
    approver.post(f"{path}/adjustments/{other}/return", {"reason_code": "not-shown", "note": words})
    body = {"entry_id": proposed, "reason_code": "slip", "note": words, "replacement": ADJUSTMENT | {"note": words}}
    finance.post(f"{path}/corrections", body)
    dispute = finance.post(f"{path}/disputes", DISPUTE | {"text": words}).get_json()["dispute_id"]
    assert finance.post(f"{path}/disputes/{dispute}/outcome", {"outcome": "upheld", "text": words}).status_code == 201
    with api_council.app.transaction() as statements:
        for table in ("events", "receipts", "account_references", "head", "council"):
            statements.execute(f"SELECT * FROM {api_council.names.schema}.{table}")
            assert MARK.encode() not in b"".join(_bytes(value) for row in statements for value in row)
    assert finance.get(path).get_json()["person"]["family_name"] == MARK
    history = finance.get(f"{path}/history").get_json()["items"]
    assert [field for entry in history for field in entry.pop("words")] == [
        "provider.name",
        "reason",
        *["note"] * 6,
        *["text"] * 2,
    ]
    assert MARK not in json.dumps(history)
    assert MARK not in auditor.get(f"{path}/history").get_data(as_text=True)


@pytest.mark.parametrize("address", ["adjustments", "disputes", "corrections"])
def test_words_that_are_wrong_are_not_repeated(
    address: str, mrs_a: str, finance: ApiCaller, caplog: pytest.LogCaptureFixture
) -> None:
    spoiled: dict[str, dict[str, Any]] = {
        "adjustments": ADJUSTMENT | {"note": f"{MARK}\x07"},
        "disputes": DISPUTE | {"text": [MARK]},
        "corrections": {
            "entry_id": id_of(mrs_a, 3),
            "reason_code": "slip",
            "replacement": BUDGET | {"provider": {"name": f"{MARK}\n"}, MARK[:2]: MARK},
        },
    }
    answer = finance.post(f"{mrs_a}/{address}", spoiled[address])
    assert answer.status_code == 422
    assert _silent(answer, caplog)


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, memoryview | bytes) else str(value).encode()
