"""Does the code keep its own rules, and does it do what it says?"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
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


def run(arguments: Sequence[str]) -> int:
    """Run every check, whatever the others found, and answer 0 if all passed, else 1.

    The arguments are pytest's, save --long, which has the tests take the hours their long versions need, and plants
    defects in the domain to see whether the tests find them. Without any, what has been tried is not tried again.
    """
    long, asked = LONG in arguments, [argument for argument in arguments if argument != LONG]
    environment = os.environ | ({"CARELEDGER_LONG": "1"} if long else {})
    checks = {
        "ruff check": _module("ruff", "check"),
        "ruff format": _module("ruff", "format", "--check"),
        "mypy": _module("mypy"),
        "lint-imports": [str(PROGRAMS / "lint-imports")],
        "the law, whole": _module("pytest", "-q", *THE_LAW, *EVERY_BRANCH_OF_THE_DOMAIN),
        **({"mutants": _with_group("mutation", "python", "-m", "tests.mutation")} if long else {}),
        "pytest": _module("pytest", *(asked or (f"--ignore={tried}" for tried in THE_LAW))),
    }
    outcomes = {name: _check(name, command, environment) for name, command in checks.items()}
    print("\n" + "\n".join(outcomes.values()))
    failed = [name for name, outcome in outcomes.items() if not outcome.startswith("passed")]
    print(f"FAILED: {', '.join(failed)}" if failed else "Everything passed.", flush=True)
    return 1 if failed else 0


def _module(*command: str) -> list[str]:
    return [sys.executable, "-m", *command]


def _with_group(group: str, *command: str) -> list[str]:
    """A command that needs more than the other checks do: it is installed before the command is run."""
    groups = ("--no-default-groups", "--group", "dev", "--group", group)
    return [str(PROGRAMS / "uv"), "run", "--frozen", "--python", sys.executable, *groups, *command]


def _check(name: str, command: Sequence[str], environment: dict[str, str]) -> str:
    """Run one check where the project lies, its output shown as it comes; one line of summary."""
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    try:
        status = subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode
    except OSError as fault:
        print(fault)
        status = 1
    return f"{'FAILED' if status else 'passed'}  {name:<16}{time.monotonic() - started:6.1f} s"
