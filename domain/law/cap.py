"""When accrued costs reach the cap (Care Act 2014 s 15(1))."""

from typing import Literal

from domain.money import Fraction

ReachedWhen = Literal["at_or_above", "above"]
"""Section 15(1) says "exceeds", the explanatory notes say "reach": a scheme says which of the two it applies."""


def is_reached(total: Fraction, cap: Fraction, reached_when: ReachedWhen) -> bool:
    """Whether this total of accrued costs has reached the cap."""
    return total > cap or (total == cap and reached_when == "at_or_above")


def days_to_reach(total: Fraction, daily: Fraction, cap: Fraction, reached_when: ReachedWhen) -> int | None:
    """After how many days at this daily amount the total reaches the cap; None when it never does."""
    if is_reached(total, cap, reached_when):
        return 0
    if daily <= 0:
        return None
    exactly = (cap - total) / daily
    whole = -(-exactly.numerator // exactly.denominator)
    return whole if is_reached(total + whole * daily, cap, reached_when) else whole + 1
