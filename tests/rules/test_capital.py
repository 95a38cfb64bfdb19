"""What income capital is treated as yielding, and when it is too much for help (SI 2014/2672 regs 12 and 25)."""

from decimal import Decimal

import pytest

from domain.law.capital import CapitalLimits, is_above_upper_limit, tariff_income

NOW = CapitalLimits(lower=Decimal(14250), upper=Decimal(23250))


@pytest.mark.parametrize(
    ("capital", "income"),
    [
        ("14250.00", 0),
        ("14250.01", 1),
        ("14500.00", 1),
        ("14500.01", 2),
        ("15000.00", 3),
        ("17050.91", 12),
        ("18450.00", 17),
        ("23250.00", 36),
        ("0.00", 0),
    ],
)
def test_capital_above_the_lower_limit_counts_as_a_pound_a_week_for_every_250_or_part_of_it(
    capital: str, income: int
) -> None:
    """Limits of 14250 and 23250 (SI 2014/2672 reg 25): nothing up to the lower one, 36 pounds at the upper one."""
    assert tariff_income(Decimal(capital), NOW) == income


@pytest.mark.parametrize(
    ("capital", "above"),
    [("23249.99", False), ("23250.00", False), ("23250.01", True)],
)
def test_at_the_upper_limit_the_council_still_helps_and_above_it_no_longer(capital: str, above: bool) -> None:
    """The upper limit is 23250: "exceeds" means above it (SI 2014/2672 reg 12)."""
    assert is_above_upper_limit(Decimal(capital), NOW) is above
