"""What put the record right: entries voided, amounts adjusted by a decision of two people."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from domain.account.facts.fact import Fact
from domain.dates import Day
from domain.money import SignedMoney
from domain.terms import Code, EntryId, Terms


class EntryVoided(Fact):
    """An entry was wrong and counts as nothing; it stays visible. `effective_from` is the first day it mattered for.

    A replacement is the entry right after this one.
    """

    TOPIC = "entry-voided.1"
    entry_id: EntryId
    version: int = Field(ge=1)
    effective_from: Day
    reason_code: Code
    replaced_by: EntryId | None


def _not_nil(amount: SignedMoney) -> SignedMoney:
    if not amount:
        raise PydanticCustomError("adjusts_nothing", "An adjustment of 0.00 changes nothing: give another amount.")
    return amount


class ManualAdjustment(Terms):
    """A signed amount that a complaint, the Ombudsman or a court adds to a day's accrued costs. Pounds."""

    on: Day
    amount: Annotated[SignedMoney, AfterValidator(_not_nil)]
    reason_code: Code


class AdjustmentProposed(ManualAdjustment, Fact):
    """One person asked for an adjustment. It counts once a second person approves it."""

    TOPIC = "adjustment-proposed.1"

    @property
    def effective_from(self) -> date:
        return self.on


class AdjustmentReturn(Terms):
    """An adjustment that a second person did not approve, and why."""

    adjustment: EntryId
    on: Day
    reason_code: Code


class AdjustmentReturned(AdjustmentReturn, Fact):
    """A second person sent an adjustment back. It counts nothing; its entry may be corrected, or another proposed."""

    TOPIC = "adjustment-returned.1"

    @property
    def effective_from(self) -> date:
        return self.on


class AdjustmentApproved(Fact):
    """A second person approved an adjustment."""

    TOPIC = "adjustment-approved.1"
    adjustment: EntryId
    on: Day

    @property
    def effective_from(self) -> date:
        return self.on
