"""By how much accrued costs are varied each year (Care Act 2014 s 16(2))."""

from decimal import Decimal

from domain.money import Fraction, to_the_penny


def varied(balance: Decimal, percentage: Decimal) -> Decimal:
    """The balance after an annual adjustment: varied by the percentage, which is rounded to the penny by itself."""
    return balance + to_the_penny(Fraction(balance) * Fraction(percentage) / 100)
