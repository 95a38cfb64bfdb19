"""Whether an account's history is whole, in order, and hard to alter unseen."""

import hashlib
import json
from typing import Any

from domain.account.facts import BY_TOPIC
from tests.api.caller import ApiCaller
from tests.api.conftest import ASSESSMENT, BREAK, BUDGET, CLOSURE, NEEDS, STATEMENT

SIGNED = ("data", "recorded_at", "recorded_by", "role", "topic", "version")


def _recomputed(history: dict[str, Any]) -> list[str]:
    """The hashes an auditor works out from nothing but the answer."""
    previous, found = "0" * 64, []
    for entry in history["items"]:
        envelope = {"account_id": history["account_id"], "previous": previous} | {n: entry[n] for n in SIGNED}
        text = json.dumps(envelope, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256(text.encode("utf-8")).hexdigest()
        found.append(previous)
    return found


def _everything(mrs_a: str, finance: ApiCaller, assessor: ApiCaller) -> dict[str, Any]:
    assessor.post(f"{mrs_a}/financial-assessments", ASSESSMENT)
    finance.post(f"{mrs_a}/breaks", BREAK)
    finance.post(f"{mrs_a}/statements", STATEMENT)
    finance.post(f"{mrs_a}/closures", CLOSURE)
    history: dict[str, Any] = finance.get(f"{mrs_a}/history").get_json()
    return history


def test_the_chain_of_hashes_can_be_recomputed_from_the_answer_itself(
    mrs_a: str, finance: ApiCaller, assessor: ApiCaller
) -> None:
    history = _everything(mrs_a, finance, assessor)
    assert {entry["topic"] for entry in history["items"]} == set(BY_TOPIC)
    assert [entry["hash"] for entry in history["items"]] == _recomputed(history)


def test_a_penny_changed_in_one_entry_breaks_the_chain_from_there_on(
    mrs_a: str, finance: ApiCaller, assessor: ApiCaller
) -> None:
    history = _everything(mrs_a, finance, assessor)
    history["items"][2]["data"]["weekly_cost"] = "950.01"
    differing = [a["hash"] != b for a, b in zip(history["items"], _recomputed(history), strict=True)]
    assert differing == [False, False, True, True, True, True, True]


def test_every_entry_says_what_was_recorded_when_by_whom_in_which_role(
    mrs_a: str, finance: ApiCaller, assessor: ApiCaller
) -> None:
    entries = _everything(mrs_a, finance, assessor)["items"]
    assert [entry["version"] for entry in entries] == [1, 2, 3, 4, 5, 6, 7]
    assert [entry["role"] for entry in entries] == [*["finance", "assessor", "assessor", "assessor"], *["finance"] * 3]
    assert {entry["recorded_by"] for entry in entries} == {"alice"}
    assert [entry["effective_from"] for entry in entries[1:]] == [
        NEEDS["eligible_from"],
        BUDGET["effective_from"],
        ASSESSMENT["effective_from"],
        BREAK["from"],
        STATEMENT["to"],
        CLOSURE["on"],
    ]
    assert [entry["reason_code"] for entry in entries[4:]] == ["hospital", None, "died"]
    assert len({entry["entry_id"] for entry in entries}) == 7
    instants = [entry["recorded_at"] for entry in entries]
    assert instants == sorted(set(instants))


def test_the_entry_a_write_answers_with_is_the_one_in_the_history(mrs_a: str, finance: ApiCaller) -> None:
    made = finance.post(f"{mrs_a}/breaks", BREAK).get_json()
    entry = finance.get(f"{mrs_a}/history").get_json()["items"][-1]
    assert [made[field] for field in ("entry_id", "version", "recorded_at")] == [
        entry[field] for field in ("entry_id", "version", "recorded_at")
    ]
    assert entry["data"] == BREAK


def test_as_known_earlier_the_chain_is_the_same_as_far_as_it_goes(
    mrs_a: str, finance: ApiCaller, assessor: ApiCaller
) -> None:
    entries = _everything(mrs_a, finance, assessor)["items"]
    earlier = finance.get(f"{mrs_a}/history?known_at={entries[3]['recorded_at']}").get_json()["items"]
    assert earlier == entries[:4]
