"""How is one cause of a difference told: an entry that was learned of, other rules, or days that went by?"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from domain.account.differences import Difference
from domain.account.explanation.node import NO_POUNDS, Explained, What
from domain.account.facts import (
    AccountClosed,
    AccountOpened,
    AccountReopened,
    AdjustmentApproved,
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    ChargeRetracted,
    EntryVoided,
    Fact,
    FinancialAssessed,
    FinancialAssessmentImported,
    NeedsAssessed,
    OpeningCarriedIn,
    type_of,
)
from domain.account.figures import Figures
from domain.account.state import CareAccount, Entry
from domain.dates import Day, Instant, day_in_london
from domain.money import SignedMoney
from domain.terms import EntryId
from domain.words import day, pounds, span

THINGS: Mapping[type[Fact], str] = {
    AccountOpened: "the start of the account",
    NeedsAssessed: "a decision about needs",
    BudgetSet: "a cost of care",
    FinancialAssessmentImported: "a money check",
    FinancialAssessed: "a money check",
    ChargeRaised: "a charge",
    ChargeRetracted: "a charge taken back",
    BreakRecorded: "a break in care",
    EntryVoided: "a correction",
    AdjustmentApproved: "a change that two people decided",
    OpeningCarriedIn: "a total carried in",
    AccountClosed: "the end of the account",
    AccountReopened: "the account opened again",
}
"""What each entry is that can change a figure."""


class Cause(Figures):
    """One part of the difference between two moments, in signed pounds, and the days it concerns.

    `learned`: an entry that only one of the moments knows; `rules`: another scheme or other amounts of law; anything
    else is a part of the days between, as an explanation has it. `entries` are all that it rests on; the fields after
    it tell of the first of them.
    """

    kind: What | Literal["learned", "rules"]
    amount: SignedMoney
    daily_living_costs: SignedMoney
    first: Day
    last: Day
    words: str
    entries: tuple[EntryId, ...] = ()
    entry_id: EntryId | None = None
    version: int | None = None
    type: str | None = None
    effective_from: Day | None = None
    recorded_at: Instant | None = None
    recorded_by: str | None = None


def learned(difference: Difference, gained: bool) -> Cause:
    """What the other moment knows and the one does not, or the other way round where it was not gained."""
    sign = 1 if gained else -1
    amount = difference.metered * sign
    return Cause(
        kind="learned",
        amount=amount,
        daily_living_costs=difference.daily_living_costs * sign,
        first=difference.first,
        last=difference.last,
        words=f"{_news(difference.causes, gained)}, which {_does(amount)}.",
        entries=tuple(str(entry.id) for entry in difference.causes),
        **_of_entry(difference.causes[0]),
    )


def other_rules(first: date, last: date, amount: Decimal, apart: Decimal) -> Cause:
    """What no entry brought: another scheme, other amounts of law, or another way to work out what was posted."""
    words = f"The rules or the amounts in law are not the same, which {_does(amount)}."
    return Cause(kind="rules", amount=amount, daily_living_costs=apart, first=first, last=last, words=words)


def went_by(part: Explained, apart: Decimal, account: CareAccount, gained: bool) -> Cause:
    """A part of the days between, of the account as it was known at the moment of the later day."""
    sign = 1 if gained else -1
    assert part.first is not None  # days and strokes have their days
    assert part.last is not None
    telling = part.entries[-1:] if part.figure == "days" else part.entries[:1]
    entries = [entry for named in telling if (entry := account.entry(named))]
    return Cause(
        kind=part.figure,
        amount=(part.amount or NO_POUNDS) * sign,
        daily_living_costs=apart * sign,
        first=part.first,
        last=part.last,
        words=part.words if gained else f"Not counted yet at the other moment: {part.words}",
        entries=part.entries,
        **(_of_entry(entries[0]) if entries else {}),
    )


def _of_entry(entry: Entry) -> dict[str, Any]:
    return {
        "entry_id": str(entry.id),
        "version": entry.version,
        "type": type_of(entry.fact),
        "effective_from": entry.fact.effective_from,
        "recorded_at": entry.recorded_at,
        "recorded_by": entry.recorded_by,
    }


def _news(entries: tuple[Entry, ...], gained: bool) -> str:
    first, last = entries[0], entries[-1]
    what = f"{THINGS[type(first.fact)]} from {day(first.fact.effective_from)}"
    if first is not last:
        what = f"{len(entries)} entries of {span(_recorded_on(first), _recorded_on(last))}"
    return f"On {day(_recorded_on(last))} we learned of {what}" if gained else f"Nobody knew then of {what}"


def _recorded_on(entry: Entry) -> date:
    return day_in_london(entry.recorded_at)


def _does(amount: Decimal) -> str:
    if not amount:
        return "leaves the total as it is"
    return f"adds {pounds(amount)}" if amount > 0 else f"takes off {pounds(-amount)}"
