"""What does posting a period bring one account, and what does a run note of it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from uuid import UUID

from domain.account.commands import PostPeriod
from domain.account.decisions import Facts, decide
from domain.account.facts import PeriodPosted
from domain.account.figures import LedgerLine
from domain.account.state import CareAccount
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
    """What posting a period comes to for one account: the facts to record, and what a run notes of them."""

    outcome: Outcome
    facts: Facts = ()
    totals: ControlTotals = NOTHING_POSTED
    to_look_at: tuple[ToLookAt, ...] = ()


def posting(account: CareAccount, scheme: Scheme, command: PostPeriod) -> Posting:
    """The account's next posting, nothing of it recorded yet; raises NotInForce, Refused."""
    facts = decide(command, account, scheme)
    if not facts:
        return Posting("unchanged")
    (posted,) = (fact for fact in facts if isinstance(fact, PeriodPosted))
    return Posting("posted", facts, _totals(account, posted), to_look_at(account, scheme, posted.through))


def not_posted(account_id: UUID, fault: Exception) -> Posting:
    """What a run notes of an account that a fault kept from being posted."""
    return Posting("not_posted", to_look_at=(why_not_posted(account_id, fault),))


def _totals(account: CareAccount, posted: PeriodPosted) -> ControlTotals:
    return ControlTotals(
        balance_before=account.last_posting[1].accrued_costs if account.last_posting else _NIL,
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
