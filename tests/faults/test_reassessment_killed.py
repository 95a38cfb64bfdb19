"""Is everybody assessed anew once, and taken back once, when whoever does it is killed in the middle of an account?"""

import subprocess
from collections.abc import Iterator
from functools import partial
from uuid import UUID

import pytest

from api.wiring import Installation
from domain.account.facts import EntryVoided
from ledger.council import Council
from ledger.reassessment import Outcome
from ledger.reassessment_run import Standing
from ledger.reassessments import Reassessments
from tests.faults.served import CODE, PATIENCE, Home, kill, run_command
from tests.faults.test_posting_killed import struck_between
from tests.integration.reassessing import assessments, pensioner, to_pay

ACCOUNTS = 40


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A council whose people all pay another amount from April 2025."""
    found = Home(tmp_path_factory.mktemp("reassessment-killed") / "home")
    with found.council() as council:
        for _ in range(ACCOUNTS):
            pensioner(council)
    return found


@pytest.fixture
def installation(home: Home) -> Iterator[Installation]:
    with home.opened() as found:
        yield found


@pytest.fixture
def council(installation: Installation) -> Council:
    return installation.council(CODE)


def reassess(home: Home, *asked: str) -> "subprocess.Popen[str]":
    return run_command(home, "reassess", *asked)


def run_of(council: Council, number: int) -> Standing | None:
    """The run of a number, once it was begun."""
    found = Reassessments(council).rows.standings(number + 1, 1)
    return found[0] if found and found[0].run.number == number else None


def killed_twice_and_finished(
    home: Home, installation: Installation, council: Council, number: int, outcome: Outcome, *asked: str
) -> None:
    """Give a command again and again until it is left to end; each account is done once by then."""
    for _ in range(2):
        command = struck_between(installation, partial(reassess, home, *asked), lambda started: kill(started.pid))
        command.communicate(timeout=PATIENCE)
        cut = run_of(council, number)
        assert cut
        assert cut.tally.accounts
        assert cut.finished_at is None
    command = reassess(home, *asked)
    _, said = command.communicate(timeout=PATIENCE)
    assert command.returncode == 0, said
    done = run_of(council, number)
    assert done
    assert (done.tally.outcomes, run_of(council, number + 1)) == ({outcome: ACCOUNTS}, None)


def test_a_command_killed_again_and_again_reassesses_and_takes_back_every_account_once(
    home: Home, installation: Installation, council: Council
) -> None:
    people = list(council.people.by_name())
    killed_twice_and_finished(home, installation, council, 1, "reassessed", "--on", "2025-04-06")
    assert [(len(assessments(council, each)), to_pay(council, each)) for each in people] == [(2, "67.40")] * ACCOUNTS
    killed_twice_and_finished(home, installation, council, 2, "reversed", "--undo", "1")
    assert [(_voided(council, each), to_pay(council, each)) for each in people] == [(1, "71.30")] * ACCOUNTS


def _voided(council: Council, account_id: UUID) -> int:
    return sum(isinstance(entry.fact, EntryVoided) for entry in council.ledger.entries(account_id))
