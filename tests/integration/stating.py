"""What tests of statement runs say briefly: people who can be written to, runs, and their release."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.account.facts import StatementIssued
from ledger.council import Council
from ledger.outcomes import Caller
from ledger.statement_run import Decided, Standing, StatementsWanted
from ledger.statement_runs import StatementRuns
from ledger.vault.person import Contact
from tests.conftest import NOON
from tests.integration.posting import needs, told
from tests.integration.recording import ALICE, budget, open_account, rows

TO = date(2024, 10, 31)
"""The last day of the month in which everybody of these tests has their first anniversary."""
BERT = Caller("bert", "finance_approver")
AT_HOME = Contact(address=("1 High Street", "Example Town"))


def written_to(council: Council, **person: Any) -> UUID:
    """A self-funder since the first day whose address is known."""
    account_id = open_account(council, contact=AT_HOME, postcode="EX1 1AB", **person).account.id
    told(council, account_id, needs())
    told(council, account_id, budget())
    return account_id


def made_run(council: Council, to: date = TO, now: datetime = NOON, kind: str = "annual") -> Standing:
    """A run begun, or gone on with, and worked to its end."""
    runs = StatementRuns(council)
    run, _ = runs.begin(StatementsWanted(to, kind), by=ALICE, now=now)  # type: ignore[arg-type]  # told as a text
    runs.work(run, lambda: now)
    return runs.rows.standing(run.run_id)


def released(council: Council, done: Standing, by: Caller = BERT) -> Decided:
    """The run released by a second person who saw its sample."""
    runs = StatementRuns(council)
    seen = [statement_id for _, statement_id in runs.sample(done.run)]
    return runs.release(done.run.run_id, seen, by=by, now=NOON)[0]


def letters_put_in(council: Council, people: int = 1) -> list[UUID]:
    """Letters about the statements of a run that was released; their ids."""
    for _ in range(people):
        written_to(council, given_name="Ada", family_name="Ames")
    released(council, made_run(council))
    return [UUID(letter_id) for (letter_id,) in rows(council, "SELECT letter_id FROM {schema}.letters ORDER BY 1")]


def stated(council: Council, account_id: UUID) -> list[StatementIssued]:
    return [entry.fact for entry in council.ledger.entries(account_id) if isinstance(entry.fact, StatementIssued)]


def counts(standing: Standing) -> tuple[int, int, int]:
    return standing.made, sum(standing.held.values()), standing.not_due
