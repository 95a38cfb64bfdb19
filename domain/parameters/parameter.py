"""How a dated amount is written down, read and refused."""

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import AfterValidator, Field

from domain.dates import FOREVER, Day, Stretch
from domain.money import Money
from domain.parameters.dated import Certainty, Status, each_later
from domain.parameters.files import read_yaml
from domain.terms import Terms


class NotInForce(Exception):
    """No amount is known for the day; a neighbour's amount is never borrowed."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(f"No amount of {name} is in force on {day.isoformat()}.")
        self.name = name
        self.day = day


class DatedAmount(Terms):
    """An amount from a day on. A null amount says that from this day nobody has seen one."""

    from_: Day = Field(alias="from")
    amount: Money | None
    authority: str
    certainty: Certainty
    status: Status
    note: str | None = None


def _at_least_one(values: tuple[DatedAmount, ...]) -> tuple[DatedAmount, ...]:
    if not values:
        raise ValueError("give at least one amount with its day")
    return values


class Parameter(Terms):
    """One amount of law over time. `name` is its file's name, `checked_on` the day a person last compared it."""

    name: str
    description: str
    unit: str
    checked_on: Day
    values: Annotated[
        tuple[DatedAmount, ...],
        Field(strict=False),  # a list of JSON is one too, also where a scheme holds it
        AfterValidator(_at_least_one),
        AfterValidator(each_later),
    ]

    def dated(self, day: date) -> DatedAmount:
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

    def stretches(self) -> list[Stretch[DatedAmount]]:
        """Each known amount with the days it is in force."""
        ends = [value.from_ for value in self.values[1:]] + [FOREVER]
        dated = zip(self.values, ends, strict=True)
        return [Stretch(value.from_, end, value) for value, end in dated if value.amount is not None]


@cache
def load(name: str) -> Parameter:
    """The parameter of this name; KeyError when there is none."""
    if name not in names():
        raise KeyError(name)
    file = resources.files(__package__) / f"{name}.yaml"
    return Parameter.model_validate({"name": name, **read_yaml(file.read_text("utf-8"))})


def names() -> list[str]:
    """Every parameter there is, in alphabetical order."""
    return sorted(
        f.name.removesuffix(".yaml") for f in resources.files(__package__).iterdir() if f.name.endswith(".yaml")
    )
