"""What kinds of thing wait for somebody, and what is one of them?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args
from uuid import UUID

from domain.account.state import CareAccount, Entry

Kind = Literal[
    "under_review",
    "no_budget",
    "unassessed",
    "budget_without_needs",
    "needs_review_overdue",
    "assessment_review_overdue",
    "recorded_after_death",
    "opening_unproven",
    "dispute_open",
    "adjustment_waiting",
    "adjustment_returned",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing about one account. `since` is the day from which it waits, `due` the day by which it is to be settled.

    `version` is that of the entry it is about; `amount` is what is at stake, in pounds.
    """

    kind: Kind
    account_id: UUID
    reference: str
    since: date
    version: int | None = None
    due: date | None = None
    amount: Decimal | None = None

    def days_old(self, on: date) -> int:
        """How long it has waited at the close of a day."""
        return (on - self.since).days


def about(
    account: CareAccount,
    kind: Kind,
    since: date,
    entry: Entry | None = None,
    due: date | None = None,
    amount: Decimal | None = None,
) -> Matter:
    """A matter of an account, and the entry it is about where there is one."""
    version = entry.version if entry else None
    return Matter(kind, account.id, account.opened.reference, since, version, due, amount)
