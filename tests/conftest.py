"""What tests of the whole system share: one real PostgreSQL a session, and councils of their own in it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from api.settings import Settings
from api.wiring import Installation
from ledger.council import Council
from ledger.store.migrate import Setup

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
FACE = {
    "phone": "01632 960 000",
    "address": ["Adult Social Care Finance", "Town Hall", "Example Town", "EX1 1AA"],
}


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
    """Makes a council nobody else uses, under a scheme."""
    numbers = count(90_000_001)

    def make(scheme: str = "reform-2023") -> Council:
        return installation.init(f"E{next(numbers)}", Setup("Example Council", scheme, FACE))

    return make


@pytest.fixture
def council(new_council: Callable[..., Council]) -> Council:
    """A council of this test's own."""
    return new_council()
