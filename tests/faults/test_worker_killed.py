"""Is every period that was due posted once for every account when workers are killed, wherever that falls?"""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from functools import partial
from itertools import count, cycle, islice
from pathlib import Path
from random import Random
from uuid import UUID

import psycopg2
import pytest

from api.wiring import Installation
from domain.dates import EARLIEST
from domain.schedule import Rhythm, due
from ledger.council import Council
from ledger.runs import PostingRuns
from ledger.store.database import StoreUnavailable
from ledger.store.migrate import Setup
from tests.conftest import FACE, NOON
from tests.faults.served import PATIENCE, PROJECT, Home, Server, kill, until
from tests.integration.conftest import administering
from tests.integration.posting import counts, postings, self_funder
from tests.integration.recording import FIRST_DAY, rows

LONG = bool(os.environ.get("CARELEDGER_LONG"))
COUNCILS, PERIODS, PROCESSES, KILLS = (25, 40, 8, 100) if LONG else (2, 12, 3, 6)
ACCOUNTS = 3
HALF = (PROCESSES + 1) // 2
"""As many workers as have to stand still before one of all is killed: those killed just now are still to start."""
FEW = 3
"""So many periods are enough where a worker only has to be in the middle of them."""
TODAY = FIRST_DAY + timedelta(weeks=4 * PERIODS)

POINTS = (
    "LOCK TABLE {schema}.posting_runs IN SHARE MODE",
    "LOCK TABLE {schema}.run_claims IN SHARE MODE",
    "SELECT FROM {schema}.head FOR UPDATE",
)
"""Held, each has whoever works stand still: where a run is begun, where its period is claimed, in an account."""


class Workers:
    """`careledger work` again and again on a home, as a service manager would run it."""

    def __init__(self, home: Home, log: Path) -> None:
        self._home, self.log, self._running = home, log, list["subprocess.Popen[str]"]()

    def start(self, *asked: str) -> "subprocess.Popen[str]":
        ours = {name: value for name, value in os.environ.items() if not name.startswith("CARELEDGER_")}
        with self.log.open("a") as log:
            worker = subprocess.Popen(
                [sys.executable, "-m", "api.cli", "work", *asked],
                cwd=PROJECT,
                env=ours | {"CARELEDGER_HOME": str(self._home.settings.home), "CARELEDGER_CLOCK": str(TODAY)},
                stdout=log,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self._running.append(worker)
        return worker

    def kill_one(self, chance: Random) -> None:
        """Kill one without warning, and start another in its place."""
        killed = self._running.pop(chance.randrange(len(self._running)))
        kill(killed.pid)
        killed.wait(PATIENCE)
        self.start()

    def end(self) -> list[int]:
        """Ask each to end; their exit statuses."""
        for worker in self._running:
            worker.terminate()
        return [worker.wait(PATIENCE) for worker in self._running]

    def kill_all(self) -> None:
        for worker in self._running:
            worker.kill()
            worker.wait(PATIENCE)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Each test has councils of its own in it."""
    return Home(tmp_path_factory.mktemp("worker-killed") / "home")


@pytest.fixture(scope="module")
def installation(home: Home) -> Iterator[Installation]:
    with home.opened() as found:
        yield found


@pytest.fixture
def workers(home: Home, tmp_path: Path) -> Iterator[Workers]:
    found = Workers(home, tmp_path / "log")
    yield found
    found.kill_all()


@pytest.fixture(scope="module")
def a_council(installation: Installation) -> Callable[[int], Council]:
    """Makes a small council, of whose schedule so many periods have ended."""
    numbers = count(90_000_010)

    def make(periods: int) -> Council:
        council = installation.init(f"E{next(numbers)}", Setup("Example Council", "reform-2023", FACE))
        for _ in range(ACCOUNTS):
            self_funder(council)
        rhythm = Rhythm("four_weeks", TODAY - timedelta(weeks=4 * periods))
        council.schedule_changes.decide("posting", rhythm, by="ann", now=NOON)
        council.close()
        return council

    return make


@contextmanager
def standing_still(installation: Installation, councils: Sequence[Council], point: str) -> Iterator[None]:
    with administering(installation) as statements:
        for council in councils:
            statements.execute(point.format(schema=council.names.schema))
        yield


def until_they_stand_still(installation: Installation, workers: int) -> None:
    waiting = "SELECT FROM pg_stat_activity WHERE usename LIKE 'council\\_%\\_app' AND wait_event_type = 'Lock'"

    def they_wait() -> bool:
        with administering(installation) as statements:
            statements.execute(waiting)
            return statements.rowcount >= workers

    until(they_wait, f"{workers} stand still")


def kill_at_every_point(
    installation: Installation, councils: Sequence[Council], workers: Workers, kills: int, chance: Random
) -> None:
    """The next point is held before the last is let go, so that no worker slips past."""
    points = islice(cycle(POINTS), kills)
    with ExitStack() as held:
        held.enter_context(standing_still(installation, councils, next(points)))
        for point in points:
            with held.pop_all():
                until_they_stand_still(installation, HALF)
                workers.kill_one(chance)
                held.enter_context(standing_still(installation, councils, point))
        until_they_stand_still(installation, HALF)
        workers.kill_one(chance)


def accounts_done(councils: Sequence[Council]) -> int:
    found = [rows(council, "SELECT count(*) FROM {schema}.posting_run_accounts") for council in councils]
    for council in councils:
        council.close()
    return sum(count for ((count,),) in found)


def until_done(councils: Sequence[Council], wanted: int) -> None:
    """Patience begins anew with everything that comes about."""
    while (done := accounts_done(councils)) < wanted:
        until(partial(_more_than, councils, done), f"more than {done} of {wanted} accounts are posted")


def _more_than(councils: Sequence[Council], done: int) -> bool:
    return accounts_done(councils) > done


def kill_at_random(councils: Sequence[Council], workers: Workers, kills: int, chance: Random) -> None:
    """Each when some more accounts were posted since the last."""
    all_of_them = len(councils) * PERIODS * ACCOUNTS
    for left in range(kills, 0, -1):
        done = accounts_done(councils)
        wanted = done + chance.randrange(1, 2 + (all_of_them - done) // left) if done < all_of_them else done
        until_done(councils, wanted)
        workers.kill_one(chance)
    until_done(councils, all_of_them)


def every_period_is_posted_once(council: Council) -> None:
    wanted = list(due(council.schedule.of("posting"), EARLIEST, TODAY))
    claims = rows(council, "SELECT effective_from, ending_before, run_id FROM {schema}.run_claims ORDER BY period")
    assert [(first, ending_before) for first, ending_before, _ in claims] == wanted
    standings = PostingRuns(council).rows.standings(2**31 - 1, 10_000)[::-1]
    assert [(each.run.run_id, each.run.through) for each in standings] == [
        (UUID(run_id), period.last) for (_, _, run_id), period in zip(claims, wanted, strict=True)
    ]
    assert {counts(standing) for standing in standings} == {(ACCOUNTS, 0, 0)}
    for (account_id,) in rows(council, "SELECT account_id FROM {schema}.account_references"):
        assert [posted.through for posted in postings(council, UUID(account_id))] == [period.last for period in wanted]


def test_every_due_period_is_posted_once_whatever_is_killed_when(
    installation: Installation, workers: Workers, a_council: Callable[[int], Council]
) -> None:
    seed = secrets.randbelow(2**32)
    print(f"{COUNCILS * PERIODS} due runs, {PROCESSES} processes, {KILLS} kills, seed {seed}")
    chance, councils = Random(seed), [a_council(PERIODS) for _ in range(COUNCILS)]
    for _ in range(PROCESSES):
        workers.start()
    kill_at_every_point(installation, councils, workers, KILLS // 2, chance)
    kill_at_random(councils, workers, KILLS - KILLS // 2, chance)
    assert set(workers.end()) <= {
        0,
        -signal.SIGTERM,
    }  # one that was only just started dies of it
    for council in councils:
        every_period_is_posted_once(council)
        council.close()
    assert "later turn" not in workers.log.read_text()


@pytest.mark.parametrize(
    ("asked", "ending", "status", "said"),
    [
        ((), signal.SIGTERM, 0, ""),
        (("--once",), signal.SIGINT, 1, "Interrupted. What was done stays; the next start goes on from there."),
    ],
)
def test_a_worker_that_is_asked_to_end_finishes_what_it_is_at_and_begins_nothing_more(
    installation: Installation,
    workers: Workers,
    a_council: Callable[[int], Council],
    asked: tuple[str, ...],
    ending: signal.Signals,
    status: int,
    said: str,
) -> None:
    council = a_council(FEW)
    with standing_still(installation, [council], POINTS[-1]):
        worker = workers.start(*asked)
        until_they_stand_still(installation, 1)
        worker.send_signal(ending)
    assert worker.wait(PATIENCE) == status
    assert said in workers.log.read_text()
    assert "Traceback" not in workers.log.read_text()
    assert rows(council, "SELECT count(*) FROM {schema}.run_claims") == [(1,)]
    assert workers.start("--once").wait(PATIENCE) == 0
    every_period_is_posted_once(council)


def test_a_worker_brings_the_embedded_database_back_and_goes_on(
    home: Home, installation: Installation, workers: Workers, a_council: Callable[[int], Council]
) -> None:
    council = a_council(FEW)
    with suppress(psycopg2.Error), standing_still(installation, [council], POINTS[-1]):
        workers.start()
        until_they_stand_still(installation, 1)
        kill(home.postmaster or 0)

    def all_done() -> bool:
        with suppress(StoreUnavailable):
            return accounts_done([council]) == FEW * ACCOUNTS
        return False

    until(all_done, "every account is posted")
    assert workers.end() == [0]
    every_period_is_posted_once(council)


def test_a_server_that_was_asked_to_has_a_worker_beside_it_that_ends_with_it(
    home: Home, a_council: Callable[[int], Council]
) -> None:
    council = a_council(FEW)
    server = Server(home, "--work", processes=1, today=str(TODAY))
    server.start()
    try:
        until_done([council], FEW * ACCOUNTS)
        both = server.workers
        assert len(both) == 2
        server.terminate()
        assert server.ended() == 0
        assert [process for process in both if Path(f"/proc/{process}").exists()] == []
    finally:
        server.stop()
