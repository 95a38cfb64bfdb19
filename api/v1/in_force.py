"""What is in force of an account on a day: the facts that cover it, and what was carried in before it."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from api.v1.shared import AnyFact
from domain.account.facts import (
    FINANCIAL_ASSESSMENTS,
    BreakRecorded,
    BudgetSet,
    NeedsAssessed,
    OpeningCarriedIn,
    OpeningEvidenced,
    Provenance,
)
from domain.account.figures import Figures
from domain.account.in_force import Kind, charges, closed_days, entry_on
from domain.account.state import CareAccount, Entry
from domain.dates import ONE_DAY
from domain.money import Money
from domain.terms import Terms


class EntryInForce(Terms):
    """A fact in force, under the entry that holds it."""

    entry_id: UUID
    version: int
    data: AnyFact


class InForce(Figures):
    """What is in force on the day, kind by kind."""

    needs_assessment: EntryInForce | None
    budget: EntryInForce | None
    financial_assessment: EntryInForce | None
    break_: EntryInForce | None = Field(alias="break")
    charges: tuple[EntryInForce, ...]


class BalanceCarriedIn(Terms):
    """What had accrued before this account, where it comes from, and whether there is evidence for it."""

    entry_id: UUID
    accrued_costs: Money
    daily_living_costs: Money
    provenance: Provenance
    standing: Literal["inherited, unproven", "inherited, evidenced"]


def closed_on(account: CareAccount, day: date) -> bool:
    """Whether the account is closed by the close of a day; so it is on its last day, which still counts."""
    return any(s.first - ONE_DAY <= day < s.ending_before for s in closed_days(account))


def carried_in(account: CareAccount, day: date) -> BalanceCarriedIn | None:
    """The balance carried in on the day or last before it, if any."""
    carried = [(entry, opening) for entry, opening in account.of(OpeningCarriedIn) if opening.on <= day]
    if not carried:
        return None
    entry, opening = max(carried, key=lambda one: (one[1].on, one[0].version))
    evidenced = any(e.opening == str(entry.id) and e.on <= day for _, e in account.of(OpeningEvidenced))
    return BalanceCarriedIn(
        entry_id=entry.id,
        accrued_costs=opening.accrued_costs,
        daily_living_costs=opening.daily_living_costs,
        provenance=opening.provenance,
        standing="inherited, evidenced" if evidenced else "inherited, unproven",
    )


def in_force(account: CareAccount, day: date) -> InForce:
    """The entries in force on a day."""

    def shown(entry: Entry) -> EntryInForce:
        return EntryInForce(entry_id=entry.id, version=entry.version, data=entry.fact)

    def latest(kind: Kind) -> EntryInForce | None:
        entry = entry_on(account, kind, day)
        return shown(entry) if entry else None

    return InForce(
        needs_assessment=latest(NeedsAssessed),
        budget=latest(BudgetSet),
        financial_assessment=latest(FINANCIAL_ASSESSMENTS),
        break_=latest(BreakRecorded),
        charges=tuple(shown(entry) for s in charges(account) if s.first <= day < s.ending_before for entry in s.value),
    )
