"""How a dated figure of law is written down, and refused."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Generic, TypeVar

from pydantic import Field, ValidationInfo, field_validator

from domain.dates import FOREVER, Day, Stretch
from domain.money import Money
from domain.parameters.dated import Certainty, Status, each_later
from domain.parameters.quantity import Quantity
from domain.terms import Terms


class NotInForce(Exception):
    """No amount is known for the day; a neighbour's amount is never borrowed."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(f"No amount of {name} is in force on {day.isoformat()}.")
        self.name = name
        self.day = day


class DatedFigure(Terms):
    """A figure from a day on. A null amount says that from this day nobody has seen one.

    `approved_on` is the day on which two people of a council decided it: the figure is the council's own.
    """

    from_: Day = Field(alias="from")
    amount: Quantity | None
    authority: str
    certainty: Certainty
    status: Status
    note: str | None = None
    approved_on: Day | None = Field(default=None, exclude_if=lambda approved_on: approved_on is None)


class DatedAmount(DatedFigure):
    """Pounds and pence from a day on."""

    amount: Money | None


class Undated(Terms):
    """A figure that was seen without the day it holds from, or that never came to hold. It is in force on no day."""

    amount: Quantity | None
    authority: str
    certainty: Certainty
    status: Status
    note: str


F = TypeVar("F", bound=DatedFigure)


class OverTime(Terms, Generic[F]):
    """A figure of law over time. `name` is its file's name, `checked_on` the day a person last compared it."""

    name: str
    description: str
    unit: str
    checked_on: Day
    undated: tuple[Undated, ...] = Field(default=(), exclude_if=lambda undated: not undated)
    values: tuple[F, ...] = Field(strict=False)  # a list of JSON is one too, also where a scheme holds it

    @field_validator("values")
    @classmethod
    def _in_order(cls, values: tuple[F, ...], info: ValidationInfo) -> tuple[F, ...]:
        if not values and not info.data.get("undated"):
            raise ValueError("give at least one amount with its day")
        return each_later(values)

    def dated(self, day: date) -> F:
        """The entry in force on the day, with its authority; raises NotInForce."""
        place = bisect_right(self.values, day, key=lambda value: value.from_)
        if not place or self.values[place - 1].amount is None:
            raise NotInForce(self.name, day)
        return self.values[place - 1]

    def on(self, day: date) -> Decimal:
        """The amount in force on the day; raises NotInForce."""
        amount = self.dated(day).amount
        assert amount is not None  # dated() has refused it
        return amount

    def stretches(self) -> list[Stretch[F]]:
        """Each known amount with the days it is in force."""
        return [stretch for stretch in _laid_out(self.values) if stretch.value.amount is not None]

    def gaps(self) -> list[Stretch[None]]:
        """The days from the first entry on for which nobody has seen an amount."""
        runs = groupby(_laid_out(self.values), key=lambda stretch: stretch.value.amount is None)
        found = [[*run] for unknown, run in runs if unknown]
        return [Stretch(run[0].first, run[-1].ending_before, None) for run in found]


def _laid_out(values: Sequence[F]) -> list[Stretch[F]]:
    ends = [value.from_ for value in values[1:]] + [FOREVER]
    return [Stretch(value.from_, end, value) for value, end in zip(values, ends[: len(values)], strict=True)]


class Parameter(OverTime[DatedAmount]):
    """One amount of law, in pounds, over time."""


class Measure(OverTime[DatedFigure]):
    """One figure of law that is not an amount of pounds, over time: weeks, per cent, a share."""


AmountsOfLaw = Callable[[str], Parameter | Measure]
"""From the name of a parameter to what is known of it: the national law alone, or with a council's own laid over it."""
