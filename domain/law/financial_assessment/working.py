"""What does an assessment come to, and by which lines, so that somebody with a pencil can follow it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from domain.money import Money
from domain.parameters.dated import Certainty
from domain.terms import Code, Terms

Step = Literal[
    "notional_capital",
    "capital",
    "assessable_capital",
    "tariff_income",
    "income",
    "assessable_income",
    "allowance",
    "allowances",
    "available",
    "charged",
    "contribution",
]
"""What a line is of. Lines of `capital` add up to assessable_capital, those of `income` with the tariff income to
assessable_income, those of `allowance` to allowances; `available` is the one less the other."""

Outcome = Literal["nil", "contribution", "full_cost"]
PENCE = Decimal("0.00")


@dataclass(slots=True, unsafe_hash=True)  # Final instead of frozen, which makes each five times dearer to make
class Line:
    """One line of the working: pounds, a week's where they are income, by which provision and which amount of law.

    `of` says which of the lines of its step it is, the same from one assessment to the next: a kind, or the name of an
    amount.
    """

    step: Final[Step]
    label: Final[str]
    amount: Final[Money]
    authority: Final[str]
    parameter: Final[str | None] = None
    certainty: Final[Certainty | None] = None
    of: Final[Code | None] = None


class FiguresWorkedOut(Terms):
    """What an assessment comes to. Pounds, a week's but for the capital; null is what was not worked out."""

    outcome: Outcome
    weekly_contribution: Money
    assessable_capital: Money | None
    tariff_income: Money | None
    assessable_income: Money | None
    allowances: Money | None
    lines: tuple[Line, ...]
    warnings: tuple[str, ...]


def total(lines: Iterable[Line]) -> Decimal:
    """What lines add up to."""
    found = PENCE
    for line in lines:
        found += line.amount
    return found
