"""Which account has care without its price, a price without the care, or a charge that nobody worked out?"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from domain.account.facts import FINANCIAL_ASSESSMENTS, BreakRecorded, BudgetSet, NeedsAssessed
from domain.account.in_force import Kind, carried_rates, charges, closed_days, entry_on, stretches
from domain.account.state import CareAccount, Entry
from domain.dates import EARLIEST, Stretch
from domain.law.eligibility import accrues_from
from projections.worklists.matter import Matter, about


def lacking(account: CareAccount, on: date) -> Iterator[Matter]:
    """What a day's costs cannot be worked out for the lack of, whether or not a cap is in force.

    In a break nothing is to be counted, and what a first council found goes on until there are needs here.
    """
    if is_closed(account, on) or entry_on(account, BreakRecorded, on) or _covers(carried_rates(account), on):
        return
    needs, budget = eligible_since(account, on), entry_on(account, BudgetSet, on)
    if needs and budget is None:
        yield about(account, "no_budget", max(needs, _since_without(account, BudgetSet, on)))
    elif budget and needs is None:
        without = max(budget.fact.effective_from, _since_without(account, NeedsAssessed, on))
        yield about(account, "budget_without_needs", without, budget)
    elif needs and budget and _nobody_says_what_to_pay(account, budget, on):
        without = max(needs, budget.fact.effective_from, _since_without(account, FINANCIAL_ASSESSMENTS, on))
        yield about(account, "unassessed", max(without, _last_end(charges(account), on)), budget)


def is_closed(account: CareAccount, on: date) -> bool:
    """Whether the account is not kept on a day: closed, or not open yet."""
    return on < account.opened.opened_on or _covers(closed_days(account), on)


def eligible_since(account: CareAccount, on: date) -> date | None:
    """The first day of the eligible needs in force on a day; None where there are none (Care Act 2014 s 15(3))."""
    found = next((s for s in stretches(account, NeedsAssessed) if s.first <= on < s.ending_before), None)
    needs = found.value.fact if found else None
    if found is None or not isinstance(needs, NeedsAssessed) or needs.eligible_from is None:
        return None
    begins = max(found.first, accrues_from(needs.eligible_from, needs.duty_arose_on))
    return begins if begins <= on else None


def _nobody_says_what_to_pay(account: CareAccount, budget: Entry, on: date) -> bool:
    """Of care that the council arranges: neither an assessment nor a charge covers the day."""
    personal = isinstance(budget.fact, BudgetSet) and budget.fact.kind == "personal"
    return personal and not entry_on(account, FINANCIAL_ASSESSMENTS, on) and not _covers(charges(account), on)


def _since_without(account: CareAccount, kind: Kind, on: date) -> date:
    """The first day of those without an entry of a kind that last to a day."""
    return max(account.opened.opened_on, _last_end(stretches(account, kind), on))


def _last_end(spans: Iterable[Stretch[Any]], on: date) -> date:
    return max((span.ending_before for span in spans if span.ending_before <= on), default=EARLIEST)


def _covers(spans: Iterable[Stretch[Any]], on: date) -> bool:
    return any(span.first <= on < span.ending_before for span in spans)
