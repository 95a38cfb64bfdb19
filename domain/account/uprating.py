"""What does an income become where a council says by how much, and from which source, incomes of its kind rise?"""

from collections.abc import Iterable, Sequence
from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from domain.law.financial_assessment.asked import Income, IncomeKind
from domain.law.financial_assessment.weekly import DOWN, to_pence, weekly
from domain.money import Money, Percentage
from domain.terms import Code, Terms

MOST_RISES = 100


class Rise(Terms):
    """What income of one kind becomes: so many per cent more, or another amount a week.

    `was` keeps the new amount to those who receive exactly that much a week now, since a benefit has several rates.
    """

    kind: IncomeKind
    percent: Percentage | None = None
    weekly: Money | None = None
    was: Money | None = None
    source: Code

    @model_validator(mode="after")
    def _said_in_one_way(self) -> Self:
        if (self.percent is None) == (self.weekly is None):
            raise PydanticCustomError("rise", "Give percent, or weekly, and not both.")
        if self.was is not None and self.weekly is None:
            raise PydanticCustomError("rise_was", "was is said beside weekly alone: give the new amount a week.")
        return self

    def is_of(self, income: Income) -> bool:
        """Whether it says something of this income."""
        return self.kind == income.kind and self.was in (None, weekly(income, DOWN))


def uprated(incomes: Iterable[Income], rises: Sequence[Rise]) -> tuple[Income, ...]:
    """The incomes with the first rise that is of each; what no rise is of stays as it was said.

    A part of a penny goes to the adult's advantage, as everywhere in the working (SI 2014/2672 reg 11).
    """
    return tuple(_risen(each, next((rise for rise in rises if rise.is_of(each)), None)) for each in incomes)


def _risen(income: Income, rise: Rise | None) -> Income:
    if rise is None:
        return income
    if rise.percent is None:
        return income.model_copy(update={"weekly": rise.weekly, "amount": None, "frequency": None})
    paid = "amount" if income.weekly is None else "weekly"
    more = to_pence(getattr(income, paid) * (100 + rise.percent) / 100, DOWN)
    return income.model_copy(update={paid: more})
