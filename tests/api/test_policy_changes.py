"""Are amounts proposed, decided by a second person, previewed and undone as the contract says?"""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import POLICY_CHANGE, UNKNOWN, opening
from tests.api.test_strictness import pointers

PATH = "/v1/policy-changes"
PEA = "personal_expenses_allowance"
(FORTY,) = POLICY_CHANGE["amounts"]


@pytest.fixture
def theirs(new_council: Callable[..., Council], as_role: Callable[..., ApiCaller]) -> Callable[..., ApiCaller]:
    """Callers of a council whose amounts are this test's alone."""
    code = new_council().code
    return lambda sub, role="policy": as_role(role, sub=sub, council=code)


@pytest.fixture
def ann(theirs: Callable[..., ApiCaller]) -> ApiCaller:
    return theirs("ann")


@pytest.fixture
def ben(theirs: Callable[..., ApiCaller]) -> ApiCaller:
    """A second person, of finance."""
    return theirs("ben", "finance_approver")


@pytest.fixture
def proposed(ann: ApiCaller) -> str:
    """The address of a change that Ann proposed."""
    return f"{PATH}/{ann.post(PATH, POLICY_CHANGE).get_json()['change_id']}"


def draft(**other: Any) -> dict[str, Any]:
    return {"amounts": [FORTY | other]}


def allowance(caller: ApiCaller, query: str = "on=2026-07-01") -> dict[str, Any]:
    items = caller.get(f"/v1/parameters?{query}").get_json()["items"]
    (found,) = [item for item in items if item["name"] == PEA]
    return found  # type: ignore[no-any-return]


def problem(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["type"].removeprefix("/problems/")


def test_a_proposal_is_recorded_and_counts_once_a_second_person_approves_it(ann: ApiCaller, ben: ApiCaller) -> None:
    answer = ann.post(PATH, POLICY_CHANGE)
    taken = answer.get_json()
    assert (answer.status_code, answer.headers["ETag"]) == (201, f'"{taken["version"]}"')
    assert (taken["status"], taken["number"]) == ("proposed", taken["version"])
    assert (allowance(ann)["amount"], allowance(ann)["own"]) == ("31.80", False)
    approved = ben.post(f"{PATH}/{taken['change_id']}/approval", {})
    assert (approved.status_code, approved.get_json()["status"]) == (201, "approved")
    assert allowance(ann) == {
        "name": PEA,
        "description": "What somebody in a care home keeps of their income for their own use",
        "unit": "pounds a week",
        "amount": "40.00",
        "from": "2026-07-01",
        "authority": "Cabinet, minute 17",
        "certainty": "official",
        "status": "in force",
        "note": None,
        "own": True,
        "checked_on": "2026-11-22",
    }


def test_as_known_before_the_approval_the_amount_is_the_national_one(
    proposed: str, ann: ApiCaller, ben: ApiCaller
) -> None:
    before = ann.get(PATH).get_json()["items"][0]["steps"][0]["recorded_at"]
    at = ben.post(f"{proposed}/approval", {}).get_json()["recorded_at"]
    assert allowance(ann, f"on=2026-07-01&known_at={before}")["amount"] == "31.80"
    assert allowance(ann, f"on=2026-07-01&known_at={at}")["amount"] == "40.00"


def test_whoever_proposed_it_cannot_approve_it_in_any_role(
    proposed: str, ann: ApiCaller, theirs: Callable[..., ApiCaller]
) -> None:
    for caller in (ann, theirs("ann", "finance_approver")):
        assert problem(caller.post(f"{proposed}/approval", {})) == (409, "proposed-by-the-same-person")


def test_an_approval_is_given_once(proposed: str, ben: ApiCaller, theirs: Callable[..., ApiCaller]) -> None:
    ben.post(f"{proposed}/approval", {})
    assert problem(theirs("cat").post(f"{proposed}/approval", {})) == (409, "decided-already")


def test_undoing_takes_two_people(proposed: str, ann: ApiCaller, ben: ApiCaller) -> None:
    ben.post(f"{proposed}/approval", {})
    assert ben.post(f"{proposed}/reversal", {}).get_json()["status"] == "reversal_proposed"
    assert problem(ben.post(f"{proposed}/reversal", {})) == (409, "reversal-proposed-by-the-same-person")
    assert allowance(ann)["amount"] == "40.00"
    assert ann.post(f"{proposed}/reversal", {}).get_json()["status"] == "reversed"
    assert allowance(ann)["amount"] == "31.80"


def test_what_nobody_approved_is_withdrawn(proposed: str, ann: ApiCaller, ben: ApiCaller) -> None:
    assert ann.post(f"{proposed}/reversal", {}).get_json()["status"] == "withdrawn"
    assert problem(ben.post(f"{proposed}/approval", {})) == (409, "decided-already")


def test_the_list_shows_every_amount_and_who_decided_what(proposed: str, ann: ApiCaller, ben: ApiCaller) -> None:
    ben.post(f"{proposed}/approval", {})
    (item,) = ann.get(PATH).get_json()["items"]
    assert item["amounts"] == [FORTY | {"note": None}]
    assert (item["status"], item["counts"]) == ("approved", True)
    assert [(step["kind"], step["recorded_by"]) for step in item["steps"]] == [("proposed", "ann"), ("approved", "ben")]


def test_the_list_is_read_page_by_page_as_it_was_known(ann: ApiCaller) -> None:
    made = [ann.post(PATH, POLICY_CHANGE).get_json()["change_id"] for _ in range(3)]
    page = ann.get(f"{PATH}?limit=2").get_json()
    ann.post(PATH, POLICY_CHANGE)
    rest = ann.get(f"{PATH}?limit=2&cursor={page['next']}").get_json()
    assert [item["change_id"] for item in [*page["items"], *rest["items"]]] == made
    assert (rest["next"], rest["known_at"]) == (None, page["known_at"])


def test_a_preview_tells_the_days_on_which_another_amount_holds(proposed: str, ann: ApiCaller, ben: ApiCaller) -> None:
    preview = ann.get(f"{proposed}/preview").get_json()
    national = {"authority": "SI 2014/2672 reg 6, as repeated in copies on GitHub; the circular itself not seen"}
    (item,) = preview["items"]
    assert preview["status"] == "proposed"
    assert item == {
        "parameter": PEA,
        "unit": "pounds a week",
        "from": "2026-07-01",
        "ending_before": "2027-04-06",
        "before": {"amount": "31.80", "certainty": "secondary", "own": False} | national,
        "after": {"amount": "40.00", "certainty": "official", "own": True, "authority": "Cabinet, minute 17"},
    }
    ben.post(f"{proposed}/approval", {})
    assert ann.get(f"{proposed}/preview").get_json()["items"] == [item]


def test_a_preview_of_what_nobody_had_seen_begins_with_null(ann: ApiCaller) -> None:
    local = draft(parameter="minimum_weekly_charge", amount="2.00")
    change_id = ann.post(PATH, local).get_json()["change_id"]
    (item,) = ann.get(f"{PATH}/{change_id}/preview").get_json()["items"]
    assert (item["before"], item["after"]["amount"], item["ending_before"]) == (None, "2.00", None)


def test_a_dry_run_of_each_step_tells_the_same_and_keeps_nothing(proposed: str, ann: ApiCaller, ben: ApiCaller) -> None:
    weighed = ann.post(f"{PATH}?dry_run=true", POLICY_CHANGE, Idempotency_Key=None)
    (item,) = weighed.get_json()["items"]
    assert (weighed.status_code, weighed.get_json()["status"]) == (200, "proposed")
    approved = ben.post(f"{proposed}/approval?dry_run=true", {}, Idempotency_Key=None).get_json()
    assert (approved["status"], approved["items"], approved["dry_run"]) == ("approved", [item], True)
    withdrawn = ben.post(f"{proposed}/reversal?dry_run=true", {}, Idempotency_Key=None).get_json()
    assert (withdrawn["status"], withdrawn["items"]) == ("withdrawn", [])
    assert [len(each["steps"]) for each in ann.get(PATH).get_json()["items"]] == [1]
    ben.post(f"{proposed}/approval", {})
    undone = ben.post(f"{proposed}/reversal?dry_run=true", {}, Idempotency_Key=None).get_json()
    assert undone["items"] == [item | {"before": item["after"], "after": item["before"]}]


def test_a_dry_run_makes_the_same_checks(proposed: str, ann: ApiCaller) -> None:
    assert pointers(ann.post(f"{PATH}?dry_run=true", draft(amount="1.00"))) == ["/amounts/0/amount"]
    answer = ann.post(f"{proposed}/approval?dry_run=true", {})
    assert problem(answer) == (409, "proposed-by-the-same-person")


def test_the_same_key_brings_the_same_answer_once_whatever_was_decided_since(ann: ApiCaller, ben: ApiCaller) -> None:
    first = ann.post(PATH, POLICY_CHANGE, Idempotency_Key="draft")
    one = f"{PATH}/{first.get_json()['change_id']}"
    approved = ben.post(f"{one}/approval", {}, Idempotency_Key="yes")
    again = [ann.post(PATH, POLICY_CHANGE, Idempotency_Key="draft")]
    again.append(ben.post(f"{one.upper().replace('/V1/POLICY-CHANGES', PATH)}/approval", {}, Idempotency_Key="yes"))
    for sent, answer in zip((first, approved), again, strict=True):
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (201, sent.data, sent.headers["ETag"])
        assert answer.headers["Idempotent-Replayed"] == "true"
    assert len(ann.get(PATH).get_json()["items"]) == 1
    assert problem(ann.post(PATH, draft(amount="41.00"), Idempotency_Key="draft"))[0] == 422


@pytest.mark.parametrize(
    ("other", "pointer"),
    [
        ({"amount": None}, "/amounts/0/amount"),
        ({"amount": 40}, "/amounts/0/amount"),
        ({"amount": "40"}, "/amounts/0/amount"),
        ({"amount": "31.79"}, "/amounts/0/amount"),
        ({"authority": ""}, "/amounts/0/authority"),
        ({"certainty": "not seen"}, "/amounts/0/certainty"),
        ({"unit": "pounds"}, "/amounts/0/unit"),
        ({"parameter": "PEA"}, "/amounts/0/parameter"),
        ({"parameter": "cap_on_care_costs", "unit": "pounds"}, "/amounts/0/parameter"),
        ({"parameter": "capital_limit_upper", "unit": "pounds"}, "/amounts/0/from"),
        ({"from": "2026-02-30"}, "/amounts/0/from"),
        ({"status": "in force"}, "/amounts/0/status"),
    ],
)
def test_what_cannot_be_entered_is_named(other: dict[str, Any], pointer: str, ann: ApiCaller) -> None:
    assert pointers(ann.post(PATH, draft(**other))) == [pointer]
    assert ann.get(PATH).get_json()["items"] == []


@pytest.mark.parametrize("body", [{}, {"amounts": []}, {"amounts": None}, {"amounts": [FORTY] * 1001}], ids=len)
def test_a_change_holds_some_amounts(body: dict[str, Any], ann: ApiCaller) -> None:
    assert pointers(ann.post(PATH, body)) == ["/amounts"]


def test_a_decision_takes_nothing_else(proposed: str, ben: ApiCaller) -> None:
    assert pointers(ben.post(f"{proposed}/approval", {"note": "fine"})) == ["/note"]


@pytest.mark.parametrize("address", [UNKNOWN, "x"])
def test_another_councils_change_is_as_good_as_absent(
    address: str, proposed: str, as_role: Callable[..., ApiCaller]
) -> None:
    stranger = as_role("policy", sub="zoe")
    for path in (proposed, f"{PATH}/{address}"):
        answers = [stranger.post(f"{path}/{step}", {}) for step in ("approval", "reversal")]
        assert {problem(answer) for answer in [*answers, stranger.get(f"{path}/preview")]} == {(404, "not-found")}


def test_the_amounts_known_in_time_to_come_are_known_to_nobody(ann: ApiCaller) -> None:
    assert pointers(ann.get(f"{PATH}?known_at=2030-01-01T00:00:00Z")) == ["/known_at"]
    assert pointers(ann.get("/v1/parameters?known_at=2030-01-01T00:00:00Z")) == ["/known_at"]


IN_A_CARE_HOME = {
    "type": "full",
    "assessed_on": "2026-07-01",
    "effective_from": "2026-07-06",
    "setting": "care_home_permanent",
    "circumstances": {"date_of_birth": "1934-02-01", "household": "single"},
    "cost_of_care": "685.37",
    "income": [{"kind": "state_pension", "weekly": "227.55"}],
    "capital": [],
}
"""227.55 less the national allowance of 31.80 is 195.75; less the council's of 40.00 it is 187.55."""


def test_a_financial_assessment_rests_on_what_two_people_decided_by_then(
    proposed: str, ben: ApiCaller, theirs: Callable[..., ApiCaller]
) -> None:
    account = theirs("fay", "finance").post("/v1/care-accounts", opening()).get_json()["account_id"]
    address, assessor = f"/v1/care-accounts/{account}/financial-assessments", theirs("may", "assessor")

    def charged() -> dict[str, Any]:
        return assessor.post(address, IN_A_CARE_HOME).get_json()  # type: ignore[no-any-return]

    assert charged()["weekly_contribution"] == "195.75"
    ben.post(f"{proposed}/approval", {})
    answer = charged()
    assert answer["weekly_contribution"] == "187.55"
    assert "Cabinet, minute 17" in [line["authority"] for line in answer["lines"]]


@pytest.mark.parametrize(("least", "charge"), [("2.00", "0.00"), ("1.45", "1.45")])
def test_a_contribution_below_the_councils_least_charge_is_not_charged(
    least: str, charge: str, ann: ApiCaller, ben: ApiCaller, theirs: Callable[..., ApiCaller]
) -> None:
    change = ann.post(PATH, draft(parameter="minimum_weekly_charge", amount=least)).get_json()["change_id"]
    ben.post(f"{PATH}/{change}/approval", {})
    account = theirs("fay", "finance").post("/v1/care-accounts", opening()).get_json()["account_id"]
    poor = IN_A_CARE_HOME | {"income": [{"kind": "state_pension", "weekly": "33.25"}]}
    answer = theirs("may", "assessor").post(f"/v1/care-accounts/{account}/financial-assessments", poor)
    assert answer.get_json()["weekly_contribution"] == charge
