"""How much notional capital is left, week by week? (SI 2014/2672 reg 23)"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from domain.law.financial_assessment.asked import FullAssessment, Holding
from domain.law.financial_assessment.capital import value_of
from domain.law.financial_assessment.faults import CannotBeAssessed
from domain.law.financial_assessment.working import PENCE, Line
from domain.words import counted
from domain.words import day as day_in_words

AUTHORITY = "SI 2014/2672 reg 23"
ONE_WEEK = timedelta(weeks=1)

Charge = Callable[[FullAssessment], Decimal]
"""What a request comes to, in pounds a week."""


class Week(NamedTuple):
    """One week: how much of the notional capital was left when it began, and by how much it then falls. Pounds."""

    begins: date
    left: Decimal
    reduction: Decimal


def diminished(asked: FullAssessment, charge: Charge) -> tuple[FullAssessment, list[Line]]:
    """The request with what is left of the notional capital on its day, and the lines that say how it fell."""
    diminishing = [holding for holding in asked.capital if holding.diminishes_from]
    if not diminishing:
        return asked, []
    if len(diminishing) > 1:
        raise CannotBeAssessed(("capital",), "Notional capital diminishes as one: give diminishes_from once.")
    (holding,) = diminishing
    others = tuple(each for each in asked.capital if each is not holding)
    weeks = list(_weeks(holding, asked, others, charge))
    left = value_of(holding) - sum((week.reduction for week in weeks), start=PENCE)
    capital = (*others, Holding(kind="notional", value=left))
    return asked.model_copy(update={"capital": capital}), _lines(holding, weeks)


def _weeks(holding: Holding, asked: FullAssessment, others: tuple[Holding, ...], charge: Charge) -> Iterator[Week]:
    """Each whole week up to the day of the assessment: it falls by what is charged because of it, and by no more."""
    begins, left = holding.diminishes_from, value_of(holding)
    assert begins is not None  # why it was chosen
    if begins > asked.effective_from:
        raise CannotBeAssessed(("capital",), "diminishes_from has to be effective_from or an earlier day.")
    while left and begins + ONE_WEEK <= asked.effective_from:
        then = asked.model_copy(update={"effective_from": begins, "capital": others})
        notional = Holding(kind="notional", value=left)
        because_of_it = charge(then.model_copy(update={"capital": (*others, notional)})) - charge(then)
        week = Week(begins, left, min(left, because_of_it))
        yield week
        begins, left = begins + ONE_WEEK, left - week.reduction


def _lines(holding: Holding, weeks: list[Week]) -> list[Line]:
    assert holding.diminishes_from is not None  # why it was chosen
    label = f"Notional capital on {day_in_words(holding.diminishes_from)}"
    found = [Line("notional_capital", label, value_of(holding), "SI 2014/2672 reg 22", None, "recalled")]
    for reduction, alike in groupby(weeks, key=lambda week: week.reduction):
        together = list(alike)
        label = (
            f"Less {counted(len(together), 'week')} from {day_in_words(together[0].begins)}"
            f" at £{reduction:,.2f} that was charged because of it"
        )
        found.append(Line("notional_capital", label, reduction * len(together), AUTHORITY, None, "recalled"))
    return found
