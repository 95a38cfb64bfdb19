"""How did a figure change as entry after entry became known, and when had each of them happened?"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from api.pages.charts import StepChart, part, step_chart
from domain.account.progress import cap_progress
from domain.account.state import CareAccount, Entry
from domain.dates import day_in_london
from ledger.council import Council

SHOWN = 8
"""Entries on the chart: so many can each be hit with a finger on the narrowest screen."""


class Point(NamedTuple):
    """An entry: what was counted as known after it, and where both its days stand on the strip, in percent."""

    entry: Entry
    counted: Decimal
    happened: Decimal
    recorded: Decimal


class Knowing(NamedTuple):
    """The entries around one, with their chart; no chart where nothing had been counted."""

    points: Sequence[Point]
    first: date
    last: date
    chart: StepChart | None


def knowing(council: Council, newest: CareAccount, version: int, on: date) -> Knowing:
    """What had been counted by the close of a day, as known after each entry around a version."""
    begin = max(0, min(version - SHOWN // 2, newest.version - SHOWN))
    entries = newest.entries[begin : begin + SHOWN]
    counted = [_counted(council, newest, entry, on) for entry in entries]
    days = [(entry.fact.effective_from, day_in_london(entry.recorded_at)) for entry in entries]
    first, last = min(map(min, days)), max(map(max, days))
    points = [
        Point(entry, amount, _place(happened, first, last), _place(recorded, first, last))
        for entry, amount, (happened, recorded) in zip(entries, counted, days, strict=True)
    ]
    steps = [(recorded, amount) for amount, (_, recorded) in zip(counted, days, strict=True)]
    return Knowing(points, first, last, step_chart(steps, max(counted)) if max(counted) else None)


def _counted(council: Council, newest: CareAccount, entry: Entry, on: date) -> Decimal:
    scheme = council.scheme_at(entry.recorded_at)
    return cap_progress(newest.first(entry.version), scheme, on).accrued_costs


def _place(day: date, first: date, last: date) -> Decimal:
    return part(Decimal((day - first).days), Decimal(max((last - first).days, 1)))
