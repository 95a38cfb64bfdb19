"""Is the fictitious council filled once, whatever interrupts it, and served with one command?"""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from api.demo.chronicle import chronicle
from api.demo.council import CODE, NAME, fictitious_council
from api.demo.desk import lay_out
from api.demo.filling import account_of, fill
from api.demo.people import local_id
from api.demo.portraits import PORTRAITS
from api.demo.story import NotTheStory, Story
from api.verifying import Evidence, Verifying
from api.wiring import Installation
from domain.account.commands import Correct, OpenAccount
from domain.dates import day_in_london
from ledger.council import Council
from ledger.import_proposals import ImportProposals
from ledger.outcomes import Caller
from ledger.receipts import Request
from ledger.reference import new_reference
from ledger.statement_runs import StatementRuns
from ledger.store.letter_rows import Letters
from ledger.store.migrate import Setup
from ledger.vault.person import Person
from tests.conftest import NOON

PEOPLE = len(PORTRAITS) + 1
NewCouncil = Callable[[], Council]


class Interrupted(Exception):
    """Somebody stopped the filling."""


def first_that_names_another() -> int:
    """How many requests there are before the first that names an entry of an earlier one."""
    requests = chronicle(Story(day_in_london(NOON), PEOPLE))
    return next(place for place, recording in enumerate(requests) if recording.about)


def told(people: int = PEOPLE) -> int:
    return len(chronicle(Story(day_in_london(NOON), people)))


def moments(people: int = PEOPLE) -> list[datetime]:
    """When each entry was recorded: a correction and what stands in the place of what was wrong are two."""
    requests = chronicle(Story(day_in_london(NOON), people))
    return [r.at for r in requests for _ in range(2 if isinstance(r.asked, Correct) and r.asked.replacement else 1)]


def everything(council: Council, people: int = PEOPLE) -> list[list[tuple[Any, ...]]]:
    """Each account with its person and its entries, whatever identity the account was given."""
    accounts = [account_of(council, local_id(number)) for number in range(people)]
    known = council.people.of([account for account in accounts if account])
    found = []
    for account in accounts:
        assert account
        entries = council.ledger.entries(account)
        lines = [(e.version, e.recorded_at, e.recorded_by, e.role, _shown(e.fact)) for e in entries]
        found.append([(known[account], council.people.texts(account)), *lines])
    return found


def _shown(fact: Any) -> str:
    """The fact without the names of entries, which follow from an account's identity, and the digest over them."""
    shown: str = fact.model_dump_json(by_alias=True)
    return re.sub(r'"[0-9a-f]{64}"|"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"', '""', shown)


def interrupt_at(place: int) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if done == place:
            raise Interrupted

    return progress


@pytest.fixture(scope="module")
def filled(installation: Installation) -> Council:
    """A council filled without a pause."""
    council = installation.init("E91000001", Setup(NAME, "reform-2023", {}))
    assert fill(council, NOON, PEOPLE) == told()
    return council


def test_filling_again_adds_nothing(filled: Council) -> None:
    before = filled.ledger.recorder.max_notification_id()
    assert fill(filled, NOON, PEOPLE) == 0
    assert filled.ledger.recorder.max_notification_id() == before == len(moments())


def test_filling_again_on_a_later_day_or_for_more_people_adds_nothing(filled: Council) -> None:
    assert fill(filled, NOON + timedelta(days=400), PEOPLE + 30) == 0
    assert filled.ledger.recorder.max_notification_id() == len(moments())


def test_each_moment_of_the_story_stands_in_the_history_as_it_was_told(filled: Council) -> None:
    recorded = sorted(line[1] for account in everything(filled) for line in account[1:])
    assert recorded == moments()
    assert recorded[-1] < NOON


@pytest.mark.parametrize("place", [1, 2, 3, 97, first_that_names_another()])
def test_an_interrupted_filling_goes_on_to_the_same_council(
    new_council: NewCouncil, filled: Council, place: int
) -> None:
    council = new_council()
    with pytest.raises(Interrupted):
        fill(council, NOON, PEOPLE, interrupt_at(place))
    assert fill(council, NOON, PEOPLE) == told() - place
    assert everything(council) == everything(filled)


def test_a_filling_interrupted_overnight_goes_on_with_the_story_it_began(
    new_council: NewCouncil, filled: Council
) -> None:
    council = new_council()
    with pytest.raises(Interrupted):
        fill(council, NOON, PEOPLE, interrupt_at(120))
    assert fill(council, NOON + timedelta(days=1), PEOPLE + 5) == told() - 120
    assert everything(council) == everything(filled)


def test_progress_says_how_far_the_filling_is(new_council: NewCouncil) -> None:
    said: list[tuple[int, int]] = []
    fill(new_council(), NOON, 3, lambda done, total: said.append((done, total)))
    assert said == [(n, told(3)) for n in range(1, told(3) + 1)]


def test_a_council_with_accounts_of_its_own_is_left_alone(council: Council) -> None:
    by, request = Caller("alice", "finance"), Request("alice", uuid4().hex, b"")
    command = OpenAccount(reference=new_reference(), opened_on=day_in_london(NOON))
    council.ledger.open(Person(local_id="P-7"), command, by=by, now=NOON, request=request)
    with pytest.raises(NotTheStory):
        fill(council, NOON, PEOPLE)
    assert council.ledger.recorder.max_notification_id() == 1


def test_a_real_council_under_the_same_code_is_never_filled(installation: Installation) -> None:
    installation.init(CODE, Setup("A council that exists", "national", {}))
    with pytest.raises(NotTheStory):
        fictitious_council(installation)


def on_desks(council: Council) -> dict[str, list[str]]:
    """What waits for somebody in each list of a council."""
    letters = Letters(council.app, council.names)
    return {
        "letters": sorted(
            f"{what} {state}" for (what, state), number in letters.states().items() for _ in range(number)
        ),
        "files": [standing.state for standing in ImportProposals(council).rows.standings(9)],
        "runs": [f"{each.made} made" for each in StatementRuns(council).rows.standings(9, 9) if not each.decided],
        "amounts": [change.status for change in council.amounts.changes],
        "estimates": [each.state for each in council.received.all()],
    }


@pytest.fixture(scope="module")
def opened_twice(installation: Installation) -> Council:
    """A council with its desks, as somebody finds it who opens it a second time."""
    council = installation.init("E91000002", Setup(NAME, "reform-2023", {}))
    fill(council, NOON, 17)
    for _ in range(2):
        lay_out(installation, council)
    return council


def test_something_waits_on_each_desk_however_often_the_council_is_opened(opened_twice: Council) -> None:
    assert on_desks(opened_twice) == {
        "letters": ["notice returned", "notice sent", "statement waiting"],
        "files": ["waits"],
        "runs": ["1 made"],
        "amounts": ["proposed"],
        "estimates": ["received"],
    }


def test_whoever_verifies_a_council_that_nobody_touched_finds_nothing(opened_twice: Council) -> None:
    """It has receipts of all kinds: of entries, of runs, and of changes of amounts."""
    verifying = Verifying(opened_twice, Evidence(None, ()))
    done = verifying.go_on(verifying.begin(by="ann", now=NOON), lambda: NOON)
    assert opened_twice.verifications.findings(done, 100) == []


@contextmanager
def demo(home: Path, port: int) -> Iterator[str]:
    """The command in a foreground of its own: what it says until it listens. In the end Ctrl-C is pressed."""
    command = [sys.executable, "-m", "api.cli", "demo", "--port", str(port), "--people", "3"]
    environment = os.environ | {"CARELEDGER_HOME": str(home), "CARELEDGER_CLOCK": "2026-11-22"}
    environment.pop("CARELEDGER_DATABASE_URL", None)
    with subprocess.Popen(
        command, env=environment, start_new_session=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        try:
            assert process.stdout
            said = ""
            while "careledger token" not in said and (line := process.stdout.readline()):
                said += line
            yield said
            os.killpg(process.pid, signal.SIGINT)
            assert (process.wait(60), process.stdout.read()) == (0, "\n")
        finally:
            process.kill()


def test_ctrl_c_is_not_lost_on_a_process_that_is_only_being_made() -> None:
    """A worker holds back the signals that end it until its own handlers stand; its maker goes on taking them."""
    forks = """
import os, signal
from api.cli.serve import ENDING, lose_no_signal
lose_no_signal()
made = os.fork()
held = set(ENDING) & signal.pthread_sigmask(signal.SIG_BLOCK, ())
if not made:
    os._exit(len(held))
print(os.waitstatus_to_exitcode(os.waitpid(made, 0)[1]), len(held))
"""
    said = subprocess.run([sys.executable, "-c", forks], capture_output=True, text=True, check=True)
    assert said.stdout == "3 0\n"


def test_one_command_fills_and_serves_and_the_next_only_serves(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("demo") / "home"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with demo(home, port) as said:
        assert "Filling the council" in said
        assert said.count("/sign-in?token=") == 10
        assert "Ada Ames, who has come 100.00% of the way to the cap" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/openapi.json", timeout=60) as answer:
            assert answer.status == 200
    with demo(home, port) as said:
        assert "Filling" not in said
        assert said.count("/sign-in?token=") == 10
