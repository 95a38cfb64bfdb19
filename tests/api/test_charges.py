"""Whether what the council charged counts for its days, and what it took back counts as nothing."""

from collections.abc import Callable
from urllib.parse import quote
from uuid import uuid4

import pytest

from tests.api.caller import ApiCaller
from tests.api.conftest import ASSESSMENT, BUDGET, CHARGE


@pytest.fixture
def council_met(mrs_a: str, assessor: ApiCaller) -> str:
    """Mrs A's account with a personal budget: the council meets her needs, so that what it charges counts."""
    assessor.post(f"{mrs_a}/budgets", BUDGET | {"kind": "personal"})
    return mrs_a


def accrued(account: str, finance: ApiCaller, on: str) -> tuple[str, str]:
    progress = finance.get(f"{account}/cap-progress?on={on}").get_json()
    return progress["accrued_costs"], progress["metering"]


def retraction(account: str, reference: object) -> str:
    return f"{account}/charges/{quote(str(reference), safe='')}/retraction"


def test_a_charge_counts_for_the_days_of_its_period_less_daily_living_costs(
    council_met: str, finance: ApiCaller
) -> None:
    assert accrued(council_met, finance, "2024-01-28") == ("0.00", "unassessed")
    finance.post(f"{council_met}/charges", CHARGE)
    # 1,400.00 for four weeks is 350.00 a week, of which 200.00 are daily living costs
    assert accrued(council_met, finance, "2024-01-28") == ("600.00", "metering")
    assert accrued(council_met, finance, "2024-01-29") == ("600.00", "unassessed")


def test_two_charges_for_the_same_days_add_up(council_met: str, finance: ApiCaller) -> None:
    for reference in ("INV-1", "INV-2"):
        finance.post(f"{council_met}/charges", CHARGE | {"reference": reference})
    assert accrued(council_met, finance, "2024-01-28") == ("2000.00", "metering")


def test_a_charge_of_nothing_counts_as_nothing_whatever_the_assessment_says(
    council_met: str, finance: ApiCaller, assessor: ApiCaller
) -> None:
    assessor.post(f"{council_met}/financial-assessments", ASSESSMENT | {"effective_from": "2024-01-01"})
    finance.post(f"{council_met}/charges", CHARGE | {"amount": "0.00"})
    assert accrued(council_met, finance, "2024-01-28") == ("0.00", "metering")
    assert accrued(council_met, finance, "2024-02-04") == ("150.00", "metering")


def test_the_charges_that_cover_a_day_are_shown_in_force_on_it(council_met: str, finance: ApiCaller) -> None:
    made = finance.post(f"{council_met}/charges", CHARGE).get_json()
    first, last, after = (
        finance.get(f"{council_met}?on={on}").get_json()["in_force"]["charges"]
        for on in ("2024-01-01", "2024-01-28", "2024-01-29")
    )
    assert first == last == [{"entry_id": made["entry_id"], "version": 5, "data": CHARGE}]
    assert after == []


def test_a_charge_that_was_taken_back_counts_as_nothing_and_stays_visible(council_met: str, finance: ApiCaller) -> None:
    finance.post(f"{council_met}/charges", CHARGE)
    assert finance.post(retraction(council_met, CHARGE["reference"]), {"reason": "charged-twice"}).status_code == 201
    assert accrued(council_met, finance, "2024-01-28") == ("0.00", "unassessed")
    assert finance.get(f"{council_met}?on=2024-01-15").get_json()["in_force"]["charges"] == []
    charge, taken_back = finance.get(f"{council_met}/history").get_json()["items"][-2:]
    assert (charge["data"], charge["voided_by"]) == (CHARGE, None)
    assert taken_back["data"] == {
        "reference": CHARGE["reference"],
        "charge": charge["entry_id"],
        "effective_from": CHARGE["period_from"],
        "reason_code": "charged-twice",
    }


@pytest.mark.parametrize(
    "reference",
    ["INV-1", "A/1", "a/retraction", "A//B", "x:y", "charges", "history", "retraction", "a/../b", "A" * 64, "2F"],
)
def test_a_charge_can_be_named_in_the_address_however_its_reference_is_written(
    reference: str, council_met: str, finance: ApiCaller
) -> None:
    finance.post(f"{council_met}/charges", CHARGE | {"reference": reference})
    assert finance.post(retraction(council_met, reference), {"reason": "in-error"}).status_code == 201


@pytest.mark.parametrize("reference", ["INV-9", "inv-2024/01:1", "two words", "\x00", "caf\u00e9", "A" * 65, "-"])
def test_a_charge_that_the_account_does_not_hold_is_not_found(
    reference: str, council_met: str, finance: ApiCaller
) -> None:
    finance.post(f"{council_met}/charges", CHARGE)
    answer = finance.post(retraction(council_met, reference), {"reason": "in-error"})
    assert (answer.status_code, answer.get_json()["type"]) == (404, "/problems/not-found")
    assert answer.get_json()["detail"].startswith("There is no such entry in this account.")


def test_a_reason_that_is_a_code_is_the_facts_and_words_are_the_vaults(
    council_met: str, finance: ApiCaller, auditor: ApiCaller
) -> None:
    for reference, reason in (("INV-1", "billing:7"), ("INV-2", "Mrs Ames paid already.\nSee her letter.")):
        finance.post(f"{council_met}/charges", CHARGE | {"reference": reference})
        finance.post(retraction(council_met, reference), {"reason": reason})
    history = finance.get(f"{council_met}/history").get_json()["items"]
    found = [(entry["reason_code"], entry["words"]) for entry in history if entry["type"] == "charge-retracted"]
    assert found == [("billing:7", {}), ("in-words", {"reason": "Mrs Ames paid already.\nSee her letter."})]
    assert "Ames" not in auditor.get(f"{council_met}/history").get_data(as_text=True)


def test_line_breaks_are_kept_one_way_however_they_were_sent(council_met: str, finance: ApiCaller) -> None:
    finance.post(f"{council_met}/charges", CHARGE)
    finance.post(retraction(council_met, CHARGE["reference"]), {"reason": "one\r\ntwo"})
    assert finance.get(f"{council_met}/history").get_json()["items"][-1]["words"] == {"reason": "one\ntwo"}


def test_a_reference_names_one_charge_of_the_account(council_met: str, finance: ApiCaller) -> None:
    finance.post(f"{council_met}/charges", CHARGE)
    answer = finance.post(f"{council_met}/charges", CHARGE | {"amount": "1.00"})
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/charge-reference-used")


def test_a_charge_is_taken_back_once(council_met: str, finance: ApiCaller) -> None:
    finance.post(f"{council_met}/charges", CHARGE)
    finance.post(retraction(council_met, CHARGE["reference"]), {"reason": "in-error"})
    answer = finance.post(retraction(council_met, CHARGE["reference"]), {"reason": "in-error"})
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/already-retracted")


@pytest.mark.parametrize("role", ["assessor", "finance_approver", "auditor", "citizen"])
def test_only_finance_charges_and_takes_back(role: str, council_met: str, as_role: Callable[..., ApiCaller]) -> None:
    caller = as_role(role, account=council_met.rpartition("/")[2])
    assert caller.post(f"{council_met}/charges", CHARGE).status_code == 403
    assert caller.post(retraction(council_met, "INV-1"), {"reason": "x"}).status_code == 403


def test_a_charge_of_an_account_that_is_not_there_is_told_as_an_absent_account(finance: ApiCaller) -> None:
    answer = finance.post(retraction(f"/v1/care-accounts/{uuid4()}", "INV-1"), {"reason": "x"})
    assert (answer.status_code, answer.get_json()["detail"]) == (404, "There is no such account.")
