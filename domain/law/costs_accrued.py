"""Which weekly cost of meeting eligible needs accrues (Care Act 2014 s 15(2) as substituted in 2022)."""

from decimal import Decimal
from functools import lru_cache
from typing import Literal

from domain.money import Fraction


def met_by_another(weekly_cost: Decimal) -> Decimal:
    """Needs that no council meets: what meeting them would cost the council, whatever the person really pays."""
    return weekly_cost


def charged_by_the_council(
    weekly_cost: Decimal, outcome: Literal["nil", "contribution", "full_cost"], weekly_contribution: Decimal
) -> Decimal:
    """Needs that the council meets: what the financial assessment lets it charge, at most what meeting them costs."""
    return weekly_cost if outcome == "full_cost" else min(weekly_contribution, weekly_cost)


@lru_cache(maxsize=16384)  # every walk over an account divides the same charges again
def charged_for_a_period(amount: Decimal, days: int) -> Fraction:
    """One day's share, in exact pounds, of what the council charged for a period of so many days (s 14(1)(a))."""
    return Fraction(amount) / days
