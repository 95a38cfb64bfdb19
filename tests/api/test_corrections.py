"""Whether what was wrong is voided and replaced, each kind as it was recorded, and both stay visible for ever."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import (
    ADJUSTMENT,
    ASSESSMENT,
    BREAK,
    BUDGET,
    CHARGE,
    CLOSURE,
    DISPUTE,
    EVIDENCE,
    NEEDS,
    OPENING,
    REOPENING,
    STATEMENT,
    UNKNOWN,
    id_of,
)
from tests.api.kept import kept
from tests.api.test_strictness import pointers

Body = dict[str, Any]

REPLACED: dict[str, tuple[Body, Body]] = {
    "needs-assessments": (NEEDS, {"eligible_from": "2023-11-01"}),
    "budgets": (BUDGET, {"weekly_cost": "900.00"}),
    "financial-assessments": (ASSESSMENT, {"weekly_contribution": "100.00"}),
    "charges": (CHARGE, {"amount": "1.00"}),
    "breaks": (BREAK, {"ending_before": "2024-01-15"}),
    "adjustments": (ADJUSTMENT, {"amount": "1.00"}),
    "openings": (OPENING, {"accrued_costs": "1.00"}),
    "closures": (CLOSURE, {"on": "2026-02-28"}),
    "reopenings": (REOPENING, {"on": "2026-04-01"}),
}
"""For each address, what was recorded wrongly, and what was wrong in it."""

WRONG_WITHIN: dict[str, tuple[Body, str]] = {
    "needs-assessments": ({"eligible": "yes"}, "/replacement/eligible"),
    "budgets": ({"weekly_cost": 900}, "/replacement/weekly_cost"),
    "financial-assessments": ({"source": {"system": "a b"}}, "/replacement/source/system"),
    "charges": ({"period_ending_before": "2023-01-01"}, "/replacement/period_ending_before"),
    "breaks": ({"reason": "holiday"}, "/replacement/reason"),
    "adjustments": ({"amount": "0.00"}, "/replacement/amount"),
    "openings": ({"provenance": {"kind": "gift"}}, "/replacement/provenance/kind"),
    "closures": ({"a/b~c": 1}, "/replacement/a~1b~0c"),
    "reopenings": ({"reason": "died"}, "/replacement/reason"),
}
"""For each address, a field that cannot be read, and how it is named."""


@pytest.fixture
def recorded(mrs_a: str, may_write: Callable[[str], ApiCaller], finance: ApiCaller) -> Callable[[str], tuple[str, int]]:
    """Records what belongs at an address of Mrs A's account; the entry and its version."""

    def record(address: str) -> tuple[str, int]:
        if address == "reopenings":
            finance.post(f"{mrs_a}/closures", CLOSURE)
        made = may_write(address).post(f"{mrs_a}/{address}", REPLACED[address][0])
        assert made.status_code == 201
        return made.get_json()["entry_id"], made.get_json()["version"]

    return record


def correct(account: str, writer: ApiCaller, entry: str, query: str = "", **more: object) -> TestResponse:
    return writer.post(f"{account}/corrections{query}", {"entry_id": entry, "reason_code": "slip"} | more)


def refused(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["type"].removeprefix("/problems/")


def history(account: str, caller: ApiCaller) -> list[Body]:
    found: list[Body] = caller.get(f"{account}/history").get_json()["items"]
    return found


@pytest.mark.parametrize("address", REPLACED)
def test_an_entry_of_any_kind_can_be_voided_and_stays_visible(
    address: str, mrs_a: str, recorded: Callable[[str], tuple[str, int]], finance: ApiCaller
) -> None:
    entry, version = recorded(address)
    answer = correct(mrs_a, finance, entry)
    made = answer.get_json()
    assert (answer.status_code, made["version"], made["replaced_by"]) == (201, version + 1, None)
    *_, voided, correction = history(mrs_a, finance)
    assert (voided["entry_id"], voided["voided_by"]) == (entry, made["entry_id"])
    assert (correction["entry_id"], correction["type"], correction["reason_code"]) == (
        made["entry_id"],
        "entry-voided",
        "slip",
    )
    assert (correction["data"]["entry_id"], correction["data"]["version"]) == (entry, version)
    assert correction["data"]["replaced_by"] is None


@pytest.mark.parametrize("address", REPLACED)
def test_an_entry_of_any_kind_can_be_replaced_by_one_of_its_own_kind(
    address: str, mrs_a: str, recorded: Callable[[str], tuple[str, int]], finance: ApiCaller
) -> None:
    entry, version = recorded(address)
    right = REPLACED[address][0] | REPLACED[address][1]
    answer = correct(mrs_a, finance, entry, replacement=right)
    made = answer.get_json()
    assert (answer.status_code, made["version"], answer.headers["ETag"]) == (201, version + 2, f'"{version + 2}"')
    *_, voided, correction, replacement = history(mrs_a, finance)
    assert [each["voided_by"] for each in (voided, correction, replacement)] == [made["entry_id"], None, None]
    assert replacement["entry_id"] == correction["data"]["replaced_by"] == made["replaced_by"]
    assert (replacement["type"], right.items() <= _given(replacement["data"]).items()) == (voided["type"], True)


def _given(data: Body) -> Body:
    """What a fact says, without the parts of parts that were left out and so are null."""
    return {
        name: {n: v for n, v in value.items() if v is not None} if isinstance(value, dict) else value
        for name, value in data.items()
    }


@pytest.mark.parametrize("address", REPLACED)
def test_a_replacement_is_read_as_strictly_as_the_body_it_stands_for(
    address: str,
    mrs_a: str,
    recorded: Callable[[str], tuple[str, int]],
    finance: ApiCaller,
    api_council: Council,
) -> None:
    entry, _ = recorded(address)
    wrong, pointer = WRONG_WITHIN[address]
    before = kept(api_council)
    assert pointers(correct(mrs_a, finance, entry, replacement=REPLACED[address][0] | wrong)) == [pointer]
    assert kept(api_council) == before


@pytest.mark.parametrize("address", REPLACED)
def test_a_replacement_of_another_kind_lacks_the_fields_of_its_own(
    address: str, mrs_a: str, recorded: Callable[[str], tuple[str, int]], finance: ApiCaller
) -> None:
    entry, _ = recorded(address)
    found = pointers(correct(mrs_a, finance, entry, replacement={"opened_on": "2023-10-02"}))
    assert "/replacement/opened_on" in found
    assert len(found) > 1


def test_what_a_correction_brings_is_in_the_figures_of_every_day_it_reaches(mrs_a: str, finance: ApiCaller) -> None:
    before = finance.get(f"{mrs_a}/cap-progress?on=2024-03-31").get_json()["accrued_costs"]
    correct(mrs_a, finance, id_of(mrs_a, 3), replacement=BUDGET | {"weekly_cost": "900.00"})
    after = finance.get(f"{mrs_a}/cap-progress?on=2024-03-31").get_json()["accrued_costs"]
    assert (before, after) == ("19500.00", "18200.00")  # 26 weeks at 700.00


def test_a_wrong_hourly_rate_is_put_right_to_the_penny(opened: str, finance: ApiCaller, assessor: ApiCaller) -> None:
    """14 hours a week at home were taken at 21.00 where the council pays 20.16: 11.76 a week too much, 13 weeks."""
    assessor.post(f"{opened}/needs-assessments", NEEDS)
    home = BUDGET | {"setting": "own_home", "weekly_cost": "294.00"}
    wrong = assessor.post(f"{opened}/budgets", home).get_json()["entry_id"]
    on = f"{opened}/cap-progress?on=2023-12-31"
    before = finance.get(on).get_json()["accrued_costs"]
    correct(opened, finance, wrong, replacement=home | {"weekly_cost": "282.24"})
    after = finance.get(on).get_json()["accrued_costs"]
    assert (before, after) == ("3822.00", "3669.12")  # 152.88 less


def test_a_dry_run_of_a_correction_tells_the_effect_and_keeps_nothing(
    mrs_a: str, finance: ApiCaller, api_council: Council
) -> None:
    before, replacement = kept(api_council), BUDGET | {"weekly_cost": "500.00", "provider": {"name": "Betty"}}
    weighed = correct(mrs_a, finance, id_of(mrs_a, 3), "?dry_run=true", replacement=replacement, note="x").get_json()
    assert (weighed["before"]["accrued_costs"], weighed["after"]["accrued_costs"]) == ("86000.00", "49200.00")
    assert (weighed["version"], kept(api_council)) == (3, before)


def test_a_correction_that_was_wrong_is_corrected_and_its_entry_counts_again(mrs_a: str, finance: ApiCaller) -> None:
    on = f"{mrs_a}/cap-progress?on=2024-03-31"
    first = correct(mrs_a, finance, id_of(mrs_a, 3), replacement=BUDGET | {"weekly_cost": "900.00"}).get_json()
    second = correct(mrs_a, finance, first["entry_id"]).get_json()
    assert finance.get(on).get_json()["accrued_costs"] == "19500.00"
    voided_by = [entry["voided_by"] for entry in history(mrs_a, finance)]
    assert voided_by == [None, None, None, second["entry_id"], second["entry_id"], None]
    correct(mrs_a, finance, second["entry_id"])
    assert finance.get(on).get_json()["accrued_costs"] == "18200.00"


def test_a_replacement_may_itself_be_replaced(mrs_a: str, finance: ApiCaller) -> None:
    entry = id_of(mrs_a, 3)
    for weekly_cost in ("900.00", "850.00"):
        replacement = BUDGET | {"weekly_cost": weekly_cost}
        entry = correct(mrs_a, finance, entry, replacement=replacement).get_json()["replaced_by"]
    assert finance.get(f"{mrs_a}/cap-progress?on=2024-03-31").get_json()["accrued_costs"] == "16900.00"
    assert finance.get(mrs_a).get_json()["in_force"]["budget"]["entry_id"] == entry


def test_a_correction_whose_replacement_was_corrected_cannot_be_undone(mrs_a: str, finance: ApiCaller) -> None:
    first = correct(mrs_a, finance, id_of(mrs_a, 3), replacement=BUDGET).get_json()
    correct(mrs_a, finance, first["replaced_by"])
    assert refused(correct(mrs_a, finance, first["entry_id"])) == (409, "replacement-was-corrected")


def test_an_entry_is_corrected_once(mrs_a: str, finance: ApiCaller) -> None:
    correct(mrs_a, finance, id_of(mrs_a, 3))
    assert refused(correct(mrs_a, finance, id_of(mrs_a, 3))) == (409, "already-voided")
    assert refused(correct(mrs_a, finance, id_of(mrs_a, 3), replacement=BUDGET)) == (409, "already-voided")


def test_as_known_before_a_correction_the_figures_are_what_they_were(mrs_a: str, finance: ApiCaller) -> None:
    known = history(mrs_a, finance)[-1]["recorded_at"]
    path = f"{mrs_a}/cap-progress?on=2024-03-31&known_at={known}"
    before = finance.get(path).data
    correct(mrs_a, finance, id_of(mrs_a, 3))
    assert finance.get(path).data == before
    assert finance.get(f"{mrs_a}/cap-progress?on=2024-03-31").get_json()["metering"] == "no_budget"


def test_an_account_cannot_be_left_without_a_day_of_opening(mrs_a: str, finance: ApiCaller) -> None:
    opened = id_of(mrs_a, 1)
    assert refused(correct(mrs_a, finance, opened)) == (409, "opening-needs-replacement")
    assert pointers(correct(mrs_a, finance, opened, replacement={})) == ["/replacement/opened_on"]
    assert pointers(correct(mrs_a, finance, opened, replacement={"opened_on": "2023-10-02", "reference": "CA-1"})) == [
        "/replacement/reference"
    ]


def test_another_day_of_opening_keeps_the_reference_and_the_first_one_can_come_back(
    mrs_a: str, finance: ApiCaller
) -> None:
    reference = finance.get(mrs_a).get_json()["reference"]
    made = correct(mrs_a, finance, id_of(mrs_a, 1), replacement={"opened_on": "2023-11-01"}).get_json()
    account = finance.get(mrs_a).get_json()
    assert (account["opened_on"], account["reference"]) == ("2023-11-01", reference)
    correct(mrs_a, finance, made["entry_id"])
    assert finance.get(mrs_a).get_json()["opened_on"] == "2023-10-02"


def _happened(address: str, body: Body) -> Callable[[str, ApiCaller], str]:
    def record(account: str, finance: ApiCaller) -> str:
        entry: str = finance.post(f"{account}/{address}", body).get_json()["entry_id"]
        return entry

    return record


def _retracted(account: str, finance: ApiCaller) -> str:
    finance.post(f"{account}/charges", CHARGE | {"reference": "INV-1"})
    return _happened("charges/INV-1/retraction", {"reason": "x"})(account, finance)


def _evidenced(account: str, finance: ApiCaller) -> str:
    opening = _happened("openings", OPENING)(account, finance)
    return _happened(f"openings/{opening}/evidence", EVIDENCE)(account, finance)


def _voided(account: str, finance: ApiCaller) -> str:
    entry: str = correct(account, finance, id_of(account, 3)).get_json()["entry_id"]
    return entry


def _answered(account: str, finance: ApiCaller) -> str:
    dispute = _happened("disputes", DISPUTE)(account, finance)
    return _happened(f"disputes/{dispute}/outcome", {"outcome": "upheld"})(account, finance)


@pytest.mark.parametrize("made", [_retracted, _evidenced, _voided])
def test_what_nothing_can_stand_in_the_place_of_is_only_voided(
    made: Callable[[str, ApiCaller], str], mrs_a: str, finance: ApiCaller
) -> None:
    entry = made(mrs_a, finance)
    assert refused(correct(mrs_a, finance, entry, replacement=BUDGET)) == (409, "cannot-be-replaced")
    assert correct(mrs_a, finance, entry).status_code == 201


@pytest.mark.parametrize("replacement", [None, STATEMENT])
@pytest.mark.parametrize("made", [_happened("statements", STATEMENT), _happened("disputes", DISPUTE), _answered])
def test_what_was_stated_or_disputed_stays_as_it_was(
    made: Callable[[str, ApiCaller], str], replacement: Body | None, mrs_a: str, finance: ApiCaller
) -> None:
    entry = made(mrs_a, finance)
    assert refused(correct(mrs_a, finance, entry, replacement=replacement)) == (409, "cannot-be-voided")


@pytest.mark.parametrize("entry", [UNKNOWN, "00000000-0000-0000-0000-000000000000"])
def test_an_entry_that_the_account_does_not_hold_is_not_found(entry: str, mrs_a: str, finance: ApiCaller) -> None:
    assert refused(correct(mrs_a, finance, entry)) == (404, "not-found")
    assert refused(correct(mrs_a, finance, entry, replacement={"x": 1})) == (404, "not-found")


def test_an_entry_of_another_account_is_not_found_through_this_one(
    mrs_a: str, second_account: str, finance: ApiCaller
) -> None:
    assert refused(correct(second_account, finance, id_of(mrs_a, 3))) == (404, "not-found")


@pytest.mark.parametrize("address", ["needs-assessments", "budgets", "financial-assessments"])
def test_an_assessor_corrects_what_is_assessed(
    address: str, mrs_a: str, recorded: Callable[[str], tuple[str, int]], assessor: ApiCaller
) -> None:
    entry, _ = recorded(address)
    corrected = correct(mrs_a, assessor, entry, replacement=REPLACED[address][0])
    assert corrected.status_code == 201
    assert correct(mrs_a, assessor, corrected.get_json()["entry_id"]).status_code == 201  # and undoes it again


@pytest.mark.parametrize("address", ["charges", "breaks", "adjustments", "openings", "closures", "reopenings"])
def test_an_assessor_corrects_nothing_else_not_even_by_undoing_a_correction(
    address: str,
    mrs_a: str,
    recorded: Callable[[str], tuple[str, int]],
    assessor: ApiCaller,
    finance: ApiCaller,
) -> None:
    entry, _ = recorded(address)
    assert refused(correct(mrs_a, assessor, entry)) == (403, "forbidden")
    assert refused(correct(mrs_a, assessor, entry, "?dry_run=true", replacement={})) == (403, "forbidden")
    correction = correct(mrs_a, finance, entry).get_json()["entry_id"]
    assert refused(correct(mrs_a, assessor, correction)) == (403, "forbidden")


@pytest.mark.parametrize("role", ["finance_approver", "auditor", "policy", "council_admin", "citizen"])
def test_nobody_else_corrects_anything(role: str, mrs_a: str, as_role: Callable[..., ApiCaller]) -> None:
    caller = as_role(role, account=mrs_a.rpartition("/")[2])
    assert refused(correct(mrs_a, caller, id_of(mrs_a, 3))) == (403, "forbidden")


def test_an_approval_is_not_finances_to_correct_but_what_it_approved_is(
    mrs_a: str, finance: ApiCaller, approver: ApiCaller
) -> None:
    proposal = _happened("adjustments", ADJUSTMENT)(mrs_a, finance)
    approval = approver.post(f"{mrs_a}/adjustments/{proposal}/approval", {}).get_json()["entry_id"]
    assert refused(correct(mrs_a, finance, approval)) == (403, "forbidden")
    assert correct(mrs_a, finance, proposal).status_code == 201


def test_the_words_of_a_correction_and_of_its_replacement_are_kept_each_with_its_own_entry(
    mrs_a: str, finance: ApiCaller, api_council: Council
) -> None:
    replacement = BUDGET | {"provider": {"name": "Mrs Betty Thornbury", "cqc_location_id": "1-123"}}
    before = kept(api_council)["texts"]
    key = f"once {mrs_a}"
    body = {"entry_id": id_of(mrs_a, 3), "reason_code": "slip", "note": "Seen.", "replacement": replacement}
    first = finance.post(f"{mrs_a}/corrections", body, Idempotency_Key=key)
    again = finance.post(f"{mrs_a}/corrections", body, Idempotency_Key=key)
    assert (again.data, again.headers["Idempotent-Replayed"]) == (first.data, "true")
    assert [entry["words"] for entry in history(mrs_a, finance)][-2:] == [
        {"note": "Seen."},
        {"provider.name": "Mrs Betty Thornbury"},
    ]
    assert history(mrs_a, finance)[-1]["data"]["provider"] == {"cqc_location_id": "1-123"}
    assert kept(api_council)["texts"] == before + 2


def test_a_replacement_is_decided_as_if_the_wrong_entry_had_never_counted(mrs_a: str, finance: ApiCaller) -> None:
    entry = _happened("charges", CHARGE)(mrs_a, finance)
    assert correct(mrs_a, finance, entry, replacement=CHARGE).status_code == 201  # its reference is free again
    early = CLOSURE | {"on": "2023-01-01"}
    closed = _happened("closures", CLOSURE)(mrs_a, finance)
    assert refused(correct(mrs_a, finance, closed, replacement=early)) == (409, "closes-before-it-opened")
    assert correct(mrs_a, finance, closed, replacement=CLOSURE | {"reason": "moved"}).status_code == 201
