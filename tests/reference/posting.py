"""What do facts that came late change about days already posted, and which of them changed what?

- A correction and its replacement are one cause, under the correction's name; every other entry is a cause of its own.
  An adjustment has its effect, and so its cause, in the approval.
- The days of a cause are the first and the last on which the metered amount differs. Where none does, as with a manual
  adjustment or an opening, it is the one day from which the balance differs.
- A cause that leaves the rounded balance at the close of the last posted day as it was is not an adjustment.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from .adding_up import Close, closes
from .entries import Entry
from .known import known
from .one_day import Policy
from .pencil import NIL, pennies


class Adjustment(NamedTuple):
    """What one late cause changes, in signed pounds, and the first and last day it changes up to the posted one."""

    cause: str
    first: date
    last: date
    amount: Decimal


def adjustments(
    history: Sequence[Entry], policy: Policy, posted_through: date, posted_version: int, known_at: datetime
) -> list[Adjustment]:
    """What each cause recorded after `posted_version` changes by the close of `posted_through`. Raises NoAmount."""

    def walk(entries: Sequence[Entry]) -> list[Close]:
        return list(closes(known(entries, known_at), policy, posted_through, posted_through))

    entries = [entry for entry in history if entry.version <= posted_version]
    before, found = walk(entries), []
    for cause in _causes([entry for entry in history if entry.version > posted_version]):
        entries += cause
        after = walk(entries)
        amount = pennies(after[-1].totals.accrued) - pennies(before[-1].totals.accrued)
        if amount:
            found.append(Adjustment(cause[0].id, *_first_and_last(before, after), amount))
        before = after
    return found


def _causes(late: Sequence[Entry]) -> list[list[Entry]]:
    """The late entries in the order of recording, a replacement with the correction just before it."""
    causes: list[list[Entry]] = []
    for entry in sorted(late, key=lambda entry: entry.version):
        if causes and causes[-1][0].data.get("replaced_by") == entry.id:
            causes[-1].append(entry)
        else:
            causes.append([entry])
    return causes


def _first_and_last(before: Sequence[Close], after: Sequence[Close]) -> tuple[date, date]:
    metered = _differing({c.day.day: c.day.metered for c in before}, {c.day.day: c.day.metered for c in after})
    if metered:
        return metered[0], metered[-1]
    accrued = _differing({c.day.day: c.totals.accrued for c in before}, {c.day.day: c.totals.accrued for c in after})
    return accrued[0], accrued[0]


def _differing(before: Mapping[date, Fraction], after: Mapping[date, Fraction]) -> list[date]:
    """The days whose amounts differ, in order; a day that one of them never came to is nil there."""
    return [day for day in sorted({*before, *after}) if before.get(day, NIL) != after.get(day, NIL)]
