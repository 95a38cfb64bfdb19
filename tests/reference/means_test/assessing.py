"""What does a person pay a week, and out of what? (Care Act 2014 s 14, R9 to R13)"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..pencil import NIL, pennies, pounds
from .allowances import allowances
from .amounts import Amounts
from .capital import capital, limits, tariff_income
from .income import counted_income
from .request import Refused, Request, day


@dataclass(frozen=True)
class Answer:
    """The contribution in pounds and pennies and what it rests on in exact pounds; None is what was not worked out."""

    outcome: str
    weekly_contribution: Decimal
    assessable_capital: Fraction | None = None
    tariff_income: Fraction | None = None
    assessable_income: Fraction | None = None
    allowances: Fraction | None = None

    def printed(self) -> dict[str, str | None]:
        """Every figure as it is written down, to the penny."""
        figures = {name: value for name, value in vars(self).items() if isinstance(value, Fraction)}
        rounded = {name: str(pennies(value)) for name, value in figures.items()}
        return vars(self) | {"weekly_contribution": str(self.weekly_contribution)} | rounded


def assess(request: dict[str, Any], amounts: Amounts) -> Answer:
    """The financial assessment of the body of a request. Raises Refused, and NoAmount where no amount is known."""
    if request["type"] == "full":
        return _full(request, amounts)
    if request["type"] == "refused":
        return _full_cost(request)  # R10(1): treated as exceeding the limit
    if request["type"] == "light_touch":
        return _light_touch(request, amounts)
    raise Refused(f"type: {request['type']} is not assessed here")


def _light_touch(request: Request, amounts: Amounts) -> Answer:
    """R10(2) treats the adult as not exceeding the limit, R10(3) as exceeding it, both by consent (reading 2)."""
    if request.get("consent") is not True:
        raise Refused("consent: a light touch needs the adult's")
    if request["capital"] == "above":
        return _full_cost(request)
    if request["capital"] != "below":
        raise Refused("capital: below or above")
    if "income" not in request:
        return Answer("nil", Decimal("0.00"))
    return _full({**request, "capital": []}, amounts)


def _full(request: Request, amounts: Amounts) -> Answer:
    on = day(request)
    held = capital(request, amounts)
    if held.assessable > limits(amounts, on).upper:  # R12; exactly at the limit is not above it
        return _full_cost(request, held.assessable)
    tariff = tariff_income(held.assessable, amounts, on)
    income = counted_income(request, held.includes_property) + tariff
    allowed = allowances(request, amounts)
    charge = _charge(request, max(NIL, income - allowed))
    outcome = "contribution" if charge else "nil"
    return Answer(outcome, charge, held.assessable, tariff, income, allowed)


def _full_cost(request: Request, assessable: Fraction | None = None) -> Answer:
    return Answer("full_cost", pennies(pounds(request["cost_of_care"])), assessable)


def _charge(request: Request, available: Fraction) -> Decimal:
    """What is available, or the council's percentage of it, but no more than the cost (s 14(4); readings 32 to 35)."""
    return pennies(min(available * _percentage(request), pounds(request["cost_of_care"])))


def _percentage(request: Request) -> Fraction:
    given = request.get("council_percentage", 100)
    if isinstance(given, float) or not 0 <= Fraction(given) <= 100:
        raise Refused("council_percentage: from 0 to 100")
    return Fraction(given) / 100
