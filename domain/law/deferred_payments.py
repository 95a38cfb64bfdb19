"""Who may have payment for care deferred, how much of it, and up to which limit (Care Act 2014 ss 34 to 36)?

The text of SI 2014/2671 was seen only in part. Each function says how sure its provision is, in the words that the
amounts of law use: official, secondary (what councils published), recalled.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from domain.dates import Day
from domain.law.capital import CapitalLimits, is_above_upper_limit
from domain.money import NIL, Fraction, Money, to_the_penny
from domain.parameters import AmountsOfLaw
from domain.parameters.dated import Certainty
from domain.parameters.quantity import Quantity
from domain.terms import Code, Terms

RESERVE = "deferred_payment_equity_reserve"
ALLOWANCE = "deferred_payment_disposable_income_allowance"
LOWER_LIMIT = "capital_limit_lower"
UPPER_LIMIT = "capital_limit_upper"

DAYS_TO_PAY_AFTER_DEATH = 90
"""Secondary: what councils' agreements give the estate. The time is the agreement's to say (Care Act 2014 s 34)."""

ObstacleCode = Literal["not_in_a_care_home", "other_capital_too_high", "home_disregarded", "no_equity"]


class AmountUsed(Terms):
    """An amount of law that a figure rests on: since when it holds, and how sure we are of it."""

    name: Code
    since: Day
    amount: Quantity
    certainty: Certainty


class EquityLimit(Terms):
    """The most that may be owed against a property, and what that rests on. Pounds."""

    amount: Money
    rests_on: tuple[AmountUsed, ...]


class Circumstances(Terms):
    """What decides whether payment has to be deferred when the person asks for it. Pounds."""

    needs_met_in_care_home: bool
    home_disregarded: bool
    other_capital: Money
    property_value: Money
    encumbrances: Money


class Obstacle(Terms):
    """Why a council need not defer payment, and by which provision."""

    code: ObstacleCode
    words: str
    provision: str


class WeeklyShares(Terms):
    """How a week's charge divides: what is paid from income now, and what may be deferred. Pounds a week."""

    income_kept: Money
    paid_from_income: Money
    deferred: Money


def used(name: str, day: date, amounts: AmountsOfLaw) -> AmountUsed:
    """The amount of law in force on the day; raises NotInForce."""
    dated = amounts(name).dated(day)
    amount = cast(Decimal, dated.amount)  # dated() has refused one that nobody has seen
    return AmountUsed(name=name, since=dated.from_, amount=amount, certainty=dated.certainty)


def equity_limit(property_value: Decimal, encumbrances: Decimal, day: date, amounts: AmountsOfLaw) -> EquityLimit:
    """The value less a tenth, the lower capital limit and what the property secures already, never below nil.

    SI 2014/2671 reg 5 (recalled; councils lend 80 to 90 per cent of the value: secondary). Raises NotInForce.
    """
    reserve, lower = used(RESERVE, day, amounts), used(LOWER_LIMIT, day, amounts)
    left_untouched = Fraction(property_value) * Fraction(reserve.amount) / 100
    exact = Fraction(property_value) - left_untouched - Fraction(lower.amount) - Fraction(encumbrances)
    return EquityLimit(amount=to_the_penny(max(NIL, exact)), rests_on=(reserve, lower))


def obstacles(asked: Circumstances, day: date, amounts: AmountsOfLaw) -> Iterator[Obstacle]:
    """Why the council has no duty to defer payment; none, where it has.

    Care Act 2014 s 34(1) and (2) with SI 2014/2671 (secondary: Slough, Worcestershire and Lincolnshire councils).
    A council may defer payment without a duty. Raises NotInForce.
    """
    limits = CapitalLimits(lower=used(LOWER_LIMIT, day, amounts).amount, upper=used(UPPER_LIMIT, day, amounts).amount)
    if not asked.needs_met_in_care_home:
        yield _obstacle("not_in_a_care_home", "The person's needs are not met in a care home.")
    if is_above_upper_limit(asked.other_capital, limits):
        words = f"Capital other than the home is above the upper limit of {limits.upper} pounds."
        yield _obstacle("other_capital_too_high", words)
    if asked.home_disregarded:
        yield _obstacle("home_disregarded", "The home is disregarded, so it pays for no care.")
    if not equity_limit(asked.property_value, asked.encumbrances, day, amounts).amount:
        yield _obstacle("no_equity", "The property leaves nothing that could secure what is owed.")


def _obstacle(code: ObstacleCode, words: str) -> Obstacle:
    return Obstacle(code=code, words=words, provision="Care Act 2014 s 34(1) and (2); SI 2014/2671")


def weekly_shares(weekly_charge: Decimal, weekly_income: Decimal, income_kept: Decimal) -> WeeklyShares:
    """What is paid from income above what the person keeps, and what of the week's charge that leaves to defer.

    SI 2014/2671 (secondary: Wirral, North East Lincolnshire and Reading councils). What is kept is at most the
    disposable income allowance; the person may choose to keep less, so that less is owed in the end.
    """
    above = max(Decimal("0.00"), weekly_income - income_kept)
    paid = min(weekly_charge, above)
    return WeeklyShares(
        income_kept=min(income_kept, weekly_income), paid_from_income=paid, deferred=weekly_charge - paid
    )
