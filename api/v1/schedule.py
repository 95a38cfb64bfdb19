"""/v1/schedule: when the council's runs are due, and who decided so."""

from datetime import datetime
from typing import Any

from pydantic import Field

from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.v1.shared import AsKnown, known_at
from domain.account.figures import Figures
from domain.dates import Day, Instant
from domain.schedule import Every
from domain.terms import Terms
from ledger.due_runs import KINDS, next_period
from ledger.schedule import RunKind


class ScheduleDecided(Terms):
    """A decision: from a day on, runs of a kind are due so often. Of those for a day the one recorded last holds."""

    run: RunKind
    every: Every
    effective_from: Day
    recorded_at: Instant
    recorded_by: str


class RunAhead(Figures):
    """The days that a run is of next, and from which day on it is due."""

    run: RunKind
    from_: Day = Field(alias="from")
    to: Day
    due_on: Day


class ScheduleKnown(Terms):
    """Every decision in the order of recording, and what was ahead, as known at a moment."""

    known_at: Instant
    items: tuple[ScheduleDecided, ...]
    ahead: tuple[RunAhead, ...]


@get("/v1/schedule", "read_council", ScheduleKnown, AsKnown)
def read_schedule(call: Call[Any, AsKnown]) -> Answer:
    """When runs are due by the council's decisions, and the next period of each, as known at a moment."""
    known = known_at(call)
    items = tuple(
        ScheduleDecided(
            run=change.run,
            every=change.every,
            effective_from=change.rhythm.effective_from,
            recorded_at=change.recorded_at,
            recorded_by=change.recorded_by,
        )
        for change in call.council.schedule.known_at(known).changes
    )
    return Answer(ScheduleKnown(known_at=known, items=items, ahead=tuple(_ahead(call, known))))


def _ahead(call: Call[Any, AsKnown], known: datetime) -> list[RunAhead]:
    found = [(run, next_period(call.council, run, known)) for run in KINDS]
    return [
        RunAhead(run=run, from_=period.effective_from, to=period.last, due_on=period.ending_before)
        for run, period in found
        if period
    ]
