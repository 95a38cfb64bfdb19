"""Why did what had been counted change: each cause in sentences of a letter, each short enough to be read aloud."""

import re
from collections.abc import Callable
from datetime import date
from functools import singledispatch
from typing import Any

from api.pages.recorded.codes import since
from api.pages.recorded.person import HOMES, news, pays, thing
from api.pages.unsettled import charged_on
from api.pages.words import day, day_of, pounds
from domain.account.facts import (
    FINANCIAL_ASSESSMENTS,
    AccountClosed,
    AdjustmentApproved,
    AdjustmentProposed,
    BudgetSet,
    ChargeRaised,
    ChargeRetracted,
    EntryVoided,
    Fact,
    FinancialAssessed,
    FinancialAssessment,
    FinancialAssessmentImported,
    ManualAdjustment,
    OpeningCarriedIn,
    OpeningEvidenced,
)
from domain.account.in_force import Kind, entry_on
from domain.account.state import CareAccount, Entry

_ASKED_BY = {"ombudsman": "the Ombudsman asked", "court": "a court asked", "complaint": "you complained"}
_AMOUNTS: dict[type[Fact], tuple[str, Callable[[Any], str]]] = {
    BudgetSet: ("your weekly cost", lambda fact: pounds(fact.weekly_cost)),
    FinancialAssessmentImported: ("what you pay", lambda fact: pays(fact)),
    FinancialAssessed: ("what you pay", lambda fact: pays(fact)),
    ChargeRaised: ("a charge", lambda fact: pounds(fact.amount)),
    OpeningCarriedIn: ("the total from before you came to us", lambda fact: pounds(fact.accrued_costs)),
}
"""For facts that hold an amount: what it is, and how much."""


def learned(cause: Entry, account: CareAccount, on: date | None) -> str:
    """What an entry brought: On 9 July 2024 we corrected your weekly cost from £294.00 to £282.24.

    `on` is the first day it changed. What was thought of that day before is said beside what is known now.
    """
    noted = day_of(decided(cause, account).recorded_at)
    return f"On {noted} {_clause(cause.fact, cause, account, on or cause.fact.effective_from)}."


def proof(opening: Entry, account: CareAccount) -> str:
    """Whether a total from elsewhere has been checked."""
    seen = any(fact.opening == str(opening.id) for _, fact in account.of(OpeningEvidenced))
    return "We have seen proof of this figure." if seen else "We have not checked this figure yet."


@singledispatch
def _clause(fact: Fact, cause: Entry, account: CareAccount, on: date) -> str:
    return news(fact, _before(cause, account))


@_clause.register
def _(fact: BudgetSet, cause: Entry, account: CareAccount, on: date) -> str:
    was = _in_force(BudgetSet, cause, account, on)
    cost, days = pounds(fact.weekly_cost), since(fact.effective_from, fact.ending_before)
    if was and was.setting != fact.setting:
        return f"we learned you lived in {HOMES[fact.setting]} {days}. There your care cost {cost} a week"
    instead = f", not {pounds(was.weekly_cost)}" if was and was.weekly_cost != fact.weekly_cost else ""
    return _dated(f"we learned that your care cost {cost} a week", fact, instead)


@_clause.register(FinancialAssessmentImported)
@_clause.register(FinancialAssessed)
def _(fact: FinancialAssessment, cause: Entry, account: CareAccount, on: date) -> str:
    was = _in_force(FINANCIAL_ASSESSMENTS, cause, account, on)
    instead = f", not {_briefly(was)}" if was and pays(was) != pays(fact) else ""
    return _dated(f"we worked out that you pay {pays(fact)}", fact, instead)


@_clause.register
def _(fact: OpeningCarriedIn, cause: Entry, account: CareAccount, on: date) -> str:
    return f"{news(fact, account)}. {proof(cause, account)}".removesuffix(".")


@_clause.register
def _(fact: EntryVoided, cause: Entry, account: CareAccount, on: date) -> str:
    wrong = account.entries[fact.version - 1].fact
    if isinstance(wrong, EntryVoided):
        return "we took back a correction. What we had before it was right"
    if fact.replaced_by is None:
        return _taken_out(wrong, account)
    return _put_right(wrong, account.entries[cause.version].fact, account)


@_clause.register
def _(fact: ChargeRetracted, cause: Entry, account: CareAccount, on: date) -> str:
    before, after = _before(cause, account), account.first(cause.version)
    by_money_check = entry_on(after, FINANCIAL_ASSESSMENTS, on) and not charged_on(after, on)
    instead = ". For those days we now count what your money check says you pay" if by_money_check else ""
    return news(fact, before) + instead


@_clause.register(AdjustmentProposed)
@_clause.register(AdjustmentApproved)
def _(fact: Fact, cause: Entry, account: CareAccount, on: date) -> str:
    return decision(_asked(cause, account))


def decision(asked: ManualAdjustment) -> str:
    """What two people decided, and because of whom: we decided to take £25.00 off the total, as a court asked."""
    change = f"add {pounds(asked.amount)} to" if asked.amount > 0 else f"take {pounds(-asked.amount)} off"
    words = re.split(r"[^a-z]+", asked.reason_code.lower())
    by = next((by for word, by in _ASKED_BY.items() if word in words), None)
    return f"we decided to {change} the total" + (f", as {by}" if by else "")


def _taken_out(wrong: Fact, account: CareAccount) -> str:
    if isinstance(wrong, AccountClosed) and wrong.reason == "died":
        return f"we learned that the report of a death on {day(wrong.on)} was wrong. We are sorry"
    return f"we put a mistake right. We took out {thing(wrong, account)}"


def _put_right(wrong: Fact, right: Fact, account: CareAccount) -> str:
    what, amount = _AMOUNTS.get(type(wrong), ("", None))
    if amount and _days(wrong) == _days(right) and amount(wrong) != amount(right):
        return f"we corrected {what} from {amount(wrong)} to {amount(right)}"
    was, should_be = thing(wrong, account), thing(right, account)
    return f"we put a mistake right. We had written down {was}. It should have been {should_be}"


def _days(fact: Fact) -> tuple[date, date | None]:
    return fact.effective_from, getattr(fact, "ending_before", None) or getattr(fact, "period_ending_before", None)


def _dated(clause: str, fact: BudgetSet | FinancialAssessment, instead: str) -> str:
    """A clause with its days; where they end, they are a sentence of their own."""
    days = since(fact.effective_from, fact.ending_before)
    return f"{clause}{instead}. This was {days}" if fact.ending_before else f"{clause} {days}{instead}"


def _briefly(was: FinancialAssessment) -> str:
    return "in full" if was.outcome == "full_cost" else pounds(was.weekly_contribution)


def _in_force(kind: Kind, cause: Entry, account: CareAccount, on: date) -> Any:
    """The fact of a kind that was thought to be in force on a day before the cause was recorded, if any."""
    entry = entry_on(_before(cause, account), kind, on)
    return entry.fact if entry else None


def _before(cause: Entry, account: CareAccount) -> CareAccount:
    return account.first(cause.version - 1)


def _asked(cause: Entry, account: CareAccount) -> AdjustmentProposed:
    """The adjustment that an entry asks for or approves."""
    entry = account.entry(cause.fact.adjustment) if isinstance(cause.fact, AdjustmentApproved) else cause
    assert entry is not None
    assert isinstance(entry.fact, AdjustmentProposed)  # nothing else is approved
    return entry.fact


def decided(cause: Entry, account: CareAccount) -> Entry:
    """The entry that decided a cause.

    An adjustment is decided on when the second person approves it; anything else when it is recorded.
    """
    approvals = (entry for entry, fact in account.of(AdjustmentApproved) if fact.adjustment == str(cause.id))
    return next(approvals, cause)
