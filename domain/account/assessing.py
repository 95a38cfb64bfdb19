"""From what is said of somebody's money to the financial assessment to record."""

from datetime import date

from domain.account.commands import RecordFinancialAssessment
from domain.law.financial_assessment import Circumstances, RefusedAssessment, ToAssess, assess
from domain.parameters import AmountsOfLaw


def assessed(asked: ToAssess, amounts: AmountsOfLaw) -> RecordFinancialAssessment:
    """What to record: the figures, and what they rest on, the date of birth left out.

    Raises NotInForce, CannotBeAssessed.
    """
    figures = assess(asked, amounts)
    if not isinstance(asked, RefusedAssessment):
        asked = asked.model_copy(update={"circumstances": without_birth(asked.circumstances, asked.effective_from)})
    return RecordFinancialAssessment(**dict(figures), asked=asked)


def without_birth(who: Circumstances, day: date) -> Circumstances:
    """The same adult by the age group that the figures of a day rest on."""
    known_by = {"date_of_birth": None, "over_pension_age": None, "age_group": who.age_group_on(day)}
    return who.model_copy(update=known_by)
