"""Which workloads are there, and how are those that were asked for measured?"""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, closing

from api.bench import (
    batch,
    commands,
    council_list,
    means_test,
    posting,
    reading,
    rebuilding,
    requests,
    statements,
)
from api.bench.figures import Figure, NotMeasured, Shown, Trial, measured
from api.bench.place import Place
from api.bench.sizes import Size

Trials = Callable[[Place, Size, Shown], Iterator[Trial | NotMeasured]]
Progress = Callable[[str], AbstractContextManager[Shown]]
"""Shows how far something named is."""

WORKLOADS: dict[str, Trials] = {
    "W1": commands.trials,
    "W2": batch.trials,
    "W3": reading.trials,
    "W4": council_list.trials,
    "W5": rebuilding.trials,
    "W6": means_test.trials,
    "W7": statements.trials,
    "W8": requests.trials,
    "W9": posting.trials,
}
"""By the name the specification gives each. What they need is made when their first trial is asked for."""


def figures(wanted: Collection[str], place: Place, size: Size, pairs: int, progress: Progress) -> Iterator[Figure]:
    """A figure for each trial of each workload that is wanted, as soon as there is one."""
    for workload in wanted:
        with progress(f"{workload}: making ready") as shown:
            trials = WORKLOADS[workload](place, size, shown)
            with closing(trials):  # type: ignore[type-var]
                for trial in trials:
                    yield _figure(trial, pairs, progress)


def _figure(trial: Trial | NotMeasured, pairs: int, progress: Progress) -> Figure:
    if isinstance(trial, NotMeasured):
        return Figure(trial)
    with progress(f"{trial.workload}: pairs") as shown:
        return measured(trial, pairs, shown)
