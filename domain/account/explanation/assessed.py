"""Of which lines of a financial assessment is what somebody is charged made up?"""

from collections.abc import Iterator
from decimal import Decimal

from domain.account.assessment_words import name_of
from domain.account.explanation import sums
from domain.account.explanation.node import Explained
from domain.account.facts import FinancialAssessed
from domain.account.state import Entry
from domain.law import provisions
from domain.law.financial_assessment import FiguresWorkedOut, Line, effects
from domain.money import a_day_of, to_the_penny
from domain.words import pounds

_OF_CAPITAL = ("notional_capital", "capital", "assessable_capital")
_SHOWN_AT_NIL = ("income", "allowance")
"""That a benefit does not count, or that a cost is not allowed, is worth telling."""


def line_by_line(entry: Entry, weekly: Decimal, days: int) -> Iterator[Explained]:
    """What each line does to the charge of so many days; nothing of an assessment made elsewhere. `weekly`: charged."""
    found = entry.fact
    if not isinstance(found, FinancialAssessed):
        return
    for line, amount in effects(found.lines):
        if amount or line.step in _SHOWN_AT_NIL:
            lines = (*_capital(found), line) if line.step in ("tariff_income", "contribution") else (line,)
            yield _told(_words(line, amount), amount, days, line.authority, lines)
    if limit := weekly - found.weekly_contribution:
        yield _told(_cost_now(found, weekly), limit, days, provisions.NO_MORE_THAN_IT_COSTS)


def _told(words: str, weekly: Decimal, days: int, provision: str, lines: tuple[Line, ...] = ()) -> Explained:
    return Explained(
        figure="assessed_line",
        amount=to_the_penny(a_day_of(weekly) * days),
        words=words,
        arithmetic=sums.times(sums.a_seventh_of(weekly), days),
        provision=provision,
        lines=lines,
    )


def _capital(found: FiguresWorkedOut) -> Iterator[Line]:
    """The lines that lead to what capital is treated as yielding, or to its being too much."""
    return (line for line in found.lines if line.step in _OF_CAPITAL)


def _cost_now(found: FiguresWorkedOut, weekly: Decimal) -> str:
    if found.outcome == "full_cost":
        return f"On these days the care costs {pounds(weekly)} a week."
    return "You never pay more than your care costs."


_LIMITS = {
    "council_percentage": "We leave you {by} a week of what is left.",
    "cost_of_care": "You never pay more than your care costs, so {by} a week is taken off.",
    "minimum_weekly_charge": "We do not ask for as little as {by} a week.",
}


def _words(line: Line, amount: Decimal) -> str:
    name, by = name_of(line), pounds(abs(amount))
    starts = name[0].upper() + name[1:]
    if line.step == "income":
        return f"{starts} adds {by} a week." if amount else f"{starts} does not count."
    if line.step == "allowance":
        return f"We take off {name}, {by} a week." if amount else f"We cannot take off {name}."
    if line.step == "tariff_income":
        return f"{starts} count as {by} a week."
    if line.step == "available":
        return f"You have {by} a week less than what you keep, so nothing is left."
    if line.step == "charged":
        return _LIMITS[line.of or ""].format(by=by)
    return f"You pay the full cost of your care, {by} a week."
