"""Is every account posted and counted once when whoever posts is killed, wherever that falls?"""

import json
import signal
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from domain.account.facts import PeriodPosted
from ledger.council import Council
from ledger.posting_run import Standing
from ledger.runs import PostingRuns
from tests.conftest import NOON
from tests.faults.commands import Operator, ended, enough_for, struck_between
from tests.faults.served import CODE, Home, Server, until
from tests.integration.posting import counts, read_back, self_funder
from tests.integration.recording import ALICE, rows

KILLS = 2
ACCOUNTS = enough_for(KILLS)
THROUGH = "2023-10-08"


@pytest.fixture
def council(council: Council) -> Council:
    """A council with people whose costs accrue."""
    return with_people(council)


def with_people(council: Council) -> Council:
    for _ in range(ACCOUNTS):
        self_funder(council)
    return council


def post(through: str) -> tuple[str, ...]:
    return "post", "--through", through, "--json"


def runs_of(council: Council, through: str) -> list[Standing]:
    found = PostingRuns(council).rows.standings(2**31 - 1, 100)
    return [standing for standing in found if standing.run.through == date.fromisoformat(through)]


def everything_is_posted_once(council: Council, through: str) -> None:
    *later, run = runs_of(council, through)
    assert all(each.posted == 0 for each in later)  # begun by whoever came when all was done
    assert run.finished_at
    assert (counts(run), run.totals) == ((ACCOUNTS, 0, 0), read_back(council, run))
    for (account_id,) in rows(council, "SELECT account_id FROM {schema}.account_references"):
        facts = [entry.fact for entry in council.ledger.entries(UUID(account_id))]
        posted = [fact for fact in facts if isinstance(fact, PeriodPosted) and fact.through == run.run.through]
        assert len(posted) == 1


def test_a_command_killed_again_and_again_posts_every_account_once(operator: Operator, council: Council) -> None:
    for _ in range(KILLS):
        operator.cut_off(*post(THROUGH))
        (cut,) = runs_of(council, THROUGH)
        assert cut.posted
        assert cut.finished_at is None
        assert cut.totals == read_back(council, cut)
    assert json.loads(operator.finish(*post(THROUGH)))["counts"] == {
        "accounts": ACCOUNTS, "posted": ACCOUNTS, "unchanged": 0, "not_posted": 0, "exceptions": 0
    }  # fmt: skip
    everything_is_posted_once(council, THROUGH)


def test_an_interrupted_command_says_so_and_goes_on_when_it_is_given_again(
    operator: Operator, council: Council
) -> None:
    said = operator.cut_off(*post(THROUGH), by=signal.SIGINT)
    assert "Interrupted. What was posted stays; the same command goes on from there." in said
    assert "Traceback" not in said
    operator.finish(*post(THROUGH))
    everything_is_posted_once(council, THROUGH)


def test_two_commands_at_once_share_one_run(operator: Operator, council: Council) -> None:
    PostingRuns(council).begin(date.fromisoformat(THROUGH), by=ALICE, now=NOON)
    for command in [operator.begin(*post(THROUGH)) for _ in range(2)]:
        ended(command)
    everything_is_posted_once(council, THROUGH)


def test_a_server_killed_while_it_posts_leaves_a_run_that_the_same_request_finishes(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with home.opened() as installation:
        council = with_people(installation.council(CODE))
        server = Server(home)
        server.start()
        try:
            begin = partial(server.send, "POST", "/v1/posting-runs", "finance", {"through": THROUGH}, "once")
            begun = struck_between(installation, council, begin, lambda _: server.kill())
            assert begun.status == 202
            server.start()
            (cut,) = runs_of(council, THROUGH)
            assert cut.finished_at is None
            again = begin()
            assert (again.status, again.body, again.replayed) == (202, begun.body, True)
            until(lambda: runs_of(council, THROUGH)[0].finished_at, "the run is finished")
            everything_is_posted_once(council, THROUGH)
        finally:
            server.stop()
