"""How much of a care home's cost is daily living costs, which never count (Care Act 2014 s 15(6))."""

from domain.money import Fraction


def set_apart(base: Fraction, daily_living_costs: Fraction) -> Fraction:
    """The part of a day's base that stands for daily living costs: all of it when the base is the smaller."""
    return min(base, daily_living_costs)
