"""Somebody whose money is looked at, in a line, and what the financial assessment makes of it."""

import json
from typing import Any

from pydantic import TypeAdapter

from domain import parameters
from domain.law.financial_assessment import FiguresWorkedOut, Line, ToAssess, assess

ASKED: TypeAdapter[ToAssess] = TypeAdapter(ToAssess)

OLD, IN_BETWEEN, YOUNG = "1934-02-01", "1984-02-01", "2002-03-01"
"""Dates of birth: over pension age, from 25 to it, and under 25 in May 2024."""


def asked_of(request: dict[str, Any]) -> ToAssess:
    """A request as the domain reads it, from the JSON it would arrive in."""
    return ASKED.validate_json(json.dumps(request))


def said(
    effective_from: str = "2024-05-06", setting: str = "own_home", born: str = OLD, cost: str = "500.00", **more: Any
) -> dict[str, Any]:
    """A full assessment of a single person, at home and over pension age unless more is said."""
    who = {"date_of_birth": born, "household": "single", **more.pop("circumstances", {})}
    return {
        "type": "full",
        "assessed_on": effective_from,
        "effective_from": effective_from,
        "setting": setting,
        "circumstances": who,
        "cost_of_care": cost,
        **more,
    }


def weekly(**items: str) -> list[dict[str, str]]:
    """Sums a week, each of its kind."""
    return [{"kind": kind, "weekly": amount} for kind, amount in items.items()]


def alone(*amounts: str) -> list[dict[str, str]]:
    """Sums a week that are of one kind only."""
    return [{"weekly": amount} for amount in amounts]


def worked_out(**more: Any) -> FiguresWorkedOut:
    """What the assessment of somebody comes to, by the amounts of national law."""
    return assess(asked_of(said(**more)), parameters.load)


def contribution(**more: Any) -> str:
    """What somebody pays a week."""
    return str(worked_out(**more).weekly_contribution)


def lines(found: FiguresWorkedOut, step: str) -> list[Line]:
    """The lines of one step."""
    return [line for line in found.lines if line.step == step]
