"""Whether a body that is wrong in any way is told so, field by field, with how to mend it, and keeps nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import BREAK, BUDGET, WRITES, Ready, opening
from tests.api.kept import kept


def pointers(answer: TestResponse) -> list[str]:
    """The fields an answer names, after checking that it is a problem with a sentence for each of them."""
    problem = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert set(problem) == {"type", "title", "status", "detail", "instance", "errors"}
    assert all(error["detail"].endswith(".") and len(error["detail"]) > 10 for error in problem["errors"])
    return [error["pointer"] for error in problem["errors"]]


NOT_MONEY: list[Any] = [
    950,
    950.0,
    0,
    -1,
    True,
    None,
    [],
    {},
    ["950.00"],
    "950",
    "950.0",
    "950.000",
    "1e3",
    "1E3",
    "+950.00",
    "0950.00",
    ".50",
    "950.",
    " 950.00",
    "950.00\n",
    "9,500.00",
    "\u00a3950.00",
    "\u0669\u0665\u0660.\u0660\u0660",
    "NaN",
    "Infinity",
    "",
    "9999999999.00",
]


@pytest.mark.parametrize("amount", NOT_MONEY, ids=repr)
def test_what_is_no_amount_of_pounds_and_pence_is_refused(amount: object, mrs_a: str, assessor: ApiCaller) -> None:
    answer = assessor.post(f"{mrs_a}/budgets", BUDGET | {"weekly_cost": amount})
    assert pointers(answer) == ["/weekly_cost"]
    assert '"750.00"' in answer.get_json()["errors"][0]["detail"]


def test_a_negative_amount_is_refused_where_none_can_be(mrs_a: str, assessor: ApiCaller) -> None:
    answer = assessor.post(f"{mrs_a}/budgets", BUDGET | {"weekly_cost": "-0.01"})
    assert pointers(answer) == ["/weekly_cost"]
    assert "0.00 or more" in answer.get_json()["errors"][0]["detail"]


@pytest.mark.parametrize("amount", ["0.00", "0.01", "999999999.99"])
def test_amounts_from_nil_to_the_largest_are_taken(amount: str, mrs_a: str, assessor: ApiCaller) -> None:
    assert assessor.post(f"{mrs_a}/budgets", BUDGET | {"weekly_cost": amount}).status_code == 201


NO_DAYS: list[Any] = [
    "2023-02-30",
    "2023-02-29",
    "0000-00-00",
    "2023-13-01",
    "2023-00-10",
    "1899-12-31",
    "2200-01-01",
    "9999-12-31",
    "20230101",
    "2023-W01-1",
    "2023-1-1",
    "01/02/2023",
    "2023-01-01T00:00:00Z",
    "2023-01-01 ",
    "\u0662\u0660\u0662\u0663-01-01",
    "today",
    "",
    20230101,
    1672531200.0,
    True,
    None,
    [],
    {},
]


@pytest.mark.parametrize("day", NO_DAYS, ids=repr)
def test_what_is_no_day_is_refused(day: object, mrs_a: str, assessor: ApiCaller) -> None:
    assert pointers(assessor.post(f"{mrs_a}/budgets", BUDGET | {"effective_from": day})) == ["/effective_from"]


@pytest.mark.parametrize("address", WRITES)
def test_a_field_that_nobody_asked_for_is_refused(address: str, ready: Callable[[str], Ready]) -> None:
    sent = ready(address)
    answer = sent.writer.post(sent.path, sent.body | {"a/b~c": 1, "Reason": "x"})
    assert sorted(pointers(answer)) == ["/Reason", "/a~1b~0c"]
    assert "spelled" in answer.get_json()["errors"][0]["detail"]


OPTIONAL = {
    ("needs-assessments", "eligible_from"),
    ("breaks", "ending_before"),
    ("deferred-payments", "interest_told_on"),
}
REQUIRED = [(address, field) for address, body in WRITES.items() for field in body if (address, field) not in OPTIONAL]


@pytest.mark.parametrize(("address", "field"), REQUIRED)
def test_a_required_field_that_is_left_out_or_null_is_named(
    address: str, field: str, ready: Callable[[str], Ready], api_council: Council
) -> None:
    sent = ready(address)
    before = kept(api_council)
    left_out = {name: value for name, value in sent.body.items() if name != field}
    assert pointers(sent.writer.post(sent.path, left_out)) == [f"/{field}"]
    assert pointers(sent.writer.post(sent.path, sent.body | {field: None})) == [f"/{field}"]
    assert kept(api_council) == before


WRONG_ANSWERS: list[tuple[str, dict[str, Any], str]] = [
    ("needs-assessments", {"eligible": "true"}, "/eligible"),
    ("needs-assessments", {"eligible": 1}, "/eligible"),
    ("needs-assessments", {"eligible_from": None}, "/eligible_from"),
    ("needs-assessments", {"eligible": False}, "/eligible_from"),
    ("needs-assessments", {"confirmed": None}, "/confirmed"),
    ("needs-assessments", {"outcomes": "managing"}, "/outcomes"),
    ("needs-assessments", {"outcomes": None}, "/outcomes"),
    ("needs-assessments", {"outcomes": ["ok", "two words"]}, "/outcomes/1"),
    ("needs-assessments", {"outcomes": ["ok", 7]}, "/outcomes/1"),
    ("needs-assessments", {"assessor": "Jane Doe"}, "/assessor"),
    ("needs-assessments", {"assessor": "caf\u00e9"}, "/assessor"),
    ("needs-assessments", {"assessor": "a" * 65}, "/assessor"),
    ("needs-assessments", {"assessor": ""}, "/assessor"),
    ("needs-assessments", {"duty_arose_on": "2023-02-30"}, "/duty_arose_on"),
    ("needs-assessments", {"review_due": 5}, "/review_due"),
    ("budgets", {"kind": "both"}, "/kind"),
    ("budgets", {"kind": None}, "/kind"),
    ("budgets", {"setting": "hospital"}, "/setting"),
    ("budgets", {"short_stay": "no"}, "/short_stay"),
    ("budgets", {"short_stay": None}, "/short_stay"),
    ("budgets", {"source": "spreadsheet"}, "/source"),
    ("budgets", {"source": {}}, "/source/system"),
    ("budgets", {"source": {"system": "x", "version": "1"}}, "/source/version"),
    ("budgets", {"source": {"system": "x", "reference": "two words"}}, "/source/reference"),
    ("budgets", {"provider": {"name": "a\nb"}}, "/provider/name"),
    ("budgets", {"provider": {"name": "a\x00b"}}, "/provider/name"),
    ("budgets", {"provider": {"name": ""}}, "/provider/name"),
    ("budgets", {"provider": {"name": "a" * 201}}, "/provider/name"),
    ("budgets", {"provider": []}, "/provider"),
    ("financial-assessments", {"type": "guessed"}, "/type"),
    ("financial-assessments", {"outcome": "free"}, "/outcome"),
    ("financial-assessments", {"weekly_contribution": 350}, "/weekly_contribution"),
    ("financial-assessments", {"source": None}, "/source"),
    ("breaks", {"reason": "holiday"}, "/reason"),
    ("breaks", {"from_": "2024-01-01"}, "/from_"),
    ("closures", {"reason": "Died"}, "/reason"),
    ("statements", {"kind": "monthly"}, "/kind"),
    ("charges", {"reference": "two words"}, "/reference"),
    ("charges", {"amount": "-1.00"}, "/amount"),
    ("charges", {"amount": 1400}, "/amount"),
    ("charges", {"period_ending_before": "2024-01-01"}, "/period_ending_before"),
    ("charges/{reference}/retraction", {"reason": ""}, "/reason"),
    ("charges/{reference}/retraction", {"reason": "a\x00b"}, "/reason"),
    ("charges/{reference}/retraction", {"reason": "x" * 4001}, "/reason"),
    ("charges/{reference}/retraction", {"reference": "INV-1"}, "/reference"),
    ("adjustments", {"amount": "0.00"}, "/amount"),
    ("adjustments", {"amount": "-0.00"}, "/amount"),
    ("adjustments", {"amount": -250}, "/amount"),
    ("adjustments", {"reason_code": "because of this"}, "/reason_code"),
    ("adjustments", {"note": " "}, "/note"),
    ("adjustments", {"note": 7}, "/note"),
    ("adjustments/{entry_id}/approval", {"note": "\u202e"}, "/note"),
    ("adjustments/{entry_id}/approval", {"approver": "alice"}, "/approver"),
    ("adjustments/{entry_id}/approval", {"on": "2024-06-30"}, "/on"),
    ("corrections", {"entry_id": "3"}, "/entry_id"),
    ("corrections", {"reason_code": "the rate was wrong"}, "/reason_code"),
    ("corrections", {"note": ["a"]}, "/note"),
    ("corrections", {"replacement": []}, "/replacement"),
    ("corrections", {"replacement": "none"}, "/replacement"),
    ("openings", {"accrued_costs": "-1.00"}, "/accrued_costs"),
    ("openings", {"provenance": {}}, "/provenance/kind"),
    ("openings", {"provenance": {"kind": "gift"}}, "/provenance/kind"),
    ("openings", {"weekly_rate": {"daily_living_costs": "200.00"}}, "/weekly_rate/metered"),
    ("openings", {"adjustments": [{"on": "2024-04-06", "percentage": 2.5}]}, "/adjustments/0/percentage"),
    ("openings/{entry_id}/evidence", {"evidence": "a letter"}, "/evidence"),
    ("disputes", {"about": {}}, "/about"),
    ("disputes", {"about": {"line": {"from": "2024-01-02", "to": "2024-01-01"}}}, "/about/line/to"),
    ("disputes", {"about": {"line": {"from": "2024-01-02"}}}, "/about/line/to"),
    ("disputes", {"about": {"entry_id": "4"}}, "/about/entry_id"),
    ("disputes", {"raised_on": "2024-01-01"}, "/raised_on"),
    ("disputes/{dispute_id}/outcome", {"outcome": "rejected"}, "/outcome"),
    ("disputes/{dispute_id}/outcome", {"on": "2024-01-01"}, "/on"),
    ("reopenings", {"reason_code": "x y"}, "/reason_code"),
    ("deferred-payments", {"reference": "Mrs Ames's home"}, "/reference"),
    ("deferred-payments", {"property_value": 240000}, "/property_value"),
    ("deferred-payments", {"interest_told_on": "2023-12-21"}, "/interest_told_on"),
    ("deferred-payments", {"compounding": "none", "interest": "paid"}, "/interest"),
    ("deferred-payments", {"interest": "paid_separately"}, "/interest"),
    ("deferred-payments", {"stated_rates": [{"from": "2024-01-02", "per_cent": "2"}]}, "/stated_rates"),
    ("deferred-payments", {"stated_rates": [{"from": "2024-01-01", "per_cent": 2}]}, "/stated_rates/0/per_cent"),
    ("deferred-payments", {"equity_limit": "1.00"}, "/equity_limit"),
    ("deferred-payments/{reference}/deferrals", {"amount": "0.00"}, "/amount"),
    ("deferred-payments/{reference}/deferrals", {"kind": "interest"}, "/kind"),
    ("deferred-payments/{reference}/deferrals", {"period_ending_before": "2024-01-01"}, "/period_ending_before"),
    ("deferred-payments/{reference}/repayments", {"amount": "-1.00"}, "/amount"),
    ("deferred-payments/{reference}/end", {"reason": "moved"}, "/reason"),
]


@pytest.mark.parametrize(("address", "wrong", "pointer"), WRONG_ANSWERS, ids=str)
def test_a_wrong_field_is_named_by_its_pointer_and_nothing_is_kept(
    address: str, wrong: dict[str, Any], pointer: str, ready: Callable[[str], Ready], api_council: Council
) -> None:
    sent = ready(address)
    before = kept(api_council)
    assert pointers(sent.writer.post(sent.path, sent.body | wrong)) == [pointer]
    assert kept(api_council) == before


def test_every_wrong_field_is_named_at_once(mrs_a: str, assessor: ApiCaller) -> None:
    answer = assessor.post(f"{mrs_a}/budgets", {"kind": 1, "weekly_cost": 1, "effective_from": 1, "x": 1})
    assert sorted(pointers(answer)) == ["/effective_from", "/kind", "/setting", "/weekly_cost", "/x"]


WRONG_PEOPLE: list[Any] = [
    ({"local_id": None}, "/person/local_id"),
    ({"local_id": "P 1"}, "/person/local_id"),
    ({"local_id": 1001}, "/person/local_id"),
    ({"nhs_number": "9434765918"}, "/person/nhs_number"),
    ({"nhs_number": "943476591"}, "/person/nhs_number"),
    ({"nhs_number": 9434765919}, "/person/nhs_number"),
    ({"nhs_number": "\u0669434765919"}, "/person/nhs_number"),
    ({"given_name": "Ada\u202e"}, "/person/given_name"),
    ({"family_name": "Ames\u2028"}, "/person/family_name"),
    ({"family_name": " Ames"}, "/person/family_name"),
    ({"given_name": ""}, "/person/given_name"),
    ({"given_name": "A\tda"}, "/person/given_name"),
    ({"family_name": "A" * 201}, "/person/family_name"),
    ({"date_of_birth": "1941-02-30"}, "/person/date_of_birth"),
    ({"date_of_birth": "1841-02-03"}, "/person/date_of_birth"),
    ({"postcode": "CM1"}, "/person/postcode"),
    ({"contact": None}, "/person/contact"),
    ({"contact": {"address": "1 High St"}}, "/person/contact/address"),
    ({"contact": {"address": ["1 High St", 2]}}, "/person/contact/address/1"),
    ({"contact": {"fax": "1"}}, "/person/contact/fax"),
    ({"title": "Mrs"}, "/person/title"),
]


@pytest.mark.parametrize(("wrong", "pointer"), WRONG_PEOPLE, ids=str)
def test_a_person_who_is_written_wrongly_is_refused(
    wrong: dict[str, Any], pointer: str, finance: ApiCaller, api_council: Council
) -> None:
    before = kept(api_council)
    assert pointers(finance.post("/v1/care-accounts", opening(**wrong))) == [pointer]
    assert kept(api_council) == before


def test_a_person_is_kept_and_read_as_they_were_written(finance: ApiCaller) -> None:
    person = {
        "nhs_number": "943 476 5919",
        "given_name": "\u00c1d\u00e1",
        "family_name": "O'Ames-\u0141uk",
        "date_of_birth": "1941-05-02",
        "postcode": "cm11qh",
        "contact": {"email": None, "phone": None, "address": ["1 High St"]},
    }
    made = finance.post("/v1/care-accounts", opening(**person)).get_json()
    shown = finance.get(f"/v1/care-accounts/{made['account_id']}").get_json()["person"]
    shown.pop("local_id")
    assert shown == person | {"nhs_number": "9434765919", "postcode": "CM1 1QH"}


MALFORMED = {
    "nothing": b"",
    "half an object": b'{"kind":',
    "something after it": b"{} {}",
    "a comma too many": b'{"kind": "personal",}',
    "single quotes": b"{'kind': 'personal'}",
    "a field named twice": b'{"kind": "personal", "kind": "personal"}',
    "a field named twice further in": b'{"source": {"system": "a", "system": "b"}}',
    "no UTF-8": b'{"kind": "\xff"}',
    "UTF-16": '{"kind": "personal"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "a lone surrogate": b'{"kind": "\\ud800"}',
    "a lone surrogate for a name": b'{"\\udc00": 1}',
    "a bare control character": b'{"kind": "a\x00b"}',
    "NaN": b'{"weekly_cost": NaN}',
    "Infinity": b'{"weekly_cost": -Infinity}',
    "deep lists": b"[" * 100_000,
    "deep lists that end": b"[" * 5_000 + b"]" * 5_000,
    "deep objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "a number without end": b'{"weekly_cost": ' + b"9" * 100_000 + b"}",
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_not_well_formed_is_told(body: bytes, mrs_a: str, assessor: ApiCaller, api_council: Council) -> None:
    before = kept(api_council)
    answer = assessor.post(f"{mrs_a}/budgets", body)
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert kept(api_council) == before


@pytest.mark.parametrize("body", [b"[]", b'"x"', b"null", b"1", b"true"])
def test_a_body_that_is_no_object_is_told(body: bytes, mrs_a: str, assessor: ApiCaller) -> None:
    assert pointers(assessor.post(f"{mrs_a}/budgets", body)) == [""]


@pytest.mark.parametrize(
    "media_type", ["", "text/plain", "application/xml", "application/merge-patch+json", "multipart/form-data"]
)
def test_another_media_type_is_told(media_type: str, mrs_a: str, assessor: ApiCaller) -> None:
    answer = assessor.post(f"{mrs_a}/budgets", b"{}", Content_Type=media_type)
    assert (answer.status_code, answer.get_json()["type"]) == (415, "/problems/media-type")


def test_a_body_over_one_mebibyte_is_told(mrs_a: str, assessor: ApiCaller) -> None:
    answer = assessor.post(f"{mrs_a}/budgets", b" " * (1024 * 1024 + 1))
    assert (answer.status_code, answer.get_json()["type"]) == (413, "/problems/too-large")
    assert assessor.post(f"{mrs_a}/budgets", b" " * (1024 * 1024)).status_code == 400


@pytest.mark.parametrize("path", ["", "/history", "/cap-progress", "/ledger", "/statements"])
@pytest.mark.parametrize(
    "account_id", ["x", "1", "%00", "%FF", "00000000-0000-0000-0000-00000000000", "{id}", "urn:uuid:{id}"]
)
def test_what_is_no_id_is_no_account(account_id: str, path: str, mrs_a: str, finance: ApiCaller) -> None:
    plain = mrs_a.rpartition("/")[2].replace("-", "")
    answer = finance.get(f"/v1/care-accounts/{account_id.format(id=plain)}{path}")
    assert (answer.status_code, answer.get_json()["detail"]) == (404, "There is no such account.")


def test_our_own_words_are_no_ids(finance: ApiCaller) -> None:
    answer = finance.get("/v1/care-accounts/search")
    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"POST", "OPTIONS"})


def test_an_id_in_capitals_is_the_same_account(mrs_a: str, finance: ApiCaller) -> None:
    base, _, account_id = mrs_a.rpartition("/")
    answer = finance.get(f"{base}/{account_id.upper()}")
    assert (answer.status_code, answer.get_json()["account_id"]) == (200, account_id)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_method_that_an_address_does_not_take_is_told(method: str, mrs_a: str, finance: ApiCaller) -> None:
    answer = finance._client.open(mrs_a, method=method, headers=finance._authorization)
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_a_break_may_be_open_ended(mrs_a: str, finance: ApiCaller) -> None:
    assert finance.post(f"{mrs_a}/breaks", BREAK | {"ending_before": None}).status_code == 201
