"""Financial assessments as they are recorded, each in a line: somebody single, over pension age, at home for 400.00."""

from decimal import Decimal
from typing import Any

from domain import parameters
from domain.account.assessing import assessed
from domain.account.facts import FinancialAssessed
from domain.law.financial_assessment import Line
from tests.rules.means import asked_of, said, weekly

APRIL_2025, APRIL_2026 = "2025-04-07", "2026-04-07"


def fact_of(request: dict[str, Any]) -> FinancialAssessed:
    """What is recorded of a request."""
    return FinancialAssessed.on_the_terms_of(assessed(asked_of(request), parameters.load))


def full(income: dict[str, str], on: str = APRIL_2025, savings: str = "0.00", **more: Any) -> FinancialAssessed:
    """A full assessment; `income` is pounds a week by kind."""
    capital = [{"kind": "savings", "value": savings}]
    return fact_of(said(on, income=weekly(**income), **{"cost": "400.00", "capital": capital, **more}))


def in_a_care_home(income: dict[str, str], on: str = APRIL_2025, **more: Any) -> FinancialAssessed:
    """The same as a permanent resident."""
    return full(income, on, **{"setting": "care_home_permanent", "cost": "900.00", **more})


def light_touch(capital: str, income: dict[str, str], on: str = APRIL_2025) -> FinancialAssessed:
    """Somebody whose capital is taken to be below or above the limit."""
    request = said(on, income=weekly(**income), cost="400.00", capital=capital, consent=True)
    return fact_of({**request, "type": "light_touch"})


def refused(on: str = APRIL_2025, cost: str = "400.00") -> FinancialAssessed:
    """Somebody who does not say what they have."""
    request = said(on, cost=cost)
    del request["circumstances"]
    return fact_of({**request, "type": "refused"})


def too_little(left: str) -> FinancialAssessed:
    """Somebody of whom a council that does not ask for less than 2.00 asks nothing, with so much left."""
    found = full({"state_pension": str(Decimal("232.60") + Decimal(left))})
    nil = Decimal("0.00")
    name = "minimum_weekly_charge"
    *lines, paid = found.lines
    charged = Line("charged", "Too little", nil, "a council", name, "official", name)
    kept = (*lines, charged, Line(paid.step, paid.label, nil, paid.authority))
    return found.model_copy(update={"outcome": "nil", "weekly_contribution": nil, "lines": kept})
