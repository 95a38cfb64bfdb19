"""What a scheme says about the cap, and which edition of it a figure was made with."""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field

from domain import parameters
from domain.dates import Day
from domain.parameters.dated import Dated, each_later, up_to
from domain.parameters.parameter import DatedAmount, Parameter
from domain.schemes.annual_adjustment import AnnualAdjustment
from domain.terms import Terms

YesOrNo = Annotated[
    bool, BeforeValidator(lambda v: {"true": True, "false": False}.get(v, v) if isinstance(v, str) else v)
]


def _amounts(name: str) -> Any:
    """The amounts of a rule: the name of an amount of national law, or the amounts themselves, then called `name`."""

    def read(value: Any) -> Any:
        if isinstance(value, str):
            return _national(value)
        return {"name": name, **value} if isinstance(value, Mapping) else value

    return BeforeValidator(read)


def _national(name: str) -> Parameter:
    """An amount of the cap in national law: no other amount may stand in its place."""
    known = parameters.names("cap")
    if name not in known:
        raise ValueError(f"no amount of the cap in national law is called {name}: use one of {', '.join(known)}")
    found = parameters.load(name)
    assert isinstance(found, Parameter)  # everything in that room is in pounds
    return found


class CapRules(Terms):
    """The cap on care costs as a scheme has it. Every choice that the Act leaves open is a value here."""

    commencement: Day
    amount: Annotated[Parameter, _amounts("cap_on_care_costs")]
    reached_when: Literal["at_or_above", "above"]
    daily_living_costs: Annotated[Parameter, _amounts("daily_living_costs")]
    daily_living_costs_on_short_stays: YesOrNo
    personal_base: Literal["charge", "weekly_cost"]
    annual_adjustments: Annotated[
        tuple[AnnualAdjustment, ...],
        AfterValidator(each_later),
        Field(exclude_if=lambda adjustments: not adjustments),  # none made says no more than rules without the word
    ] = ()

    def days_of_change(self) -> list[date]:
        """Every day from which something is otherwise than the day before, in order."""
        dated: tuple[Dated, ...] = (*self.amount.values, *self.daily_living_costs.values, *self.annual_adjustments)
        return sorted({self.commencement, *(entry.from_ for entry in dated)})

    def require_amounts(self) -> None:
        """Raises NotInForce with the first day from commencement on for which an amount is not known."""
        for day in self.days_of_change():
            if day >= self.commencement:
                self.amount.on(day)
                self.daily_living_costs.on(day)

    def through(self, day: date) -> dict[str, Any] | None:
        """What the figures of every day up to this one follow from, and nothing else; None before commencement.

        The words of a scheme, the authority for an amount and amounts of later days move no figure, and are left out.
        """
        if day < self.commencement:
            return None
        dated = {"amount", "daily_living_costs", "annual_adjustments"}
        shown = self.model_dump(mode="json", exclude=dated, exclude_defaults=True)
        for field, amounts in (("amount", self.amount), ("daily_living_costs", self.daily_living_costs)):
            values = up_to(amounts.values, day)
            shown[field] = [v.model_dump(mode="json", include={"from_", "amount"}) for v in values]
        made = up_to(self.annual_adjustments, day)
        shown["annual_adjustments"] = [a.model_dump(mode="json", include={"from_", "percentage"}) for a in made]
        return shown


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
        return _digest(self.model_dump_json(by_alias=True))

    def edition_through(self, day: date) -> str:
        """A digest of what the figures of every day up to this one rest on.

        It is the same under every edition of the scheme that gives those days the same figures: a later day's amount,
        or a word put better, does not change it.
        """
        days, editions = self._editions
        return editions[bisect_right(days, day)]

    @cached_property
    def _editions(self) -> tuple[list[date], list[str]]:
        """The days from which the rules are others, and the digest up to each of them and after the last."""
        days = self.cap.days_of_change() if self.cap else []
        rules = [None, *(self.cap.through(day) for day in days if self.cap)]
        return days, [_digest(json.dumps(each, sort_keys=True)) for each in rules]

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other values, which finds its editions anew."""
        copied = super().model_copy(update=update, deep=deep)
        copied.__dict__.pop("_editions", None)
        return copied


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
