"""What was assessed: needs, the cost of meeting them, and what the person can be charged."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from domain.account.facts.fact import Fact
from domain.dates import Day
from domain.law.financial_assessment import (
    FiguresWorkedOut,
    FullAssessment,
    LightTouchAssessment,
    RefusedAssessment,
)
from domain.money import Money
from domain.terms import Code, Terms, ends_after

Setting = Literal["care_home", "own_home", "supported_living", "extra_care", "shared_lives"]


def _eligible_has_a_day(eligible_from: Any, info: ValidationInfo) -> Any:
    eligible = info.data.get("eligible")
    if eligible is True and eligible_from is None:
        raise PydanticCustomError("needs_day", "Give the day from which the needs are eligible.")
    if eligible is False and eligible_from is not None:
        raise PydanticCustomError("needs_no_day", "Needs that are not eligible have no such day: leave it null.")
    return eligible_from


def _ends_after_it_takes_effect(ending_before: Any, info: ValidationInfo) -> Any:
    begins = "eligible_from" if info.data.get("eligible_from") else "assessed_on"
    return ends_after(begins)(ending_before, info)


class NeedsAssessment(Terms):
    """The outcome of a needs assessment (Care Act 2014 ss 9 and 13)."""

    assessed_on: Day
    eligible: bool
    eligible_from: Annotated[Day | None, AfterValidator(_eligible_has_a_day)] = Field(
        default=None, validate_default=True
    )
    duty_arose_on: Day | None = None
    ending_before: Annotated[Day | None, AfterValidator(_ends_after_it_takes_effect)] = None
    outcomes: tuple[Code, ...] = ()
    assessor: Code | None = None
    review_due: Day | None = None
    confirmed: bool = Field(default=True, description="false: a self-assessment that no professional has confirmed")

    @property
    def effective_from(self) -> date:
        """The day from which it is in force: when the needs became eligible, otherwise when it was made."""
        return self.eligible_from or self.assessed_on


class NeedsAssessed(NeedsAssessment, Fact):
    """An adult's needs were assessed."""

    TOPIC = "needs-assessed.1"


class Source(Terms):
    """Where a figure was worked out, when that was in another system."""

    system: Code
    reference: Code | None = None
    model_version: Code | None = None


class Provider(Terms):
    """Who gives the care. The name stands in the vault: a Shared Lives carer's is a person's."""

    cqc_location_id: Code | None = None


class Budget(Terms):
    """A personal budget (Care Act 2014 s 26), or an independent one (s 28) where no council meets the needs."""

    kind: Literal["independent", "personal"]
    setting: Setting
    weekly_cost: Money
    effective_from: Day
    ending_before: Annotated[Day | None, AfterValidator(ends_after("effective_from"))] = None
    short_stay: bool = False
    source: Source | None = None
    provider: Provider | None = None


class BudgetSet(Budget, Fact):
    """The weekly cost to the council of meeting eligible needs was set."""

    TOPIC = "budget-set.1"


class ImportedAssessment(Terms):
    """The result of a financial assessment (Care Act 2014 s 17) that was decided elsewhere."""

    type: Literal["imported"]
    assessed_on: Day
    effective_from: Day
    ending_before: Annotated[Day | None, AfterValidator(ends_after("effective_from"))] = None
    outcome: Literal["contribution", "full_cost"]
    weekly_contribution: Money
    source: Source


class FinancialAssessmentImported(ImportedAssessment, Fact):
    """The result of a financial assessment made in another system was taken over."""

    TOPIC = "financial-assessment-imported.1"


class WorkedOutAssessment(FiguresWorkedOut):
    """A financial assessment worked out here: what was said, and what it came to, with every line of the working.

    Of who was assessed it holds the age group and no date of birth.
    """

    asked: Annotated[FullAssessment | LightTouchAssessment | RefusedAssessment, Field(discriminator="type")]

    @property
    def assessed_on(self) -> date:
        return self.asked.assessed_on

    @property
    def effective_from(self) -> date:
        return self.asked.effective_from

    @property
    def ending_before(self) -> date | None:
        return self.asked.ending_before


class FinancialAssessed(WorkedOutAssessment, Fact):
    """A financial assessment was made (Care Act 2014 s 17; SI 2014/2672)."""

    TOPIC = "financial-assessed.1"


FinancialAssessment = FinancialAssessmentImported | FinancialAssessed
"""Whichever way it is known what a person can be charged; of those for a day the one recorded last is in force."""
FINANCIAL_ASSESSMENTS = (FinancialAssessmentImported, FinancialAssessed)
