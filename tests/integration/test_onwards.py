"""Is an account posted from one row where nothing was recorded of it since, and from all of it where something was?"""

from collections.abc import Collection
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.account.facts import PeriodPosted
from ledger.application import CareAccountLedger
from ledger.council import Council
from ledger.store import onwards
from tests.integration.posting import THROUGH, counts, posted_run, postings, read_back, self_funder, told
from tests.integration.recording import budget, rows

WEEK = timedelta(days=7)
KEPT = "SELECT account_id, version FROM {schema}.onwards ORDER BY account_id"


@pytest.fixture
def accounts(council: Council) -> list[UUID]:
    """Two that were posted once."""
    found = sorted(self_funder(council) for _ in range(2))
    posted_run(council)
    return found


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The accounts that are read from here on."""
    found: list[UUID] = []
    real = CareAccountLedger.read

    def noted(ledger: CareAccountLedger, these: Collection[UUID], *more: Any) -> Any:
        found.extend(these)
        return real(ledger, these, *more)

    monkeypatch.setattr(CareAccountLedger, "read", noted)
    return found


def both_ways(council: Council, weeks: int) -> list[list[PeriodPosted]]:
    """What two accounts of the same life were posted, one of them read from one row and one from all of it."""
    one, other = sorted(self_funder(council) for _ in range(2))
    posted_run(council)
    for n in range(1, weeks + 1):
        with council.app.transaction() as statements:
            statements.execute(f"DELETE FROM {council.names.schema}.onwards WHERE account_id = %s", (str(other),))
        posted_run(council, THROUGH + n * WEEK)
    return [postings(council, account_id) for account_id in (one, other)]


def test_where_nothing_was_recorded_one_row_is_read_and_the_posting_is_the_same(
    council: Council, accounts: list[UUID], read: list[UUID]
) -> None:
    done = posted_run(council, THROUGH + WEEK)
    assert (counts(done), done.totals, read) == ((2, 0, 0), read_back(council, done), [])
    assert [each.accrued_costs for each in postings(council, accounts[0])] == [Decimal("3000.00"), Decimal("3750.00")]
    assert rows(council, KEPT) == [(str(account_id), 5) for account_id in accounts]


def test_an_account_posted_by_single_rows_is_posted_as_one_that_is_read_whole_each_time(council: Council) -> None:
    one, other = both_ways(council, 30)  # over the turn of a financial year
    assert one == other
    assert len(one) == 31


def test_whatever_is_recorded_since_is_read(council: Council, accounts: list[UUID], read: list[UUID]) -> None:
    told(council, accounts[1], budget(1650))
    read.clear()
    done = posted_run(council, THROUGH + WEEK)
    assert (counts(done), done.totals, read) == ((2, 0, 0), read_back(council, done), [accounts[1]])
    assert [line.kind for line in postings(council, accounts[1])[-1].lines] == ["adjustment", "accrual"]


def test_a_row_of_another_program_counts_for_nothing(
    council: Council, accounts: list[UUID], read: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(onwards, "program", lambda: "another")
    posted_run(council, THROUGH + WEEK)
    assert sorted(read) == accounts
    assert rows(council, "SELECT DISTINCT program FROM {schema}.onwards") == [("another",)]


def test_rows_that_are_lost_are_made_again(council: Council, accounts: list[UUID], read: list[UUID]) -> None:
    with council.app.transaction() as statements:
        statements.execute(f"DELETE FROM {council.names.schema}.onwards")
    posted_run(council, THROUGH + WEEK)
    assert sorted(read) == accounts
    assert rows(council, KEPT) == [(str(account_id), 5) for account_id in accounts]


def test_a_program_is_known_by_its_rules(tmp_path: Any) -> None:
    (tmp_path / "law.py").write_text("CAP = 1")
    first = onwards._digest(tmp_path)
    (tmp_path / "law.py").write_text("CAP = 2")
    assert onwards._digest(tmp_path) != first
    assert onwards.program() == onwards.program() != first
