"""Whether a dry run makes the same checks, tells the effect on the figures, and keeps nothing."""

from collections.abc import Callable

import pytest

from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import BREAK, BUDGET, NEEDS, WRITES, Ready, opening
from tests.api.kept import kept

BASIS = {"scheme": "reform-2023", "in_force": False}


@pytest.mark.parametrize("address", WRITES)
def test_a_dry_run_keeps_nothing_and_needs_no_key(
    address: str, ready: Callable[[str], Ready], api_council: Council
) -> None:
    sent = ready(address)
    before = kept(api_council)
    answer = sent.writer.post(f"{sent.path}?dry_run=true", sent.body, Idempotency_Key=None)
    assert (answer.status_code, kept(api_council)) == (200, before)
    found = answer.get_json()
    assert (found["dry_run"], found["version"], found["basis"]) == (True, sent.version, BASIS)
    assert answer.headers["ETag"] == f'"{sent.version}"'


@pytest.mark.parametrize("address", WRITES)
def test_what_is_weighed_is_what_recording_it_then_brings(
    address: str, mrs_a: str, ready: Callable[[str], Ready]
) -> None:
    sent = ready(address)
    before = sent.writer.get(mrs_a).get_json()["cap_progress"]
    weighed = sent.writer.post(f"{sent.path}?dry_run=true", sent.body).get_json()
    sent.writer.post(f"{sent.path}?dry_run=false", sent.body)
    after = sent.writer.get(mrs_a).get_json()
    assert (weighed["before"], weighed["after"]) == (before, after["cap_progress"])
    assert after["version"] == sent.version + 1


def test_a_week_in_hospital_is_weighed_to_the_penny(opened: str, finance: ApiCaller, assessor: ApiCaller) -> None:
    """On 22 November 2026 the cap was long reached; at 500.00 a week less 200.00 it is not, and a week costs 300.00."""
    assessor.post(f"{opened}/needs-assessments", NEEDS)
    assessor.post(f"{opened}/budgets", BUDGET | {"weekly_cost": "500.00"})
    weighed = finance.post(f"{opened}/breaks?dry_run=true", BREAK).get_json()
    # 1,148 days from 2 October 2023 to 22 November 2026: 1,148 / 7 x 300.00
    assert (weighed["before"]["accrued_costs"], weighed["after"]["accrued_costs"]) == ("49200.00", "48900.00")
    assert weighed["before"]["daily_living_costs"] == "32800.00"
    assert weighed["after"]["daily_living_costs"] == "32600.00"


def test_a_dry_run_of_a_stale_request_is_stale(mrs_a: str, finance: ApiCaller) -> None:
    assert finance.post(f"{mrs_a}/breaks?dry_run=true", BREAK, If_Match='"2"').status_code == 412
    assert finance.post(f"{mrs_a}/breaks?dry_run=true", BREAK, If_Match='"3"').status_code == 200


def test_a_dry_run_of_a_wrong_request_is_wrong(mrs_a: str, finance: ApiCaller) -> None:
    answer = finance.post(f"{mrs_a}/breaks?dry_run=true", BREAK | {"reason": "holiday"})
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/reason")


def test_a_key_that_is_wrong_is_told_in_a_dry_run_too(mrs_a: str, finance: ApiCaller) -> None:
    assert finance.post(f"{mrs_a}/breaks?dry_run=true", BREAK, Idempotency_Key="x" * 256).status_code == 400


def test_a_dry_run_uses_up_no_key(mrs_a: str, finance: ApiCaller) -> None:
    finance.post(f"{mrs_a}/breaks?dry_run=true", BREAK, Idempotency_Key=mrs_a)
    answer = finance.post(f"{mrs_a}/breaks", BREAK, Idempotency_Key=mrs_a)
    assert (answer.status_code, "Idempotent-Replayed" in answer.headers) == (201, False)


def test_opening_can_be_tried_and_keeps_nobody(finance: ApiCaller, api_council: Council) -> None:
    body, before = opening(family_name="Ames"), kept(api_council)
    weighed = finance.post("/v1/care-accounts?dry_run=true", body, Idempotency_Key=None)
    assert (weighed.status_code, kept(api_council)) == (200, before)
    found = weighed.get_json()
    assert (found["account_id"], found["version"], found["before"], found["basis"]) == (None, 0, None, BASIS)
    assert (found["after"]["accrued_costs"], found["after"]["metering"]) == ("0.00", "not_eligible")
    assert finance.post("/v1/care-accounts", body).status_code == 201


def test_trying_to_open_a_second_account_is_refused_as_opening_it_would_be(finance: ApiCaller) -> None:
    body = opening()
    finance.post("/v1/care-accounts", body)
    answer = finance.post("/v1/care-accounts?dry_run=true", body)
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/account-exists")
