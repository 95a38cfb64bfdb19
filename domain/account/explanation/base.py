"""Of what is the cost of a day made up, before anything is set apart from it?"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from domain.account.daily import Day
from domain.account.explanation import sums
from domain.account.explanation.node import What
from domain.account.facts import BudgetSet, ChargeRaised, Fact, FinancialAssessment, OpeningCarriedIn
from domain.account.state import Entry
from domain.dates import ONE_DAY
from domain.law import provisions
from domain.law.costs_accrued import charged_by_the_council, charged_for_a_period
from domain.money import Fraction, a_day_of
from domain.schemes import CapRules
from domain.words import pounds, span

F = TypeVar("F", bound=Fact)


class Part(NamedTuple):
    """One part of a day's base: exact pounds a day, how they are worked out, and from which entry by what right.

    `weekly` is what a week comes to by a financial assessment; nothing where the part rests on none.
    """

    what: What
    daily: Fraction
    arithmetic: str
    words: str
    entry: Entry
    provision: str
    weekly: Decimal | None = None


def parts(day: Day, rules: CapRules) -> Sequence[Part]:
    """What a day's base is made up of, a part for each charge; nothing where no costs are met and assessed."""
    if day.costs is None:
        return ()
    for entry, opening in _resting_on(day, OpeningCarriedIn):
        return [_carried(entry, opening)]
    ((budget_entry, budget),) = _resting_on(day, BudgetSet)
    if charges := _resting_on(day, ChargeRaised):
        return [_charged(entry, charge) for entry, charge in charges]
    for entry in day.rests_on:
        if isinstance(entry.fact, FinancialAssessment):
            return [_assessed(entry, entry.fact, budget)]
    return [_weekly_cost(budget_entry, budget, rules)]


def _resting_on(day: Day, kind: type[F]) -> list[tuple[Entry, F]]:
    return [(entry, entry.fact) for entry in day.rests_on if isinstance(entry.fact, kind)]


def _carried(entry: Entry, opening: OpeningCarriedIn) -> Part:
    rate = opening.weekly_rate
    assert rate is not None  # a day rests on no other opening
    weekly = rate.metered + rate.daily_living_costs
    words = f"The rate from before goes on, {pounds(weekly)} a week."
    return Part("carried_rate", a_day_of(weekly), sums.a_seventh_of(weekly), words, entry, provisions.CARRIED_RATE)


def _charged(entry: Entry, charge: ChargeRaised) -> Part:
    days = (charge.period_ending_before - charge.period_from).days
    words = f"We charged {pounds(charge.amount)} for {span(charge.period_from, charge.period_ending_before - ONE_DAY)}."
    daily = charged_for_a_period(charge.amount, days)
    return Part("charge", daily, f"{charge.amount} {sums.OVER} {days}", words, entry, provisions.CHARGED)


def _assessed(entry: Entry, assessment: FinancialAssessment, budget: BudgetSet) -> Part:
    cost, contribution = budget.weekly_cost, assessment.weekly_contribution
    weekly = charged_by_the_council(cost, assessment.outcome, contribution)
    arithmetic, words = sums.a_seventh_of(weekly), f"The money check says you pay {pounds(contribution)} a week."
    if assessment.outcome == "full_cost":
        words = f"The money check says you pay the full cost, {pounds(cost)} a week."
    else:
        arithmetic = sums.a_seventh_of(f"(the lower of {contribution} and {cost})")
        if cost < contribution:
            words = f"The care costs {pounds(cost)} a week, less than you could be asked to pay."
    return Part("assessed_charge", a_day_of(weekly), arithmetic, words, entry, provisions.CHARGED, weekly)


def _weekly_cost(entry: Entry, budget: BudgetSet, rules: CapRules) -> Part:
    weekly = budget.weekly_cost
    provision = provisions.MET_BY_ANOTHER if rules.personal_base == "charge" else provisions.COST_AS_ENACTED
    words = f"The care costs {pounds(weekly)} a week."
    return Part("weekly_cost", a_day_of(weekly), sums.a_seventh_of(weekly), words, entry, provision)
