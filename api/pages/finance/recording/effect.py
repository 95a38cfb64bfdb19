"""What would a request change: today's figures, and which statements already made would say something else?"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from domain.account.facts import StatementIssued
from domain.account.figures import CapProgress
from domain.account.progress import cap_progress
from domain.account.state import CareAccount, Entry
from domain.schemes import Scheme
from ledger.outcomes import Effect


class Outdated(NamedTuple):
    """A statement whose last day would have another figure. The statement itself stays as it was made."""

    entry: Entry
    to: date
    was: Decimal
    becomes: Decimal


class Change(NamedTuple):
    """Today's figures before and after, and the statements that would be out of date. Pounds."""

    before: CapProgress
    after: CapProgress
    outdated: Sequence[Outdated]

    @property
    def moves(self) -> bool:
        return self.before.accrued_costs != self.after.accrued_costs


def change(effect: Effect, scheme: Scheme, on: date) -> Change:
    """What an effect comes to at the close of a day; raises NotInForce."""
    before, after = (cap_progress(account, scheme, on) for account in (effect.before, effect.after))
    return Change(before, after, _outdated(effect, scheme))


def _outdated(effect: Effect, scheme: Scheme) -> list[Outdated]:
    found = []
    for entry, statement in effect.before.of(StatementIssued):
        to = statement.figures.to
        was, becomes = _counted(effect.before, scheme, to), _counted(effect.after, scheme, to)
        if was != becomes:
            found.append(Outdated(entry, to, was, becomes))
    return found


def _counted(account: CareAccount, scheme: Scheme, on: date) -> Decimal:
    """What had accrued by a day, as it is known in an account."""
    return cap_progress(account, scheme, on).accrued_costs
