"""How a dated amount is written down, read and refused."""

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, Field

from domain.dates import FOREVER, Day, Stretch
from domain.money import Money
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
    certainty: Literal["official", "secondary", "recalled"]
    status: Literal["in force", "announced, never in force"]
    note: str | None = None


def _in_order(values: tuple[DatedAmount, ...]) -> tuple[DatedAmount, ...]:
    days = [value.from_ for value in values]
    if not days or days != sorted(set(days)):
        raise ValueError("the days must rise from one value to the next, each once")
    return values


class Parameter(Terms):
    """One amount of law over time. `name` is its file's name, `checked_on` the day a person last compared it."""

    name: str
    description: str
    unit: str
    checked_on: Day
    values: Annotated[tuple[DatedAmount, ...], AfterValidator(_in_order)]

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


def read_yaml(text: str) -> dict[str, object]:
    """The mapping a YAML text holds, every scalar left as the text it is written in: no float, no guessed date."""
    found = yaml.load(text, Loader=yaml.BaseLoader)  # BaseLoader makes only texts, lists, mappings
    if not isinstance(found, dict):
        raise ValueError("expected a mapping")
    return {key: _nulls(value) for key, value in found.items()}


def _nulls(value: object) -> object:
    """BaseLoader reads `null` as a text; here it means what YAML says it means."""
    if isinstance(value, dict):
        return {key: _nulls(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_nulls(inner) for inner in value)
    return None if value in ("null", "~", "") else value


@cache
def load(name: str) -> Parameter:
    """The parameter of this name; KeyError when there is none."""
    file = resources.files(__package__) / f"{name}.yaml"
    if not file.is_file():
        raise KeyError(name)
    return Parameter.model_validate({"name": name, **read_yaml(file.read_text("utf-8"))})


def names() -> list[str]:
    """Every parameter there is, in alphabetical order."""
    return sorted(
        f.name.removesuffix(".yaml") for f in resources.files(__package__).iterdir() if f.name.endswith(".yaml")
    )
