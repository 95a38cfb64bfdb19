"""Which of what needs two people was a page asked for, and what is there to decide about each?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from api.pages.asked import Asked
from api.pages.page import Visit
from api.policy import Verb, may
from domain.account.facts import AdjustmentProposed
from domain.dates import day_in_london
from ledger.approvals import Approval, Kind, approvals, same
from ledger.vault.person import Person

PATH = "/approvals"
KINDS: Mapping[Kind, str] = {
    "adjustment": "Adjustment",
    "amounts": "Amounts of law",
    "reversal": "Reversal of amounts",
    "statements": "Statements to be sent out",
    "rows": "Rows of a file",
}
STATES = {
    "waiting": "Waiting for a second person",
    "approved": "Approved",
    "returned": "Sent back",
    "all": "All of them",
}
_DECIDED_AT: Mapping[Kind, str] = {
    "adjustment": "/accounts/{of}/approvals/{entry}",
    "amounts": "/policy/changes/{of}",
    "reversal": "/policy/changes/{of}",
    "statements": "/statement-runs/{of}",
    "rows": "/imports/given/{of}",
}


class Row(NamedTuple):
    """Something that needs two people: what it is of, its money where it is an amount, and where it is decided.

    Where that is no page of the reader's, there is no address.
    """

    approval: Approval
    reference: str
    name: str | None
    amount: Decimal | None
    href: str | None
    own: bool

    @property
    def title(self) -> str:
        """What it is called: whose account, or which change or run."""
        return f"{self.name or 'Name not recorded'}, {self.reference}" if self.amount is not None else self.reference

    def days_old(self, on: date) -> int:
        """How long ago it was recorded."""
        return (on - day_in_london(self.approval.recorded.at)).days


class _Of(NamedTuple):
    """What is known of the accounts and adjustments that are shown."""

    references: Mapping[UUID, str]
    people: Mapping[UUID, Person]
    amounts: Mapping[UUID, Decimal]


@dataclass(frozen=True)
class ApprovalsView:
    """One list of what needs two people. Its address is all of it, so a link to it can be sent."""

    visit: Visit
    kind: str
    state: str

    @property
    def kept(self) -> dict[str, Any]:
        return {"kind": self.kind, "state": self.state}

    @property
    def title(self) -> str:
        return f"Approvals: {STATES[self.state].lower()}"

    @cached_property
    def found(self) -> list[Row]:
        """Those asked for, the oldest first, since it has waited longest."""
        every = [each for each in reversed(approvals(self.visit.council)) if self._holds(each)]
        accounts = {each.of for each in every if each.kind == "adjustment"}
        self.visit.shows(accounts)
        of = _Of(
            self.visit.council.ledger.references.of(accounts),
            self.visit.council.people.of(accounts),
            _amounts(self.visit) if accounts else {},
        )
        return [self._row(each, of) for each in every]

    def _holds(self, each: Approval) -> bool:
        return self.kind in ("", each.kind) and self.state in ("all", each.state)

    def _row(self, each: Approval, of: _Of) -> Row:
        person = of.people.get(each.of)
        verb: Verb = "read_policy" if each.kind in ("amounts", "reversal") else "read_council"
        href = _DECIDED_AT[each.kind].format(of=each.of, entry=each.entry_id)
        return Row(
            approval=each,
            reference=of.references.get(each.of, f"number {each.number}"),
            name=person.sorted_name if person else None,
            amount=of.amounts[each.entry_id] if each.entry_id else None,
            href=href if may(self.visit.identity.role, verb) else None,
            own=same(each.recorded.who) == same(self.visit.identity.sub),
        )


def approvals_asked(visit: Visit, asked: Asked) -> ApprovalsView:
    """The list that an address asks for."""
    return ApprovalsView(visit, asked.one_of("kind", tuple(KINDS), ""), asked.one_of("state", tuple(STATES), "waiting"))


def _amounts(visit: Visit) -> dict[UUID, Decimal]:
    """What each adjustment adds, by its entry. Pounds."""
    entries = visit.council.ledger.of_kinds((AdjustmentProposed,))
    return {entry.id: entry.fact.amount for entry in entries if isinstance(entry.fact, AdjustmentProposed)}
