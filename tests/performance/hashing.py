"""What does it cost a posting run that every entry is hashed? `python -m tests.performance.hashing`.

Two councils like each other are posted in turn by one process on one server, a pair after the other, and in one of them
entries are left without their hash. Each pair gives a ratio of throughputs; of all, the quartiles are printed.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from statistics import quantiles
from time import perf_counter
from unittest import mock

from api.bench.filling import fill
from api.bench.lives import BY, FOUR_WEEKS, moment, period_after
from domain.dates import ONE_DAY
from ledger.council import Council
from ledger.runs import PostingRuns
from ledger.store import recorder
from ledger.store.migrate import Setup
from tests.performance.restoring import machine

WITH, WITHOUT = "E90000001", "E90000002"
ENTRIES = 10
WARM = 4
"""So many pairs are posted before any counts."""


@contextmanager
def unhashed() -> Iterator[None]:
    """Whatever is recorded meanwhile is neither hashed nor are the hashes before it looked for."""
    with (
        mock.patch.object(recorder, "heads", return_value={}),
        mock.patch.object(recorder, "chained", lambda rows, *_: (None for _ in rows)),
    ):
        yield


class Posted:
    """A council whose accounts are posted four weeks further each time."""

    def __init__(self, council: Council, accounts: int) -> None:
        self._council, self._accounts, self._through = council, accounts, period_after(ENTRIES)
        fill(council, accounts, ENTRIES, lambda *_: None)

    def accounts_a_second(self) -> float:
        self._through += FOUR_WEEKS
        runs, now = PostingRuns(self._council), moment(self._through + ONE_DAY)
        run, _ = runs.begin(self._through, by=BY, now=now)
        began = perf_counter()
        runs.work(run, lambda: now)
        return self._accounts / (perf_counter() - began)

    def hashed(self) -> tuple[int, int]:
        """How many entries there are, and how many bear a hash."""
        with self._council.app.transaction() as statements:
            statements.execute(f"SELECT count(*), count(leaf) FROM {self._council.names.schema}.events")
            entries, hashes = statements.fetchone() or (0, 0)
            return entries, hashes


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--accounts", type=int, default=700)
    asked.add_argument("--pairs", type=int, default=120)
    given, chance, ratios = asked.parse_args(), Random(1968), list[float]()
    with machine() as installation:
        councils = (installation.init(code, Setup("Measured", "reform-2023")) for code in (WITH, WITHOUT))
        hashed, bare = (Posted(council, given.accounts) for council in councils)
        for _ in range(WARM + given.pairs):
            speed = dict[Posted, float]()
            for posted in chance.sample((hashed, bare), 2):
                if posted is hashed:
                    speed[posted] = posted.accounts_a_second()
                else:
                    with unhashed():
                        speed[posted] = posted.accounts_a_second()
            ratios.append(speed[hashed] / speed[bare])
        print("Entries, and those with a hash:", hashed.hashed(), "and", bare.hashed())
    low, middle, high = quantiles(ratios[WARM:], n=4)
    print(f"Throughput with hashes over that without, {given.pairs} pairs: {middle:.3f} ({low:.3f} to {high:.3f})")


if __name__ == "__main__":
    main()
