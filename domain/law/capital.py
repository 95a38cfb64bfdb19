"""How much income capital is treated as yielding, and up to which amount of it the council helps."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

STEP = Decimal(250)
"""SI 2014/2672 reg 25(1): one pound a week for every 250 pounds or part of it. The amount has never changed."""


@dataclass(frozen=True, slots=True)
class CapitalLimits:
    """Pounds. Up to `lower` capital yields no income; above `upper` the council does not help to pay.

    Between them each `step`, or part of one, yields a pound a week.
    """

    lower: Decimal
    upper: Decimal
    step: Decimal = STEP


def tariff_income(capital: Decimal, limits: CapitalLimits) -> Decimal:
    """Weekly income, in pounds, that capital is treated as yielding (SI 2014/2672 reg 25)."""
    excess = max(Decimal(0), capital - limits.lower)
    return (excess / limits.step).to_integral_value(ROUND_CEILING)


def is_above_upper_limit(capital: Decimal, limits: CapitalLimits) -> bool:
    """Whether capital is too much for help with the cost (SI 2014/2672 reg 12). At the limit it is not yet."""
    return capital > limits.upper
