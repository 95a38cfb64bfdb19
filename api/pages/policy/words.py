"""What are amounts of law, how sure one is of them, and the steps of a change called on the pages?"""

from collections.abc import Mapping
from typing import NamedTuple

from api.pages.words import day
from domain.dates import FOREVER, ONE_DAY
from domain.parameters.dated import Certainty
from domain.parameters.parameter import DatedFigure
from domain.parameters.quantity import quantity_words
from ledger.amounts import Step
from ledger.changed_amounts import ChangedAmount


class State(NamedTuple):
    """What a step is called, and the colour that repeats it."""

    words: str
    colour: str


STEPS: Mapping[Step, State] = {
    "proposed": State("Waits for approval", "yellow"),
    "approved": State("Counts", "green"),
    "withdrawn": State("Withdrawn", "grey"),
    "reversal_proposed": State("Counts, reversal proposed", "orange"),
    "reversed": State("Reversed", "grey"),
}
DONE: Mapping[Step, str] = {
    "proposed": "Proposed",
    "approved": "Approved",
    "withdrawn": "Withdrawn",
    "reversal_proposed": "Reversal proposed",
    "reversed": "Reversed",
}
SURE: Mapping[Certainty, str] = {
    "official": "The published text was read",
    "secondary": "Another source was read",
    "recalled": "From memory",
    "not seen": "Not seen",
}
NOT_KNOWN = "Not known"


def in_words(name: str) -> str:
    """A parameter, or a room of them, as a person reads its name: Personal expenses allowance."""
    return name.replace("_", " ").capitalize()


def said(figure: DatedFigure | None, unit: str) -> str:
    """The amount that holds, with its unit."""
    return quantity_words(figure.amount, unit) if figure and figure.amount is not None else NOT_KNOWN


class Changed(NamedTuple):
    """Days on which an amount is another, as the pages say it."""

    name: str
    days: str
    before: str
    after: str


def changed_words(each: ChangedAmount) -> Changed:
    """What a change makes of an amount, and on which days."""
    first = day(each.first)
    open_ended = each.ending_before == FOREVER
    days = f"From {first}" if open_ended else f"{first} to {day(each.ending_before - ONE_DAY)}"
    return Changed(in_words(each.parameter), days, said(each.without, each.unit), said(each.with_it, each.unit))
