"""What does a change make of the amounts of law, and on which days?"""

from datetime import date, datetime
from typing import NamedTuple

from domain import parameters
from domain.parameters.compared import differences
from domain.parameters.leaving_more import least_of
from domain.parameters.parameter import DatedFigure
from ledger.amounts import KnownAmounts, PolicyChange, amounts_with, approved


class ChangedAmount(NamedTuple):
    """Days on which an amount is another with the change than without it; None where nobody has seen one."""

    parameter: str
    unit: str
    first: date
    ending_before: date
    without: DatedFigure | None
    with_it: DatedFigure | None


def changed_amounts(known: KnownAmounts, change: PolicyChange, now: datetime) -> list[ChangedAmount]:
    """What the change makes of the amounts beside every other that counts, as if approved now unless it counts."""
    others = known.without(change).approved
    together = known.approved if change.counts else (*others, *approved(change.entries, now))
    without, with_it = amounts_with(others), amounts_with(together)
    return [
        ChangedAmount(name, without(name).unit, first, ending_before, *both)
        for name in _touched(change)
        for first, ending_before, both in differences(without(name), with_it(name))
    ]


def _touched(change: PolicyChange) -> list[str]:
    """The parameters that the change names, and those that may not be less than one of them."""
    named = {entry.parameter for entry in change.entries}
    return [name for name in parameters.names() if {name, least_of(name)} & named]
