"""What changes the total at one stroke, and on which day: openings carried in, annual and manual adjustments."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from domain.account.facts import AdjustmentApproved, AdjustmentProposed, OpeningCarriedIn
from domain.account.state import CareAccount, Entry
from domain.dates import ONE_DAY, Stretch
from domain.schemes import AnnualAdjustment, CapRules


class Strokes(NamedTuple):
    """All of one day, each kind in order of recording: the first two fall at its start, the last at its close."""

    openings: tuple[Entry, ...] = ()
    annual: tuple[AnnualAdjustment, ...] = ()
    manual: tuple[Entry, ...] = ()


NO_STROKES = Strokes()


def strokes(account: CareAccount, rules: CapRules | None) -> list[Stretch[Strokes]]:
    """The days that have any, in order."""
    found: dict[date, Strokes] = {}
    for day, one in _each(account, rules):
        there = found.get(day, NO_STROKES)
        found[day] = Strokes(there.openings + one.openings, there.annual + one.annual, there.manual + one.manual)
    return [Stretch(day, day + ONE_DAY, found[day]) for day in sorted(found)]


def approved(account: CareAccount) -> Iterator[tuple[Entry, AdjustmentProposed]]:
    """The manual adjustments that a second person approved."""
    ids = {approval.adjustment for _, approval in account.of(AdjustmentApproved)}
    return ((entry, fact) for entry, fact in account.of(AdjustmentProposed) if str(entry.id) in ids)


def _each(account: CareAccount, rules: CapRules | None) -> Iterator[tuple[date, Strokes]]:
    for entry, opening in account.of(OpeningCarriedIn):
        yield opening.on, Strokes(openings=(entry,))
    for adjustment in rules.annual_adjustments if rules else ():
        yield adjustment.from_, Strokes(annual=(adjustment,))
    for entry, manual in approved(account):
        yield manual.on, Strokes(manual=(entry,))
