"""What would somebody be charged from a day on, by the amounts and ages of that day, had nothing else changed?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from domain.account.assessing import assessed
from domain.account.commands import RecordFinancialAssessment
from domain.account.facts import FINANCIAL_ASSESSMENTS, FinancialAssessed
from domain.account.in_force import stretches
from domain.account.state import CareAccount, Entry
from domain.account.uprating import Rise, uprated
from domain.dates import FOREVER, Stretch
from domain.law.financial_assessment import CannotBeAssessed, Circumstances, RefusedAssessment, ToAssess
from domain.parameters import AmountsOfLaw, NotInForce
from domain.words import day as day_in_words

WhyNot = Literal[
    "closed", "not_assessed", "assessed_already", "imported", "resumes_later", "amount_unknown", "not_assessable"
]


class CannotBeReassessed(Exception):
    """The account has no assessment that could be made anew. `reason` is the stable name of why."""

    def __init__(self, reason: WhyNot, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Occasion:
    """From which day, made on which, by which amounts of law, and with which rises of income."""

    on: date
    assessed_on: date
    amounts: AmountsOfLaw
    rises: Sequence[Rise] = ()


class Reassessed(NamedTuple):
    """The assessment that held, and the one to record in its place."""

    entry: Entry
    before: FinancialAssessed
    after: RecordFinancialAssessment

    @property
    def change(self) -> Decimal:
        """How much more, or less, is to pay. Pounds a week."""
        return self.after.weekly_contribution - self.before.weekly_contribution

    @property
    def differs(self) -> bool:
        """Whether another amount is to pay, or it is to pay for another reason."""
        return bool(self.change) or self.after.outcome != self.before.outcome


def reassess(account: CareAccount, born: date | None, occasion: Occasion) -> Reassessed:
    """The assessment in force on the day, made anew for that day (Care Act 2014 s 17; SI 2014/2672 regs 6, 7 and 9).

    What was said stays; age, disregards that end and amounts of law are those of the day. It ends where the one in
    force does, or where another was recorded to follow it. Raises CannotBeReassessed.
    """
    held = _held(account, occasion.on)
    before = held.value.fact
    assert isinstance(before, FinancialAssessed)  # _held refuses the other kind
    asked = _asked_again(before.asked, born, occasion, held.ending_before)
    try:
        return Reassessed(held.value, before, assessed(asked, occasion.amounts))
    except NotInForce as unknown:
        raise CannotBeReassessed("amount_unknown", str(unknown)) from None
    except CannotBeAssessed as fault:
        raise CannotBeReassessed("not_assessable", str(fault)) from None


def _held(account: CareAccount, on: date) -> Stretch[Entry]:
    """The days of the assessment to make anew, of those it is in force without a break; raises CannotBeReassessed."""
    if account.closed and account.closed.on < on:
        raise CannotBeReassessed("closed", f"The account was closed on {day_in_words(account.closed.on)}.")
    found = stretches(account, FINANCIAL_ASSESSMENTS)
    held = next((stretch for stretch in found if stretch.first <= on < stretch.ending_before), None)
    if held is None:
        raise CannotBeReassessed("not_assessed", f"No financial assessment is in force on {day_in_words(on)}.")
    begins = held.value.fact.effective_from
    if begins >= on:
        raise CannotBeReassessed("assessed_already", f"It was assessed from {day_in_words(begins)} already.")
    if not isinstance(held.value.fact, FinancialAssessed):
        raise CannotBeReassessed("imported", "It was decided in another system, so nothing here says out of what.")
    for later in found:
        if later.first >= held.ending_before and later.value.fact.effective_from < on:
            sentence = f"An assessment of before then holds again from {day_in_words(later.first)}."
            raise CannotBeReassessed("resumes_later", sentence)
    return held


def _asked_again(asked: ToAssess, born: date | None, occasion: Occasion, ending_before: date) -> ToAssess:
    same: dict[str, Any] = {
        "assessed_on": occasion.assessed_on,
        "effective_from": occasion.on,
        "ending_before": ending_before if ending_before < FOREVER else None,
    }
    if not isinstance(asked, RefusedAssessment):
        same["circumstances"] = _of_that_age(asked.circumstances, born)
        same["income"] = uprated(asked.income, occasion.rises)
    return asked.model_copy(update=same)


def _of_that_age(who: Circumstances, born: date | None) -> Circumstances:
    """The same adult by their date of birth; where nobody knows it, by the age group that was said."""
    if born is None:
        return who
    return who.model_copy(update={"date_of_birth": born, "over_pension_age": None, "age_group": None})
