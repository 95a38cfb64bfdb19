"""What does each line of a working add to the contribution, or take off it?"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from domain.law.financial_assessment.working import PENCE, Line

_ADDS = ("tariff_income", "income")
_RUNS_ON = ("available", "charged", "contribution")
"""Each of these lines is what is left so far: more than the sums before it where these come to less than nothing, less
where a limit holds."""


class Effect(NamedTuple):
    """A line, and what it does to the weekly contribution. Signed pounds."""

    line: Line
    amount: Decimal


def effects(lines: Iterable[Line]) -> Iterator[Effect]:
    """What the lines do, in their order. All of it adds up to the weekly contribution; capital does nothing itself."""
    so_far = PENCE
    for line in lines:
        if line.step in _ADDS:
            amount = line.amount
        elif line.step == "allowance":
            amount = PENCE - line.amount
        elif line.step in _RUNS_ON:
            amount = line.amount - so_far
        else:
            continue
        so_far += amount
        yield Effect(line, amount)
