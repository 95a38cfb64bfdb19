"""What one workload came to: our figure, the floor's, their ratio, and whether the goal was met."""

import json
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Literal, NamedTuple

Shown = Callable[[int, int], None]
"""Called with what is done and what there is to do."""


class Goal(NamedTuple):
    """What the ratio, or our figure where there is no floor, is asked to be."""

    is_met: Literal[">=", "<="]
    bound: float

    def met_by(self, figure: float) -> bool:
        return figure >= self.bound if self.is_met == ">=" else figure <= self.bound

    def __str__(self) -> str:
        return f"{self.is_met} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing to measure: ours and the floor, which take turns, each giving a figure of the same unit."""

    workload: str
    what: str
    unit: str
    goal: Goal | None
    ours: Callable[[], float]
    floor: Callable[[], float] | None = None


@dataclass(frozen=True, slots=True)
class NotMeasured:
    """A workload that could not be measured here, and why."""

    workload: str
    what: str
    unit: str
    goal: Goal | None
    reason: str


class Pair(NamedTuple):
    """A turn of ours and one of the floor, right after each other."""

    ours: float
    floor: float | None

    @property
    def compared(self) -> float:
        """The ratio; where there is no floor, the figure itself."""
        return self.ours if self.floor is None else self.ours / self.floor


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the report. The ratio is the median of the pairs' ratios: what slows one turn slows its neighbour."""

    asked: Trial | NotMeasured
    runs: Sequence[Pair] = ()

    @property
    def ours(self) -> float | None:
        return median(pair.ours for pair in self.runs) if self.runs else None

    @property
    def floor(self) -> float | None:
        floors = [pair.floor for pair in self.runs if pair.floor is not None]
        return median(floors) if floors else None

    @property
    def ratio(self) -> float | None:
        return median(pair.compared for pair in self.runs) if self.floor is not None else None

    @property
    def met(self) -> bool | None:
        """Whether the goal was met; None where nothing was measured, or nothing is asked for."""
        goal = self.asked.goal
        return goal.met_by(median(pair.compared for pair in self.runs)) if goal and self.runs else None

    def as_json(self, machine: str, postgres: str) -> str:
        """The line as one JSON object; `reason` is there where nothing was measured."""
        runs = [_rounded(pair.ours) if pair.floor is None else [*map(_rounded, pair)] for pair in self.runs]
        found = {
            "workload": self.asked.workload,
            "ours": _rounded(self.ours),
            "floor": _rounded(self.floor),
            "ratio": _rounded(self.ratio),
            "unit": self.asked.unit,
            "runs": runs,
            "machine": machine,
            "postgres": postgres,
            "goal": str(self.asked.goal) if self.asked.goal else None,
            "met": self.met,
        }
        return json.dumps(found | ({"reason": self.asked.reason} if isinstance(self.asked, NotMeasured) else {}))


def measured(trial: Trial, pairs: int, shown: Shown) -> Figure:
    """So many pairs, ours first and the floor right after it."""
    runs = []
    for done in range(pairs):
        shown(done, pairs)
        runs.append(Pair(trial.ours(), trial.floor() if trial.floor else None))
    shown(pairs, pairs)
    return Figure(trial, runs)


def machine() -> str:
    """The processor, how many of it may be used, the memory, and the Python it runs."""
    cores, memory = len(os.sched_getaffinity(0)), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{_processor()}, {cores} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def _processor() -> str:
    said = Path("/proc/cpuinfo").read_text("utf-8").splitlines() if Path("/proc/cpuinfo").exists() else []
    named = (line.partition(":")[2].strip() for line in said if line.startswith("model name"))
    return next(named, platform.machine())


def _rounded(figure: float | None) -> float | None:
    """Four digits: a shared machine gives no more."""
    return None if figure is None else float(f"{figure:.4g}")
