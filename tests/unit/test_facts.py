"""What a fact refuses to hold, and how entries hold together."""

import hashlib
import json
from typing import Any

import pytest
from pydantic import ValidationError

from domain.account.chain import hashes
from domain.account.facts import (
    BY_TOPIC,
    BreakRecorded,
    BudgetSet,
    Fact,
    FinancialAssessmentImported,
    NeedsAssessed,
    type_of,
)
from domain.account.state import CareAccount, fold
from domain.dates import instant_text
from tests.rules.build import account, away, budget, closed, day, needs, self_funder

NEEDS = {"assessed_on": "2023-10-02", "eligible": True, "eligible_from": "2023-10-02"}
BUDGET = {"kind": "personal", "setting": "own_home", "weekly_cost": "1.00", "effective_from": "2023-10-02"}
ASSESSMENT = {
    "type": "imported",
    "assessed_on": "2023-10-02",
    "effective_from": "2023-10-02",
    "outcome": "contribution",
    "weekly_contribution": "1.00",
    "source": {"system": "charging"},
}
BREAK = {"from": "2023-10-02", "reason": "hospital"}


@pytest.mark.parametrize(
    ("fact", "given", "sentence"),
    [
        (NeedsAssessed, NEEDS | {"eligible_from": None}, "Give the day from which the needs are eligible"),
        (NeedsAssessed, NEEDS | {"eligible": False}, "Needs that are not eligible have no such day"),
        (NeedsAssessed, NEEDS | {"ending_before": "2023-10-02"}, "This span ends before it begins"),
        (
            NeedsAssessed,
            {"assessed_on": "2023-10-02", "eligible": False, "ending_before": "2023-10-02"},
            "give a day after 2023-10-02",
        ),
        (NeedsAssessed, NEEDS | {"assessor": "Dr Jane Doe"}, "Names and words do not belong here"),
        (NeedsAssessed, NEEDS | {"eligible": "yes"}, "valid boolean"),
        (BudgetSet, BUDGET | {"ending_before": "2023-10-01"}, "This span ends before it begins"),
        (BudgetSet, BUDGET | {"weekly_cost": 1.0}, "Write pounds and pence"),
        (BudgetSet, BUDGET | {"provider": {"name": "Jane Doe"}}, "Extra inputs are not permitted"),
        (BudgetSet, BUDGET | {"top_up": "5.00"}, "Extra inputs are not permitted"),
        (FinancialAssessmentImported, ASSESSMENT | {"ending_before": "2023-10-02"}, "This span ends before it begins"),
        (BreakRecorded, BREAK | {"ending_before": "2023-09-30"}, "This span ends before it begins"),
    ],
)
def test_a_fact_refuses_what_cannot_be_true(fact: type[Fact], given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        fact.model_validate_json(json.dumps(given))


def test_a_break_without_an_end_goes_on() -> None:
    assert BreakRecorded.model_validate_json(json.dumps(BREAK)).ending_before is None


def test_a_span_whose_beginning_is_wrong_is_told_once_about_the_beginning() -> None:
    with pytest.raises(ValidationError) as refused:
        BudgetSet.model_validate_json(json.dumps(BUDGET | {"effective_from": "x", "ending_before": "2023-10-02"}))
    assert [error["loc"] for error in refused.value.errors()] == [("effective_from",)]


def test_needs_that_are_unsure_whether_eligible_are_told_once() -> None:
    with pytest.raises(ValidationError) as refused:
        NeedsAssessed.model_validate_json(json.dumps(NEEDS | {"eligible": None}))
    assert [error["loc"] for error in refused.value.errors()] == [("eligible",)]


def test_a_fact_never_changes() -> None:
    fact = budget("1.00")
    with pytest.raises(ValidationError, match="frozen"):
        fact.weekly_cost = fact.weekly_cost  # type: ignore[misc]


def test_every_fact_has_a_stored_name_of_its_own_and_a_day_it_is_true_from() -> None:
    facts: list[Fact] = [needs(), needs(None), budget("1.00"), away("2023-10-02"), closed("2023-10-02")]
    assert {fact.effective_from for fact in facts} == {day("2023-10-02")}
    assert account().opened.effective_from == day("2023-10-02")
    assert [type_of(kind) for kind in BY_TOPIC.values()] == [
        "account-opened",
        "needs-assessed",
        "budget-set",
        "financial-assessment-imported",
        "charge-raised",
        "charge-retracted",
        "break-recorded",
        "entry-voided",
        "adjustment-proposed",
        "adjustment-approved",
        "opening-carried-in",
        "opening-evidenced",
        "account-closed",
        "account-reopened",
        "period-posted",
        "statement-issued",
        "dispute-raised",
        "dispute-answered",
    ]


def test_no_entries_are_no_account() -> None:
    assert fold([]) is None
    found = self_funder()
    assert found.as_known_at(found.entries[0].recorded_at) == CareAccount(found.entries[:1])


def test_an_entrys_name_follows_from_its_place() -> None:
    first, second, _ = self_funder().entries
    assert first.id != second.id
    assert first.id == self_funder().entries[0].id


def test_each_hash_covers_the_one_before() -> None:
    found = self_funder()
    previous = "0" * 64
    for entry, digest in zip(found.entries, hashes(found.entries), strict=True):
        envelope = {
            "account_id": str(found.id),
            "data": json.loads(entry.fact.model_dump_json(by_alias=True)),
            "previous": previous,
            "recorded_at": instant_text(entry.recorded_at),
            "recorded_by": "tester",
            "role": "finance",
            "topic": entry.fact.TOPIC,
            "version": entry.version,
        }
        written = json.dumps(envelope, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        previous = hashlib.sha256(written.encode()).hexdigest()
        assert digest == previous
