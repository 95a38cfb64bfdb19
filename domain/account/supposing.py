"""What would become of an account if something else were so from a day on? Nothing of it is recorded.

An answer is a range: prices and rises come out a little otherwise than people expect.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from domain.account.accrual import accrue
from domain.account.facts import BudgetSet, Fact, FinancialAssessed
from domain.account.figures import CapProgress, WeeklyRate
from domain.account.progress import progress_of
from domain.account.reassessing import Occasion, reassess
from domain.account.state import CareAccount, Entry
from domain.account.uprating import Rise
from domain.dates import FOREVER
from domain.law.cap import ReachedWhen, days_to_reach
from domain.law.financial_assessment.asked import IncomeKind
from domain.money import NIL, Fraction, a_day_of, to_the_penny
from domain.schemes import Scheme

SPREAD = (Fraction(9, 10), Fraction(1), Fraction(11, 10))
"""A tenth less, as said, a tenth more. No law gives it: it is how sure this service wants to sound."""


class Outlook(NamedTuple):
    """The figures on a day, and what will have been counted by the close of some later days."""

    progress: CapProgress
    balances: tuple[Decimal, ...]


class Outlooks(NamedTuple):
    """What is to come with a tenth less, as said, and with a tenth more."""

    low: Outlook
    middle: Outlook
    high: Outlook


class MoreIncome(NamedTuple):
    """An income that somebody has, what it is a week, and how much more it would be."""

    kind: IncomeKind
    weekly: Decimal
    more: Decimal


class OtherIncome(NamedTuple):
    """The money check in force, those there would be with the least, the middle and the most, and what would count."""

    now: FinancialAssessed
    low: FinancialAssessed
    middle: FinancialAssessed
    high: FinancialAssessed
    outlooks: Outlooks


def supposed(account: CareAccount, *facts: Fact) -> CareAccount:
    """The account as if facts had been recorded after all others."""
    last = account.entries[-1]
    more = (
        Entry(account.id, account.version + n, fact, last.recorded_at, "nobody", "supposed")
        for n, fact in enumerate(facts, start=1)
    )
    return CareAccount((*account.entries, *more))


def outlook(account: CareAccount, scheme: Scheme, on: date, closes: Sequence[date]) -> Outlook:
    """What is to come if nothing changes after a day; `closes` are later days in order (Care Act 2014 s 15).

    Raises NotInForce.
    """
    accrual = accrue(account, scheme, closes[-1])
    return Outlook(progress_of(accrual, scheme, on), tuple(accrual.balance(day) for day in closes))


def other_costs(account: CareAccount, scheme: Scheme, budget: BudgetSet, closes: Sequence[date]) -> Outlooks:
    """What is to come if care cost what a budget says, from its first day on (Care Act 2014 ss 15, 26 and 28).

    Raises NotInForce.
    """
    costs = (_part(budget.weekly_cost, part) for part in SPREAD)
    budgets = (budget.model_copy(update={"weekly_cost": cost}) for cost in costs)
    return Outlooks(*(outlook(supposed(account, each), scheme, budget.effective_from, closes) for each in budgets))


def other_income(
    account: CareAccount,
    scheme: Scheme,
    born: date | None,
    occasion: Occasion,
    rise: MoreIncome,
    closes: Sequence[date],
) -> OtherIncome:
    """What is to pay, and to come, if an income rose (Care Act 2014 ss 15 and 17; SI 2014/2672).

    Raises CannotBeReassessed, NotInForce.
    """
    incomes = (rise.weekly + _part(rise.more, part) for part in SPREAD)
    rises = (Rise(kind=rise.kind, weekly=income, source="supposed") for income in incomes)
    found = [reassess(account, born, replace(occasion, rises=(each,))) for each in rises]
    low, middle, high = (FinancialAssessed.on_the_terms_of(each.after) for each in found)
    outlooks = (outlook(supposed(account, fact), scheme, occasion.on, closes) for fact in (low, middle, high))
    return OtherIncome(found[0].before, low, middle, high, Outlooks(*outlooks))


def at_another_rate(rate: WeeklyRate, share: Fraction) -> WeeklyRate:
    """The rate if what it comes to without daily living costs were a share of what it is, to the penny."""
    living = rate.daily_living_costs
    beyond, metered = (_part(amount, share) for amount in (rate.base - living, rate.metered))
    return WeeklyRate(base=living + beyond, daily_living_costs=living, metered=metered)


def reached_at(rate: WeeklyRate, remaining: Decimal, on: date, reached_when: ReachedWhen) -> date | None:
    """The day on which what remains of the cap after a day is used up at a rate; None where it never is.

    Care Act 2014 s 15(1).
    """
    wait = days_to_reach(NIL, a_day_of(rate.metered), Fraction(remaining), reached_when)
    return on + timedelta(days=wait) if wait is not None and wait < (FOREVER - on).days else None


def _part(amount: Decimal, part: Fraction) -> Decimal:
    return to_the_penny(Fraction(amount) * part)
