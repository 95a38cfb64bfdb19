"""What does one day come to under a policy, before it is added up?

- One answer a day, the first that fits: closed, not_commenced, (capped,) not_eligible, paused, no_budget, unassessed,
  metering. Closed is the answer before `opened_on`, or while no opening is known, and after the last day; the day of
  closure itself counts.
- On a closed, not_commenced, not_eligible, paused, no_budget or unassessed day there is no weekly rate and nothing is
  set apart, and so too on such a day after the cap was reached, although that day is answered capped.
- Eligible needs say so only from the later of `eligible_from` and `duty_arose_on`.
- Charges that cover a day are its base together and are never held against the weekly cost. They need a budget, and a
  break pauses them too. They bear on personal budgets only, and not where the weekly cost is the base.
- The first council's rate counts without needs, budget or amounts of law, daily living costs in every setting; a break
  pauses it.
- A commenced day needs an amount of daily living costs in a care home (short stays only when the switch sets them
  apart): without it NoAmount.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .entries import Data
from .known import Known, Span, Week, in_force
from .pencil import DAYS_IN_A_WEEK, NIL, dated, day_of, pounds


class NoAmount(Exception):
    """The policy gives no such amount for a day that needs one."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(f"no amount of {name} is in force on {day.isoformat()}")
        self.name = name
        self.day = day


@dataclass(frozen=True)
class Policy:
    """The dated values and switches of a scheme: each amount holds from its day until the next; None ends it."""

    commencement: date | None
    cap: Mapping[date, str | None]
    daily_living_costs: Mapping[date, str | None]  # pounds a week
    reached_when: str = "at_or_above"  # or "above"
    daily_living_costs_on_short_stays: bool = True
    personal_base: str = "charge"  # or "weekly_cost", as the Act read before 2022
    annual_adjustments: Mapping[date, str] = field(default_factory=dict)  # per cent, at the start of the day


def one_day(account: Known, policy: Policy, day: date) -> tuple[str, Week | None]:
    """Section 2 of the specification for one day, the cap left aside: whether it is metered, else why not."""
    if not account.is_open(day):
        return "closed", None
    if not commenced(policy, day):
        return "not_commenced", None
    carried_in = account.first_councils_rate(day)
    if carried_in is None and not _eligible(account, day):
        return "not_eligible", None
    if in_force(account.breaks, day) is not None:
        return "paused", None
    if carried_in is not None:
        return "metering", carried_in
    budget = in_force(account.budgets, day)
    if budget is None:
        return "no_budget", None
    base = _base(account, policy, budget, day)
    if base is None:
        return "unassessed", None
    return "metering", Week(base, _daily_living_costs(policy, budget, base, day))


def commenced(policy: Policy, day: date) -> bool:
    """Whether the cap is in being on a day (s 15)."""
    return policy.commencement is not None and day >= policy.commencement


def _eligible(account: Known, day: date) -> bool:
    needs_assessment = in_force(account.needs_assessments, day)
    if needs_assessment is None or not needs_assessment["eligible"]:
        return False
    duty_arose_on = needs_assessment.get("duty_arose_on")
    return duty_arose_on is None or day >= day_of(duty_arose_on)


def _base(account: Known, policy: Policy, budget: Data, day: date) -> Fraction | None:
    """The week's amount that counts (s 15(2)); None where the council meets the needs and has not assessed."""
    weekly_cost = pounds(budget["weekly_cost"])
    if budget["kind"] == "independent" or policy.personal_base == "weekly_cost":
        return weekly_cost
    charges = [charge for charge in account.charges if charge.contains(day)]
    if charges:
        return sum(map(_weekly_charge, charges), NIL)
    assessment = in_force(account.financial_assessments, day)
    if assessment is None:
        return None
    if assessment["outcome"] == "full_cost":
        return weekly_cost
    return min(pounds(assessment["weekly_contribution"]), weekly_cost)


def _weekly_charge(charge: Span) -> Fraction:
    """What a charge comes to a week when it is spread evenly over the days of its period."""
    assert charge.ending_before is not None
    return pounds(charge.data["amount"]) * DAYS_IN_A_WEEK / (charge.ending_before - charge.effective_from).days


def _daily_living_costs(policy: Policy, budget: Data, base: Fraction, day: date) -> Fraction:
    """The part of a week's base that is daily living costs (s 15(6)). Raises NoAmount."""
    if budget["setting"] != "care_home":
        return NIL
    if budget.get("short_stay") and not policy.daily_living_costs_on_short_stays:
        return NIL
    amount = dated(policy.daily_living_costs, day)
    if amount is None:
        raise NoAmount("daily_living_costs", day)
    return min(base, amount)
