"""What tests of the whole system share: one real PostgreSQL a session, and councils of their own in it."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council
from ledger.store.migrate import Setup
from tests.distributed import HEARING, hear_everything
from tests.mutation.digest import digest
from tests.mutation.report import PLACE, digest_in

PROJECT = Path(__file__).parents[1]
SLOWEST = (
    "tests/pages/test_site_in_a_browser.py",
    "tests/api/test_schemathesis.py",
    "tests/properties/",
    "tests/faults/",
    "tests/pages/",
)
"""What is begun first, in this order: where tests are shared out to workers, all wait for what is begun last."""
CHROMIUM = ("chromium-headless-shell", "chromium")
"""The first that is found: the one without a desktop's parts shows the same page for half the work."""
CHROMIUM_FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FACE = {
    "phone": "01632 960 000",
    "address": ["Adult Social Care Finance", "Town Hall", "Example Town", "EX1 1AA"],
}


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """One seed for everything that is drawn in a run, so that the run can be had again; Hypothesis takes it as its own.

    It has another each time, unless CARELEDGER_SEED, or Hypothesis's own option, says which.
    """
    given = config.getoption("hypothesis_seed", None)
    seed = os.environ.get("CARELEDGER_SEED") or (str(given) if str(given).isdigit() else str(secrets.randbelow(2**32)))
    os.environ["CARELEDGER_SEED"] = seed
    if given is None:
        config.option.hypothesis_seed = seed
    hear_everything()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, slow in enumerate(SLOWEST) if item.nodeid.startswith(slow)), len(SLOWEST))


def pytest_report_header(config: pytest.Config) -> list[str]:
    return [_seed(), *_stale_mutants()]


def _seed() -> str:
    return f"seed: CARELEDGER_SEED={os.environ['CARELEDGER_SEED']} draws the same again"


def _stale_mutants() -> list[str]:
    """Trying every mutant takes too long for each run, so what is known of them may be of yesterday's code."""
    of_today = digest_in((PROJECT / PLACE).read_text("utf-8")) == digest(PROJECT)
    return [] if of_today else [f"{PLACE} was made with other code: ./careledger test --long makes it anew"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Also under a failure, where whoever reads it looks; and with -q, which shows no header."""
    if terminalreporter.stats.get("failed"):
        terminalreporter.write_line(_seed())


@pytest.fixture(autouse=True)
def _every_statement_is_one_that_a_distributed_engine_takes() -> Iterator[None]:
    """Whatever a test has the program send: so the statements are those of every endpoint, page and command."""
    yield
    assert HEARING.taken() == []


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this session's installation."""
    return tmp_path_factory.mktemp("careledger") / "home"


@pytest.fixture(scope="session")
def installation(home: Path) -> Iterator[Installation]:
    """An installation with the embedded PostgreSQL, its clock standing at noon on 22 November 2026."""
    found = Installation(Settings(home=home, clock=NOON, database_url=None))
    found.start()
    yield found
    found.stop()


@pytest.fixture(scope="session")
def new_council(installation: Installation) -> Callable[..., Council]:
    """Makes a council nobody else uses, under a scheme.

    Those made before give their idle connections back, and take others when they are used again: the server has few.
    """
    numbers, made = count(90_000_001), list[Council]()

    def make(scheme: str = "reform-2023") -> Council:
        for earlier in made:
            earlier.close()
        made.append(installation.init(f"E{next(numbers)}", Setup("Example Council", scheme, FACE)))
        return made[-1]

    return make


@pytest.fixture
def council(new_council: Callable[..., Council]) -> Council:
    """A council of this test's own."""
    return new_council()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system's packages install it. Where it is not, what needs it is skipped, which says so; or fails
    in CI, where nothing may be skipped."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        assert not os.environ.get("CI"), "the browser that .ci/run installs is not found"
        pytest.skip("no chromium on this machine (on Debian: apt-get install chromium-headless-shell)")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield opened
        opened.close()
