"""What makes up one figure of an account at the close of a day?"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import get_args

from domain.account.explanation.asked import Asked
from domain.account.explanation.node import Explained, Figure
from domain.account.explanation.rates import expected_to_reach_cap_on, weekly_rate
from domain.account.explanation.totals import accrued_costs, cap, daily_living_costs, percent, remaining
from domain.account.state import CareAccount
from domain.schemes import Scheme

FIGURES: tuple[Figure, ...] = get_args(Figure)

_TELLING: Mapping[Figure, Callable[[Asked], Explained]] = {
    "accrued_costs": accrued_costs,
    "daily_living_costs": daily_living_costs,
    "remaining": remaining,
    "cap": cap,
    "percent": percent,
    "weekly_rate": weekly_rate,
    "expected_to_reach_cap_on": expected_to_reach_cap_on,
}


def explain(account: CareAccount, scheme: Scheme, on: date, figure: Figure) -> Explained:
    """The figure at the close of a day as a tree whose last parts add up to it; raises NotInForce."""
    return _TELLING[figure](Asked(account, scheme, on))
