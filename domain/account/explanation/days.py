"""What is the amount of some days made of: their cost, what of it is set apart, what lies beyond the cap?"""

from collections.abc import Iterator
from decimal import Decimal

from domain.account.explanation import sums
from domain.account.explanation.assessed import line_by_line
from domain.account.explanation.base import Part, parts
from domain.account.explanation.node import NO_POUNDS, Explained, adding_up, amount_of_law
from domain.account.explanation.total import Total
from domain.account.facts import BudgetSet
from domain.account.running import Counted
from domain.law import provisions
from domain.money import DAYS_IN_A_WEEK, a_day_of, to_the_penny
from domain.schemes import CapRules
from domain.words import pounds


def made_of(counted: Counted, rules: CapRules, days: int, total: Total) -> Iterator[Explained]:
    """The parts of so many days of a stretch, signed as they count; none where no costs are met and assessed."""
    apart = to_the_penny(counted.daily.daily_living_costs * days)
    if total == "daily_living_costs":
        yield from _set_apart(counted, rules, days, apart)
        return
    yield from (_base(part, days) for part in parts(counted.day, rules))
    yield from _set_apart(counted, rules, days, NO_POUNDS - apart)
    beyond = counted.daily.base - counted.daily.daily_living_costs - counted.daily.metered
    if beyond:
        yield Explained(
            figure="beyond_the_cap",
            amount=NO_POUNDS - to_the_penny(beyond * days),
            words="This lies beyond the cap, so it does not count.",
            arithmetic=sums.times(sums.a_day(beyond), days),
            provision=provisions.MOST_THAT_COUNTS,
            parameter=amount_of_law(rules.amount, rules.amount.dated(counted.first)),
        )


def _base(part: Part, days: int) -> Explained:
    amount = to_the_penny(part.daily * days)
    return Explained(
        figure=part.what,
        amount=amount,
        words=part.words,
        arithmetic=sums.times(part.arithmetic, days),
        entries=(str(part.entry.id),),
        provision=part.provision,
        children=() if part.weekly is None else adding_up(amount, line_by_line(part.entry, part.weekly, days)),
    )


def _set_apart(counted: Counted, rules: CapRules, days: int, amount: Decimal) -> Iterator[Explained]:
    """What of the days stands for daily living costs: the amount of law, or a first council's, or the whole base."""
    apart = counted.daily.daily_living_costs
    if not apart:
        return
    by_law = any(isinstance(entry.fact, BudgetSet) for entry in counted.day.rests_on)
    dated = rules.daily_living_costs.dated(counted.first) if by_law else None
    whole = dated is not None and dated.amount is not None and apart < a_day_of(dated.amount)
    yield Explained(
        figure="daily_living_costs",
        amount=amount,
        words=f"{pounds(to_the_penny(apart * DAYS_IN_A_WEEK))} a week for food, heating and rent does not count.",
        arithmetic=f"{'the whole cost, ' if whole else ''}{sums.times(sums.a_day(apart), days)}",
        provision=provisions.DAILY_LIVING_COSTS if by_law else provisions.CARRIED_RATE,
        parameter=amount_of_law(rules.daily_living_costs, dated) if dated else None,
    )
