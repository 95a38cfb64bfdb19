"""Whether an assessment worked out here is recorded with its working, and an estimate is the same and keeps nothing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import id_of, opening
from tests.api.kept import kept
from tests.api.test_strictness import pointers

ESTIMATES = "/v1/financial-assessments/estimates"
FULL: dict[str, Any] = {
    "type": "full",
    "assessed_on": "2024-05-01",
    "effective_from": "2024-05-06",
    "setting": "care_home_permanent",
    "circumstances": {"date_of_birth": "1934-02-01", "household": "single", "premiums": [], "children": 0},
    "cost_of_care": "685.37",
    "income": [{"kind": "state_pension", "weekly": "227.55"}, {"kind": "savings_credit", "weekly": "7.25"}],
    "capital": [{"kind": "savings", "value": "17050.91"}],
    "outgoings": [],
    "disability_related_expenditure": [],
    "local_disregards": [],
}
LIGHT = {**FULL, "type": "light_touch", "capital": "below", "consent": True, "evidence": "A bank statement of 3 May"}
REFUSED = {field: FULL[field] for field in ("assessed_on", "effective_from", "setting", "cost_of_care")} | {
    "type": "refused",
    "note": "She would rather not say",
}
IN_WORDS = {
    **FULL,
    "setting": "own_home",
    "income": [{"kind": "attendance_allowance", "weekly": "400.00"}],
    "disability_related_expenditure": [{"weekly": "10.00", "description": "Mrs Ames's laundry"}],
    "local_disregards": [{"weekly": "5.00", "description": "Her cat", "reason": "Policy 4.2"}],
    "minimum_income_guarantee": {"amount": "250.00", "reason": "Policy 3"},
}
FIGURES = ("outcome", "weekly_contribution", "assessable_capital", "tariff_income", "assessable_income", "allowances")


@pytest.fixture
def anybody(finance: ApiCaller) -> ApiCaller:
    """Somebody who is not signed in."""
    finance._authorization = {}
    return finance


def figures(answer: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(answer[name] for name in FIGURES)


def test_the_specifications_own_example_is_answered_with_every_line(assessor: ApiCaller, opened: str) -> None:
    answer = assessor.post(f"{opened}/financial-assessments", FULL)
    assert answer.status_code == 201
    assert figures(answer.get_json()) == ("contribution", "209.70", "17050.91", "12.00", "246.80", "37.10")
    assert [line["step"] for line in answer.get_json()["lines"]][-3:] == ["allowances", "available", "contribution"]
    assert {"step", "label", "amount", "authority", "parameter", "certainty"} <= answer.get_json()["lines"][0].keys()
    assert answer.get_json()["entry_id"] == id_of(opened, answer.get_json()["version"])


@pytest.mark.parametrize("body", [FULL, LIGHT, REFUSED, IN_WORDS], ids=["full", "light touch", "refused", "in words"])
def test_an_estimate_is_what_is_recorded_line_by_line(
    body: dict[str, Any], as_role: Callable[..., ApiCaller], opened: str, api_council: Council
) -> None:
    recorded = as_role("assessor").post(f"{opened}/financial-assessments", body).get_json()
    stranger = as_role("finance")
    stranger._authorization = {}
    estimated = stranger.post(f"{ESTIMATES}?council={api_council.code}", body, Idempotency_Key=None)
    assert estimated.status_code == 200
    assert estimated.get_json() == {name: recorded[name] for name in estimated.get_json()}
    assert {*FIGURES, "lines", "warnings"} == set(estimated.get_json())


def test_an_estimate_asks_nobody_who_they_are_and_keeps_nothing(anybody: ApiCaller, api_council: Council) -> None:
    before = kept(api_council)
    assert anybody.post(ESTIMATES, FULL, Idempotency_Key=None).status_code == 200
    assert anybody.post(ESTIMATES, {**FULL, "setting": "hospital"}, Idempotency_Key=None).status_code == 422
    assert kept(api_council) == before


def test_an_estimate_goes_by_the_amounts_of_the_council_that_is_named(
    anybody: ApiCaller, as_role: Callable[..., ApiCaller], new_council: Callable[..., Council]
) -> None:
    council = new_council()
    own = {"parameter": "minimum_weekly_charge", "from": "2024-01-01", "amount": "300.00", "certainty": "official"}
    change = {"amounts": [own | {"authority": "Cabinet, item 7", "unit": "pounds a week"}]}
    made = as_role("policy", council=council.code).post("/v1/policy-changes", change).get_json()
    approval = f"/v1/policy-changes/{made['change_id']}/approval"
    assert as_role("finance_approver", council=council.code, sub="bert").post(approval, {}).status_code == 201
    there, elsewhere = (anybody.post(ESTIMATES + which, FULL).get_json() for which in (f"?council={council.code}", ""))
    assert (there["weekly_contribution"], elsewhere["weekly_contribution"]) == ("0.00", "209.70")
    nobody = anybody.post(f"{ESTIMATES}?council=E99999999", FULL)
    assert (nobody.status_code, pointers(nobody)) == (422, ["/council"])


def test_what_was_assessed_is_in_force_and_in_the_history(assessor: ApiCaller, opened: str) -> None:
    recorded = assessor.post(f"{opened}/financial-assessments", FULL).get_json()
    in_force = assessor.get(f"{opened}?on=2024-05-06").get_json()["in_force"]["financial_assessment"]
    assert in_force["entry_id"] == recorded["entry_id"]
    assert in_force["data"]["asked"]["capital"][0]["value"] == "17050.91"
    assert assessor.get(f"{opened}?on=2024-05-05").get_json()["in_force"]["financial_assessment"] is None
    entry = assessor.get(f"{opened}/history").get_json()["items"][-1]
    assert (entry["type"], entry["effective_from"]) == ("financial-assessed", "2024-05-06")
    assert entry["data"]["lines"] == recorded["lines"]


def test_words_and_dates_of_birth_stand_in_no_fact(assessor: ApiCaller, opened: str, api_council: Council) -> None:
    assessor.post(f"{opened}/financial-assessments", IN_WORDS)
    entry = assessor.get(f"{opened}/history").get_json()["items"][-1]
    assert entry["data"]["asked"]["circumstances"]["age_group"] == "pension_age"
    for word in ("1934-02-01", "laundry", "cat", "Policy"):
        assert word not in str(entry["data"])
    texts = api_council.people.texts(UUID(opened.rpartition("/")[2]))
    assert texts[entry["version"]] == {
        "disability_related_expenditure.0.description": "Mrs Ames's laundry",
        "local_disregards.0.description": "Her cat",
        "local_disregards.0.reason": "Policy 4.2",
        "minimum_income_guarantee.reason": "Policy 3",
    }


def test_evidence_and_what_is_said_of_a_refusal_are_kept_as_words(
    assessor: ApiCaller, opened: str, api_council: Council
) -> None:
    for body in (LIGHT, REFUSED):
        assert assessor.post(f"{opened}/financial-assessments", body).status_code == 201
    texts = api_council.people.texts(UUID(opened.rpartition("/")[2]))
    assert [*texts.values()] == [{"evidence": "A bank statement of 3 May"}, {"note": "She would rather not say"}]


def test_the_age_is_that_of_the_person_the_account_is_kept_for(finance: ApiCaller, assessor: ApiCaller) -> None:
    young = finance.post("/v1/care-accounts", opening(date_of_birth="2002-03-01")).get_json()
    account = f"/v1/care-accounts/{young['account_id']}"
    at_home = {**FULL, "setting": "own_home", "circumstances": {"household": "single"}}
    found = assessor.post(f"{account}/financial-assessments", at_home).get_json()
    assert [line["parameter"] for line in found["lines"] if line["step"] == "allowance"] == [
        "savings_credit_disregard_single", "minimum_income_guarantee_single_18_to_24"
    ]  # fmt: skip
    stated = {**at_home, "circumstances": {"household": "single", "over_pension_age": True}}
    assert assessor.post(f"{account}/financial-assessments", stated).get_json()["allowances"] == "235.65"
    refused = assessor.post(f"{account}/financial-assessments", FULL)
    assert (refused.status_code, pointers(refused)) == (422, ["/circumstances/date_of_birth"])
    assert assessor.post(f"{account}/financial-assessments", REFUSED).status_code == 201


def test_without_any_age_an_assessment_at_home_is_refused_by_the_field(assessor: ApiCaller, opened: str) -> None:
    body = {**FULL, "setting": "own_home", "circumstances": {"household": "single"}}
    answer = assessor.post(f"{opened}/financial-assessments", body)
    assert (answer.status_code, pointers(answer)) == (422, ["/circumstances/date_of_birth"])


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a kind of assessment": ({"type": "guessed"}, "/type"),
    "a setting": ({"setting": "hospital"}, "/setting"),
    "a kind of income": ({"income": [{"kind": "lottery", "weekly": "1.00"}]}, "/income/0/kind"),
    "a number for money": ({"cost_of_care": 685.37}, "/cost_of_care"),
    "an income in no way": ({"income": [{"kind": "other"}]}, "/income/0"),
    "a share of more than all": ({"capital": [{"kind": "savings", "value": "1.00", "share": "2"}]}, "/capital/0/share"),
    "a home of savings": (
        {"capital": [{"kind": "savings", "value": "1.00", "occupied_by": "partner"}]}, "/capital/0",
    ),
    "less than the law": (
        {"personal_expenses_allowance": {"amount": "30.14", "reason": "-"}}, "/personal_expenses_allowance/amount",
    ),
    "more without a reason": (
        {"personal_expenses_allowance": {"amount": "40.00"}}, "/personal_expenses_allowance/reason",
    ),
    "a disregard without a reason": (
        {"local_disregards": [{"weekly": "1.00", "description": "-"}]}, "/local_disregards/0/reason",
    ),
    "an end before the beginning": ({"ending_before": "2024-05-06"}, "/ending_before"),
    "what nobody asked for": ({"colour": "red"}, "/colour"),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "pointer"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("path", [ESTIMATES, "financial-assessments"])
def test_what_is_wrong_is_named_and_nothing_is_kept(
    path: str, wrong: dict[str, Any], pointer: str, assessor: ApiCaller, opened: str, api_council: Council
) -> None:
    before = kept(api_council)
    answer = assessor.post(path if path == ESTIMATES else f"{opened}/{path}", {**FULL, **wrong})
    assert (answer.status_code, pointers(answer)) == (422, [pointer])
    assert kept(api_council) == before


def test_a_light_touch_needs_consent_and_evidence(assessor: ApiCaller, opened: str) -> None:
    without = {field: value for field, value in LIGHT.items() if field != "evidence"}
    for body, pointer in ((without, "/evidence"), ({**LIGHT, "consent": False}, "/consent")):
        answer = assessor.post(f"{opened}/financial-assessments", body)
        assert (answer.status_code, pointers(answer)) == (422, [pointer])


@pytest.mark.parametrize("path", [ESTIMATES, "financial-assessments"])
def test_an_amount_that_nobody_knows_is_named_with_its_day(path: str, assessor: ApiCaller, opened: str) -> None:
    body = {**FULL, "effective_from": "2027-04-06"}
    answer = assessor.post(path if path == ESTIMATES else f"{opened}/{path}", body)
    assert answer.status_code == 422
    assert answer.get_json()["type"] == "/problems/not-in-force"
    assert "savings_credit_disregard_single is in force on 2027-04-06" in answer.get_json()["detail"]


def test_a_dry_run_says_what_it_comes_to_and_keeps_nothing(
    assessor: ApiCaller, opened: str, api_council: Council
) -> None:
    before = kept(api_council)
    answer = assessor.post(f"{opened}/financial-assessments?dry_run=true", FULL, Idempotency_Key=None)
    weighed = answer.get_json()
    assert (answer.status_code, weighed["dry_run"], weighed["weekly_contribution"]) == (200, True, "209.70")
    assert weighed["lines"]
    assert kept(api_council) == before


def test_the_same_request_again_has_the_same_answer(assessor: ApiCaller, opened: str) -> None:
    first, again = (assessor.post(f"{opened}/financial-assessments", FULL, Idempotency_Key="once") for _ in range(2))
    assert (again.status_code, again.get_json()) == (201, first.get_json())
    assert again.headers["Idempotent-Replayed"] == "true"


def test_an_imported_result_has_no_working_here(assessor: ApiCaller, opened: str) -> None:
    imported = {
        "type": "imported", "assessed_on": "2024-05-01", "effective_from": "2024-05-06", "outcome": "contribution",
        "weekly_contribution": "70.00", "source": {"system": "charging"},
    }  # fmt: skip
    answer = assessor.post(f"{opened}/financial-assessments", imported)
    assert answer.status_code == 201
    assert figures(answer.get_json()) == ("contribution", "70.00", None, None, None, None)
    assert (answer.get_json()["lines"], answer.get_json()["warnings"]) == ([], [])


def test_an_assessment_that_was_wrong_is_replaced_by_one_worked_out_anew(assessor: ApiCaller, opened: str) -> None:
    wrong = assessor.post(f"{opened}/financial-assessments", FULL).get_json()["entry_id"]
    body = {"entry_id": wrong, "reason_code": "savings-misread", "replacement": {**FULL, "capital": []}}
    assert assessor.post(f"{opened}/corrections", body).status_code == 201
    now = assessor.get(f"{opened}?on=2024-05-06").get_json()["in_force"]["financial_assessment"]["data"]
    assert now["weekly_contribution"] == "197.70"
    misread = {**body, "replacement": {**FULL, "capital": [{"kind": "gold", "value": "1.00"}]}}
    answer = assessor.post(f"{opened}/corrections", misread)
    assert (answer.status_code, pointers(answer)) == (422, ["/replacement/capital/0/kind"])


@pytest.mark.parametrize("role", ["finance", "auditor", "citizen"])
def test_only_an_assessor_records_one(role: str, as_role: Callable[..., ApiCaller], opened: str) -> None:
    more = {"account": opened.rpartition("/")[2]} if role == "citizen" else {}
    assert as_role(role, **more).post(f"{opened}/financial-assessments", FULL).status_code == 403
