"""Which late entries changed what had been reported of a day, by how much, and on which days?"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from domain.account.accrual import Accrual, accrue
from domain.account.facts import EntryVoided
from domain.account.posted import reaches_from
from domain.account.state import CareAccount, Entry
from domain.dates import ONE_DAY, Stretch, laid_together
from domain.money import NIL, to_the_penny
from domain.schemes import Scheme

MOST = 60
"""So many causes are told one by one. Where there are more, neighbours are told together, so that nobody waits."""


class Difference(NamedTuple):
    """What some entries changed of the totals at the close of a day, in signed pounds, and on which days."""

    causes: tuple[Entry, ...]
    first: date
    last: date
    base: Decimal
    daily_living_costs: Decimal
    metered: Decimal


def differences(account: CareAccount, scheme: Scheme, since: int, through: date) -> Iterator[Difference]:
    """What the entries after version `since` changed at the close of `through`, in the order they were recorded.

    Each is added to those before it, so that the differences add up. A correction and its replacement are one.
    Raises NotInForce.
    """
    steps = list(_steps(account.entries[since:], through))
    if not steps:
        return
    before = accrue(account.first(since), scheme, through)
    for version, causes in steps:
        after = accrue(account.first(version), scheme, through)
        found = _difference(causes, before, after, through)
        if any((found.base, found.daily_living_costs, found.metered)):
            yield found
        before = after


def _steps(late: tuple[Entry, ...], through: date) -> Iterator[tuple[int, tuple[Entry, ...]]]:
    """The versions to look at, each with the causes since the one before: entries that reach the days asked for."""
    reaching = [step for step in _corrections_whole(late) if _reaches(step, through)]
    together = -(-len(reaching) // MOST) or 1
    for place in range(0, len(reaching), together):
        steps = reaching[place : place + together]
        yield steps[-1][-1].version, tuple(step[0] for step in steps)


def _corrections_whole(late: tuple[Entry, ...]) -> Iterator[list[Entry]]:
    """The entries one by one, save that a correction takes its replacement along."""
    left = iter(late)
    for entry in left:
        replaced = isinstance(entry.fact, EntryVoided) and entry.fact.replaced_by
        yield [entry, *islice(left, 1 if replaced else 0)]  # cut off before its replacement, it stands alone


def _reaches(step: list[Entry], through: date) -> bool:
    return min(reaches_from(entry.fact) for entry in step) <= through


def _difference(causes: tuple[Entry, ...], before: Accrual, after: Accrual, through: date) -> Difference:
    base, apart, metered = (
        to_the_penny(b) - to_the_penny(a) for a, b in zip(before.through(through), after.through(through), strict=True)
    )
    first, last = _days(before, after) or (_strikes_on(before, after, causes),) * 2
    return Difference(causes, first, min(last, through), base, apart, metered)


def _days(before: Accrual, after: Accrual) -> tuple[date, date] | None:
    """The first and the last day that counts otherwise; None where only strokes differ."""
    layers = [[Stretch(c.first, c.ending_before, c.daily.metered) for c in a.counted] for a in (before, after)]
    begins = [layer[0].first for layer in layers if layer]
    if not begins:
        return None
    both = laid_together(layers, min(begins), after.on + ONE_DAY)
    other = [stretch for stretch in both if (stretch.value[0] or NIL) != (stretch.value[1] or NIL)]
    return (other[0].first, other[-1].ending_before - ONE_DAY) if other else None


def _strikes_on(before: Accrual, after: Accrual, causes: tuple[Entry, ...]) -> date:
    """The first day at whose close the balance is another, or the day a cause reaches back to where it is the same.

    A balance that parts from another without a day that counts otherwise does so by a stroke, which begins a stretch.
    """
    begins = sorted({counted.first for accrual in (before, after) for counted in accrual.counted})
    parting = (day for day in begins if before.through(day).metered != after.through(day).metered)
    return next(parting, min(reaches_from(cause.fact) for cause in causes))
