"""What would the rows of a file do to the accounts, and to their money, were they recorded now?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from domain.account.accrual import accrue
from domain.account.facts import FINANCIAL_ASSESSMENTS, BudgetSet, FinancialAssessed, FinancialAssessmentImported
from domain.account.in_force import charges_raised, entry_on
from domain.account.state import CareAccount, Entry
from domain.dates import day_in_london
from domain.money import Money
from domain.parameters import NotInForce
from domain.schemes import Scheme
from domain.terms import Terms
from ledger.asked import Asked, Done, NewAccount
from ledger.batch import weigh_many
from ledger.council import Council
from ledger.outcomes import Caller
from ledger.resuming import Progress

_NIL = Decimal("0.00")


class Position(Terms):
    """What accounts come to on a day. Pounds: two of them a week, every charge there is, and accrued costs."""

    weekly_cost: Money = _NIL
    weekly_contribution: Money = _NIL
    charged: Money = _NIL
    accrued_costs: Money = _NIL

    def __add__(self, other: "Position") -> "Position":
        return Position(**{name: amount + getattr(other, name) for name, amount in self})

    def change_from(self, other: "Position") -> Decimal:
        """The largest difference there is in any of the amounts."""
        differences: list[Decimal] = [abs(amount - getattr(other, name)) for name, amount in self]
        return max(differences)


class AccountWeighed(NamedTuple):
    """What the rows would do to one account. Its position is None where law for some day is not known."""

    account_id: UUID
    before: Position | None
    after: Position | None

    @property
    def change(self) -> Decimal:
        """How much the account changes, to rank it by."""
        return self.after.change_from(self.before) if self.before and self.after else _NIL


@dataclass(slots=True)
class RowsWeighed:
    """What would come of the rows: how many were known before, which are refused and why; and of the accounts."""

    known: int = 0
    refused: dict[int, Exception] = field(default_factory=dict)
    opened: int = 0
    changed: list[AccountWeighed] = field(default_factory=list)


def weigh_rows(
    council: Council,
    asked: Sequence[Asked | NewAccount],
    *,
    by: Caller,
    now: datetime,
    progress: Progress | None = None,
) -> RowsWeighed:
    """What would come of what is asked, in this order. Nothing is recorded; raises StoreUnavailable."""
    came, scheme, today = RowsWeighed(), council.scheme, day_in_london(now)
    done, every = 0, len(asked)
    for weighed in weigh_many(council.ledger, asked, by=by, now=now):
        came.known += sum(isinstance(answer, Done) and answer.replayed for answer in weighed.answers.values())
        came.refused |= {n: answer for n, answer in weighed.answers.items() if isinstance(answer, Exception)}
        before, after = weighed.before, weighed.after
        if after and not before:
            came.opened += 1  # such an account has no more than its opening, which comes to nothing yet
        elif before and after and after.version > before.version:
            positions = (_known_position(account, scheme, today) for account in (before, after))
            came.changed.append(AccountWeighed(weighed.account_id, *positions))
        done += len(weighed.answers)
        if progress:
            progress(done, every)
    return came


def _known_position(account: CareAccount, scheme: Scheme, on: date) -> Position | None:
    try:
        return position(account, scheme, on)
    except NotInForce:
        return None


def position(account: CareAccount, scheme: Scheme, on: date) -> Position:
    """What an account comes to at the close of a day; raises NotInForce."""
    budget, assessment = entry_on(account, BudgetSet, on), entry_on(account, FINANCIAL_ASSESSMENTS, on)
    return Position(
        weekly_cost=budget.fact.weekly_cost if budget and isinstance(budget.fact, BudgetSet) else _NIL,
        weekly_contribution=_contribution(assessment),
        charged=sum((charge.amount for _, charge in charges_raised(account)), _NIL),
        accrued_costs=accrue(account, scheme, on).balance(on),
    )


def _contribution(assessment: Entry | None) -> Decimal:
    fact = assessment.fact if assessment else None
    return fact.weekly_contribution if isinstance(fact, FinancialAssessmentImported | FinancialAssessed) else _NIL
