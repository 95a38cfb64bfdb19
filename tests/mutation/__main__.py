"""Plants defects in a copy of the project, has the tests look for them, and writes docs/mutants.md."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

from tests.mutation.digest import digest, modules
from tests.mutation.report import PLACE, report
from tests.mutation.tally import LEAST_SHARE, REASONS, Tally, Tried, reasons
from tests.mutation.trying import OUT_OF_TIME

PROJECT = Path(__file__).parents[2]
COPIED = ("domain", "pyproject.toml", "tests")


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where enough mutants are killed and every survivor has its reason, else 1."""
    asked = _parser().parse_args(arguments)
    wanted = [str(module) for module in modules(PROJECT) if module.as_posix().startswith(tuple(asked.only))]
    with TemporaryDirectory(prefix="careledger-mutants-") as folder:
        session = Path(asked.session or Path(folder) / "session.sqlite").resolve()
        how = ("again" if asked.again else "on", str(session), str(asked.workers))
        made_of = digest(copied := _copied(Path(folder) / "project"))
        _try(copied, *how, *wanted)
        tally = Tally(list(_tried(session)), reasons(REASONS.read_text("utf-8")))
    if asked.only == [""]:
        (PROJECT / PLACE).write_text(report(tally, made_of), "utf-8")
    _say(tally)
    return 0 if tally.is_good else 1


def _try(copied: Path, *arguments: str) -> None:
    """Try the mutants where the copy lies, and nowhere else: there they are what Python imports."""
    environment = {name: value for name, value in os.environ.items() if name != "CARELEDGER_LONG"}
    command = [sys.executable, "-m", "tests.mutation.session", *arguments]
    subprocess.run(command, cwd=copied, env=environment, check=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many mutants to try at a time")
    parser.add_argument("--session", help="keep the outcomes in this file, and go on where a run was broken off")
    parser.add_argument("--again", action="store_true", help="of a kept session, try every mutant again")
    parser.add_argument(
        "--only", nargs="+", default=[""], metavar="PATH", help="only modules whose path begins so; nothing is written"
    )
    return parser


def _copied(place: Path) -> Path:
    for name in COPIED:
        source = PROJECT / name
        place.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, place)
    return place


def _tried(session: Path) -> Iterator[Tried]:
    """The outcomes, without what turned out not to be Python."""
    with use_db(str(session)) as work:
        for item, result in work.completed_work_items:
            if result.worker_outcome is not WorkerOutcome.NO_TEST:
                spec, (was, now) = item.mutations[0], result.diff.split("\n")
                module = Path(spec.module_path).as_posix()
                yield Tried(module, spec.start_pos[0], spec.definition_name or "", was, now, _killed_by(result))


def _killed_by(result: WorkResult) -> str | None:
    stage, _, killer = str(result.output).partition("\n")
    if result.test_outcome is not TestOutcome.KILLED:
        return None
    return killer if killer == OUT_OF_TIME else stage


def _say(tally: Tally) -> None:
    print(f"{len(tally.tried)} mutants, {tally.share}% killed; at least {LEAST_SHARE}% have to be.")
    for each in tally.unexplained:
        print(f"survives, and nobody has said why: {each.module}:{each.line} in {each.function}")
        print(f"    was {each.was}\n    now {each.now}")
    for known in tally.no_longer:
        print(f"needs no reason any more: {known.module} {known.function}\n    now {known.now}")


if __name__ == "__main__":
    sys.exit(main())
