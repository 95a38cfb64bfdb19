"""What a scheme says about the cap, and how it is read from its file."""

import hashlib
from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from domain import parameters
from domain.dates import Day
from domain.parameters.parameter import DatedAmount, Parameter, read_yaml
from domain.terms import Terms


class UnknownScheme(Exception):
    """There is no scheme of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f'There is no scheme "{name}". Use one of: {", ".join(names())}.')
        self.name = name


def _parameter(value: Any) -> Any:
    return parameters.load(value) if isinstance(value, str) else value


YesOrNo = Annotated[bool, BeforeValidator(lambda v: {"true": True, "false": False}.get(v, v))]
Amounts = Annotated[Parameter, BeforeValidator(_parameter)]


class CapRules(Terms):
    """The cap on care costs as a scheme has it. Every choice that the Act leaves open is a value here."""

    commencement: Day
    amount: Amounts
    reached_when: Literal["at_or_above", "above"]
    daily_living_costs: Amounts
    daily_living_costs_on_short_stays: YesOrNo
    personal_base: Literal["charge", "weekly_cost"]


class Scheme(Terms):
    """A named set of rules. Without `cap` the cap has not been commenced and nothing accrues."""

    name: str
    title: str
    description: str
    authority: str
    in_force: YesOrNo
    cap: CapRules | None

    @property
    def provisions_in_force(self) -> bool:
        """Whether figures about the cap rest on commenced law. Under no scheme shipped so far do they."""
        return self.in_force and self.cap is not None

    def cap_on(self, day: date) -> DatedAmount | None:
        """The cap in force on the day, or None before commencement; raises NotInForce when no amount is known."""
        return self.cap.amount.dated(day) if self.cap and day >= self.cap.commencement else None

    @property
    def edition(self) -> str:
        """A digest of every rule and amount the scheme rests on, so that a figure can name what it was made with."""
        return hashlib.sha256(self.model_dump_json(by_alias=True).encode()).hexdigest()[:16]


@cache
def load(name: str) -> Scheme:
    """The scheme of this name; raises UnknownScheme."""
    if name not in names():
        raise UnknownScheme(name)
    file = resources.files(__package__) / f"{name}.yaml"
    return Scheme.model_validate({"name": name, **read_yaml(file.read_text("utf-8"))})


@cache
def names() -> tuple[str, ...]:
    """Every scheme there is, in alphabetical order."""
    files = resources.files(__package__).iterdir()
    return tuple(sorted(f.name.removesuffix(".yaml") for f in files if f.name.endswith(".yaml")))
