"""Is each letter handed over once when whoever hands it over is killed just after it was taken?"""

import json
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from ledger.council import Council
from ledger.store.letter_rows import Letters
from tests.conftest import NOON
from tests.faults.served import CODE, LONG, PATIENCE, Home, kill, run_command
from tests.faults.simulated_notify import KEY, SimulatedNotify, simulated_notify
from tests.integration.stating import made_run, released, written_to

LETTERS, KILLS = (200, 50) if LONG else (2, 1)


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A council with a statement to send to each of a few people."""
    found = Home(tmp_path_factory.mktemp("letters-killed") / "home")
    with found.council() as council:
        for _ in range(LETTERS):
            written_to(council)
        released(council, made_run(council))
    keys = found.settings.home / "notify.json"
    keys.write_text(json.dumps({CODE: {"key": KEY, "callback_token": "told-by-notify-alone"}}), "utf-8")
    keys.chmod(0o600)
    return found


@pytest.fixture
def council(home: Home) -> Iterator[Council]:
    with home.council() as found:
        yield found


@pytest.fixture
def notify() -> Iterator[SimulatedNotify]:
    with simulated_notify() as found:
        yield found


def handing_over(home: Home, notify: SimulatedNotify, moment: datetime) -> "subprocess.Popen[str]":
    keys = str(home.settings.home / "notify.json")
    return run_command(home, "letters", clock=moment.isoformat(), notify=keys, notify_url=notify.address)


def test_a_command_killed_after_notify_took_a_letter_doubles_and_loses_none(
    home: Home, council: Council, notify: SimulatedNotify
) -> None:
    moment = NOON
    for _ in range(KILLS):
        notify.faults = ["hold-then-away"]
        command = handing_over(home, notify, moment)
        assert notify.holding.wait(PATIENCE)
        kill(command.pid)
        command.communicate(timeout=PATIENCE)
        notify.let_go.set()
        notify.holding.clear()
        moment += timedelta(hours=1)
    last = handing_over(home, notify, moment)
    _, said = last.communicate(timeout=PATIENCE)
    assert last.returncode == 0, said
    assert len(notify.taken) == LETTERS
    assert notify.doubled == []
    assert Letters(council.app, council.names).states() == {("statement", "sent"): LETTERS}
