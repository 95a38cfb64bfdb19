"""What was charged, and when there was no care to charge for."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from domain.account.facts.fact import Fact
from domain.dates import Day
from domain.money import Money
from domain.terms import Code, EntryId, Terms, ends_after


class Charge(Terms):
    """A charge for meeting eligible needs (Care Act 2014 s 14(1)(a)), daily living costs included.

    Top-ups and fees stay out of it. It counts whether or not it has been paid: s 15(2) says "charged".
    """

    reference: Code
    period_from: Day
    period_ending_before: Annotated[Day, AfterValidator(ends_after("period_from"))]
    amount: Money


class ChargeRaised(Charge, Fact):
    """The council charged the person for a period."""

    TOPIC = "charge-raised.1"

    @property
    def effective_from(self) -> date:
        return self.period_from


class ChargeRetracted(Fact):
    """The council took a charge back: it stays visible and counts as nothing."""

    TOPIC = "charge-retracted.1"
    reference: Code
    charge: EntryId
    effective_from: Day
    reason_code: Code


class Break(Terms):
    """A time in which eligible needs are not being met by paid care, so that nothing accrues."""

    from_: Day = Field(alias="from")
    ending_before: Annotated[Day | None, AfterValidator(ends_after("from_"))] = None
    reason: Literal["hospital", "away", "respite", "no_care"]


class BreakRecorded(Break, Fact):
    """Care paused."""

    TOPIC = "break-recorded.1"

    @property
    def effective_from(self) -> date:
        return self.from_
