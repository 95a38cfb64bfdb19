"""What does a reassessment, or taking it back, bring one account, and what do many come to together?"""

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, get_args
from uuid import UUID

from domain.account.assessment_difference import difference
from domain.account.decisions import Facts, decide
from domain.account.facts import FINANCIAL_ASSESSMENTS, FinancialAssessed
from domain.account.in_force import entry_on
from domain.account.reassessing import CannotBeReassessed, Occasion, WhyNot, reassess
from domain.account.state import CareAccount, Entry
from domain.account.taking_back import CannotBeTakenBack, WhyLeft, taking_back
from domain.money import Money
from domain.schemes import Scheme
from domain.terms import Terms
from ledger.outcomes import TooManyAtOnce

log = logging.getLogger(__name__)

Outcome = Literal["reassessed", "unchanged", "not_reassessed", "reversed", "left"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
Fault = Literal["kept_changing", "unreadable"]
Reason = Literal[WhyNot, WhyLeft, Fault]

WHAT_TO_DO: Mapping[Reason, str] = {
    "closed": "Nothing has to be done.",
    "not_assessed": "Assess the person, if they are to pay something from then on.",
    "assessed_already": "Nothing has to be done. To change it, correct that assessment.",
    "imported": "Assess the person here, or import the new result of the other system.",
    "resumes_later": "Assess the person by hand for each of these times.",
    "amount_unknown": "Enter the amount with its source, and reassess the same day again.",
    "not_assessable": "Assess the person by hand with what is said here put right.",
    "kept_changing": "Reassess the same day again: the account is tried once more.",
    "unreadable": "Tell whoever looks after the system; the log names the fault. Then reassess the same day again.",
    "corrected": "It stays as it is now. Correct it by hand if that is wrong.",
    "superseded": "Take the later assessment back first, then correct this one by hand.",
}
"""What somebody should do about an account that was not reassessed, or whose reassessment was left."""

NEEDS_SOMEBODY: frozenset[Reason] = frozenset(
    {"resumes_later", "amount_unknown", "not_assessable", "kept_changing", "unreadable"}
)
"""Why a council cannot leave it at that: the person goes on paying by amounts that no longer hold."""

_FAULTS: Mapping[Fault, str] = {
    "kept_changing": "Others kept recording on the account while this was being decided.",
    "unreadable": "Its record could not be read, or its figures could not be worked out.",
}
_NIL = Decimal("0.00")
HOLDS_AGAIN = "The assessment before it holds again."


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one account: the facts to record, what was and is to pay a week, and in words why or why not.

    `words_of` is the version whose words, kept in the vault, belong to the new entry as well.
    """

    outcome: Outcome
    facts: Facts = ()
    before: Decimal | None = None
    after: Decimal | None = None
    why_not: Reason | None = None
    details: tuple[str, ...] = ()
    words_of: int | None = None


def reassessment(account: CareAccount, born: date | None, occasion: Occasion, scheme: Scheme, every: bool) -> Came:
    """The account's reassessment, nothing of it recorded yet. Unless `every` is asked for, only one that differs."""
    try:
        found = reassess(account, born, occasion)
    except CannotBeReassessed as refused:
        return Came("not_reassessed", why_not=refused.reason, details=(str(refused),))
    facts = decide(found.after, account, scheme)
    after = facts[0]
    assert isinstance(after, FinancialAssessed)  # what is asked to be recorded
    differs = difference(found.before, after)
    why = tuple(cause.words for cause in differs.causes)
    if not (found.differs or every):
        return Came("unchanged", before=differs.before, after=differs.after, details=why)
    return Came("reassessed", facts, differs.before, differs.after, details=why, words_of=found.entry.version)


def reversal(account: CareAccount, version: int, scheme: Scheme) -> Came:
    """What taking back the assessment of a version brings, nothing of it recorded yet."""
    made = account.entries[version - 1].fact
    assert isinstance(made, FinancialAssessed)  # what a reassessment records
    try:
        facts = decide(taking_back(account, version), account, scheme)
    except CannotBeTakenBack as refused:
        return Came("left", why_not=refused.reason, details=(str(refused),))
    last = account.entries[-1]
    voiding = Entry(account.id, account.version + 1, facts[0], last.recorded_at, last.recorded_by, last.role)
    again = entry_on(CareAccount((*account.entries, voiding)), FINANCIAL_ASSESSMENTS, made.effective_from)
    restored = getattr(again.fact, "weekly_contribution", None) if again else None
    return Came("reversed", facts, made.weekly_contribution, restored, details=(HOLDS_AGAIN,))


def stopped(account_id: UUID, fault: Exception, outcome: Outcome) -> Came:
    """What a run notes of an account that a fault kept from being done, logged once and loud where it is ours."""
    reason: Fault = "kept_changing" if isinstance(fault, TooManyAtOnce) else "unreadable"
    if reason == "unreadable":
        log.error("account %s could not be reassessed", account_id, exc_info=fault)
    return Came(outcome, why_not=reason, details=(_FAULTS[reason],))


@dataclass(frozen=True, slots=True)
class Alike:
    """Some accounts of which the same came: how many, and what all of them paid and pay together a week."""

    outcome: Outcome
    why_not: Reason | None
    number: int
    before: Decimal
    after: Decimal

    @classmethod
    def one(cls, outcome: Outcome, why_not: Reason | None, before: Decimal | None, after: Decimal | None) -> "Alike":
        """One account as a group of its own."""
        return cls(outcome, why_not, 1, before or _NIL, after or _NIL)


class Totals(Terms):
    """What everybody pays a week, before and after, and by how much more or less. Pounds.

    before + more - less = after, to the penny.
    """

    before: Money = _NIL
    more: Money = _NIL
    less: Money = _NIL
    after: Money = _NIL
    paying_more: int = 0
    paying_less: int = 0
    paying_the_same: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(**{name: amount + getattr(other, name) for name, amount in self})


@dataclass(frozen=True, slots=True)
class Tally:
    """Accounts counted by what came of them and by why not, with what they pay together."""

    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    why_not: Mapping[Reason, int] = field(default_factory=dict)
    totals: Totals = field(default_factory=Totals)

    @property
    def accounts(self) -> int:
        return sum(self.outcomes.values())


def tallied(groups: Iterable[Alike]) -> Tally:
    """Groups of accounts counted and added up; those of one group all pay more, all less, or all the same."""
    outcomes, why_not, totals = Counter[Outcome](), Counter[Reason](), Totals()
    for group in groups:
        outcomes[group.outcome] += group.number
        if group.why_not:
            why_not[group.why_not] += group.number
        else:
            totals += _totals(group)
    return Tally(outcomes, why_not, totals)


def _totals(group: Alike) -> Totals:
    change = group.after - group.before
    return Totals(
        before=group.before,
        more=max(change, _NIL),
        less=max(-change, _NIL),
        after=group.after,
        paying_more=group.number if change > 0 else 0,
        paying_less=group.number if change < 0 else 0,
        paying_the_same=0 if change else group.number,
    )
