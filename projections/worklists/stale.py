"""Which account stands on facts that are too old to be relied on, or that cannot be right?"""

from collections.abc import Iterator
from datetime import date

from domain.account.facts import (
    FINANCIAL_ASSESSMENTS,
    BudgetSet,
    ChargeRaised,
    FinancialAssessed,
    FinancialAssessmentImported,
    NeedsAssessed,
)
from domain.account.in_force import entry_on
from domain.account.state import CareAccount
from projections.worklists.lacking import is_closed
from projections.worklists.matter import Matter, about

_NOT_OF_THE_DEAD = (NeedsAssessed, BudgetSet, *FINANCIAL_ASSESSMENTS, ChargeRaised)


def reviews_overdue(account: CareAccount, on: date) -> Iterator[Matter]:
    """What should have been looked at again by a day.

    A plan is, within a year (Care Act 2014 s 27; statutory guidance 13.32), unless an earlier or later review was set.
    What the council charges is looked at as often, because the amounts of law change every April.
    """
    if is_closed(account, on):
        return
    needs, means = entry_on(account, NeedsAssessed, on), entry_on(account, FINANCIAL_ASSESSMENTS, on)
    if needs and isinstance(needs.fact, NeedsAssessed) and needs.fact.eligible:
        due = needs.fact.review_due or _a_year_after(needs.fact.assessed_on)
        if due < on:
            yield about(account, "needs_review_overdue", due, needs, due=due)
    if means and _is_charged(account, on):
        assert isinstance(means.fact, FinancialAssessed | FinancialAssessmentImported)  # the kinds that were asked for
        due = _a_year_after(means.fact.assessed_on)
        if due < on:
            yield about(account, "assessment_review_overdue", due, means, due=due)


def death_of(account: CareAccount, on: date) -> date | None:
    """The day of a death for which the account was closed before a day."""
    closed = account.closed
    return closed.on if closed and closed.reason == "died" and closed.on < on else None


def recorded_after_death(account: CareAccount, on: date) -> Iterator[Matter]:
    """What begins after a death: nobody who has died is assessed, supported or charged for care."""
    died = death_of(account, on)
    for kind in _NOT_OF_THE_DEAD if died else ():
        for entry, fact in account.of(kind):
            if died and fact.effective_from > died:
                yield about(account, "recorded_after_death", fact.effective_from, entry)


def _is_charged(account: CareAccount, on: date) -> bool:
    """Whether the council arranges the care, and so charges for it."""
    budget = entry_on(account, BudgetSet, on)
    return budget is not None and isinstance(budget.fact, BudgetSet) and budget.fact.kind == "personal"


def _a_year_after(day: date) -> date:
    """The same day of the next year; after 29 February the 28th."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)
