"""What does a reassessment say of itself, to a program and to whoever gave the command?"""

from collections.abc import Iterable
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from domain.account.uprating import MOST_RISES, Rise
from domain.dates import Day, Instant
from domain.money import Money, SignedMoney
from domain.terms import Terms
from ledger.reassessment import (
    NEEDS_SOMEBODY,
    OUTCOMES,
    WHAT_TO_DO,
    Alike,
    Outcome,
    Reason,
    Tally,
    Totals,
    tallied,
)
from ledger.reassessment_run import ReassessmentRun, RunItem, Standing, Wanted

Rises = Annotated[tuple[Rise, ...], Field(max_length=MOST_RISES)]


class ReassessmentWanted(Terms):
    """The day from which everybody is assessed anew, and by how much their incomes rise, if anybody has said so.

    `every`: also record assessments by which nobody pays another amount.
    """

    on: Day
    every: bool = False
    rises: Rises = ()

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.on, self.every, self.rises)


class ReassessmentBegun(ReassessmentWanted):
    """A reassessment as it was begun. Nothing of this changes. `reverses` is the one that it takes back."""

    run_id: UUID
    number: int
    reverses: UUID | None
    started_at: Instant
    started_by: str


class ReassessmentCounts(Terms):
    """The accounts of a reassessment, and what came of them.

    `reassessed` were recorded, `unchanged` pay the same and were not; `reversed` were taken back and `left` were not.
    """

    accounts: int
    reassessed: int
    unchanged: int
    not_reassessed: int
    reversed: int
    left: int


class ReasonCounted(Terms):
    """Why accounts were not reassessed, or left as they are: how many, and what to do about it."""

    why_not: Reason
    accounts: int
    what_to_do: str


class ReassessmentFigures(Terms):
    """What a reassessment comes to: accounts counted, and what everybody pays a week before and after it."""

    counts: ReassessmentCounts
    totals: Totals
    reasons: tuple[ReasonCounted, ...]

    @property
    def needs_somebody(self) -> int:
        """How many accounts a council cannot leave at that."""
        return sum(reason.accounts for reason in self.reasons if reason.why_not in NEEDS_SOMEBODY)


class ReassessmentListed(ReassessmentBegun, ReassessmentFigures):
    """A reassessment, how far it has come, and what it has come to by then."""

    status: Literal["running", "finished"]
    finished_at: Instant | None
    reversed_by: UUID | None


class ReassessedAccount(Terms):
    """What came of one account. Pounds a week; `details` say what makes the difference, or why there is none."""

    account_id: UUID
    reference: str
    outcome: Outcome
    before: Money | None
    after: Money | None
    change: SignedMoney | None
    why_not: Reason | None
    details: tuple[str, ...]


class ReassessedAccounts(Terms):
    """One page of accounts, in the order of their references."""

    items: tuple[ReassessedAccount, ...]
    next: str | None


class ReassessmentRead(ReassessmentListed):
    """A reassessment with its accounts."""

    accounts: ReassessedAccounts


class ReassessmentWeighed(ReassessmentWanted, ReassessmentFigures):
    """What it would come to, were it begun now. Nothing was recorded."""

    dry_run: Literal[True]
    accounts: ReassessedAccounts


def begun(run: ReassessmentRun) -> ReassessmentBegun:
    """The run as it was begun."""
    return ReassessmentBegun.model_validate(_begun(run))


def _begun(run: ReassessmentRun) -> dict[str, object]:
    return {
        **_wanted(run.wanted),
        "run_id": run.run_id,
        "number": run.number,
        "reverses": run.reverses,
        "started_at": run.started_at,
        "started_by": run.by.sub,
    }


def _wanted(wanted: Wanted) -> dict[str, object]:
    return {"on": wanted.on, "every": wanted.every, "rises": wanted.rises}


def figures(tally: Tally) -> ReassessmentFigures:
    """A tally in the words of an answer."""
    return ReassessmentFigures.model_validate(_figures(tally, tally.accounts))


def _figures(tally: Tally, accounts: int) -> dict[str, object]:
    counted = {outcome: tally.outcomes.get(outcome, 0) for outcome in OUTCOMES}
    reasons = sorted(tally.why_not.items(), key=lambda found: (-found[1], found[0]))
    return {
        "counts": ReassessmentCounts.model_validate({"accounts": accounts, **counted}),
        "totals": tally.totals,
        "reasons": tuple(
            ReasonCounted(why_not=reason, accounts=number, what_to_do=WHAT_TO_DO[reason]) for reason, number in reasons
        ),
    }


def listed(standing: Standing) -> ReassessmentListed:
    """The run and how far it has come."""
    return ReassessmentListed.model_validate(_listed(standing))


def _listed(standing: Standing) -> dict[str, object]:
    return {
        **_begun(standing.run),
        **_figures(standing.tally, standing.run.accounts),
        "status": "finished" if standing.finished_at else "running",
        "finished_at": standing.finished_at,
        "reversed_by": standing.reversed_by,
    }


def read(standing: Standing, page: Iterable[RunItem], next_page: str | None = None) -> ReassessmentRead:
    """The run with a page of its accounts."""
    return ReassessmentRead.model_validate({**_listed(standing), "accounts": accounts(page, next_page)})


def weighed(wanted: Wanted, tally: Tally, page: Iterable[RunItem], next_page: str | None = None) -> ReassessmentWeighed:
    """What would come of it, with a page of the accounts."""
    found = {**_wanted(wanted), **_figures(tally, tally.accounts), "accounts": accounts(page, next_page)}
    return ReassessmentWeighed.model_validate({"dry_run": True, **found})


def tally_of(items: Iterable[RunItem]) -> Tally:
    """Accounts counted and added up one by one."""
    return tallied(Alike.one(item.outcome, item.why_not, item.before, item.after) for item in items)


def accounts(page: Iterable[RunItem], next_page: str | None) -> ReassessedAccounts:
    """A page of accounts."""
    return ReassessedAccounts(items=tuple(map(_account, page)), next=next_page)


def _account(item: RunItem) -> ReassessedAccount:
    return ReassessedAccount(
        account_id=item.account_id,
        reference=item.reference,
        outcome=item.outcome,
        before=item.before,
        after=item.after,
        change=item.change,
        why_not=item.why_not,
        details=item.details,
    )
