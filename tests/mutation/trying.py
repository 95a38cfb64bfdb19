"""Which test kills a mutant? Each is tried in a process of its own, forked from one that is warm already."""

import gc
import importlib
import os
import re
import resource
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import hypothesis
import pytest

from domain import schemes

UNCHANGED = ("domain.words", "hypothesis.stateful", "tests.reference.metering", "tests.reference.posting")
"""What the tests import and no mutant changes: imported once."""

TESTS = Path(__file__).parents[1]
QUIETLY = ("-x", "-q", "--tb=no", "--noconftest", "-p", "no:cacheprovider")
PASSED = "passed"
OUT_OF_TIME = "running out of time or memory"
MEMORY = 4 << 30
FEWEST_EXAMPLES = 10
SETTINGS = "_hypothesis_internal_use_settings"  # where Hypothesis keeps what a test was given; it names no public place


class Stage(NamedTuple):
    """Tests that are run together, and which share of their random examples is enough."""

    name: str
    paths: tuple[str, ...]
    share_of_examples: float = 1


def unit_tests() -> list[str]:
    """The unit tests of what mutants are made of, which need nothing that stands around it."""
    found = {path: path.read_text("utf-8") for path in sorted(TESTS.glob("unit/test_*.py"))}
    around = re.compile(r"^(from|import) (api|ledger|projections)\b", re.MULTILINE)
    return [
        f"tests/unit/{path.name}"
        for path, text in found.items()
        if re.search(r"\bdomain\.(account|law)\b", text) and not around.search(text)
    ]


STAGES = (
    Stage("worked examples", ("tests/rules", *unit_tests())),
    Stage("properties", ("tests/properties",), 0.05),
)


class Outcome(NamedTuple):
    """The test that failed first, or OUT_OF_TIME, or None where all passed, and how many seconds that computed.

    `modules` are those of the domain that the tests imported, where all passed; none where there were no tests.
    """

    killer: str | None
    seconds: float
    modules: frozenset[str] = frozenset()


@dataclass
class Watcher:
    """Pytest's plugin for one run: what killed others goes first, random tests are few, the first failure is noted."""

    first: Sequence[str]
    share_of_examples: float
    killer: str | None = None

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        places = {name: place for place, name in reversed(list(enumerate(self.first)))}
        items.sort(key=lambda item: places.get(item.nodeid, len(places)))
        for item in items:
            holder, name = (item.cls, "settings") if hasattr(item.cls, "settings") else (item.obj, SETTINGS)
            if given := getattr(holder, name, None):
                wanted = max(FEWEST_EXAMPLES, round(given.max_examples * self.share_of_examples))
                setattr(holder, name, hypothesis.settings(given, max_examples=wanted))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def _note(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed:
            self.killer = report.nodeid


@dataclass(frozen=True)
class Planted(MetaPathFinder, Loader):
    """Has Python import one module from other code than its file's."""

    module: Path
    code: str

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        return spec_from_file_location(name, self.module, loader=self) if name == module_name(self.module) else None

    def is_package(self, name: str) -> bool:
        return self.module.stem == "__init__"

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.code, str(self.module), "exec"), module.__dict__)


def module_name(module: Path) -> str:
    return ".".join(module.with_suffix("").parts).removesuffix(".__init__")


def prepare() -> None:
    """Import once, in a process that will be forked from, all that no mutant changes."""
    for name in UNCHANGED:
        importlib.import_module(name)
    for scheme in schemes.names():
        schemes.load(scheme)
    assert not _of_the_domain()  # else a mutant would stay without effect
    sys.dont_write_bytecode = False  # it is a copy, and thousands of processes will import the same modules
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)  # a failure is enough, it need not be the simplest
    hypothesis.settings.register_profile("mutants", derandomize=True, database=None, phases=phases)
    hypothesis.settings.load_profile("mutants")
    gc.collect()
    gc.freeze()


def _of_the_domain() -> list[str]:
    return [name for name in sys.modules if name.startswith(("domain.account", "domain.law"))]


def attempt(module: Path, code: str, stage: Stage, first: Sequence[str] = (), seconds: int | None = None) -> Outcome:
    """Run a stage's tests on other code for one module, for at most so many seconds of computing."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run(module, code, stage, first, seconds, writing)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    _, _, usage = os.wait4(child, 0)
    if said.startswith("Traceback"):
        raise RuntimeError(said)
    took = usage.ru_utime + usage.ru_stime
    if said.startswith(PASSED):
        return Outcome(None, took, frozenset(said.split()))
    return Outcome(said or OUT_OF_TIME, took)


def _run(module: Path, code: str, stage: Stage, first: Sequence[str], seconds: int | None, writing: int) -> None:
    """What the forked process does: it answers PASSED and the modules, or the test that failed, and ends."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        if seconds:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        sys.meta_path.insert(0, Planted(module, code))
        watcher = Watcher(first, stage.share_of_examples)
        status = pytest.main([*QUIETLY, *stage.paths], plugins=[watcher])
        failed = status not in (pytest.ExitCode.OK, pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED)
        said = (watcher.killer or "pytest itself") if failed else " ".join((PASSED, *_of_the_domain()))
    except BaseException:
        said = traceback.format_exc()
    os.write(writing, said.encode())
    os._exit(0)
