"""What a fact refuses to hold, and how entries hold together."""

import hashlib
import json
from typing import Any

import pytest
from pydantic import ValidationError

from domain.account.chain import hashes
from domain.account.commands import GiveNotices
from domain.account.decisions import decide
from domain.account.facts import (
    BY_TOPIC,
    AdjustmentApproved,
    AdjustmentProposed,
    AdjustmentReturned,
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    ContactChosen,
    DisputeAnswered,
    DisputedThing,
    DisputeRaised,
    EntryVoided,
    Fact,
    FinancialAssessmentImported,
    NeedsAssessed,
    OpeningCarriedIn,
    OpeningEvidenced,
    RepresentativeEnded,
    RepresentativeNamed,
    type_of,
)
from domain.account.posted import may_move_figures
from domain.account.state import CareAccount, fold
from domain.dates import instant_text
from tests.rules.asking import NOW, post, stated
from tests.rules.build import (
    REFORM_2023,
    account,
    adjustment,
    away,
    budget,
    charge,
    closed,
    day,
    needs,
    opening,
    reopened,
    self_funder,
    the_id,
)
from tests.rules.deferring import defer, deferring, end, repay

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
CHARGE = {"reference": "INV-1", "period_from": "2023-10-02", "period_ending_before": "2023-10-30", "amount": "1.00"}
ADJUSTMENT = {"on": "2023-10-02", "amount": "1.00", "reason_code": "ombudsman"}
REPRESENTED = {
    "authority": "lpa_property",
    "permissions": ["view_finance"],
    "effective_from": "2023-10-02",
    "evidence": "scan:1",
}
CHOSEN = {"channel": "letter", "print_size": 14, "formats": [], "on": "2023-10-02"}
VOIDED = {
    "entry_id": "00000000-0000-5000-8000-000000000001",
    "version": 1,
    "effective_from": "2023-10-02",
    "reason_code": "entered-wrongly",
    "replaced_by": None,
}


@pytest.mark.parametrize(
    ("fact", "given", "sentence"),
    [
        (RepresentativeNamed, REPRESENTED | {"permissions": []}, "Give at least one permission, and each no more than"),
        (RepresentativeNamed, REPRESENTED | {"permissions": ["act", "act"]}, "Give at least one permission"),
        (RepresentativeNamed, REPRESENTED | {"ending_before": "2023-10-02"}, "This span ends before it begins"),
        (ContactChosen, CHOSEN | {"formats": ["audio", "audio"]}, "Give each format no more than once."),
        (ContactChosen, CHOSEN | {"language": "Welsh"}, "Write a language as its code"),
        (ContactChosen, CHOSEN | {"print_size": 16}, "Input should be 14, 18 or 22"),
        (RepresentativeNamed, REPRESENTED | {"evidence": "Ada said so"}, "Names and words do not belong here"),
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
        "financial-assessed",
        "charge-raised",
        "charge-retracted",
        "break-recorded",
        "entry-voided",
        "adjustment-proposed",
        "adjustment-approved",
        "adjustment-returned",
        "opening-carried-in",
        "opening-evidenced",
        "account-closed",
        "account-reopened",
        "period-posted",
        "statement-issued",
        "dispute-raised",
        "dispute-answered",
        "deferred-payment-agreed",
        "payment-deferred",
        "deferred-payment-repaid",
        "deferred-payment-ended",
        "representative-named",
        "representative-ended",
        "contact-chosen",
        "notice-given",
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
        previous = hashlib.sha256(b"\x00" + written.encode()).hexdigest()
        assert digest == previous


OPENED_WITH = {"accrued_costs": "1.00", "daily_living_costs": "0.00", "provenance": {"kind": "migration"}}


@pytest.mark.parametrize(
    ("fact", "given", "sentence"),
    [
        (ChargeRaised, CHARGE | {"period_ending_before": "2023-10-02"}, "This span ends before it begins"),
        (ChargeRaised, CHARGE | {"amount": "-1.00"}, r"Give an amount of 0\.00 or more"),
        (ChargeRaised, CHARGE | {"reference": "Jane Doe's bill"}, "Names and words do not belong here"),
        (AdjustmentProposed, ADJUSTMENT | {"amount": "0.00"}, r"An adjustment of 0\.00 changes nothing"),
        (AdjustmentApproved, {"adjustment": "5", "on": "2023-10-02"}, "Give the entry's id as the account's history"),
        (EntryVoided, VOIDED | {"version": 0}, "greater than or equal to 1"),
        (OpeningCarriedIn, OPENED_WITH | {"on": "2023-10-02", "accrued_costs": "-1.00"}, "0.00 or more"),
        (OpeningCarriedIn, OPENED_WITH | {"on": "2023-10-02", "provenance": {"kind": "hearsay"}}, "'transfer' or"),
    ],
)
def test_a_later_fact_refuses_what_cannot_be_true(fact: type[Fact], given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        fact.model_validate_json(json.dumps(given))


@pytest.mark.parametrize("amount", ["0.01", "-0.01"])
def test_an_adjustment_may_be_a_penny_either_way(amount: str) -> None:
    assert AdjustmentProposed.model_validate_json(json.dumps(ADJUSTMENT | {"amount": amount}))


def test_a_charge_for_one_day_is_a_charge() -> None:
    assert ChargeRaised.model_validate_json(json.dumps(CHARGE | {"period_ending_before": "2023-10-03"}))


def test_every_fact_is_true_from_the_day_it_is_about() -> None:
    on = day("2023-10-02")
    facts: list[Fact] = [
        charge("1.00", "2023-10-02", "2023-10-03"),
        reopened("2023-10-02"),
        opening("1.00", "2023-10-02"),
        adjustment("1.00", "2023-10-02"),
        AdjustmentApproved(adjustment=the_id(2), on=on),
        AdjustmentReturned(adjustment=the_id(2), on=on, reason_code="not-shown"),
        OpeningEvidenced(opening=the_id(2), on=on, evidence="schedule-4"),
        DisputeRaised(about=DisputedThing(entry_id=the_id(2)), raised_on=on, answer_due_on=day("2024-04-02")),
        DisputeAnswered(dispute=the_id(3), on=on, outcome="withdrawn"),
        RepresentativeNamed.model_validate_json(json.dumps(REPRESENTED)),
        RepresentativeEnded(representative=the_id(2), ending_before=on, reason_code="revoked"),
        ContactChosen.model_validate_json(json.dumps(CHOSEN)),
        notice("2023-10-02"),
        EntryVoided.model_validate_json(json.dumps(VOIDED)),
        *(entry.fact for entry in _deferring_on("2023-10-02").entries[1:]),
    ]
    assert {fact.effective_from for fact in facts} == {on}


def notice(on: str) -> Fact:
    (found,) = decide(GiveNotices(on=day(on), known_at=NOW), account(), REFORM_2023)
    return found


def _deferring_on(on: str) -> CareAccount:
    return deferring(defer("9.00", on), repay("1.00", on), end(on), effective_from=on)


def test_an_entry_is_found_by_its_id() -> None:
    found = self_funder()
    assert [found.entry(the_id(version)) for version in (1, 3, 4)] == [found.entries[0], found.entries[2], None]


def test_an_account_without_postings_or_statements_has_none() -> None:
    found = self_funder()
    assert (found.last_posting, found.posted_through, found.last_statement, found.closed) == (None, None, None, None)


def test_what_is_only_told_moves_no_figure_and_a_posting_may_by_standing() -> None:
    on = day("2023-10-08")
    dispute = DisputeRaised(about=DisputedThing(entry_id=the_id(2)), raised_on=on, answer_due_on=on)
    deferred = [
        entry.fact for entry in deferring(defer("9.00"), repay("1.00", "2019-01-01"), end("2019-01-01")).entries
    ]
    told = (
        stated(self_funder(), "2023-10-08").entries[-1].fact,
        dispute,
        adjustment("1.00", "2023-10-08"),
        AdjustmentReturned(adjustment=the_id(4), on=on, reason_code="not-shown"),
        notice("2023-10-08"),
        *deferred[1:],
    )
    known = (post(self_funder(), "2023-10-08").entries[-1].fact, needs(), budget("1.00"), closed("2023-10-08"))
    assert [may_move_figures(fact) for fact in told] == [False] * 9
    assert [may_move_figures(fact) for fact in known] == [True] * 4
