"""How is each kind of income, capital and outgoing treated on a day, in a setting, and by what authority?"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator, Field

from domain.dates import Day
from domain.law.financial_assessment.asked import AssessmentSetting
from domain.law.financial_assessment.working import PENCE
from domain.parameters import NotInForce
from domain.parameters.dated import Certainty, up_to
from domain.parameters.files import read_yaml
from domain.terms import Terms

Of = Literal["income", "capital", "outgoings"]
Group = Literal["at_home", "permanent", "temporary"]

_GROUPS: Mapping[str, Group] = {"care_home_permanent": "permanent", "care_home_temporary": "temporary"}
_WRITTEN = re.compile(r"counted|ignored|first ([0-9]+\.[0-9]{2})", re.ASCII)


class How(NamedTuple):
    """Whether it counts, and how many pounds a week of it are ignored first."""

    counts: bool
    first: Decimal


def _how(written: Any) -> Any:
    found = _WRITTEN.fullmatch(written)
    if found is None:
        raise ValueError('write "counted", "ignored" or "first" with the pounds a week that are ignored')
    return How(written != "ignored", Decimal(found[1] or PENCE))


_How = Annotated[How, BeforeValidator(_how)]


class _Treatment(Terms):
    """How a kind is treated from a day on, everywhere or for each group of settings."""

    from_: Day = Field(alias="from")
    everywhere: _How | None = None
    at_home: _How | None = None
    permanent: _How | None = None
    temporary: _How | None = None
    authority: str
    certainty: Certainty


class _Kind(Terms):
    """A kind as a working names it; `less` is the income that is help with it."""

    label: str
    less: str | None = None
    treatments: tuple[_Treatment, ...]


class Treated(NamedTuple):
    """How a kind is treated on the day. `place` is where a working lists it."""

    place: int
    label: str
    how: How
    authority: str
    certainty: Certainty
    less: str | None


def group_of(setting: AssessmentSetting) -> Group:
    """Which rules a setting is under. A short-term resident may be assessed as if at home (SI 2014/2672 reg 8)."""
    return _GROUPS.get(setting, "at_home")


@lru_cache(maxsize=4096)
def treated(of: Of, group: Group, day: date) -> Mapping[str, Treated]:
    """Every kind with its treatment on the day; raises NotInForce for days before the Regulations."""
    found = {}
    for place, (name, kind) in enumerate(_kinds(of).items()):
        dated = up_to(kind.treatments, day)
        if not dated:
            raise NotInForce(f"treatment of {name}", day)
        now = dated[-1]
        how = now.everywhere or getattr(now, group)
        found[name] = Treated(place, kind.label, how, now.authority, now.certainty, kind.less)
    return found


@cache
def _kinds(of: Of) -> Mapping[str, _Kind]:
    text = (resources.files(__package__) / f"data/{of}.yaml").read_text("utf-8")
    return {name: _Kind.model_validate(kind) for name, kind in read_yaml(text).items()}
