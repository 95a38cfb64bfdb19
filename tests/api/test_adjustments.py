"""Whether an adjustment counts once two people stand behind it, and not before."""

from collections.abc import Callable

import pytest

from tests.api.caller import ApiCaller
from tests.api.conftest import ADJUSTMENT, UNKNOWN, id_of


@pytest.fixture
def proposed(mrs_a: str, finance: ApiCaller) -> str:
    """The entry of an adjustment that Alice proposed on Mrs A's account: 250.00 off on 30 June 2024."""
    entry: str = finance.post(f"{mrs_a}/adjustments", ADJUSTMENT).get_json()["entry_id"]
    return entry


def accrued(account: str, finance: ApiCaller) -> str:
    """39 weeks at 750.00, on 30 June 2024."""
    found: str = finance.get(f"{account}/cap-progress?on=2024-06-30").get_json()["accrued_costs"]
    return found


def approval(account: str, entry: object) -> str:
    return f"{account}/adjustments/{entry}/approval"


def test_a_proposal_counts_from_its_approval_on(
    mrs_a: str, proposed: str, finance: ApiCaller, approver: ApiCaller
) -> None:
    assert accrued(mrs_a, finance) == "29250.00"
    assert approver.post(approval(mrs_a, proposed), {}).status_code == 201
    assert accrued(mrs_a, finance) == "29000.00"


def test_an_amount_may_be_added_as_well(mrs_a: str, finance: ApiCaller, approver: ApiCaller) -> None:
    made = finance.post(f"{mrs_a}/adjustments", ADJUSTMENT | {"amount": "0.01"}).get_json()
    approver.post(approval(mrs_a, made["entry_id"]), {})
    assert accrued(mrs_a, finance) == "29250.01"


def test_a_dry_run_of_the_approval_tells_what_it_would_bring(mrs_a: str, proposed: str, approver: ApiCaller) -> None:
    weighed = approver.post(f"{approval(mrs_a, proposed)}?dry_run=true", {}).get_json()
    assert (weighed["before"]["accrued_costs"], weighed["after"]["accrued_costs"]) == ("86000.00", "86000.00")
    assert weighed["before"]["cap_reached_on"] < weighed["after"]["cap_reached_on"]


@pytest.mark.parametrize("role", ["finance", "assessor", "auditor", "policy", "council_admin", "citizen"])
def test_nobody_but_an_approver_approves(
    role: str, mrs_a: str, proposed: str, as_role: Callable[..., ApiCaller]
) -> None:
    caller = as_role(role, sub="bert", account=mrs_a.rpartition("/")[2])
    assert caller.post(approval(mrs_a, proposed), {}).status_code == 403


@pytest.mark.parametrize("role", ["finance_approver", "assessor", "auditor", "policy", "citizen"])
def test_nobody_but_finance_proposes(role: str, mrs_a: str, as_role: Callable[..., ApiCaller]) -> None:
    caller = as_role(role, sub="bert", account=mrs_a.rpartition("/")[2])
    assert caller.post(f"{mrs_a}/adjustments", ADJUSTMENT).status_code == 403


@pytest.mark.parametrize("query", ["", "?dry_run=true"])
def test_whoever_proposed_it_cannot_approve_it_in_another_role_either(
    query: str, mrs_a: str, proposed: str, finance: ApiCaller, as_role: Callable[..., ApiCaller]
) -> None:
    alice = as_role("finance_approver", sub="alice")
    answer = alice.post(f"{approval(mrs_a, proposed)}{query}", {})
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/approved-by-its-maker")
    assert accrued(mrs_a, finance) == "29250.00"


def test_an_adjustment_is_approved_once(mrs_a: str, proposed: str, finance: ApiCaller, approver: ApiCaller) -> None:
    approver.post(approval(mrs_a, proposed), {})
    answer = approver.post(approval(mrs_a, proposed), {})
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/already-approved")
    assert accrued(mrs_a, finance) == "29000.00"


def test_what_is_sent_back_counts_nothing_and_is_decided_once(
    mrs_a: str, proposed: str, finance: ApiCaller, approver: ApiCaller
) -> None:
    address = f"{mrs_a}/adjustments/{proposed}/return"
    assert approver.post(f"{address}?dry_run=true", {"reason_code": "not-shown"}).status_code == 200
    assert approver.post(address, {"reason_code": "not-shown", "note": "Which letter?"}).status_code == 201
    assert accrued(mrs_a, finance) == "29250.00"
    for again in (address, approval(mrs_a, proposed)):
        answer = approver.post(again, {"reason_code": "not-shown"} if again == address else {})
        assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/already-returned")


def test_whoever_proposed_it_cannot_send_it_back(mrs_a: str, proposed: str, as_role: Callable[..., ApiCaller]) -> None:
    address = f"{mrs_a}/adjustments/{proposed}/return"
    refused = as_role("finance_approver", sub="alice").post(address, {"reason_code": "slip"})
    assert (refused.status_code, refused.get_json()["type"]) == (409, "/problems/returned-by-its-maker")


@pytest.mark.parametrize("entry", ["x", "4", "\x00", UNKNOWN])
def test_what_names_no_adjustment_is_not_found(entry: str, mrs_a: str, approver: ApiCaller) -> None:
    answer = approver.post(approval(mrs_a, entry), {})
    assert (answer.status_code, answer.get_json()["type"]) == (404, "/problems/not-found")


def test_another_kind_of_entry_cannot_be_approved(mrs_a: str, approver: ApiCaller) -> None:
    assert approver.post(approval(mrs_a, id_of(mrs_a, 3)), {}).status_code == 404


def test_an_entry_id_in_capitals_names_the_same_entry(mrs_a: str, proposed: str, approver: ApiCaller) -> None:
    assert approver.post(approval(mrs_a, proposed.upper()), {}).status_code == 201


def test_an_adjustment_of_another_account_is_not_found_through_this_one(
    mrs_a: str, finance: ApiCaller, approver: ApiCaller, second_account: str
) -> None:
    made = finance.post(f"{second_account}/adjustments", ADJUSTMENT).get_json()
    assert approver.post(approval(mrs_a, made["entry_id"]), {}).status_code == 404


def test_a_proposal_that_was_corrected_away_cannot_be_approved(
    mrs_a: str, proposed: str, finance: ApiCaller, approver: ApiCaller
) -> None:
    finance.post(f"{mrs_a}/corrections", {"entry_id": proposed, "reason_code": "wrong-account"})
    assert approver.post(approval(mrs_a, proposed), {}).status_code == 404


def test_correcting_the_proposal_takes_an_approved_adjustment_out_and_its_replacement_needs_an_approval_of_its_own(
    mrs_a: str, proposed: str, finance: ApiCaller, approver: ApiCaller
) -> None:
    approver.post(approval(mrs_a, proposed), {})
    replacement = ADJUSTMENT | {"amount": "-25.00", "note": "A nought too many."}
    corrected = finance.post(
        f"{mrs_a}/corrections", {"entry_id": proposed, "reason_code": "slip", "replacement": replacement}
    ).get_json()
    assert accrued(mrs_a, finance) == "29250.00"
    assert approver.post(approval(mrs_a, corrected["replaced_by"]), {}).status_code == 201
    assert accrued(mrs_a, finance) == "29225.00"
    assert finance.get(f"{mrs_a}/history").get_json()["items"][6]["words"] == {"note": "A nought too many."}


def test_whoever_replaced_a_proposal_is_its_maker(mrs_a: str, proposed: str, as_role: Callable[..., ApiCaller]) -> None:
    """Bert corrects, in finance, what Alice proposed: then Alice may approve it, and Bert may not."""
    body = {"entry_id": proposed, "reason_code": "slip", "replacement": ADJUSTMENT}
    entry = as_role("finance", sub="bert").post(f"{mrs_a}/corrections", body).get_json()["replaced_by"]
    bert, alice = (as_role("finance_approver", sub=sub).post for sub in ("bert", "alice"))
    assert bert(approval(mrs_a, entry), {}).status_code == 409
    assert alice(approval(mrs_a, entry), {}).status_code == 201


@pytest.mark.parametrize(("on", "refusal"), [("2023-10-01", "before-it-opened"), ("2024-07-01", "account-is-closed")])
def test_an_adjustment_belongs_to_a_day_on_which_the_account_is_kept(
    on: str, refusal: str, mrs_a: str, finance: ApiCaller
) -> None:
    finance.post(f"{mrs_a}/closures", {"on": "2024-06-30", "reason": "moved"})
    answer = finance.post(f"{mrs_a}/adjustments", ADJUSTMENT | {"on": on})
    assert (answer.status_code, answer.get_json()["type"]) == (409, f"/problems/{refusal}")
    assert finance.post(f"{mrs_a}/adjustments", ADJUSTMENT).status_code == 201


def test_accrued_costs_never_fall_below_nothing(mrs_a: str, finance: ApiCaller, approver: ApiCaller) -> None:
    made = finance.post(f"{mrs_a}/adjustments", ADJUSTMENT | {"amount": "-99999.00"}).get_json()
    approver.post(approval(mrs_a, made["entry_id"]), {})
    assert accrued(mrs_a, finance) == "0.00"


def test_the_ledger_shows_an_adjustment_as_a_line_of_its_own_with_its_cause(
    mrs_a: str, proposed: str, finance: ApiCaller, approver: ApiCaller
) -> None:
    approver.post(approval(mrs_a, proposed), {})
    lines = finance.get(f"{mrs_a}/ledger?from=2024-06-01&to=2024-06-30").get_json()["items"]
    assert [(line["kind"], line["metered"], line["cause"]) for line in lines] == [
        ("accrual", "3214.29", None),
        ("adjustment", "-250.00", proposed),
    ]
