"""What does a change make of the amounts of law, and on which days?"""

from datetime import date, datetime
from typing import NamedTuple

from domain import parameters
from domain.parameters import ApprovedAmount
from domain.parameters.compared import differences
from domain.parameters.leaving_more import least_of
from domain.parameters.parameter import DatedFigure
from ledger.amounts import Entries, KnownAmounts, PolicyChange, amounts_with, approved


class ChangedAmount(NamedTuple):
    """Days on which an amount is another with a change than without it; None where nobody has seen one."""

    parameter: str
    unit: str
    first: date
    ending_before: date
    without: DatedFigure | None
    with_it: DatedFigure | None

    def turned(self) -> "ChangedAmount":
        """The same days, seen from having the change to being without it."""
        return self._replace(without=self.with_it, with_it=self.without)


def changed_amounts(known: KnownAmounts, change: PolicyChange, now: datetime) -> list[ChangedAmount]:
    """What a change makes of the amounts beside every other that counts, as if approved now unless it counts."""
    others = known.without(change)
    if change.counts:
        return _changed(others.approved, known.approved, change.entries)
    return proposed_amounts(others, change.entries, now)


def proposed_amounts(known: KnownAmounts, entries: Entries, now: datetime) -> list[ChangedAmount]:
    """What amounts would make of those that count, were they approved now."""
    return _changed(known.approved, (*known.approved, *approved(entries, now)), entries)


def _changed(
    others: tuple[ApprovedAmount, ...], together: tuple[ApprovedAmount, ...], entries: Entries
) -> list[ChangedAmount]:
    without, with_it = amounts_with(others), amounts_with(together)
    return [
        ChangedAmount(name, without(name).unit, first, ending_before, *both)
        for name in _touched(entries)
        for first, ending_before, both in differences(without(name), with_it(name))
    ]


def _touched(entries: Entries) -> list[str]:
    """The parameters that the amounts are of, and those that may not be less than one of them."""
    named = {entry.parameter for entry in entries}
    return [name for name in parameters.names() if {name, least_of(name)} & named]
