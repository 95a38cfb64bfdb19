"""W9: how many accounts a second does a posting run post?"""

import resource
import time
from collections.abc import Iterator
from datetime import date
from itertools import count
from uuid import UUID

from api.bench.copying import Copied
from api.bench.figures import Goal, Shown, Trial
from api.bench.filling import fill
from api.bench.lives import BY, FOUR_WEEKS, moment, period_after
from api.bench.place import Place
from api.bench.sizes import Size
from api.bench.workers import Workers, workers
from api.wiring import Installation
from domain.account.facts import PeriodPosted
from domain.dates import ONE_DAY
from ledger.runs import PostingRuns


def trials(place: Place, size: Size, shown: Shown) -> Iterator[Trial]:
    """Four more weeks for every account in each turn, and beside that as many rows copied into a table like theirs."""
    council = place.new_council()
    accounts = fill(council, size.accounts_posted, size.entries_of_posted, shown)
    place.settle(f"{council.names.schema}.events")
    floor = Copied(place, council, accounts, size.entries_of_posted, PeriodPosted)
    with workers(place.settings, 1) as worker:
        runs = _Runs(worker, council.code, size)
        yield Trial(
            "W9",
            f"posting run, {len(accounts):,} accounts of {size.entries_of_posted:,} entries",
            "accounts a second",
            Goal(">=", 0.3),
            runs.accounts_a_second,
            floor.rows_a_second,
        )
        yield Trial(
            "W9-memory", "what the process that posted them held at most", "MiB", Goal("<=", 500), runs.mebibytes
        )


class _Runs:
    """Runs one after the other, each four weeks further than the one before."""

    def __init__(self, worker: Workers, code: str, size: Size) -> None:
        self._worker, self._code, self._size = worker, code, size
        self._turns = count()

    def accounts_a_second(self) -> float:
        through = period_after(self._size.entries_of_posted) + next(self._turns) * FOUR_WEEKS
        (seconds,) = self._worker.together(_post, [(self._code, through)])
        return self._size.accounts_posted / seconds

    def mebibytes(self) -> float:
        (found,) = self._worker.together(_held_at_most, [()])
        return found


def _post(installation: Installation, code: str, through: date) -> float:
    """Seconds that a run through a day takes, from its beginning to its end."""
    runs, now = PostingRuns(installation.council(code)), moment(through + ONE_DAY)
    began = time.monotonic()
    run, _ = runs.begin(through, by=BY, now=now)
    runs.work(run, lambda: now)
    seconds = time.monotonic() - began
    _require_posted(runs, run.run_id)
    return seconds


def _require_posted(runs: PostingRuns, run_id: UUID) -> None:
    """A run that posted only some would be fast for nothing."""
    standing = runs.rows.standing(run_id)
    if standing.posted != standing.run.accounts:
        raise RuntimeError(f"{standing.run.accounts - standing.posted} accounts of the run were not posted")


def _held_at_most(installation: Installation) -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
