"""Whether an account's history is whole, in order, and hard to alter unseen."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest

from domain.account.commands import Command, GiveNotices, PostPeriod
from domain.account.facts import BY_TOPIC
from ledger.council import Council
from ledger.outcomes import Caller
from ledger.receipts import Request
from tests.api.caller import ApiCaller
from tests.api.conftest import (
    ADJUSTMENT,
    AGREEMENT,
    ASSESSMENT,
    BREAK,
    BUDGET,
    CHARGE,
    CLOSURE,
    DEFERRAL,
    DISPUTE,
    EVIDENCE,
    NEEDS,
    OPENING,
    REOPENING,
    REPAYMENT,
    REPRESENTATIVE,
    STATEMENT,
    id_of,
)
from tests.conftest import NOON

REFUSED = {
    "type": "refused",
    "assessed_on": "2026-01-05",
    "effective_from": "2026-01-05",
    "setting": "own_home",
    "cost_of_care": "500.00",
}
NOTICED = date(2026, 10, 31)
SIGNED = ("data", "recorded_at", "recorded_by", "role", "topic", "version")


def _recomputed(history: dict[str, Any]) -> list[str]:
    """The hashes an auditor works out from nothing but the answer."""
    previous, found = "0" * 64, []
    for entry in history["items"]:
        envelope = {"account_id": history["account_id"], "previous": previous} | {n: entry[n] for n in SIGNED}
        text = json.dumps(envelope, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256(b"\x00" + text.encode("utf-8")).hexdigest()
        found.append(previous)
    return found


@pytest.fixture
def everything(
    mrs_a: str, finance: ApiCaller, assessor: ApiCaller, approver: ApiCaller, api_council: Council
) -> dict[str, Any]:
    """The history of an account to which everything has happened once."""
    reference = quote(str(CHARGE["reference"]), safe="")
    happened = [
        (assessor, "financial-assessments", ASSESSMENT),
        (finance, "breaks", BREAK),
        (finance, "charges", CHARGE),
        (finance, f"charges/{reference}/retraction", {"reason": "She was charged twice."}),
        (finance, "adjustments", ADJUSTMENT | {"note": "Mrs Ames complained."}),
        (approver, f"adjustments/{id_of(mrs_a, 8)}/approval", {"note": "Seen by Bert."}),
        (finance, "corrections", {"entry_id": id_of(mrs_a, 5), "reason_code": "never-away", "note": "She stayed."}),
        (finance, "openings", OPENING),
        (finance, f"openings/{id_of(mrs_a, 11)}/evidence", EVIDENCE),
        (finance, "disputes", DISPUTE),
        (approver, f"disputes/{id_of(mrs_a, 13)}/outcome", {"outcome": "upheld", "text": "You are right."}),
        (finance, "statements", STATEMENT),
        (finance, "closures", CLOSURE),
        (finance, "reopenings", REOPENING),
        (finance, "deferred-payments", AGREEMENT),
        (finance, f"deferred-payments/{reference}/deferrals", DEFERRAL),
        (finance, f"deferred-payments/{reference}/repayments", REPAYMENT),
        (finance, f"deferred-payments/{reference}/end", {"on": "2024-06-30", "reason": "sold"}),
        (assessor, "financial-assessments", REFUSED),
        (finance, "representatives", REPRESENTATIVE),
        (finance, f"representatives/{id_of(mrs_a, 23)}/end", {"ending_before": "2026-04-01", "reason_code": "revoked"}),
        (finance, "adjustments", ADJUSTMENT),
        (approver, f"adjustments/{id_of(mrs_a, 25)}/return", {"reason_code": "not-shown", "note": "Which letter?"}),
        (finance, "contact-preferences", {"channel": "letter", "print_size": 18, "formats": ["audio"]}),
        (finance, "corrections", {"entry_id": id_of(mrs_a, 3), "reason_code": "not-agreed"}),
    ]
    for writer, address, body in happened:
        assert writer.post(f"{mrs_a}/{address}", body).status_code == 201, address
    runs: list[Command] = [GiveNotices(on=NOTICED, known_at=NOON), PostPeriod(through=date(2024, 4, 28), known_at=NOON)]
    for key, command in enumerate(runs):
        request = Request("worker", f"{mrs_a} {key}", b"as a run asks it")
        api_council.ledger.handle(
            UUID(mrs_a.rpartition("/")[2]), command, by=Caller("worker", "finance"), now=NOON, request=request
        )
    found: dict[str, Any] = finance.get(f"{mrs_a}/history").get_json()
    return found


def test_the_chain_of_hashes_can_be_recomputed_from_the_answer_itself(everything: dict[str, Any]) -> None:
    assert {entry["topic"] for entry in everything["items"]} == set(BY_TOPIC)
    assert [entry["hash"] for entry in everything["items"]] == _recomputed(everything)


def test_a_penny_changed_in_one_entry_breaks_the_chain_from_there_on(everything: dict[str, Any]) -> None:
    everything["items"][2]["data"]["weekly_cost"] = "950.01"
    differing = [a["hash"] != b for a, b in zip(everything["items"], _recomputed(everything), strict=True)]
    assert differing == [False, False, *[True] * 28]


def test_every_entry_says_what_was_recorded_when_by_whom_in_which_role(everything: dict[str, Any]) -> None:
    entries = everything["items"]
    assert [entry["version"] for entry in entries] == list(range(1, 31))
    by = {entry["version"]: (entry["recorded_by"], entry["role"]) for entry in entries}
    assert {by.pop(version) for version in (2, 3, 4, 22)} == {("alice", "assessor")}
    assert {by.pop(version) for version in (9, 14, 26)} == {("bert", "finance_approver")}
    assert {by.pop(version) for version in (29, 30)} == {("worker", "finance")}
    assert set(by.values()) == {("alice", "finance")}
    assert len({entry["entry_id"] for entry in entries}) == 30
    instants = [entry["recorded_at"] for entry in entries]
    assert instants == sorted(set(instants))


def test_every_entry_says_what_it_is_from_which_day_it_is_true_and_why(everything: dict[str, Any]) -> None:
    found = [(entry["type"], entry["effective_from"], entry["reason_code"]) for entry in everything["items"]]
    assert found == [
        ("account-opened", "2023-10-02", None),
        ("needs-assessed", NEEDS["eligible_from"], None),
        ("budget-set", BUDGET["effective_from"], None),
        ("financial-assessment-imported", ASSESSMENT["effective_from"], None),
        ("break-recorded", BREAK["from"], "hospital"),
        ("charge-raised", CHARGE["period_from"], None),
        ("charge-retracted", CHARGE["period_from"], "in-words"),
        ("adjustment-proposed", ADJUSTMENT["on"], "ombudsman"),
        ("adjustment-approved", ADJUSTMENT["on"], None),
        ("entry-voided", BREAK["from"], "never-away"),
        ("opening-carried-in", OPENING["on"], None),
        ("opening-evidenced", EVIDENCE["on"], None),
        ("dispute-raised", "2026-11-22", None),
        ("dispute-answered", "2026-11-22", None),
        ("statement-issued", STATEMENT["to"], None),
        ("account-closed", CLOSURE["on"], "died"),
        ("account-reopened", REOPENING["on"], "came-back"),
        ("deferred-payment-agreed", AGREEMENT["effective_from"], None),
        ("payment-deferred", DEFERRAL["due_on"], None),
        ("deferred-payment-repaid", REPAYMENT["on"], None),
        ("deferred-payment-ended", "2024-06-30", "sold"),
        ("financial-assessed", REFUSED["effective_from"], None),
        ("representative-named", REPRESENTATIVE["effective_from"], None),
        ("representative-ended", "2026-04-01", "revoked"),
        ("adjustment-proposed", ADJUSTMENT["on"], "ombudsman"),
        ("adjustment-returned", "2026-11-22", "not-shown"),
        ("contact-chosen", "2026-11-22", None),
        ("entry-voided", BUDGET["effective_from"], "not-agreed"),
        ("notice-given", NOTICED.isoformat(), None),
        ("period-posted", "2024-04-28", None),
    ]


def test_a_void_entry_names_the_correction_that_made_it_void(everything: dict[str, Any]) -> None:
    voided = {entry["version"]: entry["voided_by"] for entry in everything["items"] if entry["voided_by"]}
    assert voided == {3: everything["items"][27]["entry_id"], 5: everything["items"][9]["entry_id"]}


def test_the_words_given_with_an_entry_are_shown_beside_it_and_stand_in_no_fact(everything: dict[str, Any]) -> None:
    words = {entry["version"]: entry.pop("words") for entry in everything["items"]}
    assert {version: given for version, given in words.items() if given} == {
        7: {"reason": "She was charged twice."},
        8: {"note": "Mrs Ames complained."},
        9: {"note": "Seen by Bert."},
        10: {"note": "She stayed."},
        13: {"text": "I was in hospital."},
        14: {"text": "You are right."},
        23: {"name": "Gina Green"},
        26: {"note": "Which letter?"},
    }
    rest = json.dumps(everything)
    assert not any(text in rest for given in words.values() for text in given.values())


@pytest.mark.parametrize(
    ("role", "shown"), [("auditor", False), ("finance_approver", True), ("assessor", True), ("citizen", True)]
)
def test_words_are_shown_to_the_roles_that_see_people_and_to_no_other(
    role: str, shown: bool, everything: dict[str, Any], as_role: Callable[..., ApiCaller]
) -> None:
    account_id = everything["account_id"]
    seen = as_role(role, account=account_id).get(f"/v1/care-accounts/{account_id}/history").get_json()["items"]
    assert [entry["words"] for entry in seen] == [entry["words"] if shown else {} for entry in everything["items"]]


def test_a_page_of_history_brings_the_words_of_its_own_entries(everything: dict[str, Any], finance: ApiCaller) -> None:
    path = f"/v1/care-accounts/{everything['account_id']}/history?limit=7"
    first = finance.get(path).get_json()
    second = finance.get(f"{path}&cursor={first['next']}").get_json()
    assert first["items"] + second["items"] == everything["items"][:14]


def test_the_entry_a_write_answers_with_is_the_one_in_the_history(mrs_a: str, finance: ApiCaller) -> None:
    made = finance.post(f"{mrs_a}/breaks", BREAK).get_json()
    entry = finance.get(f"{mrs_a}/history").get_json()["items"][-1]
    assert [made[field] for field in ("entry_id", "version", "recorded_at")] == [
        entry[field] for field in ("entry_id", "version", "recorded_at")
    ]
    assert entry["data"] == BREAK


def test_as_known_earlier_the_chain_is_the_same_as_far_as_it_goes(
    everything: dict[str, Any], mrs_a: str, finance: ApiCaller
) -> None:
    entries = everything["items"]
    earlier = finance.get(f"{mrs_a}/history?known_at={entries[3]['recorded_at']}").get_json()["items"]
    assert earlier == [entry | {"voided_by": None} for entry in entries[:4]]  # one of them was made void later


def test_as_known_before_a_correction_the_entry_was_not_void(
    everything: dict[str, Any], mrs_a: str, finance: ApiCaller
) -> None:
    eve = everything["items"][8]["recorded_at"]
    assert finance.get(f"{mrs_a}/history?known_at={eve}").get_json()["items"][4]["voided_by"] is None
