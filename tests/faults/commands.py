"""How does a fault test give commands as an operator does, and strike while one is in the middle of its work?"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TypeVar

from api.wiring import Installation
from ledger.council import Council
from ledger.resuming import FEWEST
from tests.faults.served import PATIENCE, PROJECT, kill, until
from tests.integration.conftest import administering

LEDGER_IN_ORDER = "SELECT FROM {schema}.head FOR UPDATE"
"""Held, it keeps everybody else from a place in the ledger: who records stands still, rows written and facts not."""

T = TypeVar("T")
Process = subprocess.Popen[str]


@dataclass(frozen=True)
class Operator:
    """Whoever gives the commands of one council of an installation."""

    installation: Installation
    council: Council

    def begin(self, *asked: str, **settings: str) -> Process:
        """Begin a command, which waits as long as a test may hold it up."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith("CARELEDGER_")}
        home = str(self.installation.settings.home)
        return subprocess.Popen(
            [sys.executable, "-m", "api.cli", *asked, "--council", self.council.code],
            cwd=PROJECT,
            env=ours
            | {"CARELEDGER_HOME": home, "CARELEDGER_STORE_TIMEOUT": str(PATIENCE)}
            | {f"CARELEDGER_{name.upper()}": value for name, value in settings.items()},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def cut_off(self, *asked: str, by: signal.Signals = signal.SIGKILL) -> str:
        """Strike a command that has recorded a part and is about to record some more; what it said."""

        def strike(begun: Process) -> None:
            kill(begun.pid) if by == signal.SIGKILL else begun.send_signal(by)

        commands: list[Process] = []

        def begin() -> Process:
            commands.append(self.begin(*asked))
            return commands[0]

        try:
            struck_between(self.installation, self.council, begin, strike)
        except AssertionError as late:
            commands[0].kill()
            raise AssertionError(f"{late}; the command said {commands[0].communicate(timeout=PATIENCE)}") from None
        return commands[0].communicate(timeout=PATIENCE)[1]

    def cut_off_at_once(self, *asked: str) -> None:
        """Kill a command that is about to record something for the first time."""
        with administering(self.installation) as statements:
            statements.execute(LEDGER_IN_ORDER.format(schema=self.council.names.schema))
            started = self.begin(*asked)
            _until_so_many_wait(self.installation, 1)
            kill(started.pid)
        started.communicate(timeout=PATIENCE)

    def finish(self, *asked: str, **settings: str) -> str:
        """A command that is left to end; what it printed."""
        return ended(self.begin(*asked, **settings))


def enough_for(strikes: int) -> int:
    """So many accounts that each strike falls between some that are done and some that are not.

    A worker begins anywhere. Where that is behind all accounts it finds none at first, and then takes twice as many.
    """
    return strikes * 2 * FEWEST + 2


def ended(started: Process) -> str:
    """What a command printed that ended well."""
    printed, said = started.communicate(timeout=PATIENCE)
    assert started.returncode == 0, said
    return printed


def struck_between(
    installation: Installation, council: Council, start: Callable[[], T], strike: Callable[[T], None]
) -> T:
    """Start something that works at a run, and strike when it has done some accounts and is about to keep some more.

    Two stand in its way one after the other. PostgreSQL lets those who wait for a place in the ledger have it in turn,
    so it is let through once, and then stands still until it was struck.
    """
    held = LEDGER_IN_ORDER.format(schema=council.names.schema)
    with ExitStack() as later, ThreadPoolExecutor(1) as thread:
        with administering(installation) as statements:
            statements.execute(held)
            started = start()
            _until_so_many_wait(installation, 1)
            next_one = thread.submit(later.enter_context(administering(installation)).execute, held)
            _until_so_many_wait(installation, 2)
        next_one.result()
        _until_so_many_wait(installation, 1)
        strike(started)
    return started


def _until_so_many_wait(installation: Installation, number: int) -> None:
    """Until that many wait for what another holds; what everybody does instead is told with the failure."""
    doing = (
        "SELECT coalesce(wait_event_type, ''), usename, state, left(query, 90) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    seen: list[tuple[str, ...]] = []

    def so_many_wait() -> bool:
        with administering(installation) as statements:
            statements.execute(doing)
            seen[:] = statements.fetchall()
        return sum(waits_for == "Lock" for waits_for, *_ in seen) == number

    try:
        until(so_many_wait, f"{number} wait for a place in the ledger")
    except AssertionError as late:
        raise AssertionError(f"{late}, but {seen}") from None
