"""What one day costs, and whether it counts: the questions each day is asked, in the order they are asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from domain.account.facts import (
    BreakRecorded,
    Budget,
    BudgetSet,
    Fact,
    FinancialAssessment,
    FinancialAssessmentImported,
    NeedsAssessed,
)
from domain.account.figures import Metering
from domain.account.in_force import stretches
from domain.account.state import CareAccount, Entry
from domain.dates import FOREVER, ONE_DAY, Stretch, laid_together
from domain.law.costs_accrued import charged_by_the_council, met_by_another
from domain.law.daily_living_costs import set_apart
from domain.law.eligibility import accrues_from
from domain.money import NIL, a_day_of
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
        return Costs(*(so_far + daily * days for so_far, daily in zip(self, other, strict=True)))


NOTHING = Costs(NIL, NIL, NIL)


@dataclass(frozen=True, slots=True)
class Day:
    """What is true of each day of a stretch. `costs` is None on days on which no costs are met and assessed."""

    metering: Metering
    cap: Decimal | None = None
    costs: Costs | None = None
    rests_on: tuple[Entry, ...] = ()


class _InForce(NamedTuple):
    """What is in force on a day, question by question."""

    open: bool | None
    commenced: CapRules | None
    cap: DatedAmount | None
    daily_living_costs: DatedAmount | None
    eligible: Entry | None
    paused: Entry | None
    budget: Entry | None
    assessment: Entry | None


def days(account: CareAccount, scheme: Scheme, ending_before: date) -> Iterator[Stretch[Day]]:
    """Every day from opening up to `ending_before`, in stretches on which nothing changes.

    Raises NotInForce where costs accrue on a day for which the scheme knows no amount.
    """
    for stretch in laid_together(_layers(account, scheme), account.opened.opened_on, ending_before):
        yield Stretch(stretch.first, stretch.ending_before, _day(stretch.first, _InForce(*stretch.value)))


def _layers(account: CareAccount, scheme: Scheme) -> list[Sequence[Stretch[Any]]]:
    """One layer for each field of `_InForce`, in its order."""
    rules, closed = scheme.cap, account.closed
    return [
        [Stretch(account.opened.opened_on, closed.on + ONE_DAY if closed else FOREVER, True)],
        [Stretch(rules.commencement, FOREVER, rules)] if rules else [],
        rules.amount.stretches() if rules else [],
        rules.daily_living_costs.stretches() if rules else [],
        list(_eligible(account)),
        stretches(account, BreakRecorded),
        stretches(account, BudgetSet),
        stretches(account, FinancialAssessmentImported),
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
    """The questions of one day, in order; the first that stops the day from counting gives its name."""
    if not now.open:
        return Day("closed")
    if now.commenced is None:
        return Day("not_commenced")
    return _commenced_day(day, now, now.commenced, now.cap.amount if now.cap else None)


def _commenced_day(day: date, now: _InForce, rules: CapRules, cap: Decimal | None) -> Day:
    if now.eligible is None:
        return Day("not_eligible", cap)
    if now.paused is not None:
        return Day("paused", cap, rests_on=(now.paused,))
    if now.budget is None:
        return Day("no_budget", cap)
    budget, assessment = now.budget.fact, now.assessment.fact if now.assessment else None
    assert isinstance(budget, Budget)  # the layer holds nothing else
    weekly = _weekly_base(budget, assessment, rules)
    if weekly is None:
        return Day("unassessed", cap, rests_on=(now.eligible, now.budget))
    by = (now.assessment,) if now.assessment and budget.kind == "personal" else ()
    costs = _divided(day, weekly, budget, now, rules)
    if cap is None:
        raise NotInForce(rules.amount.name, day)
    return Day("metering", cap, costs, (now.eligible, now.budget, *by))


def _weekly_base(budget: Budget, assessment: Fact | None, rules: CapRules) -> Decimal | None:
    """Pounds a week that accrue before daily living costs are set apart; None while nobody has assessed a charge."""
    if budget.kind == "independent" or rules.personal_base == "weekly_cost":
        return met_by_another(budget.weekly_cost)
    if isinstance(assessment, FinancialAssessment):
        return charged_by_the_council(budget.weekly_cost, assessment.outcome, assessment.weekly_contribution)
    return None


def _divided(day: date, weekly: Decimal, budget: Budget, now: _InForce, rules: CapRules) -> Costs:
    base = a_day_of(weekly)
    apart = NIL
    if budget.setting == "care_home" and (rules.daily_living_costs_on_short_stays or not budget.short_stay):
        if now.daily_living_costs is None or now.daily_living_costs.amount is None:
            raise NotInForce(rules.daily_living_costs.name, day)
        apart = set_apart(base, a_day_of(now.daily_living_costs.amount))
    return Costs(base, apart, base - apart)
