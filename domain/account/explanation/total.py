"""Which running total is explained, and by how much does it change?"""

from decimal import Decimal
from typing import Literal, get_args

from domain.account.daily import Costs
from domain.money import Fraction, to_the_penny

Total = Literal["metered", "daily_living_costs"]
TOTALS: tuple[Total, ...] = get_args(Total)


def of(costs: Costs, total: Total) -> Fraction:
    """The total asked for. Exact pounds."""
    return costs.metered if total == "metered" else costs.daily_living_costs


def change(before: Costs, after: Costs, total: Total) -> Decimal:
    """By how many pounds a total changed, as everywhere: the difference of the total rounded once."""
    return to_the_penny(of(after, total)) - to_the_penny(of(before, total))
