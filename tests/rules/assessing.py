"""Financial assessments in a line or two, made as every assessment is made."""

from typing import Any

from domain import parameters
from domain.account.assessing import assessed
from domain.account.facts import FinancialAssessed
from domain.law.financial_assessment import FullAssessment, LightTouchAssessment, RefusedAssessment, ToAssess

KINDS: dict[str, type[ToAssess]] = {
    "full": FullAssessment,
    "light_touch": LightTouchAssessment,
    "refused": RefusedAssessment,
}
APRIL_2025, APRIL_2026 = "2025-04-07", "2026-04-07"
AT_HOME = {"setting": "own_home", "cost_of_care": "400.00"}
CARE_HOME = {"setting": "care_home_permanent", "cost_of_care": "900.00"}


def fact_of(request: dict[str, Any]) -> FinancialAssessed:
    """What is recorded of a request."""
    asked = KINDS[request["type"]].model_validate(request, strict=False)
    return FinancialAssessed.on_the_terms_of(assessed(asked, parameters.load))


def full(income: dict[str, str], on: str = APRIL_2025, savings: str = "0.00", **more: Any) -> FinancialAssessed:
    """Somebody single, of pension age, at home unless said otherwise; `income` is pounds a week by kind."""
    return fact_of(
        {
            "type": "full",
            "assessed_on": on,
            "effective_from": on,
            "circumstances": {"household": "single", "over_pension_age": True},
            "income": [{"kind": kind, "weekly": weekly} for kind, weekly in income.items()],
            "capital": [{"kind": "savings", "value": savings}],
            **AT_HOME,
            **more,
        }
    )


def refused(on: str = APRIL_2025, cost_of_care: str = "400.00") -> FinancialAssessed:
    """Somebody at home who does not say what they have."""
    request = {"type": "refused", "assessed_on": on, "effective_from": on, "setting": "own_home"}
    return fact_of({**request, "cost_of_care": cost_of_care})


def light_touch(capital: str, income: dict[str, str], on: str = APRIL_2025, **more: Any) -> FinancialAssessed:
    """Somebody whose capital is taken to be below or above the limit."""
    return fact_of(
        {
            "type": "light_touch",
            "assessed_on": on,
            "effective_from": on,
            "capital": capital,
            "consent": True,
            "circumstances": {"household": "single", "over_pension_age": True},
            "income": [{"kind": kind, "weekly": weekly} for kind, weekly in income.items()],
            **AT_HOME,
            **more,
        }
    )
