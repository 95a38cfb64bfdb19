"""What becomes of each mutant? Tried in a copy of the project, taken down in Cosmic Ray's work database."""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkItem, WorkResult

from tests.mutation.mutants import changed_line, mutants, mutated
from tests.mutation.trying import STAGES, TESTS, Stage, attempt, module_name, prepare

SECONDS_TO_SPARE = 3
TIMES_AS_LONG = 5
"""A mutant that computes so many times as long as unchanged code, and those seconds more, will not come to an end."""

SECONDS_BETWEEN_WORDS = 30
_killers: list[tuple[Path, str]] = []
"""The tests that killed mutants, and of which module, the latest first: what killed one often kills the next."""


class Unchanged(NamedTuple):
    """What a stage does without any mutant: how many seconds one may compute, and which modules its tests import."""

    stage: Stage
    seconds: int
    modules: frozenset[str]


def unchanged(module: Path) -> Iterator[Unchanged]:
    """How each stage goes without any mutant. Ends the program where a test fails."""
    for stage in STAGES:
        outcome = attempt(module, module.read_text("utf-8"), stage)
        if outcome.killer or not outcome.modules:
            sys.exit(f"Without any mutant, {outcome.killer or stage.name} does not pass.")
        yield Unchanged(stage, SECONDS_TO_SPARE + round(outcome.seconds * TIMES_AS_LONG), outcome.modules)


def tried(spec: MutationSpec, stages: Sequence[Unchanged]) -> WorkResult:
    """What became of a mutant. The output is the stage and the test that killed it, or the last stage it outlived."""
    module, code = Path(spec.module_path), mutated(spec)
    diff = "\n".join(changed_line(module.read_text("utf-8"), code))
    try:
        compile(code, str(module), "exec")
    except SyntaxError:
        return WorkResult(WorkerOutcome.NO_TEST, "not Python", diff=diff)
    for stage, seconds, modules in stages:
        if module_name(module) not in modules:
            continue  # these tests do not use it
        if killer := attempt(module, code, stage, _likely_killers(module), seconds).killer:
            _killers[:] = [(module, killer), *(each for each in _killers if each != (module, killer))]
            return WorkResult(WorkerOutcome.NORMAL, f"{stage.name}\n{killer}", TestOutcome.KILLED, diff)
    return WorkResult(WorkerOutcome.NORMAL, stages[-1].stage.name, TestOutcome.SURVIVED, diff)


def _likely_killers(module: Path) -> list[str]:
    """Tests to begin with: those that killed mutants of the module, then those that killed others."""
    return [test for _, test in sorted(_killers, key=lambda each: each[0] != module)]


def narrowed(stages: Sequence[Unchanged], last_time: str) -> list[Unchanged]:
    """The stage that killed a mutant the last time, with the one test that did: most are killed by it again."""
    name, _, killer = last_time.partition("\n")
    known = "::" in killer and (TESTS.parent / killer.partition("::")[0]).exists()
    return [
        each._replace(stage=each.stage._replace(paths=(killer,)))
        for each in stages
        if known and each.stage.name == name
    ]


def survivors(work: WorkDB, stage: Stage) -> list[WorkItem]:
    """The mutants that have survived this stage and not been through the next."""
    return [
        item
        for item, result in work.completed_work_items
        if result.test_outcome is TestOutcome.SURVIVED and result.output == stage.name
    ]


def try_all(work: WorkDB, stages: Sequence[Unchanged], last_time: Mapping[str, str], workers: int) -> None:
    """Try the mutants that have no outcome yet, stage by stage: the dear tests see only what the others let live."""
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=prepare) as pool:
        first = stages[0]
        pending = work.pending_work_items
        _try(pool, work, [(item, [*narrowed(stages, last_time.get(item.job_id, "")), first]) for item in pending])
        for before, stage in pairwise(stages):
            _try(pool, work, [(item, [stage]) for item in survivors(work, before.stage)])


def _try(pool: Executor, work: WorkDB, trials: Sequence[tuple[WorkItem, Sequence[Unchanged]]]) -> None:
    """Take down what becomes of some mutants, and say from time to time how far that has come."""
    waiting = {pool.submit(tried, item.mutations[0], each): item.job_id for item, each in trials}
    told = time.monotonic()
    for done, future in enumerate(as_completed(waiting), start=1):
        work.set_result(waiting[future], future.result())
        if time.monotonic() - told > SECONDS_BETWEEN_WORDS or done == len(waiting):
            told = time.monotonic()
            print(f"{trials[0][1][-1].stage.name}: {done} of {len(waiting)} mutants", flush=True)


def main(how: str, database: str, workers: str, *modules: str) -> None:
    """Go on where the mutants in the database are the same ones; try all of them where not, or to try "again"."""
    planned = {item.job_id: item for item in mutants(Path(module) for module in modules)}
    with use_db(database) as work:
        last_time = {job: result.output or "" for job, result in work.results}
        if how == "again" or {item.job_id: item for item in work.work_items} != planned:
            work.clear()
            work.add_work_items(planned.values())
        prepare()
        stages = list(unchanged(Path(modules[0])))
        try_all(work, stages, last_time, int(workers))


if __name__ == "__main__":
    main(*sys.argv[1:])
