"""When are a council's runs due, by whose decision, as known at any moment?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.schedule import Every, Rhythm

RunKind = Literal["posting", "statements", "notices"]


@dataclass(frozen=True, slots=True)
class ScheduleChange:
    """A decision: from a day on, runs of a kind are due so often. Numbers are in the order of recording."""

    number: int
    run: RunKind
    rhythm: Rhythm
    recorded_at: datetime
    recorded_by: str

    @property
    def every(self) -> Every:
        return self.rhythm.every


@dataclass(frozen=True, slots=True)
class KnownSchedule:
    """What a council has decided of its schedule, in order."""

    changes: tuple[ScheduleChange, ...] = ()

    def known_at(self, moment: datetime) -> "KnownSchedule":
        """What had been decided by a moment."""
        return KnownSchedule(tuple(change for change in self.changes if change.recorded_at <= moment))

    def and_then(self, changes: Iterable[ScheduleChange]) -> "KnownSchedule":
        """The same with decisions that were recorded after it."""
        return KnownSchedule((*self.changes, *changes))

    @property
    def last(self) -> int:
        """The number of the last decision; 0 before the first."""
        return self.changes[-1].number if self.changes else 0

    def of(self, run: RunKind) -> list[Rhythm]:
        """The rhythms decided for runs of a kind, in order of recording."""
        return [change.rhythm for change in self.changes if change.run == run]
