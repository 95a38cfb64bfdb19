"""What tests of posting say briefly: people whose costs accrue, runs, and what was posted."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.account.commands import (
    CarryInOpening,
    Command,
    RecordNeedsAssessment,
)
from domain.account.facts import PeriodPosted, Provenance
from ledger.council import Council
from ledger.posting import ControlTotals
from ledger.posting_run import Standing
from ledger.runs import PostingRuns
from tests.conftest import NOON
from tests.integration.recording import ALICE, FIRST_DAY, asking, budget, open_account, rows

THROUGH = date(2023, 10, 29)
"""Four weeks from the first day: a self-funder at 950.00 a week, 200.00 of it living costs, meters 3,000.00."""


def told(council: Council, account_id: UUID, command: Command) -> None:
    council.ledger.handle(account_id, command, by=ALICE, now=NOON, request=asking())


def needs() -> RecordNeedsAssessment:
    return RecordNeedsAssessment(assessed_on=FIRST_DAY, eligible=True, eligible_from=FIRST_DAY)


def self_funder(council: Council) -> UUID:
    """Somebody whose costs accrue from the first day."""
    account_id = open_account(council).account.id
    told(council, account_id, needs())
    told(council, account_id, budget())
    return account_id


def posted_run(council: Council, through: date = THROUGH, now: datetime = NOON) -> Standing:
    """A run begun, or gone on with, and worked to its end."""
    of_council = PostingRuns(council)
    run, _ = of_council.begin(through, by=ALICE, now=now)
    of_council.work(run, lambda: now)
    return of_council.rows.standing(run.run_id)


def postings(council: Council, account_id: UUID) -> list[PeriodPosted]:
    return [entry.fact for entry in council.ledger.entries(account_id) if isinstance(entry.fact, PeriodPosted)]


def counts(standing: Standing) -> tuple[int, int, int]:
    return standing.posted, standing.unchanged, standing.not_posted


def pounds(standing: Standing, *names: str) -> list[str]:
    return [f"{getattr(standing.totals, name):.2f}" for name in names]


def exceptions(council: Council, standing: Standing) -> list[tuple[UUID, str, str]]:
    found = PostingRuns(council).rows.exceptions(standing.run)
    return [(each.account_id, each.type, each.detail) for each in found]


def read_back(council: Council, standing: Standing) -> ControlTotals:
    """The control totals of a run, worked out from nothing but the facts it recorded."""
    totals = dict.fromkeys(ControlTotals.model_fields, Decimal("0.00"))
    kinds = {"accrual": "accrued", "adjustment": "adjustments", "annual_adjustment": "annual_adjustments"}
    number = 0
    for (account_id,) in rows(council, "SELECT account_id FROM {schema}.account_references"):
        before = Decimal("0.00")
        for posted in postings(council, UUID(account_id)):
            if posted.through == standing.run.through:
                totals["balance_before"] += before
                totals["balance"] += posted.accrued_costs
                for line in posted.lines:
                    totals[kinds.get(line.kind, line.kind)] += line.metered
                    totals["base"] += line.base
                    totals["daily_living_costs"] += line.daily_living_costs
                    number += 1
            before = posted.accrued_costs
    return ControlTotals.model_validate({**totals, "lines": number})


def opening(pounds: str, on: date = FIRST_DAY) -> CarryInOpening:
    return CarryInOpening(
        on=on,
        accrued_costs=Decimal(pounds),
        daily_living_costs=Decimal("0.00"),
        provenance=Provenance(kind="migration", system="old"),
    )
