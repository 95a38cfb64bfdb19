"""Is everybody assessed anew once, and taken back once, when whoever does it is killed in the middle of an account?"""

from uuid import UUID

import pytest

from domain.account.facts import EntryVoided
from ledger.council import Council
from ledger.reassessment import Outcome
from ledger.reassessment_run import Standing
from ledger.reassessments import Reassessments
from tests.faults.commands import Operator, enough_for
from tests.integration.reassessing import assessments, pensioner, to_pay

KILLS = 2
ACCOUNTS = enough_for(KILLS)


@pytest.fixture
def council(council: Council) -> Council:
    """A council whose people all pay another amount from April 2025."""
    for _ in range(ACCOUNTS):
        pensioner(council)
    return council


def run_of(council: Council, number: int) -> Standing | None:
    """The run of a number, once it was begun."""
    found = Reassessments(council).rows.standings(number + 1, 1)
    return found[0] if found and found[0].run.number == number else None


def killed_twice_and_finished(operator: Operator, number: int, outcome: Outcome, *asked: str) -> None:
    """Give a command again and again until it is left to end; each account is done once by then."""
    for _ in range(KILLS):
        operator.cut_off("reassess", *asked)
        cut = run_of(operator.council, number)
        assert cut
        assert cut.tally.accounts
        assert cut.finished_at is None
    operator.finish("reassess", *asked)
    done = run_of(operator.council, number)
    assert done
    assert (done.tally.outcomes, run_of(operator.council, number + 1)) == ({outcome: ACCOUNTS}, None)


def test_a_command_killed_again_and_again_reassesses_and_takes_back_every_account_once(
    operator: Operator, council: Council
) -> None:
    people = list(council.people.by_name())
    killed_twice_and_finished(operator, 1, "reassessed", "--on", "2025-04-06")
    assert [(len(assessments(council, each)), to_pay(council, each)) for each in people] == [(2, "67.40")] * ACCOUNTS
    killed_twice_and_finished(operator, 2, "reversed", "--undo", "1")
    assert [(_voided(council, each), to_pay(council, each)) for each in people] == [(1, "71.30")] * ACCOUNTS


def _voided(council: Council, account_id: UUID) -> int:
    return sum(isinstance(entry.fact, EntryVoided) for entry in council.ledger.entries(account_id))
