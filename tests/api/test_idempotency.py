"""Whether a request that is sent again is carried out once and answered the same."""

from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import BUDGET, CLOSURE, WRITES, Ready, opening
from tests.api.kept import kept


def said(answer: TestResponse) -> tuple[int, bytes, str | None]:
    return answer.status_code, answer.data, answer.headers.get("ETag")


@pytest.mark.parametrize("address", WRITES)
def test_the_same_key_and_body_bring_the_same_answer_once(
    address: str, ready: Callable[[str], Ready], api_council: Council
) -> None:
    sent = ready(address)
    first = sent.writer.post(sent.path, sent.body, Idempotency_Key=f"once {sent.path}")
    after_first = kept(api_council)
    again = sent.writer.post(sent.path, sent.body, Idempotency_Key=f"once {sent.path}")
    assert first.status_code == 201
    assert "Idempotent-Replayed" not in first.headers
    assert said(again) == said(first)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert kept(api_council) == after_first


def test_opening_an_account_again_with_the_same_key_brings_the_same_account(
    finance: ApiCaller, api_council: Council
) -> None:
    body = opening(given_name="Ada")
    first = finance.post("/v1/care-accounts", body, Idempotency_Key=f"open {body}")
    after_first = kept(api_council)
    again = finance.post("/v1/care-accounts", body, Idempotency_Key=f"open {body}")
    assert said(again) == said(first)
    assert (again.headers["Idempotent-Replayed"], kept(api_council)) == ("true", after_first)


def test_a_replay_is_answered_as_it_was_whatever_has_happened_since(
    mrs_a: str, finance: ApiCaller, assessor: ApiCaller
) -> None:
    first = assessor.post(f"{mrs_a}/budgets", BUDGET, Idempotency_Key=mrs_a)
    finance.post(f"{mrs_a}/closures", CLOSURE)
    assert said(assessor.post(f"{mrs_a}/budgets", BUDGET, Idempotency_Key=mrs_a)) == said(first)


def test_a_replay_is_answered_even_when_its_if_match_has_gone_stale(mrs_a: str, assessor: ApiCaller) -> None:
    first = assessor.post(f"{mrs_a}/budgets", BUDGET, Idempotency_Key=mrs_a, If_Match='"3"')
    assert said(assessor.post(f"{mrs_a}/budgets", BUDGET, Idempotency_Key=mrs_a, If_Match='"3"')) == said(first)


def test_the_order_of_the_fields_does_not_make_another_request(mrs_a: str, assessor: ApiCaller) -> None:
    first = assessor.post(f"{mrs_a}/budgets", BUDGET, Idempotency_Key=mrs_a)
    turned = dict(reversed(BUDGET.items()))
    assert said(assessor.post(f"{mrs_a}/budgets", turned, Idempotency_Key=mrs_a)) == said(first)


def test_the_account_written_in_capitals_is_the_same_address(mrs_a: str, assessor: ApiCaller) -> None:
    first = assessor.post(f"{mrs_a}/budgets", BUDGET, Idempotency_Key=mrs_a)
    base, _, account_id = mrs_a.rpartition("/")
    again = assessor.post(f"{base}/{account_id.upper()}/budgets", BUDGET, Idempotency_Key=mrs_a)
    assert said(again) == said(first)


def test_the_same_key_with_another_body_is_refused_and_keeps_nothing(
    mrs_a: str, assessor: ApiCaller, api_council: Council
) -> None:
    assessor.post(f"{mrs_a}/budgets", BUDGET, Idempotency_Key=mrs_a)
    before = kept(api_council)
    answer = assessor.post(f"{mrs_a}/budgets", BUDGET | {"weekly_cost": "951.00"}, Idempotency_Key=mrs_a)
    assert (answer.status_code, answer.get_json()["type"]) == (422, "/problems/key-used-for-another-request")
    assert kept(api_council) == before


def test_the_same_key_at_another_address_is_refused(mrs_a: str, finance: ApiCaller) -> None:
    finance.post(f"{mrs_a}/breaks", WRITES["breaks"], Idempotency_Key=mrs_a)
    answer = finance.post(f"{mrs_a}/statements", WRITES["statements"], Idempotency_Key=mrs_a)
    assert answer.status_code == 422


def test_two_callers_with_the_same_key_do_not_meet(mrs_a: str, as_role: Callable[..., ApiCaller]) -> None:
    first = as_role("assessor", sub="ann").post(f"{mrs_a}/budgets", BUDGET, Idempotency_Key=mrs_a)
    second = as_role("assessor", sub="ben").post(f"{mrs_a}/budgets", BUDGET, Idempotency_Key=mrs_a)
    assert (second.status_code, "Idempotent-Replayed" in second.headers) == (201, False)
    assert second.get_json()["version"] == first.get_json()["version"] + 1


@pytest.mark.parametrize("key", [None, "", " ", "x" * 256, "caf\u00e9", "a\tb"])
@pytest.mark.parametrize("address", ["/v1/care-accounts", "budgets"])
def test_a_key_that_is_missing_or_wrong_is_told_and_nothing_is_kept(
    address: str, key: str | None, mrs_a: str, assessor: ApiCaller, api_council: Council
) -> None:
    before = kept(api_council)
    path, body = (f"{mrs_a}/budgets", BUDGET) if address == "budgets" else (address, opening())
    answer = assessor.post(path, body, Idempotency_Key=key)
    assert (answer.status_code, answer.get_json()["type"]) == (400, "/problems/idempotency-key")
    assert kept(api_council) == before


@pytest.mark.parametrize("key", ["x", "x" * 255, "a b", "!~"])
def test_a_key_of_1_to_255_printable_characters_is_taken(
    key: str, mrs_a: str, as_role: Callable[..., ApiCaller]
) -> None:
    caller = as_role("assessor", sub=f"somebody of {mrs_a}")
    assert caller.post(f"{mrs_a}/budgets", BUDGET, Idempotency_Key=key).status_code == 201


def test_a_refused_request_leaves_no_receipt_so_the_key_can_be_used_once_it_is_mended(
    mrs_a: str, finance: ApiCaller, api_council: Council
) -> None:
    before = kept(api_council)
    early = finance.post(f"{mrs_a}/closures", CLOSURE | {"on": "2023-01-01"}, Idempotency_Key=mrs_a)
    stale = finance.post(f"{mrs_a}/closures", CLOSURE, Idempotency_Key=mrs_a, If_Match='"1"')
    assert (early.status_code, stale.status_code, kept(api_council)) == (409, 412, before)
    assert finance.post(f"{mrs_a}/closures", CLOSURE, Idempotency_Key=mrs_a).status_code == 201


def test_a_second_account_for_the_same_person_is_refused_with_a_stable_type(
    finance: ApiCaller, api_council: Council
) -> None:
    body = opening()
    finance.post("/v1/care-accounts", body)
    before = kept(api_council)
    answer = finance.post("/v1/care-accounts", body)
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/account-exists")
    assert kept(api_council) == before
