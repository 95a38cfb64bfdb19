"""What tests of reassessment say briefly: people whose money was looked at, runs, and what is to pay."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain import parameters
from domain.account.assessing import assessed
from domain.account.facts import FINANCIAL_ASSESSMENTS, FinancialAssessed
from domain.account.in_force import entry_on
from ledger.council import Council
from ledger.reassessment import Outcome
from ledger.reassessment_run import ReassessmentRun, RunItem, Standing, Wanted
from ledger.reassessments import Reassessments
from tests.conftest import NOON
from tests.integration.recording import ALICE, asking, open_account
from tests.rules.means import OLD, asked_of, said, weekly

APRIL_2025 = date(2025, 4, 6)
APRIL_2026 = date(2026, 4, 6)


def pensioner(
    council: Council, pension: str = "300.00", texts: dict[str, str] | None = None, born: str = OLD, **more: Any
) -> UUID:
    """Somebody over pension age, at home, assessed in May 2024 on a state pension: 71.30 of 300.00 a week."""
    account_id = open_account(council, date_of_birth=date.fromisoformat(born)).account.id
    assess(council, account_id, texts, born=born, income=weekly(state_pension=pension), **more)
    return account_id


def assess(council: Council, account_id: UUID, texts: dict[str, str] | None = None, **more: Any) -> None:
    """Record a financial assessment."""
    command = assessed(asked_of(said(**more)), parameters.load)
    council.ledger.handle(account_id, command, by=ALICE, now=NOON, request=asking(), texts=(texts or {},))


def begun(council: Council, on: date = APRIL_2025, every: bool = False, now: datetime = NOON) -> ReassessmentRun:
    return Reassessments(council).begin(Wanted(on, every), by=ALICE, now=now)[0]


def reassessed(council: Council, on: date = APRIL_2025, every: bool = False) -> Standing:
    """A run begun, or gone on with, and worked to its end."""
    return worked(council, begun(council, on, every))


def taken_back(council: Council, run: ReassessmentRun) -> Standing:
    """A run that takes another back, begun or gone on with, and worked to its end."""
    return worked(council, Reassessments(council).begin_reversal(run.run_id, by=ALICE, now=NOON)[0])


def worked(council: Council, run: ReassessmentRun) -> Standing:
    of_council = Reassessments(council)
    of_council.work(run, lambda: NOON)
    return of_council.rows.standing(run.run_id)


def items(council: Council, standing: Standing) -> list[RunItem]:
    return Reassessments(council).rows.items(standing.run)


def to_pay(council: Council, account_id: UUID, on: date = APRIL_2025, known_at: datetime | None = None) -> str:
    """What somebody pays a week on a day, as known now or at a moment."""
    entry = entry_on(council.ledger.account(account_id, known_at), FINANCIAL_ASSESSMENTS, on)
    return str(getattr(entry.fact, "weekly_contribution", None)) if entry else "nothing"


def assessments(council: Council, account_id: UUID) -> Sequence[FinancialAssessed]:
    """Every financial assessment that was recorded here, void or not."""
    return [entry.fact for entry in council.ledger.entries(account_id) if isinstance(entry.fact, FinancialAssessed)]


def outcomes(standing: Standing) -> dict[Outcome, int]:
    return dict(standing.tally.outcomes)
