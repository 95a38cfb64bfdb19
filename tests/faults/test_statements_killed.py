"""Is every statement made once when whoever makes them is killed in the middle of an account?"""

import json

import pytest

from ledger.council import Council
from ledger.statement_run import Standing
from ledger.statement_runs import StatementRuns
from tests.faults.commands import Operator, enough_for
from tests.faults.served import LONG
from tests.integration.stating import counts, stated, written_to

KILLS = 2 if LONG else 1
ACCOUNTS = enough_for(KILLS)
MAKING = ("statements", "--to", "2024-10-31", "--json")


@pytest.fixture
def council(council: Council) -> Council:
    """A council whose people are all due a statement."""
    for _ in range(ACCOUNTS):
        written_to(council)
    return council


def only_run(council: Council) -> Standing:
    (found,) = StatementRuns(council).rows.standings(99, 99)
    return found


def test_a_command_killed_again_and_again_makes_every_statement_once(operator: Operator, council: Council) -> None:
    for _ in range(KILLS):
        operator.cut_off(*MAKING)
        cut = only_run(council)
        assert cut.made
        assert cut.finished_at is None
    made = json.loads(operator.finish(*MAKING))["counts"]
    assert made == {"accounts": ACCOUNTS, "made": ACCOUNTS, "held": 0, "not_due": 0}
    assert counts(only_run(council)) == (ACCOUNTS, 0, 0)
    found = [stated(council, account_id) for account_id in council.people.by_name()]
    assert [len(statements) for statements in found] == [1] * ACCOUNTS
    assert only_run(council).accrued_costs == sum(statement.figures.accrued_costs for (statement,) in found)
