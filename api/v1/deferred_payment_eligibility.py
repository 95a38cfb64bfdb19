"""/v1/deferred-payments/eligibility: would somebody's payment have to be deferred, and how much of it?"""

from api.kit.call import Answer, Call, NoQuery
from api.kit.endpoint import post
from api.kit.problems import invalid_field
from domain.dates import Day, day_in_london
from domain.law.deferred_payments import (
    ALLOWANCE,
    UPPER_LIMIT,
    AmountUsed,
    Circumstances,
    EquityLimit,
    Obstacle,
    WeeklyShares,
    equity_limit,
    obstacles,
    used,
    weekly_shares,
)
from domain.money import Money
from domain.terms import Terms
from domain.words import pounds


class WeeklyMeans(Terms):
    """A week's charge and income, and how much of the income the person wants to keep: as much as they may, if null."""

    charge: Money
    income: Money
    income_kept: Money | None = None


class EligibilityAsked(Circumstances):
    """The circumstances on a day, today when it is left out, and a week's figures where shares are wanted. Pounds."""

    on: Day | None = None
    weekly: WeeklyMeans | None = None


class Eligibility(Terms):
    """Whether the council has a duty to defer payment; if not, why. Nothing was recorded. Pounds."""

    on: Day
    duty_to_defer: bool
    reasons_against: tuple[Obstacle, ...]
    equity_limit: EquityLimit
    weekly: WeeklyShares | None
    also_rests_on: tuple[AmountUsed, ...]


@post(
    "/v1/deferred-payments/eligibility",
    "read_parameters",
    EligibilityAsked,
    {200: Eligibility},
    query=NoQuery,
    records=False,
)
def ask_for_deferred_payment(call: Call[EligibilityAsked, NoQuery]) -> Answer:
    """Whether payment has to be deferred (Care Act 2014 s 34), up to which limit, and how a week would divide."""
    asked, amounts = call.body, call.council.amounts_now
    on = asked.on or day_in_london(call.now)
    against, allowance = tuple(obstacles(asked, on, amounts)), used(ALLOWANCE, on, amounts)
    found = Eligibility(
        on=on,
        duty_to_defer=not against,
        reasons_against=against,
        equity_limit=equity_limit(asked.property_value, asked.encumbrances, on, amounts),
        weekly=_shares(asked.weekly, allowance) if asked.weekly else None,
        also_rests_on=(used(UPPER_LIMIT, on, amounts), allowance),
    )
    return Answer(found)


def _shares(weekly: WeeklyMeans, allowance: AmountUsed) -> WeeklyShares:
    """How the week divides; raises ApiError 422 where more would be kept than may be."""
    kept = allowance.amount if weekly.income_kept is None else weekly.income_kept
    if kept > allowance.amount:
        at_most = f"A person keeps at most {pounds(allowance.amount)} a week: give that or less."
        raise invalid_field("/weekly/income_kept", at_most)
    return weekly_shares(weekly.charge, weekly.income, kept)
