"""Does the code keep its own rules, and does it do what it says?"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PROGRAMS = Path(sys.executable).parent
LONG = "--long"
THE_LAW = ("tests/rules", "tests/unit")
EVERY_BRANCH_OF_THE_DOMAIN = (
    "--cov=domain",
    "--cov-branch",
    "--cov-fail-under=100",
    "--cov-report=term-missing:skip-covered",
)
PACE = "tests/performance"  # what is timed has the machine to itself
SHARED_OUT = ("--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder")
"""A worker for each core, with a PostgreSQL and a browser of its own, takes one file of tests after the other."""
SLOWEST_TOLD = ("--durations=40", "--durations-min=3")
"""Which tests to make quicker, where the whole takes too long."""

Environment = dict[str, str]


def run(arguments: Sequence[str]) -> int:
    """Run every check, whatever the others found, and answer 0 if all passed, else 1.

    The arguments are pytest's, save --long, which has the tests take the hours their long versions need, and plants
    defects in the domain to see whether the tests find them. Without any, all tests are run, shared out to workers.
    """
    long, asked = LONG in arguments, [argument for argument in arguments if argument != LONG]
    environment = os.environ | ({"CARELEDGER_LONG": "1"} if long else {})
    checks = {
        **({"mutants": _with_group("mutation", "python", "-m", "tests.mutation")} if long else {}),
        **({"pytest": _module("pytest", *asked)} if asked else _everything_else()),
    }
    outcomes = _rules_and_law(environment)
    outcomes |= {name: _check(name, partial(_run, command, environment)) for name, command in checks.items()}
    print("\n" + "\n".join(outcomes.values()))
    failed = [name for name, outcome in outcomes.items() if not outcome.startswith("passed")]
    print(f"FAILED: {', '.join(failed)}" if failed else "Everything passed.", flush=True)
    return 1 if failed else 0


def _rules_and_law(environment: Environment) -> dict[str, str]:
    """The law is tried while the code's own rules are checked, which keep one core busy; what it says comes after."""
    rules = {
        "ruff check": _module("ruff", "check"),
        "ruff format": _module("ruff", "format", "--check"),
        "mypy": _module("mypy"),
        "lint-imports": [str(PROGRAMS / "lint-imports")],
    }
    law, began = _module("pytest", "-q", *SHARED_OUT, *THE_LAW, *EVERY_BRANCH_OF_THE_DOMAIN), time.monotonic()
    with subprocess.Popen(
        law, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0
    ) as begun:
        outcomes = {name: _check(name, partial(_run, command, environment)) for name, command in rules.items()}
        return outcomes | {"the law, whole": _check("the law, whole", partial(_show, begun), began)}


def _everything_else() -> dict[str, list[str]]:
    """What has been tried is not tried again."""
    left_out = (f"--ignore={folder}" for folder in (*THE_LAW, PACE))
    return {"pytest": _module("pytest", *SHARED_OUT, *SLOWEST_TOLD, *left_out), "pace": _module("pytest", "-q", PACE)}


def _module(*command: str) -> list[str]:
    return [sys.executable, "-m", *command]


def _with_group(group: str, *command: str) -> list[str]:
    """A command that needs more than the other checks do: it is installed before the command is run."""
    groups = ("--no-default-groups", "--group", "dev", "--group", group)
    return [str(PROGRAMS / "uv"), "run", "--frozen", "--python", sys.executable, *groups, *command]


def _check(name: str, outcome: Callable[[], int], began: float | None = None) -> str:
    """One check, what it says shown as it comes, and one line of summary, from when it began."""
    print(f"\n== {name}", flush=True)
    started = time.monotonic() if began is None else began
    status = outcome()
    return f"{'FAILED' if status else 'passed'}  {name:<16}{time.monotonic() - started:6.1f} s"


def _run(command: Sequence[str], environment: Environment) -> int:
    """Run a command where the project lies."""
    try:
        return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode
    except OSError as fault:
        print(fault)
        return 1


def _show(begun: subprocess.Popen[bytes]) -> int:
    """What a command that was begun has said by now and says from now on, until it ends."""
    assert begun.stdout
    while said := begun.stdout.read(4096):
        sys.stdout.buffer.write(said)
        sys.stdout.buffer.flush()
    return begun.wait()
