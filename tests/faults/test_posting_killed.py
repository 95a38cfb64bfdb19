"""Is every account posted and counted once when whoever posts is killed, wherever that falls?"""

import json
import signal
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from functools import partial
from typing import TypeVar
from uuid import UUID

import pytest

from api.wiring import Installation
from domain.account.facts import PeriodPosted
from ledger.council import Council
from ledger.posting_run import Standing
from ledger.runs import PostingRuns
from ledger.store.names import CouncilNames
from tests.conftest import NOON
from tests.faults.served import CODE, PATIENCE, Home, Server, kill, run_command, until
from tests.integration.conftest import administering
from tests.integration.posting import counts, read_back, self_funder
from tests.integration.recording import ALICE, rows

ACCOUNTS = 60
LEDGER_IN_ORDER = "SELECT FROM {schema}.head FOR UPDATE"
"""Held, it keeps everybody else from a place in the ledger: whoever posts stands still, rows written and facts not."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A council of its own; each test posts further days."""
    found = Home(tmp_path_factory.mktemp("posting-killed") / "home")
    with found.council() as council:
        for _ in range(ACCOUNTS):
            self_funder(council)
    return found


@pytest.fixture
def installation(home: Home) -> Iterator[Installation]:
    with home.opened() as found:
        yield found


@pytest.fixture
def council(installation: Installation) -> Council:
    return installation.council(CODE)


def posting(home: Home, through: str) -> "subprocess.Popen[str]":
    return run_command(home, "post", "--through", through, "--json")


def runs_of(council: Council, through: str) -> list[Standing]:
    found = PostingRuns(council).rows.standings(2**31 - 1, 100)
    return [standing for standing in found if standing.run.through == date.fromisoformat(through)]


T = TypeVar("T")


def struck_between(installation: Installation, start: Callable[[], T], strike: Callable[[T], None]) -> T:
    """Start something that works at a run, and strike when it has done some accounts and is about to keep some more.

    Two stand in its way one after the other. PostgreSQL lets those who wait for a place in the ledger have it in turn,
    so it is let through once, and then stands still until it was struck.
    """
    held = LEDGER_IN_ORDER.format(schema=CouncilNames(CODE).schema)
    with ExitStack() as later, ThreadPoolExecutor(1) as thread:
        with administering(installation) as statements:
            statements.execute(held)
            started = start()
            until_so_many_wait(installation, 1)
            next_one = thread.submit(later.enter_context(administering(installation)).execute, held)
            until_so_many_wait(installation, 2)
        next_one.result()
        until_so_many_wait(installation, 1)
        strike(started)
    return started


def until_so_many_wait(installation: Installation, number: int) -> None:
    waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"

    def so_many_wait() -> bool:
        with administering(installation) as statements:
            statements.execute(waiting)
            return statements.rowcount == number

    until(so_many_wait, f"{number} wait for a place in the ledger")


def everything_is_posted_once(council: Council, through: str) -> None:
    *later, run = runs_of(council, through)
    assert all(each.posted == 0 for each in later)  # begun by whoever came when all was done
    assert run.finished_at
    assert (counts(run), run.totals) == ((ACCOUNTS, 0, 0), read_back(council, run))
    for (account_id,) in rows(council, "SELECT account_id FROM {schema}.account_references"):
        facts = [entry.fact for entry in council.ledger.entries(UUID(account_id))]
        posted = [fact for fact in facts if isinstance(fact, PeriodPosted) and fact.through == run.run.through]
        assert len(posted) == 1


def test_a_command_killed_again_and_again_posts_every_account_once(
    home: Home, installation: Installation, council: Council
) -> None:
    through = "2023-10-08"
    for _ in range(3):
        command = struck_between(installation, partial(posting, home, through), lambda started: kill(started.pid))
        command.communicate(timeout=PATIENCE)
        (cut,) = runs_of(council, through)
        assert cut.posted
        assert cut.finished_at is None
        assert cut.totals == read_back(council, cut)
    command = posting(home, through)
    printed, said = command.communicate(timeout=PATIENCE)
    assert command.returncode == 0, said
    assert json.loads(printed)["counts"] == {
        "accounts": ACCOUNTS, "posted": ACCOUNTS, "unchanged": 0, "not_posted": 0, "exceptions": 0
    }  # fmt: skip
    everything_is_posted_once(council, through)


def test_an_interrupted_command_says_so_and_goes_on_when_it_is_given_again(
    home: Home, installation: Installation, council: Council
) -> None:
    through = "2023-10-15"

    def interrupt(started: "subprocess.Popen[str]") -> None:
        started.send_signal(signal.SIGINT)

    command = struck_between(installation, partial(posting, home, through), interrupt)
    _, said = command.communicate(timeout=PATIENCE)
    assert command.returncode == 1
    assert "Interrupted. What was posted stays; the same command goes on from there." in said
    assert "Traceback" not in said
    command = posting(home, through)
    _, said = command.communicate(timeout=PATIENCE)
    assert command.returncode == 0, said
    everything_is_posted_once(council, through)


def test_two_commands_at_once_share_one_run(home: Home, council: Council) -> None:
    through = "2023-10-22"
    PostingRuns(council).begin(date.fromisoformat(through), by=ALICE, now=NOON)
    commands = [posting(home, through) for _ in range(2)]
    for command in commands:
        _, said = command.communicate(timeout=PATIENCE)
        assert command.returncode == 0, said
    everything_is_posted_once(council, through)


def test_a_server_killed_while_it_posts_leaves_a_run_that_the_same_request_finishes(
    home: Home, installation: Installation, council: Council
) -> None:
    through = "2023-10-29"
    server = Server(home)
    server.start()
    try:
        begin = partial(server.send, "POST", "/v1/posting-runs", "finance", {"through": through}, "once")
        begun = struck_between(installation, begin, lambda _: server.kill())
        assert begun.status == 202
        server.start()
        (cut,) = runs_of(council, through)
        assert cut.finished_at is None
        again = begin()
        assert (again.status, again.body, again.replayed) == (202, begun.body, True)
        until(lambda: runs_of(council, through)[0].finished_at, "the run is finished")
        everything_is_posted_once(council, through)
    finally:
        server.stop()
