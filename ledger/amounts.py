"""Which amounts of law of its own does a council have, by whose decision, at any moment of knowledge?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property, lru_cache
from typing import Literal
from uuid import UUID

from pydantic import TypeAdapter

from domain import parameters
from domain.dates import day_in_london
from domain.parameters import AmountsOfLaw, ApprovedAmount, OwnAmount
from domain.parameters.own import with_own

Step = Literal["proposed", "approved", "withdrawn", "reversal_proposed", "reversed"]
Entries = tuple[OwnAmount, ...]

MOST = 1000
"""So many amounts stand in one change at most: far more than the law has in a year."""

ENTRIES: TypeAdapter[Entries] = TypeAdapter(Entries)


@dataclass(frozen=True, slots=True)
class PolicyStep:
    """A step of one change: amounts were proposed, or somebody decided about them.

    Numbers are in the order of recording; `position` is that of the last event recorded before. `amounts` are those
    proposed, as JSON.
    """

    number: int
    change_id: UUID
    kind: Step
    amounts: str | None
    position: int
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True)
class PolicyChange:
    """Amounts that were proposed together, with every step taken since."""

    steps: tuple[PolicyStep, ...]

    @property
    def change_id(self) -> UUID:
        return self.proposed.change_id

    @property
    def number(self) -> int:
        """What people call the change by."""
        return self.proposed.number

    @property
    def proposed(self) -> PolicyStep:
        return self.steps[0]

    @property
    def status(self) -> Step:
        """The last step taken."""
        return self.steps[-1].kind

    @property
    def counts(self) -> bool:
        """Whether figures rest on these amounts: from the approval on, until a second person has reversed it."""
        return self.status in ("approved", "reversal_proposed")

    @cached_property
    def entries(self) -> Entries:
        """The amounts as they were proposed."""
        return _entries_of(self.proposed.amounts or "")

    def step(self, kind: Step) -> PolicyStep | None:
        """The step of this kind, where it was taken."""
        return next((step for step in self.steps if step.kind == kind), None)


@dataclass(frozen=True)
class KnownAmounts:
    """What a council knows of amounts of its own: every step taken so far, in order."""

    steps: tuple[PolicyStep, ...] = ()

    def known_at(self, moment: datetime) -> "KnownAmounts":
        """What was known at a moment."""
        return KnownAmounts(tuple(step for step in self.steps if step.recorded_at <= moment))

    def through(self, number: int) -> "KnownAmounts":
        """What was known when the step of this number had been recorded."""
        return KnownAmounts(tuple(step for step in self.steps if step.number <= number))

    def and_then(self, steps: Iterable[PolicyStep]) -> "KnownAmounts":
        """The same with steps that were recorded after it."""
        return KnownAmounts((*self.steps, *steps))

    def without(self, change: PolicyChange) -> "KnownAmounts":
        """The same as if a change had never been proposed."""
        return KnownAmounts(tuple(step for step in self.steps if step.change_id != change.change_id))

    @property
    def last(self) -> int:
        """The number of the last step; 0 before the first."""
        return self.steps[-1].number if self.steps else 0

    @cached_property
    def changes(self) -> tuple[PolicyChange, ...]:
        """Every change, in the order of proposal."""
        found: dict[UUID, list[PolicyStep]] = {}
        for step in self.steps:
            found.setdefault(step.change_id, []).append(step)
        return tuple(PolicyChange(tuple(steps)) for steps in found.values())

    def change(self, change_id: UUID) -> PolicyChange:
        """The change of this id; raises NoSuchPolicyChange."""
        return _only(change for change in self.changes if change.change_id == change_id)

    def numbered(self, number: int) -> PolicyChange:
        """The change that people call by this number; raises NoSuchPolicyChange."""
        return _only(change for change in self.changes if change.number == number)

    @cached_property
    def approved(self) -> tuple[ApprovedAmount, ...]:
        """The amounts that count, in the order of their approval."""
        approvals = ((step, change) for change in self.changes if change.counts and (step := change.step("approved")))
        in_order = sorted(approvals, key=lambda approval: approval[0].number)
        return tuple(each for step, change in in_order for each in approved(change.entries, step.recorded_at))

    @property
    def of_law(self) -> AmountsOfLaw:
        """Every amount of law: the national one, or the council's own where that counts."""
        return amounts_with(self.approved)


class NoSuchPolicyChange(Exception):
    """The council has no such change of amounts. The list of changes shows those there are."""


def approved(entries: Entries, at: datetime) -> tuple[ApprovedAmount, ...]:
    """The amounts as approved at a moment."""
    on = day_in_london(at)
    return tuple(
        ApprovedAmount.model_validate({**entry.model_dump(by_alias=True), "approved_on": on}) for entry in entries
    )


@lru_cache(maxsize=64)
def amounts_with(own: tuple[ApprovedAmount, ...]) -> AmountsOfLaw:
    """The amounts of law with a council's own, each worked out once."""
    return cache(with_own(parameters.load, own))


@lru_cache(maxsize=1024)
def _entries_of(amounts: str) -> Entries:
    return ENTRIES.validate_json(amounts)


def _only(found: Iterable[PolicyChange]) -> PolicyChange:
    for change in found:
        return change
    raise NoSuchPolicyChange(NoSuchPolicyChange.__doc__)
