"""What fault tests share: the server's administrator, councils that let go, and whoever gives commands."""

import pytest

from api.wiring import Installation
from ledger.council import Council
from tests.faults.commands import Operator
from tests.integration.conftest import admin, council

__all__ = ["admin", "council"]


@pytest.fixture
def operator(installation: Installation, council: Council) -> Operator:
    """Gives commands for a council of this test's own."""
    return Operator(installation, council)
