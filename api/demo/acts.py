"""What else does an office record of a life: charges, corrections, decisions of two people, questions, evidence?"""

from datetime import date
from decimal import Decimal
from typing import Literal, cast

from api.demo.life import FINANCE, Life
from api.demo.recording import NO_ENTRY, Recording
from domain.account.commands import (
    AnswerDispute,
    ApproveAdjustment,
    CarryInOpening,
    Correct,
    EvidenceOpening,
    ProposeAdjustment,
    RaiseCharge,
    RaiseDispute,
    ReopenAccount,
    Replacement,
    RetractCharge,
    ReturnAdjustment,
)
from domain.account.facts import CarriedRate, DisputedLine, DisputedThing, Provenance
from ledger.outcomes import Caller

APPROVER = Caller("h.lindqvist", "finance_approver")


def charges(life: Life, reference: str, amount: Decimal, first: date, ending_before: date, noted: date) -> Recording:
    """The person is charged for a period."""
    asked = RaiseCharge(reference=reference, period_from=first, period_ending_before=ending_before, amount=amount)
    return life.note(asked, noted, life.rng.choice(FINANCE))


def takes_back(life: Life, reference: str, reason: str, noted: date) -> None:
    """A charge is taken back."""
    life.note(RetractCharge(reference=reference, reason_code=reason), noted, life.rng.choice(FINANCE))


def corrects(life: Life, wrong: Recording, reason: str, noted: date, **right: Decimal) -> Recording:
    """Something that was recorded is found to be wrong; the same with what is right stands in its place, if given."""
    instead = cast(Replacement, wrong.asked.model_copy(update=right)) if right else None
    asked = Correct(entry_id=NO_ENTRY, reason_code=reason, replacement=instead)
    return life.note(asked, noted, life.rng.choice(FINANCE), about=wrong)


def carries_in(
    life: Life, on: date, accrued: Decimal, apart: Decimal, origin: Provenance, rate: CarriedRate | None = None
) -> Recording:
    """What was counted elsewhere is taken over, unproven."""
    asked = CarryInOpening(
        on=on, accrued_costs=accrued, daily_living_costs=apart, provenance=origin, weekly_rate=rate, adjustments=()
    )
    return life.note(asked, life.soon(on), life.rng.choice(FINANCE))


def evidences(life: Life, opening: Recording, evidence: str, noted: date) -> None:
    """Proof of what was taken over has come."""
    asked = EvidenceOpening(opening=NO_ENTRY, on=noted, evidence=evidence)
    life.note(asked, noted, life.rng.choice(FINANCE), about=opening)


def proposes(life: Life, on: date, amount: Decimal, reason: str, noted: date) -> Recording:
    """One person asks for an amount to be added or taken off."""
    asked = ProposeAdjustment(on=on, amount=amount, reason_code=reason)
    return life.note(asked, noted, life.rng.choice(FINANCE))


def approves(life: Life, proposal: Recording, noted: date) -> None:
    """A second person agrees to it."""
    life.note(ApproveAdjustment(adjustment=NO_ENTRY, approver=APPROVER.sub), noted, APPROVER, about=proposal)


def sends_back(life: Life, proposal: Recording, reason: str, text: str, noted: date) -> None:
    """A second person does not agree to it, and says why."""
    asked = ReturnAdjustment(adjustment=NO_ENTRY, on=noted, reason_code=reason, returner=APPROVER.sub)
    life.note(asked, noted, APPROVER, texts={"note": text}, about=proposal)


def asks_about(life: Life, about: Recording | DisputedLine, text: str, noted: date) -> Recording:
    """Somebody questions what was recorded, or some days, in words of their own."""
    named = about if isinstance(about, Recording) else None
    thing = DisputedThing(entry_id=NO_ENTRY) if isinstance(about, Recording) else DisputedThing(line=about)
    asked = RaiseDispute(about=thing, raised_on=noted)
    return life.note(asked, noted, life.rng.choice(FINANCE), texts={"text": text}, about=named)


def answers(
    life: Life, question: Recording, outcome: Literal["upheld", "partly_upheld", "not_upheld"], text: str, noted: date
) -> None:
    """The council says what it found."""
    asked = AnswerDispute(dispute=NO_ENTRY, on=noted, outcome=outcome)
    life.note(asked, noted, life.rng.choice(FINANCE), texts={"text": text}, about=question)


def reopens(life: Life, on: date, reason: str, noted: date) -> None:
    """The account is kept again."""
    life.note(ReopenAccount(on=on, reason_code=reason), noted, life.rng.choice(FINANCE))
