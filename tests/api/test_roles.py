"""Whether each role may do exactly what it is granted: every role at every endpoint."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from api.kit.endpoint import Endpoint
from api.pages.page import PAGES
from api.pages.page import PUBLIC as ANYBODY
from api.pages.site import load_pages
from api.policy import GRANTS, ROLES, SEES_PEOPLE, Role, Verb, may_correct
from domain.account.facts import (
    BY_TOPIC,
    AdjustmentApproved,
    AdjustmentReturned,
    BudgetSet,
    Fact,
    FinancialAssessed,
    FinancialAssessmentImported,
    NeedsAssessed,
    RepresentativeEnded,
    RepresentativeNamed,
)
from tests.api.caller import ApiCaller
from tests.api.conftest import CHARGE, POLICY_CHANGE, WRITES, opening
from tests.api.endpoints import ALL, OF_ONE_ACCOUNT, RECORDING, address_of, name_of

PUBLIC: tuple[str, ...] = ("estimate_financial_assessment",)
"""Endpoints that ask nobody who they are, each named here on purpose."""


OF_THE_COUNCIL: dict[str, dict[str, object]] = {
    "/v1/care-accounts": {},
    "/v1/care-accounts/search": {"reference": "CA-7K3M-92QX"},
    "/v1/posting-runs": {"through": "2023-01-01"},
    "/v1/policy-changes": POLICY_CHANGE,
    "/v1/policy-changes/{change_id}/approval": {},
    "/v1/policy-changes/{change_id}/reversal": {},
    "/v1/deferred-payments/eligibility": {
        "needs_met_in_care_home": True,
        "home_disregarded": False,
        "other_capital": "9000.00",
        "property_value": "240000.00",
        "encumbrances": "0.00",
    },
    "/v1/financial-assessments/estimates": {
        "type": "refused",
        "assessed_on": "2024-05-01",
        "effective_from": "2024-05-06",
        "setting": "own_home",
        "cost_of_care": "500.00",
    },
    "/v1/reassessments": {"on": "2023-01-01"},
    "/v1/reassessments/{run_id}/reversal": {},
    "/v1/statement-runs": {"to": "2023-01-01", "kind": "annual"},
    "/v1/statement-runs/{run_id}/release": {"seen": []},
    "/v1/statement-runs/{run_id}/withdrawal": {"reason_code": "wrong-day"},
}
"""A body that is right for each address of the council's."""


def ask(caller: ApiCaller, endpoint: Endpoint, account: str) -> TestResponse:
    ids = {"account_id": account.rpartition("/")[2], "reference": CHARGE["reference"]}
    path = endpoint.path.format(**{name: ids.get(name, str(uuid4())) for name in endpoint.path_ids})
    if endpoint.method == "GET":
        return caller.get(path)
    if endpoint in OF_ONE_ACCOUNT:
        body = WRITES[address_of(endpoint)]
        return caller.post(path, body | {"entry_id": str(uuid4())} if "entry_id" in body else body)
    if endpoint.takes:
        return caller.post(f"{path}?kind=accounts", b"", Content_Type=endpoint.takes[0])
    return caller.post(path, OF_THE_COUNCIL[endpoint.path] | (opening() if path == "/v1/care-accounts" else {}))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("endpoint", ALL, ids=name_of)
def test_a_role_may_do_what_it_is_granted_and_nothing_else(
    endpoint: Endpoint, role: Role, opened: str, as_role: Callable[..., ApiCaller]
) -> None:
    answer = ask(as_role(role, account=opened.rpartition("/")[2]), endpoint, opened)
    assert (answer.status_code == 403) == (endpoint.verb not in {None, *GRANTS[role]})
    assert answer.status_code < 500


@pytest.mark.parametrize("endpoint", ALL, ids=name_of)
def test_every_endpoint_declares_who_may_or_is_named_as_public(endpoint: Endpoint) -> None:
    assert (endpoint.verb is None) == (endpoint.name in PUBLIC)


@pytest.mark.parametrize("endpoint", [e for e in ALL if e.verb], ids=name_of)
def test_nobody_gets_in_without_a_token(endpoint: Endpoint, opened: str, finance: ApiCaller) -> None:
    finance._authorization = {}
    answer = ask(finance, endpoint, opened)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_every_verb_that_is_granted_is_asked_for_somewhere() -> None:
    load_pages()
    asked_for = {endpoint.verb for endpoint in ALL if endpoint.verb} | {page.allowed for page in PAGES}
    assert set().union(*GRANTS.values()) == asked_for - {ANYBODY}


WRITING: set[Verb | None] = {endpoint.verb for endpoint in RECORDING}
FACTS_OF_CARE: set[Verb] = {"record_needs"}
MAKING: set[Verb] = {
    "record_costs",
    "close_account",
    "propose_adjustment",
    "issue_statement",
    "post_periods",
    "reassess",
}
CHECKING: set[Verb] = {"approve_adjustment", "release_statements", "commit_imports"}
FORBIDDEN_PAIRS = [(MAKING, CHECKING), (FACTS_OF_CARE, CHECKING), (FACTS_OF_CARE, MAKING)]
"""What nobody may hold both parts of."""


@pytest.mark.parametrize("role", ["auditor", "information_governance", "council_admin", "machine"])
def test_these_roles_write_nothing(role: Role) -> None:
    assert not GRANTS[role] & WRITING


def test_a_citizen_questions_says_who_helps_and_how_to_write_to_them_and_writes_nothing_else() -> None:
    assert GRANTS["citizen"] & WRITING == {"raise_dispute", "name_representative", "arrange_letters"}


def test_a_representative_questions_and_says_how_to_write_and_writes_nothing_else() -> None:
    assert GRANTS["representative"] & WRITING == {"raise_dispute", "arrange_letters"}


def test_policy_writes_amounts_of_law_and_nothing_else() -> None:
    assert GRANTS["policy"] & WRITING == {"propose_amounts", "approve_amounts"}


@pytest.mark.parametrize("role", ROLES)
def test_who_decides_on_amounts_of_law_records_nothing_of_an_account(role: Role) -> None:
    assert not ("approve_amounts" in GRANTS[role] and GRANTS[role] & (MAKING | FACTS_OF_CARE))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("one", "other"), FORBIDDEN_PAIRS, ids=lambda verbs: "+".join(sorted(verbs)))
def test_no_role_holds_both_parts_of_a_forbidden_pair(one: set[Verb], other: set[Verb], role: Role) -> None:
    assert not (GRANTS[role] & one and GRANTS[role] & other)


def test_who_approves_corrects_nothing() -> None:
    assert "correct_entry" not in GRANTS["finance_approver"]


@pytest.mark.parametrize("role", ROLES)
def test_whoever_may_correct_may_correct_some_kind_and_nobody_else_may_correct_any(role: Role) -> None:
    assert ("correct_entry" in GRANTS[role]) == any(may_correct(role, kind) for kind in BY_TOPIC.values())


ASSESSED: set[type[Fact]] = {
    *(NeedsAssessed, BudgetSet, FinancialAssessmentImported, FinancialAssessed),
    *(RepresentativeNamed, RepresentativeEnded),
}


@pytest.mark.parametrize("kind", BY_TOPIC.values(), ids=lambda kind: kind.__name__)
def test_finance_corrects_everything_but_an_approval_and_an_assessor_what_is_assessed(kind: type[Fact]) -> None:
    assert may_correct("finance", kind) == (kind not in (AdjustmentApproved, AdjustmentReturned))
    assert may_correct("assessor", kind) == (kind in ASSESSED)


def test_who_manages_users_sees_no_cases() -> None:
    assert GRANTS["council_admin"] == {"read_parameters", "read_proofs"}


@pytest.mark.parametrize("role", ROLES)
def test_everybody_may_read_the_law_and_the_proofs(role: Role) -> None:
    assert {"read_parameters", "read_proofs"} <= GRANTS[role]


@pytest.mark.parametrize("endpoint", [e for e in OF_ONE_ACCOUNT if e.method == "GET"], ids=name_of)
def test_a_citizen_sees_their_own_account_and_every_other_as_absent(
    endpoint: Endpoint, mrs_a: str, finance: ApiCaller, as_role: Callable[..., ApiCaller]
) -> None:
    other = f"/v1/care-accounts/{finance.post('/v1/care-accounts', opening()).get_json()['account_id']}"
    citizen = as_role("citizen", account=mrs_a.rpartition("/")[2])
    own, others, nobodys = (ask(citizen, endpoint, a) for a in (mrs_a, other, f"/v1/care-accounts/{uuid4()}"))
    assert own.status_code == (404 if set(endpoint.path_ids) - {"account_id"} else 200)
    assert (others.status_code, nobodys.status_code) == (404, 404)
    assert others.get_json()["detail"] == nobodys.get_json()["detail"] == "There is no such account."


@pytest.mark.parametrize("endpoint", [e for e in OF_ONE_ACCOUNT if e.method == "GET"], ids=name_of)
def test_a_citizen_whose_token_names_no_account_sees_none(
    endpoint: Endpoint, mrs_a: str, as_role: Callable[..., ApiCaller]
) -> None:
    assert ask(as_role("citizen"), endpoint, mrs_a).status_code == 404


@pytest.mark.parametrize(
    "role", [role for role in ROLES if "read_account" in GRANTS[role] and role != "representative"]
)
def test_a_person_is_shown_to_the_roles_that_see_people_and_to_no_other(
    role: Role, finance: ApiCaller, as_role: Callable[..., ApiCaller]
) -> None:
    made = finance.post("/v1/care-accounts", opening(family_name="Ames")).get_json()
    path = f"/v1/care-accounts/{made['account_id']}"
    caller = as_role(role, account=made["account_id"])
    person = caller.get(path).get_json()["person"]
    assert (person is not None and person["family_name"] == "Ames") == (role in SEES_PEOPLE)
    for read in ("", "/history", "/ledger", "/cap-progress", "/statements", "/disputes"):
        assert role in SEES_PEOPLE or b"Ames" not in caller.get(path + read).data


def test_an_auditor_sees_no_people() -> None:
    assert "auditor" not in SEES_PEOPLE


@pytest.mark.parametrize("field", ["family_name", "local_id"])
def test_an_auditor_cannot_learn_whose_account_it_is_by_asking_for_a_name(
    field: str, finance: ApiCaller, auditor: ApiCaller
) -> None:
    person = {"local_id": f"P-{uuid4()}", "family_name": f"Ames {uuid4()}"}
    reference = finance.post("/v1/care-accounts", opening(**person)).get_json()["reference"]
    by_name = {field: person[field]}
    assert len(finance.post("/v1/care-accounts/search", by_name).get_json()["items"]) == 1
    assert auditor.post("/v1/care-accounts/search", by_name).status_code == 403
    assert auditor.post("/v1/care-accounts/search", by_name | {"reference": reference}).status_code == 403
    found = auditor.post("/v1/care-accounts/search", {"reference": reference}).get_json()["items"]
    assert [(item["reference"], item["person"]) for item in found] == [(reference, None)]
