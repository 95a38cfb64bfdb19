"""What the complaints share: one council."""

from collections.abc import Callable

import pytest

from ledger.council import Council
from tests.ombudsman.case import Told


@pytest.fixture(scope="package")
def told(new_council: Callable[..., Council]) -> Told:
    return Told.all_in(new_council())
