"""What one day costs, and whether it counts: the questions each day is asked, in the order they are asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from domain.account.facts import (
    FINANCIAL_ASSESSMENTS,
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    FinancialAssessment,
    NeedsAssessed,
    OpeningCarriedIn,
)
from domain.account.figures import Metering
from domain.account.in_force import carried_rates, charges, closed_days, stretches
from domain.account.state import CareAccount, Entry
from domain.account.strokes import NO_STROKES, Strokes, strokes
from domain.dates import FOREVER, Stretch, laid_together
from domain.law.costs_accrued import charged_by_the_council, charged_for_a_period, met_by_another
from domain.law.daily_living_costs import set_apart
from domain.law.eligibility import accrues_from
from domain.money import NIL, Fraction, a_day_of
from domain.parameters import NotInForce
from domain.parameters.parameter import DatedAmount
from domain.schemes import CapRules, Scheme


class Costs(NamedTuple):
    """Exact pounds: what meeting the needs costs, what of it never counts, and what counts towards the cap."""

    base: Fraction
    daily_living_costs: Fraction
    metered: Fraction

    def and_then(self, other: "Costs", days: int) -> "Costs":
        """These costs and those of some more days."""
        if other is NOTHING:
            return self
        return Costs(
            self.base + other.base * days,
            self.daily_living_costs + other.daily_living_costs * days,
            self.metered + other.metered * days,
        )


NOTHING = Costs(NIL, NIL, NIL)


@dataclass(frozen=True, slots=True)
class Day:
    """What is true of each day of a stretch, before the cap is asked.

    `costs` is None on days on which no costs are met and assessed. `strokes` are there only on a stretch of one day.
    """

    metering: Metering
    cap: Decimal | None = None
    costs: Costs | None = None
    rests_on: tuple[Entry, ...] = ()
    strokes: Strokes = NO_STROKES


class _InForce(NamedTuple):
    """What is in force on a day, question by question."""

    closed: bool | None
    commenced: CapRules | None
    cap: DatedAmount | None
    daily_living_costs: DatedAmount | None
    needs: Entry | None
    carried: Entry | None
    paused: Entry | None
    budget: Entry | None
    charges: tuple[Entry, ...] | None
    assessment: Entry | None
    strokes: Strokes | None


def days(account: CareAccount, scheme: Scheme, ending_before: date) -> Iterator[Stretch[Day]]:
    """Every day from opening up to `ending_before`, in stretches on which nothing changes.

    Raises NotInForce where costs accrue on a day for which the scheme knows no amount.
    """
    for stretch in laid_together(_layers(account, scheme), account.opened.opened_on, ending_before):
        yield Stretch(stretch.first, stretch.ending_before, _day(stretch.first, _InForce(*stretch.value)))


def _layers(account: CareAccount, scheme: Scheme) -> list[Sequence[Stretch[Any]]]:
    """One layer for each field of `_InForce`, in its order."""
    rules = scheme.cap
    return [
        closed_days(account),
        [Stretch(rules.commencement, FOREVER, rules)] if rules else [],
        rules.amount.stretches() if rules else [],
        rules.daily_living_costs.stretches() if rules else [],
        list(_eligible(account)),
        carried_rates(account),
        stretches(account, BreakRecorded),
        stretches(account, BudgetSet),
        list(charges(account)),
        stretches(account, FINANCIAL_ASSESSMENTS),
        strokes(account, rules),
    ]


def _eligible(account: CareAccount) -> Iterator[Stretch[Entry]]:
    """The days on which eligible needs can accrue costs."""
    for first, ending_before, entry in stretches(account, NeedsAssessed):
        needs = entry.fact
        assert isinstance(needs, NeedsAssessed)  # the kind that was asked for
        if needs.eligible_from is not None:
            first = max(first, accrues_from(needs.eligible_from, needs.duty_arose_on))
            if first < ending_before:
                yield Stretch(first, ending_before, entry)


def _day(day: date, now: _InForce) -> Day:
    if now.commenced is None:
        return Day("closed" if now.closed else "not_commenced")
    found = _commenced_day(day, now, now.commenced, now.cap.amount if now.cap else None)
    return replace(found, strokes=now.strokes) if now.strokes else found


def _commenced_day(day: date, now: _InForce, rules: CapRules, cap: Decimal | None) -> Day:
    """The questions of one day, in order; the first that stops the day from counting gives its name."""
    if now.closed:
        return Day("closed", cap)
    if now.needs is None and now.carried is None:
        return Day("not_eligible", cap)
    if now.paused is not None:
        return Day("paused", cap, rests_on=(now.paused,))
    found = _as_carried(now.carried, cap) if now.carried else _as_budgeted(day, now, rules, cap)
    if found.costs and cap is None:
        raise NotInForce(rules.amount.name, day)
    return found


def _as_carried(carried: Entry, cap: Decimal | None) -> Day:
    """A day at the first council's rate (Care Act 2014 s 38), whatever the amounts of law are."""
    rate = carried.fact.weekly_rate if isinstance(carried.fact, OpeningCarriedIn) else None
    assert rate is not None  # the layer holds nothing else
    metered, apart = a_day_of(rate.metered), a_day_of(rate.daily_living_costs)
    return Day("metering", cap, Costs(metered + apart, apart, metered), (carried,))


def _as_budgeted(day: date, now: _InForce, rules: CapRules, cap: Decimal | None) -> Day:
    """A day on which this council's own budget says what meeting the needs costs."""
    if now.needs is None or now.budget is None:
        return Day("no_budget", cap)
    budget = now.budget.fact
    assert isinstance(budget, BudgetSet)  # the layer holds nothing else
    rests_on: tuple[Entry, ...] = (now.needs, now.budget)
    if budget.kind == "independent" or rules.personal_base == "weekly_cost":
        base = a_day_of(met_by_another(budget.weekly_cost))
    elif now.charges:
        base, rests_on = _charged(now.charges), (*rests_on, *now.charges)
    elif now.assessment:
        base, rests_on = _assessed(budget, now.assessment), (*rests_on, now.assessment)
    else:
        return Day("unassessed", cap, rests_on=rests_on)
    return Day("metering", cap, _divided(day, base, budget, now.daily_living_costs, rules), rests_on)


def _charged(raised: tuple[Entry, ...]) -> Fraction:
    """What a day was charged: each charge spread evenly over the days of its period."""
    charges = [entry.fact for entry in raised if isinstance(entry.fact, ChargeRaised)]
    return sum(
        (charged_for_a_period(c.amount, (c.period_ending_before - c.period_from).days) for c in charges), start=NIL
    )


def _assessed(budget: BudgetSet, assessment: Entry) -> Fraction:
    """What a day can be charged by the financial assessment, while nothing has been charged for it."""
    means = assessment.fact
    assert isinstance(means, FinancialAssessment)  # the layer holds nothing else
    return a_day_of(charged_by_the_council(budget.weekly_cost, means.outcome, means.weekly_contribution))


def _divided(day: date, base: Fraction, budget: BudgetSet, amount: DatedAmount | None, rules: CapRules) -> Costs:
    """A day's base, and how it divides."""
    if budget.setting != "care_home" or (budget.short_stay and not rules.daily_living_costs_on_short_stays):
        return Costs(base, NIL, base)
    if amount is None or amount.amount is None:
        raise NotInForce(rules.daily_living_costs.name, day)
    apart = set_apart(base, a_day_of(amount.amount))
    return Costs(base, apart, base - apart)
