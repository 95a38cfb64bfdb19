"""An office that records what tests of the pages show: Mrs A, and people whose accounts went otherwise."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, Literal
from uuid import UUID, uuid4

from domain import parameters
from domain.account.agreeing import UnderAgreement, to_agree, under_agreement
from domain.account.assessing import assessed
from domain.account.commands import (
    AgreeDeferredPayment,
    CarryInOpening,
    CloseAccount,
    Command,
    ImportFinancialAssessment,
    IssueStatement,
    NameRepresentative,
    OpenAccount,
    ProposeAdjustment,
    RaiseCharge,
    RaiseDispute,
    RecordBreak,
    RecordFinancialAssessment,
    RecordNeedsAssessment,
    SetBudget,
)
from domain.account.facts import (
    Deferral,
    DeferredPayment,
    DeferredPaymentEnding,
    DisputedThing,
    Provenance,
    Repayment,
    Source,
)
from ledger.council import Council
from ledger.outcomes import Caller
from ledger.receipts import Request
from ledger.reference import new_reference
from ledger.vault.person import Contact, Person
from tests.rules.means import asked_of, said

ASSESSOR, FINANCE = Caller("p.shah", "assessor"), Caller("alice", "finance")
APPROVER = Caller("h.lindqvist", "finance_approver")
BEGAN = date(2023, 10, 2)
FEE = "administration_fee"
ADDRESS = ("1 High Street", "Example Town", "EX1 1AB")


@dataclass(frozen=True)
class Office:
    """Records facts of one council at the moments it is told."""

    council: Council

    def open(
        self,
        local_id: str,
        given_name: str,
        family_name: str,
        opened_on: date = BEGAN,
        born: date | None = date(1941, 5, 2),
    ) -> UUID:
        """Open an account."""
        person = Person(
            local_id=local_id,
            given_name=given_name,
            family_name=family_name,
            date_of_birth=born,
            postcode="EX1 1AB",
            contact=Contact(address=ADDRESS),
        )
        command = OpenAccount(reference=new_reference(), opened_on=opened_on)
        at = datetime(2023, 10, 2, 9, tzinfo=UTC)
        return self.council.ledger.open(person, command, by=FINANCE, now=at, request=_new()).account.id

    def record(
        self,
        account_id: UUID,
        command: Command,
        at: datetime,
        by: Caller = ASSESSOR,
        texts: Mapping[str, str] | None = None,
    ) -> UUID:
        """Record a fact at a moment; the id of its entry."""
        handle = self.council.ledger.handle
        return handle(account_id, command, by=by, now=at, request=_new(), texts=(texts or {},)).entries[0].id

    def mrs_a(self, local_id: str = "P-1001", name: tuple[str, str] = ("Ada", "Ames")) -> UUID:
        """The worked example: a self-funder in a care home, 950.00 a week from 2 October 2023."""
        account_id, at = self.open(local_id, *name), datetime(2023, 10, 3, 9, 30, tzinfo=UTC)
        self.record(account_id, needs(), at)
        self.record(account_id, budget("950.00"), at)
        return account_id

    def statement(self, account_id: UUID, to: date, at: datetime, kind: Any = "annual") -> UUID:
        """Make a statement at a moment."""
        return self.record(account_id, IssueStatement(to=to, kind=kind, known_at=at), at, FINANCE)


def needs(since: date = BEGAN) -> RecordNeedsAssessment:
    return RecordNeedsAssessment(assessed_on=since, eligible=True, eligible_from=since)


def budget(weekly_cost: str, since: date = BEGAN, **other: Any) -> SetBudget:
    """A self-funder's care home, unless said otherwise."""
    given = {"kind": "independent", "setting": "care_home"} | other
    return SetBudget(weekly_cost=Decimal(weekly_cost), effective_from=since, **given)


def money_check(weekly_contribution: str, since: date = BEGAN) -> ImportFinancialAssessment:
    return ImportFinancialAssessment(
        type="imported",
        assessed_on=since,
        effective_from=since,
        outcome="contribution",
        weekly_contribution=Decimal(weekly_contribution),
        source=Source(system="charging"),
    )


def assessment(since: str, **said_of_them: Any) -> RecordFinancialAssessment:
    """A financial assessment made here: at home for 400.00 a week, over pension age, unless said otherwise.

    A light touch where capital is only said to be below or above the limit.
    """
    request = said(since, **{"cost": "400.00", **said_of_them})
    if isinstance(request.get("capital"), str):
        request |= {"type": "light_touch", "consent": True}
    return assessed(asked_of(request), parameters.load)


def refusal(since: str, cost: str) -> RecordFinancialAssessment:
    """Somebody does not say what they have."""
    request = {"type": "refused", "assessed_on": since, "effective_from": since, "setting": "own_home"}
    return assessed(asked_of({**request, "cost_of_care": cost}), parameters.load)


def helped_by(authority: str, *permissions: str, **more: Any) -> NameRepresentative:
    """Somebody who may see the account or act, from 2 October 2023, unless said otherwise."""
    given = {"effective_from": BEGAN, "evidence": "scan:91", **more}
    return NameRepresentative.model_validate({"authority": authority, "permissions": permissions, **given})


def charge(reference: str, amount: str, first: date, ending_before: date) -> RaiseCharge:
    return RaiseCharge(
        reference=reference, period_from=first, period_ending_before=ending_before, amount=Decimal(amount)
    )


def adjustment(on: date, amount: str, reason_code: str) -> ProposeAdjustment:
    return ProposeAdjustment(on=on, amount=Decimal(amount), reason_code=reason_code)


def carried_in(on: date, accrued_costs: str, kind: Literal["transfer", "migration"] = "transfer") -> CarryInOpening:
    return CarryInOpening(
        on=on,
        accrued_costs=Decimal(accrued_costs),
        daily_living_costs=Decimal("0.00"),
        provenance=Provenance(kind=kind, reference="T-77"),
    )


def question(raised_on: date, **about: Any) -> RaiseDispute:
    """A question about an entry, by its entry_id, or about a line."""
    return RaiseDispute(about=DisputedThing(**about), raised_on=raised_on)


def in_hospital(first: date, ending_before: date) -> RecordBreak:
    return RecordBreak.model_validate({"from": first, "ending_before": ending_before, "reason": "hospital"})


def died(on: date) -> CloseAccount:
    return CloseAccount(on=on, reason="died")


AGREEMENT = {
    "reference": "DPA-1",
    "agreed_on": "2023-12-20",
    "effective_from": "2024-01-01",
    "property_value": "240000.00",
    "encumbrances": "0.00",
    "other_capital": "9000.00",
    "weekly_income_kept": "144.00",
    "compounding": "daily",
    "interest": "deferred",
    "interest_told_on": "2023-12-18",
    "administration_fee": "deferred",
}


def agreed(**more: Any) -> AgreeDeferredPayment:
    """An agreement to pay for care later, on a home of 240000.00."""
    return to_agree(DeferredPayment.model_validate_json(json.dumps(AGREEMENT | more)), parameters.load)


def put_off(amount: str, due_on: date, kind: str = "care_costs", reference: str = "DPA-1") -> UnderAgreement:
    """A sum for the four weeks before the day on which it falls due; a fee is for no days."""
    four_weeks = (due_on - timedelta(days=28)).isoformat(), due_on.isoformat()
    period = dict(zip(("period_from", "period_ending_before"), four_weeks, strict=True)) if kind != FEE else {}
    given = {"kind": kind, "amount": amount, "due_on": due_on.isoformat(), **period}
    return under_agreement(Deferral.model_validate_json(json.dumps(given)), reference, parameters.load)


def paid_back(amount: str, on: date) -> UnderAgreement:
    return under_agreement(Repayment(amount=Decimal(amount), on=on), "DPA-1", parameters.load)


def agreement_over(on: date, reason: Literal["sold", "repaid", "died"]) -> UnderAgreement:
    return under_agreement(DeferredPaymentEnding(on=on, reason=reason), "DPA-1", parameters.load)


def _new() -> Request:
    return Request(FINANCE.sub, uuid4().hex, sha256(b"told by a test").digest())
