"""Where do the bars and lines of a chart fall, in percent of its width and height?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from api.pages.words import exact, month, whole_pounds

WHOLE = Decimal(100)
HUNDREDTH = Decimal("0.01")
QUARTERS = tuple(Decimal(n) / 4 for n in range(5))


def part(amount: Decimal, of: Decimal) -> Decimal:
    """A share in percent, never more than all and never less than nothing: a bar stays in its frame."""
    if of <= 0:
        return Decimal(0)
    share = (amount * WHOLE / of).quantize(HUNDREDTH, ROUND_FLOOR)
    return min(max(share, Decimal(0)), WHOLE)


@dataclass(frozen=True)
class Step:
    """One month of the chart: where it stands, how wide it is, and how far down its top is, in percent."""

    left: Decimal
    right: Decimal
    top: Decimal
    riser: Decimal  # the top of the step before it, from which the line rises or falls

    @property
    def width(self) -> Decimal:
        return self.right - self.left

    @property
    def height(self) -> Decimal:
        return WHOLE - self.top


@dataclass(frozen=True)
class StepChart:
    """A line that grows in steps under the cap. The axis starts at nothing and ends at the cap."""

    steps: tuple[Step, ...]
    levels: tuple[str, ...]  # the axis from the cap down, evenly spaced, to the pound below
    periods: tuple[str, ...]  # the first month, and the last where there is more than one


def step_chart(balances: Iterable[tuple[date, Decimal | str]], cap: Decimal | str) -> StepChart:
    """A chart of the balance at the end of each month, in the order given, against a cap in pounds."""
    months = [(on, exact(balance)) for on, balance in balances]
    tops = [WHOLE - part(balance, exact(cap)) for _, balance in months]
    edges = [(WHOLE * n / max(len(months), 1)).quantize(HUNDREDTH) for n in range(len(months) + 1)]
    steps = zip(edges, edges[1:], tops, [WHOLE, *tops], strict=False)
    return StepChart(
        steps=tuple(Step(*step) for step in steps),
        levels=tuple(whole_pounds(exact(cap) * quarter) for quarter in reversed(QUARTERS)),
        periods=tuple(dict.fromkeys(month(on) for on, _ in months[:1] + months[-1:])),
    )


@dataclass(frozen=True)
class Bar:
    """One of some bars: what it is of, its value in words, and its length in percent of the longest."""

    words: str
    value: str
    length: Decimal


def bars(values: Sequence[tuple[str, str, Decimal]]) -> tuple[Bar, ...]:
    """Bars that all begin at nothing; the longest fills the width. Each value is given with its words."""
    longest = max((amount for *_, amount in values), default=Decimal(0))
    return tuple(Bar(words, value, part(amount, longest)) for words, value, amount in values)
