"""What should somebody know beside the figures: what will change by itself, and what is not certain?"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from domain.law.capital import CapitalLimits
from domain.law.financial_assessment.amounts import AmountsOfTheDay
from domain.law.financial_assessment.asked import Income
from domain.law.financial_assessment.income import DISABILITY_BENEFITS
from domain.law.financial_assessment.treatment import Group
from domain.law.financial_assessment.working import Line

NEAR = Decimal(1000)
"""Capital within these pounds of a limit is near it: about as much as changes hands in some weeks of care."""


def near_a_limit(capital: Decimal, limits: CapitalLimits) -> Iterator[str]:
    """That a little more or less capital would lead to another result."""
    for name, limit in (("lower", limits.lower), ("upper", limits.upper)):
        if abs(capital - limit) <= NEAR:
            yield f"Capital of £{capital:,.2f} is near the {name} limit of £{limit:,.2f}: tell us when it changes."


def of_benefits(income: Iterable[Income], group: Group) -> Iterator[str]:
    """That a benefit stops, which the council has to look at again."""
    if group == "permanent" and any(each.kind in DISABILITY_BENEFITS for each in income):
        yield (
            "Attendance Allowance and benefits like it stop after 4 weeks in a care home that the council helps to pay."
            " This has to be looked at again then."
        )


def of_amounts(lines: Iterable[Line], amounts: AmountsOfTheDay) -> list[str]:
    """Which amounts the working rests on that are not known from an official source, each once."""
    found: dict[str, None] = {}
    for line in lines:
        if line.parameter and line.certainty != "official" and (warning := amounts.known(line.parameter).warning):
            found[warning] = None
    return list(found)
