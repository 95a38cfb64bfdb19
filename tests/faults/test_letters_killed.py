"""Is each letter handed over once when whoever hands it over is killed just after it was taken?"""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ledger.council import Council
from ledger.store.letter_rows import Letters
from tests.conftest import NOON
from tests.faults.commands import Operator
from tests.faults.served import LONG, PATIENCE, kill
from tests.faults.simulated_notify import KEY, SimulatedNotify, simulated_notify
from tests.integration.stating import made_run, released, written_to

LETTERS, KILLS = (200, 50) if LONG else (2, 1)


@pytest.fixture
def council(council: Council) -> Council:
    """A council with a statement to send to each of a few people."""
    for _ in range(LETTERS):
        written_to(council)
    released(council, made_run(council))
    return council


@pytest.fixture
def keys(council: Council, tmp_path: Path) -> str:
    """The file with the council's key to Notify."""
    found = tmp_path / "notify.json"
    found.write_text(json.dumps({council.code: {"key": KEY, "callback_token": "told-by-notify-alone"}}), "utf-8")
    found.chmod(0o600)
    return str(found)


@pytest.fixture
def notify() -> Iterator[SimulatedNotify]:
    with simulated_notify() as found:
        yield found


def test_a_command_killed_after_notify_took_a_letter_doubles_and_loses_none(
    operator: Operator, council: Council, notify: SimulatedNotify, keys: str
) -> None:
    moment = NOON

    def settings() -> dict[str, str]:
        return {"clock": moment.isoformat(), "notify": keys, "notify_url": notify.address}

    for _ in range(KILLS):
        notify.faults = ["hold-then-away"]
        command = operator.begin("letters", **settings())
        assert notify.holding.wait(PATIENCE)
        kill(command.pid)
        command.communicate(timeout=PATIENCE)
        notify.let_go.set()
        notify.holding.clear()
        moment += timedelta(hours=1)
    operator.finish("letters", **settings())
    assert len(notify.taken) == LETTERS
    assert notify.doubled == []
    assert Letters(council.app, council.names).states() == {("statement", "sent"): LETTERS}
