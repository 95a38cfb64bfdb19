"""May everybody open exactly what is written down here: each role, at each page and endpoint, in each relationship?

The table says it once more, by hand, beside the policy. An address that is not in it fails.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.auth import Forbidden, HasEnded, Identity, NotYours, allow
from api.exports.files import FILES
from api.kit.endpoint import Endpoint
from api.pages.page import PAGES, PUBLIC, Page
from api.pages.site import load_pages
from api.policy import GRANTS, OWN_ACCOUNT_ONLY, ROLES, Role
from domain.account.commands import Correct, EndRepresentative
from ledger.council import Council
from ledger.outcomes import NoSuchAccount
from tests.api.endpoints import ALL
from tests.conftest import NOON
from tests.pages.office import FINANCE, Office, helped_by

load_pages()
TODAY = NOON.date()
ROUTES: list[Page | Endpoint] = [
    *(page for page in PAGES if page.allowed != PUBLIC),
    *(endpoint for endpoint in ALL if endpoint.verb),
]

MATRIX = """
GET   /account                                   own money
GET   /account/people/new                        own
POST  /account/people                            own
GET   /account/contact                           own act
POST  /account/contact                           own act
GET   /account/statements/{statement_id}/post    own act
POST  /account/statements/{statement_id}/post    own act
GET   /account/people/{entry_id}/remove          own
GET   /account/questions/new                     own act
GET   /account/questions/{entry_id}              own act
GET   /account/questions/{entry_id}/paper        own money+care
POST  /account/questions                         own act
GET   /accounts                                  assessor finance checker
GET   /accounts/forecast                         assessor finance checker auditor
GET   /accounts/{account_id}/dossier             finance checker
GET   /accounts/{account_id}/entries/{entry_id}/correct assessor finance
POST  /accounts/{account_id}/entries/{entry_id}/correct assessor finance
GET   /accounts/{account_id}/financial-assessments assessor
POST  /accounts/{account_id}/financial-assessments assessor
GET   /accounts/{account_id}/contact             assessor finance
POST  /accounts/{account_id}/contact             assessor finance
GET   /accounts/{account_id}/letter-code         finance
POST  /accounts/{account_id}/letter-code         finance
GET   /accounts/{account_id}/people/new          assessor finance
POST  /accounts/{account_id}/people              assessor finance
GET   /accounts/{account_id}/people/{entry_id}   assessor finance
POST  /accounts/{account_id}/approvals           checker
POST  /accounts/{account_id}/questions           finance checker
GET   /accounts/{account_id}/record/needs-assessment assessor
GET   /accounts/{account_id}/record/budget       assessor
GET   /accounts/{account_id}/record/break        finance
GET   /accounts/{account_id}/record/charge       finance
GET   /accounts/{account_id}/record/balance-carried-in finance
GET   /accounts/{account_id}/record/adjustment   finance
GET   /accounts/{account_id}/record/closure      finance
GET   /accounts/{account_id}/record/reopening    finance
POST  /accounts/{account_id}/record              finance
POST  /accounts/{account_id}/record/needs-assessment assessor
POST  /accounts/{account_id}/record/budget       assessor
GET   /accounts/{account_id}/statements/check    finance
POST  /accounts/{account_id}/statements          finance
GET   /accounts/{account_id}/approvals/{entry_id}/return checker
GET   /approvals                                 assessor finance checker
GET   /audit                                     assessor finance checker auditor
GET   /audit/access                              auditor data
GET   /audit/accounts/{account_id}/dossier       finance checker auditor
GET   /audit/accounts/{account_id}/name          auditor
POST  /audit/accounts/{account_id}/name          auditor
GET   /audit/bundle                              auditor
POST  /audit/bundle                              auditor
GET   /audit/samples/check                       auditor
GET   /audit/samples/new                         auditor
POST  /audit/samples                             auditor
GET   /audit/verify                              assessor finance checker auditor
POST  /audit/verify                              auditor
GET   /imports                                   assessor finance checker auditor
GET   /imports/given/{proposal_id}               assessor finance checker
GET   /imports/given/{proposal_id}/commit        checker
GET   /imports/given/{proposal_id}/rejection     checker
GET   /imports/templates                         assessor finance
GET   /imports/{import_id}                       assessor finance checker
POST  /imports                                   assessor finance
POST  /imports/given/{proposal_id}/commit        checker
POST  /imports/given/{proposal_id}/rejection     checker
POST  /imports/given/{proposal_id}/work          assessor finance
GET   /letters                                   assessor finance checker
GET   /letters/{letter_id}/again                 finance
GET   /letters/{letter_id}/returned              finance
POST  /letters/{letter_id}                       finance
GET   /exports                                   assessor finance checker auditor
GET   /accounts/between                          assessor finance checker
GET   /views                                     assessor finance checker auditor
POST  /views                                     assessor finance checker auditor
GET   /policy                                    finance checker policy auditor
POST  /policy/changes                            policy
POST  /policy/changes/{change_id}                policy checker
GET   /policy/new                                policy
GET   /questions                                 assessor finance checker
GET   /reassessments                             assessor finance checker auditor
GET   /reassessments/check                       finance
GET   /reassessments/preview                     finance
GET   /reassessments/{run_id}                    assessor finance checker
GET   /reassessments/{run_id}/undo               finance
POST  /reassessments                             finance
GET   /received                                  assessor finance checker
POST  /received                                  assessor
GET   /statement-runs                            assessor finance checker auditor
GET   /statement-runs/check                      finance
GET   /statement-runs/{run_id}                   assessor finance checker
GET   /statement-runs/{run_id}/release           checker
GET   /statement-runs/{run_id}/withdrawal        checker
POST  /statement-runs                            finance
POST  /statement-runs/{run_id}                   checker
GET   /today                                     assessor finance checker

GET   /v1/access-log                             auditor data
GET   /v1/cap-progress                           assessor finance checker auditor
POST  /v1/care-accounts                          assessor finance
POST  /v1/care-accounts/search                   assessor finance checker auditor
GET   /v1/care-accounts/{account_id}             own money assessor finance checker auditor
GET   /v1/care-accounts/{account_id}/access      own money auditor data
GET   /v1/care-accounts/{account_id}/history     own money+care assessor finance checker auditor
POST  /v1/care-accounts/{account_id}/adjustments finance
POST  /v1/care-accounts/{account_id}/adjustments/{entry_id}/approval checker
POST  /v1/care-accounts/{account_id}/adjustments/{entry_id}/return checker
POST  /v1/care-accounts/{account_id}/breaks      finance
POST  /v1/care-accounts/{account_id}/budgets     assessor
POST  /v1/care-accounts/{account_id}/charges     finance
POST  /v1/care-accounts/{account_id}/closures    finance
POST  /v1/care-accounts/{account_id}/contact-preferences own act assessor finance
POST  /v1/care-accounts/{account_id}/corrections assessor finance
POST  /v1/care-accounts/{account_id}/deferred-payments finance
POST  /v1/care-accounts/{account_id}/disputes    own act assessor finance
POST  /v1/care-accounts/{account_id}/disputes/{dispute_id}/outcome finance checker
POST  /v1/care-accounts/{account_id}/financial-assessments assessor
POST  /v1/care-accounts/{account_id}/needs-assessments assessor
POST  /v1/care-accounts/{account_id}/openings    finance
POST  /v1/care-accounts/{account_id}/reopenings  finance
POST  /v1/care-accounts/{account_id}/representatives own assessor finance
POST  /v1/care-accounts/{account_id}/statements  finance
POST  /v1/deferred-payments/eligibility          everybody
GET   /v1/forecast                               assessor finance checker auditor
GET   /v1/imports                                assessor finance checker auditor
POST  /v1/imports                                assessor finance
GET   /v1/parameters                             everybody
GET   /v1/policy-changes                         finance checker policy auditor
POST  /v1/policy-changes                         policy
POST  /v1/policy-changes/{change_id}             policy checker
GET   /v1/posting-runs                           assessor finance checker auditor
POST  /v1/posting-runs                           finance
GET   /v1/proofs                                 everybody
GET   /v1/reassessments                          assessor finance checker auditor
POST  /v1/reassessments                          finance
GET   /v1/schedule                               assessor finance checker auditor
GET   /v1/schemes                                everybody
GET   /v1/statement-runs                         assessor finance checker auditor
POST  /v1/statement-runs                         finance
POST  /v1/statement-runs/{run_id}                checker
"""
"""Who may, of what stands at an address and below it, unless a longer one is here. `own` is the person themselves;
`money`, `care`, `act` a representative who may see figures, see words of care, and act; the others are officers."""

OFFICERS: dict[Role, str] = {
    "assessor": "assessor",
    "finance": "finance",
    "finance_approver": "checker",
    "policy": "policy",
    "information_governance": "data",
    "auditor": "auditor",
    "council_admin": "admin",
    "machine": "machine",
}
PERMISSIONS = {"view_finance": "money", "view_care": "care", "act": "act", "correspond": "letters"}


def written_down() -> dict[tuple[str, str], set[str]]:
    rows = [line.split() for line in MATRIX.splitlines() if line.strip()]
    return {(method, path): set(who) for method, path, *who in rows}


TABLE = written_down()


def row_of(route: Page | Endpoint) -> set[str]:
    """Who may open it by the table; raises KeyError where it does not say."""
    address = re.sub(rf"[.]({'|'.join(FILES)})$", "", route.path)
    while (route.method, address) not in TABLE:
        address, slash, _ = address.rpartition("/")
        if not slash:
            raise KeyError(f"{route.method} {route.path}: write down in MATRIX who may open it")
    return TABLE[(route.method, address)]


Relation = tuple[str, UUID | None, UUID | None, UUID]
"""How somebody stands to an account: in words, the account and authority they sign in with, the one they ask for."""


@pytest.fixture(scope="module")
def council(new_council: Callable[[], Council]) -> Council:
    return new_council()


@pytest.fixture(scope="module")
def relations(council: Council, new_council: Callable[[], Council]) -> list[Relation]:
    office = Office(council)
    account, other = office.mrs_a(), office.mrs_a("P-1002")
    elsewhere = Office(new_council()).mrs_a()

    def named(*may: str, **more: Any) -> UUID:
        return office.record(account, helped_by("deputy", *may, **more), NOON, FINANCE)

    everything = tuple(PERMISSIONS)
    ended, voided = named(*everything), named(*everything)
    over = EndRepresentative(representative=str(ended), ending_before=TODAY, reason_code="revoked")
    office.record(account, over, NOON, FINANCE)
    office.record(account, Correct(entry_id=str(voided), reason_code="wrong"), NOON, FINANCE)
    permitted = [may for number in range(1, 5) for may in combinations(everything, number)]
    return [
        ("own", account, None, account),
        ("other's", account, named(*everything), other),
        ("none", None, None, account),
        ("another council's", account, named(*everything), elsewhere),
        *(("+".join(PERMISSIONS[each] for each in may), account, named(*may), account) for may in permitted),
        ("ended", account, ended, account),
        ("voided", account, voided, account),
        ("not yet", account, named(*everything, effective_from=date(2026, 11, 23)), account),
    ]


def outcome(council: Council, route: Page | Endpoint, role: Role, relation: Relation) -> str:
    """What becomes of somebody who asks, by the same functions as serve every request."""
    _, account, authority, asked = relation
    own = role in OWN_ACCOUNT_ONLY
    identity = Identity("somebody", council.code, role, account if own else None, authority if own else None)
    about = asked if "{account_id}" in route.path else identity.account
    try:
        allow(identity, route.allowed if isinstance(route, Page) else route.verb, about, council, TODAY)  # type: ignore[arg-type]
        if isinstance(route, Page) and route.is_not_for(role, about):
            return "forbidden"
        if about and not own:
            council.ledger.references.of([about])[about]
    except HasEnded:
        return "ended"
    except (NotYours, NoSuchAccount, KeyError):
        return "absent"
    except Forbidden:
        return "forbidden"
    return "allowed"


def expected(route: Page | Endpoint, role: Role, relation: Relation) -> set[str]:
    """What should become of them, by the table alone; where two answers are right, both."""
    words, who = relation[0], row_of(route)
    if "everybody" in who:
        return {"allowed"}
    if role in OFFICERS:
        if OFFICERS[role] not in who:
            return {"forbidden"}
        return {"absent"} if words == "another council's" and "{account_id}" in route.path else {"allowed"}
    elsewhere = words in ("other's", "another council's") and "{account_id}" in route.path
    if role == "citizen":
        if "own" not in who:
            return {"forbidden"}
        return {"absent"} if words == "none" or elsewhere else {"allowed"}
    return _of_a_representative(words if not words.endswith("'s") or elsewhere else "money+care+act+letters", who)


def _of_a_representative(words: str, who: set[str]) -> set[str]:
    takes = [set(each.split("+")) for each in who if set(each.split("+")) <= set(PERMISSIONS.values())]
    if not takes:
        return {"forbidden"}
    special = {"ended": "ended", "not yet": "forbidden", "voided": "absent", "none": "absent", "own": "absent"}
    if words in special or words.endswith("'s"):
        return {special.get(words, "absent")}
    return {"allowed"} if any(each <= set(words.split("+")) for each in takes) else {"forbidden"}


@pytest.mark.parametrize("role", ROLES)
def test_everybody_may_open_what_is_written_down_and_nothing_else(
    role: Role, council: Council, relations: list[Relation]
) -> None:
    """An officer has no relationship but the council's, so two of theirs are asked: an account here, and elsewhere."""
    asked = relations if role in OWN_ACCOUNT_ONLY else [relations[0], relations[3]]
    asked = asked if role == "representative" else asked[:4]
    wrong = [
        (route.method, route.path, relation[0], found)
        for route in ROUTES
        for relation in asked
        if (found := outcome(council, route, role, relation)) not in expected(route, role, relation)
    ]
    assert wrong == []


def test_every_line_of_the_table_is_of_an_address_there_is() -> None:
    used = {id(row_of(route)) for route in ROUTES}
    assert [line for line, who in TABLE.items() if id(who) not in used] == []


def test_an_address_that_is_not_written_down_fails() -> None:
    planted = Page("GET", "/planted/{account_id}", "read_council", False, lambda visit: "")
    with pytest.raises(KeyError, match="write down in MATRIX who may open it"):
        row_of(planted)


def test_a_page_that_lets_in_too_many_is_found(council: Council, relations: list[Relation]) -> None:
    """So that the matrix is known to see: an assessor's form that everybody who reads the council may send."""
    planted = Page("POST", "/received/{reference}/accept", "read_council", True, lambda visit: "")
    assert outcome(council, planted, "finance", relations[0]) not in expected(planted, "finance", relations[0])


MONEY = {
    *("record_costs", "close_account", "propose_adjustment", "approve_adjustment", "issue_statement", "post_periods"),
    *("reassess", "release_statements", "import_rows", "commit_imports", "read_account", "read_council"),
}
PARTS: dict[str, set[str]] = {
    "maker": {"record_costs", "close_account", "propose_adjustment", "issue_statement", "post_periods", "reassess"},
    "checker": {"approve_adjustment", "release_statements", "commit_imports"},
    "money": MONEY,
    "data": {"read_access_log"},
    "policy": {"propose_amounts"},
    "auditor": {"reveal_name"},
    "writer": {verb for endpoint in ALL if endpoint.records and (verb := endpoint.verb)},
}
FORBIDDEN = [("maker", "checker"), ("policy", "maker"), ("auditor", "writer")]
"""What nobody may hold both parts of, as edges of a graph over what each role is granted."""


def held(role: Role) -> set[str]:
    return {part for part, verbs in PARTS.items() if verbs & GRANTS[role]}


@pytest.mark.parametrize("role", ROLES)
def test_no_role_stands_at_both_ends_of_a_forbidden_pair(role: Role) -> None:
    assert [pair for pair in FORBIDDEN if set(pair) <= held(role)] == []


@pytest.mark.parametrize("role", ["council_admin", "information_governance"])
def test_who_looks_after_roles_or_data_has_nothing_to_do_with_money(role: Role) -> None:
    assert not held(role) & {"money", "maker", "checker", "policy", "writer"}


def test_every_forbidden_pair_is_one_of_parts_that_somebody_holds() -> None:
    """Or the graph would forbid nothing."""
    somebody: Iterable[str] = set().union(*(held(role) for role in ROLES))
    assert {part for pair in FORBIDDEN for part in pair} <= set(somebody)


def test_an_account_that_is_not_there_is_nobodys(council: Council, relations: list[Relation]) -> None:
    absent = ("own", relations[0][1], None, uuid4())
    (route,) = (each for each in ROUTES if isinstance(each, Endpoint) and each.name == "read_care_account")
    assert {outcome(council, route, role, absent) for role in ("citizen", "finance", "representative")} == {"absent"}
