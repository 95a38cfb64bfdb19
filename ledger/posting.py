"""What does posting a period bring one account, and what does a run note of it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from domain.account.decisions import Facts
from domain.account.facts import PeriodPosted
from domain.account.figures import LedgerLine
from domain.account.onward import Onward, after, ahead, onward, post_onward, unproven
from domain.account.posting import is_posted, period_of
from domain.account.state import CareAccount
from domain.dates import ONE_DAY
from domain.money import Money, SignedMoney
from domain.schemes import Scheme
from domain.terms import Terms
from ledger.to_look_at import ToLookAt, to_look_at, why_not_posted

Outcome = Literal["posted", "unchanged", "not_posted"]


class ControlTotals(Terms):
    """What was posted, added up. Pounds.

    balance_before + opening + accrued + annual_adjustments + adjustments = balance, to the penny; `base` and
    `daily_living_costs` are those of every line.
    """

    balance_before: Money
    opening: SignedMoney
    accrued: SignedMoney
    annual_adjustments: SignedMoney
    adjustments: SignedMoney
    balance: Money
    base: SignedMoney
    daily_living_costs: SignedMoney
    lines: int

    def __add__(self, other: "ControlTotals") -> "ControlTotals":
        return ControlTotals(**{name: amount + getattr(other, name) for name, amount in self})


_NIL = Decimal("0.00")
NOTHING_POSTED = ControlTotals(
    balance_before=_NIL,
    opening=_NIL,
    accrued=_NIL,
    annual_adjustments=_NIL,
    adjustments=_NIL,
    balance=_NIL,
    base=_NIL,
    daily_living_costs=_NIL,
    lines=0,
)


@dataclass(frozen=True, slots=True)
class Posting:
    """What posting a period comes to for one account: the facts to record, and what a run notes of them.

    `onward` is how the account goes on once it is recorded, where that is known.
    """

    outcome: Outcome
    facts: Facts = ()
    totals: ControlTotals = NOTHING_POSTED
    to_look_at: tuple[ToLookAt, ...] = ()
    onward: Onward | None = None


UNCHANGED = Posting("unchanged")


def posting(account: CareAccount, scheme: Scheme, through: date) -> Posting:
    """The account's posting up to a day that has come, nothing of it recorded yet; raises NotInForce."""
    if is_posted(account, through):
        return UNCHANGED
    accrual = ahead(account, scheme, through)
    posted = period_of(account, scheme, accrual, through)
    if posted is None:
        return UNCHANGED
    last = account.last_posting[1] if account.last_posting else None
    first = last.through + ONE_DAY if last else account.opened.opened_on
    return Posting(
        "posted",
        (posted,),
        _totals(last.accrued_costs if last else _NIL, posted),
        to_look_at(accrual, first, through, unproven(account)),
        onward(account, scheme, accrual, posted),
    )


def posting_onward(known: Onward, scheme: Scheme, through: date) -> Posting:
    """The same for an account of which nothing was recorded since its last posting, from what that left."""
    posted, accrual = post_onward(known, scheme, through)
    if posted is None:
        return UNCHANGED
    first = known.posted_through + ONE_DAY
    return Posting(
        "posted",
        (posted,),
        _totals(known.accrued_costs, posted),
        to_look_at(accrual, first, through, known.unproven),
        after(known, posted),
    )


def not_posted(account_id: UUID, fault: Exception) -> Posting:
    """What a run notes of an account that a fault kept from being posted."""
    return Posting("not_posted", to_look_at=(why_not_posted(account_id, fault),))


def _totals(balance_before: Decimal, posted: PeriodPosted) -> ControlTotals:
    return ControlTotals(
        balance_before=balance_before,
        opening=_metered(posted.lines, "opening"),
        accrued=_metered(posted.lines, "accrual"),
        annual_adjustments=_metered(posted.lines, "annual_adjustment"),
        adjustments=_metered(posted.lines, "adjustment"),
        balance=posted.accrued_costs,
        base=sum((line.base for line in posted.lines), _NIL),
        daily_living_costs=sum((line.daily_living_costs for line in posted.lines), _NIL),
        lines=len(posted.lines),
    )


def _metered(lines: Iterable[LedgerLine], kind: str) -> Decimal:
    return sum((line.metered for line in lines if line.kind == kind), _NIL)
