"""Is every account posted and counted once when whoever posts is killed, wherever that falls?"""

import json
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from uuid import UUID

import pytest

from api.wiring import Installation
from domain.account.facts import PeriodPosted
from ledger.council import Council
from ledger.posting_run import Standing
from ledger.runs import PostingRuns
from tests.conftest import NOON
from tests.faults.served import CODE, PATIENCE, Home, Server, kill, run_command, until
from tests.integration.conftest import administering
from tests.integration.posting import counts, read_back, self_funder
from tests.integration.recording import ALICE, rows

ACCOUNTS = 60
LEDGER_IN_ORDER = "SELECT FROM {schema}.head FOR UPDATE"
"""Held, it keeps everybody else from a place in the ledger: whoever posts stands still in the middle of an account."""


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


def until_more_are_posted(council: Council, through: str, than: int) -> None:
    until(lambda: [run for run in runs_of(council, through) if run.posted > than], f"more than {than} are posted")


def until_somebody_waits(installation: Installation) -> None:
    waiting = "SELECT FROM pg_stat_activity WHERE application_name = 'careledger' AND wait_event_type = 'Lock'"

    def somebody_waits() -> bool:
        with administering(installation) as statements:
            statements.execute(waiting)
            return bool(statements.rowcount)

    until(somebody_waits, "whoever posts waits for a place in the ledger")


def in_the_middle_of_an_account(installation: Installation, council: Council, strike: Callable[[], None]) -> None:
    """Strike when the row of an account is written and its facts are about to be."""
    with administering(installation) as statements:
        statements.execute(LEDGER_IN_ORDER.format(schema=council.names.schema))
        until_somebody_waits(installation)
        strike()


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
    for struck in range(3):
        command = posting(home, through)
        until_more_are_posted(council, through, 10 * struck)
        in_the_middle_of_an_account(installation, council, partial(kill, command.pid))
        command.communicate(timeout=PATIENCE)
        (cut,) = runs_of(council, through)
        assert cut.finished_at is None
        assert cut.totals == read_back(council, cut)
    command = posting(home, through)
    printed, said = command.communicate(timeout=PATIENCE)
    assert command.returncode == 0, said
    assert json.loads(printed)["counts"] == {
        "accounts": ACCOUNTS, "posted": ACCOUNTS, "unchanged": 0, "not_posted": 0, "exceptions": 0
    }  # fmt: skip
    everything_is_posted_once(council, through)


def test_an_interrupted_command_says_so_and_goes_on_when_it_is_given_again(home: Home, council: Council) -> None:
    through = "2023-10-15"
    command = posting(home, through)
    until_more_are_posted(council, through, 0)
    command.send_signal(signal.SIGINT)
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
        begun = server.send("POST", "/v1/posting-runs", "finance", {"through": through}, "once")
        assert begun.status == 202
        until_more_are_posted(council, through, 0)
        in_the_middle_of_an_account(installation, council, server.kill)
        server.start()
        (cut,) = runs_of(council, through)
        assert cut.finished_at is None
        again = server.send("POST", "/v1/posting-runs", "finance", {"through": through}, "once")
        assert (again.status, again.body, again.replayed) == (202, begun.body, True)
        until(lambda: runs_of(council, through)[0].finished_at, "the run is finished")
        everything_is_posted_once(council, through)
    finally:
        server.stop()
