"""What tests of the store share: the server's administrator, who may do what no role of the program may."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import psycopg2
import pytest
from psycopg2.extensions import cursor

from api.wiring import Installation
from ledger import resuming
from ledger.council import Council

Admin = Callable[[], AbstractContextManager[cursor]]
"""Opens a transaction of the administrator's."""


@contextmanager
def administering(installation: Installation) -> Iterator[cursor]:
    """The administrator's statements on an installation's server, committed at the end."""
    with closing(psycopg2.connect(installation._admin_url())) as admin, admin, admin.cursor() as statements:
        yield statements


@pytest.fixture
def council(council: Council) -> Iterator[Council]:
    """A council of this test's own, whose connections end with it: threads opened many, and the server has few."""
    yield council
    council.close()


@pytest.fixture
def admin(installation: Installation) -> Admin:
    return lambda: administering(installation)


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs go through their accounts one by one, so that a test can cut them off between two."""
    monkeypatch.setattr(resuming, "FEWEST", 1)
    monkeypatch.setattr(resuming, "MOST", 1)
