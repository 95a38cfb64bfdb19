"""Which lines of two workings make what is charged differ, and by how much a week does each pull?"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from domain.law.financial_assessment import FiguresWorkedOut, Line
from domain.law.financial_assessment.working import PENCE
from domain.words import pounds

_PULL: Mapping[str, int] = {"income": 1, "tariff_income": 1, "allowance": -1}
"""The steps whose lines differ by themselves, not as the sum of others, and which way each pulls what is charged."""


class Cause(NamedTuple):
    """Lines of one sort in both workings, as pounds a week; None where a working has none of the sort."""

    label: str
    before: Decimal | None
    after: Decimal | None
    effect: Decimal

    @property
    def words(self) -> str:
        """The cause on one line."""
        before, after = ("none" if amount is None else pounds(amount) for amount in (self.before, self.after))
        return f"{self.label}: {before} before, {after} now"


class _Sort(NamedTuple):
    """What makes lines be of one sort: the step, and the amount of law or else what the line is of."""

    step: str
    of: str


def causes(before: FiguresWorkedOut, after: FiguresWorkedOut) -> list[Cause]:
    """The sorts of lines whose amounts differ, the one that pulls most first.

    Their pulls add up to the change of what is left to charge from; what is charged then has its own limits: nil, what
    the care costs, and the council's percentage.
    """
    earlier, later = _by_sort(before.lines), _by_sort(after.lines)
    found = [_cause(sort, earlier.get(sort, []), later.get(sort, [])) for sort in {**earlier, **later}]
    return sorted((cause for cause in found if cause.effect), key=lambda cause: -abs(cause.effect))


def _by_sort(lines: Iterable[Line]) -> dict[_Sort, list[Line]]:
    found: dict[_Sort, list[Line]] = {}
    for line in lines:
        if line.step in _PULL:
            found.setdefault(_Sort(line.step, line.parameter or _named(line)), []).append(line)
    return found


def _named(line: Line) -> str:
    """What a line is of: its label without the amounts in it, which are those of one working."""
    return line.label.partition("£")[0].rstrip(" ,:")


def _cause(sort: _Sort, earlier: list[Line], later: list[Line]) -> Cause:
    before, after = (sum((line.amount for line in lines), start=PENCE) for lines in (earlier, later))
    label = _named((later or earlier)[0])
    return Cause(label, before if earlier else None, after if later else None, _PULL[sort.step] * (after - before))
