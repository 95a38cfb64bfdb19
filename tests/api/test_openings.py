"""Whether what had accrued elsewhere is carried in with where it comes from, unproven until there is evidence."""

import pytest

from tests.api.caller import ApiCaller
from tests.api.conftest import EVIDENCE, NEEDS, OPENING, UNKNOWN, id_of


@pytest.fixture
def carried(mrs_a: str, finance: ApiCaller) -> str:
    """The entry of 10,000.00 carried into Mrs A's account."""
    entry: str = finance.post(f"{mrs_a}/openings", OPENING).get_json()["entry_id"]
    return entry


def shown(account: str, finance: ApiCaller, on: str = "2024-03-31") -> dict[str, object] | None:
    found: dict[str, object] | None = finance.get(f"{account}?on={on}").get_json()["opening"]
    return found


def accrued(account: str, finance: ApiCaller, on: str) -> tuple[str, str]:
    progress = finance.get(f"{account}/cap-progress?on={on}").get_json()
    return progress["accrued_costs"], progress["metering"]


def test_an_account_to_which_nothing_was_carried_says_so(mrs_a: str, finance: ApiCaller) -> None:
    assert shown(mrs_a, finance) is None


def test_what_is_carried_in_is_inherited_and_unproven_until_there_is_evidence(
    mrs_a: str, carried: str, finance: ApiCaller
) -> None:
    told = {name: OPENING[name] for name in ("accrued_costs", "daily_living_costs")}
    provenance = {"kind": "transfer", "council": "E10000003", "system": None, "reference": None}
    assert shown(mrs_a, finance) == {
        "entry_id": carried,
        **told,
        "provenance": provenance,
        "standing": "inherited, unproven",
    }
    assert finance.post(f"{mrs_a}/openings/{carried}/evidence", EVIDENCE).status_code == 201
    seen, eve = (shown(mrs_a, finance, on) or {} for on in ("2024-02-01", "2024-01-31"))
    assert (seen["standing"], eve["standing"]) == ("inherited, evidenced", "inherited, unproven")


def test_evidence_moves_no_figure(mrs_a: str, carried: str, finance: ApiCaller) -> None:
    weighed = finance.post(f"{mrs_a}/openings/{carried}/evidence?dry_run=true", EVIDENCE).get_json()
    assert weighed["before"] == weighed["after"]


def test_costs_go_on_from_the_balance_carried_in(mrs_a: str, carried: str, finance: ApiCaller) -> None:
    assert accrued(mrs_a, finance, "2024-03-31") == ("29500.00", "metering")
    progress = finance.get(f"{mrs_a}/cap-progress?on=2024-03-31").get_json()
    assert progress["daily_living_costs"] == "7700.00"


def test_the_first_councils_rate_goes_on_until_this_one_has_assessed(
    opened: str, finance: ApiCaller, assessor: ApiCaller
) -> None:
    rate = {"metered": "700.00", "daily_living_costs": "200.00"}
    finance.post(f"{opened}/openings", OPENING | {"weekly_rate": rate})
    assert accrued(opened, finance, "2023-12-31") == ("19100.00", "metering")
    assessor.post(f"{opened}/needs-assessments", NEEDS | {"assessed_on": "2024-01-01", "eligible_from": "2024-01-01"})
    assert accrued(opened, finance, "2024-03-31") == ("19100.00", "no_budget")


def test_of_several_openings_the_latest_day_is_shown_and_counts(mrs_a: str, carried: str, finance: ApiCaller) -> None:
    later = OPENING | {"on": "2024-01-01", "accrued_costs": "500.00"}
    entry = finance.post(f"{mrs_a}/openings", later).get_json()["entry_id"]
    assert [(shown(mrs_a, finance, on) or {})["entry_id"] for on in ("2023-12-31", "2024-01-01")] == [carried, entry]
    assert accrued(mrs_a, finance, "2024-01-07") == ("1250.00", "metering")


def test_an_opening_of_an_earlier_day_that_arrives_later_does_not_take_the_place_of_the_latest(
    mrs_a: str, carried: str, finance: ApiCaller
) -> None:
    for on in ("2024-02-01", "2024-01-01"):
        finance.post(f"{mrs_a}/openings", OPENING | {"on": on})
    days = ("2023-12-31", "2024-01-31", "2024-02-01")
    assert [(shown(mrs_a, finance, on) or {})["entry_id"] for on in days] == [
        carried,
        id_of(mrs_a, 6),
        id_of(mrs_a, 5),
    ]


def test_an_opening_that_was_wrong_is_gone_once_it_is_corrected_and_its_replacement_is_unproven_again(
    mrs_a: str, carried: str, finance: ApiCaller
) -> None:
    finance.post(f"{mrs_a}/openings/{carried}/evidence", EVIDENCE)
    body = {"entry_id": carried, "reason_code": "slip", "replacement": OPENING | {"accrued_costs": "1000.00"}}
    corrected = finance.post(f"{mrs_a}/corrections", body).get_json()
    found = shown(mrs_a, finance) or {}
    assert (found["entry_id"], found["standing"]) == (corrected["replaced_by"], "inherited, unproven")
    assert accrued(mrs_a, finance, "2024-03-31") == ("20500.00", "metering")
    finance.post(f"{mrs_a}/corrections", {"entry_id": corrected["replaced_by"], "reason_code": "slip"})
    assert shown(mrs_a, finance) is None


def test_evidence_that_was_wrong_is_taken_back_by_a_correction(mrs_a: str, carried: str, finance: ApiCaller) -> None:
    evidence = finance.post(f"{mrs_a}/openings/{carried}/evidence", EVIDENCE).get_json()["entry_id"]
    finance.post(f"{mrs_a}/corrections", {"entry_id": evidence, "reason_code": "forged"})
    assert (shown(mrs_a, finance) or {})["standing"] == "inherited, unproven"


def test_a_balance_is_evidenced_once(mrs_a: str, carried: str, finance: ApiCaller) -> None:
    finance.post(f"{mrs_a}/openings/{carried}/evidence", EVIDENCE)
    answer = finance.post(f"{mrs_a}/openings/{carried}/evidence", EVIDENCE)
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/already-evidenced")


@pytest.mark.parametrize("entry", ["x", UNKNOWN])
def test_what_names_no_opening_is_not_found(entry: str, mrs_a: str, finance: ApiCaller) -> None:
    assert finance.post(f"{mrs_a}/openings/{entry}/evidence", EVIDENCE).status_code == 404


def test_another_kind_of_entry_is_no_opening(mrs_a: str, finance: ApiCaller) -> None:
    assert finance.post(f"{mrs_a}/openings/{id_of(mrs_a, 1)}/evidence", EVIDENCE).status_code == 404


def test_nothing_can_be_carried_in_before_the_account_was_opened(mrs_a: str, finance: ApiCaller) -> None:
    answer = finance.post(f"{mrs_a}/openings", OPENING | {"on": "2023-10-01"})
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/problems/before-it-opened")
