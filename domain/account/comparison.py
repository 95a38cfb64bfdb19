"""Which entries, and which days, make one figure another at another moment?"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from domain.account.accrual import Accrual, accrue
from domain.account.causes import Cause, learned, other_rules, went_by
from domain.account.differences import differences
from domain.account.explanation.node import NO_POUNDS, Explained
from domain.account.explanation.stretches import Stretches
from domain.account.explanation.total import TOTALS, Total, change
from domain.account.figures import CapProgress, Figures
from domain.account.progress import progress_of
from domain.account.state import CareAccount
from domain.dates import ONE_DAY
from domain.money import SignedMoney
from domain.schemes import Scheme

Accruals = tuple[Accrual, Accrual]


class Moment(NamedTuple):
    """An account as it was known, the scheme it is looked at under, and the day."""

    account: CareAccount
    scheme: Scheme
    on: date


class Differing(Figures):
    """What the other moment has more than the one, in signed pounds; null where one of them has no cap."""

    accrued_costs: SignedMoney
    daily_living_costs: SignedMoney
    cap: SignedMoney | None
    remaining: SignedMoney | None


class Comparison(NamedTuple):
    """The figures of two moments, by how much they differ, and the causes, which add up to the difference."""

    one: CapProgress
    other: CapProgress
    difference: Differing
    causes: tuple[Cause, ...]


def compare(one: Moment, other: Moment) -> Comparison:
    """What leads from one moment to the other.

    First what was learned between them of the days up to the earlier day, entry by entry; then the days between, as
    they were known at the moment that has the later day. Each part is worked out from totals rounded once, so that
    the parts add up to the penny, and turning the moments round turns every sign. Raises NotInForce.
    """
    accruals = accrue(*one), accrue(*other)
    shown = progress_of(accruals[0], one.scheme, one.on), progress_of(accruals[1], other.scheme, other.on)
    told = _learned(one, other)
    causes = (*told, *_other_rules(one, other, accruals, told), *_went_by(one, other, accruals))
    return Comparison(*shown, _differing(*shown), causes)


def _learned(one: Moment, other: Moment) -> list[Cause]:
    """What only one of the moments knew of the days up to the earlier day."""
    gained = one.account.version < other.account.version
    less, more = (one, other) if gained else (other, one)
    found = differences(more.account, less.scheme, less.account.version, min(one.on, other.on))
    return [learned(each, gained) for each in found if each.metered or each.daily_living_costs]


def _other_rules(one: Moment, other: Moment, accruals: Accruals, told: Iterable[Cause]) -> Iterator[Cause]:
    """What of the same days no entry brought."""
    last = min(one.on, other.on)
    before, after = (accrual.through(last) for accrual in accruals)
    amount = change(before, after, "metered") - sum((cause.amount for cause in told), NO_POUNDS)
    apart = change(before, after, "daily_living_costs") - sum((cause.daily_living_costs for cause in told), NO_POUNDS)
    if amount or apart:
        opened = min(one.account.opened.opened_on, other.account.opened.opened_on)
        yield other_rules(min(opened, last), last, amount, apart)


def _went_by(one: Moment, other: Moment, accruals: Accruals) -> Iterator[Cause]:
    """The days between, with the strokes on them."""
    gained = one.on < other.on
    later, accrual = (other, accruals[1]) if gained else (one, accruals[0])
    first = min(one.on, other.on) + ONE_DAY
    metered, apart = (_parts(later, accrual, total, first) for total in TOTALS)
    for which in {**metered, **apart}:
        part = metered.get(which) or apart[which].model_copy(update={"amount": NO_POUNDS})
        set_apart = apart[which].amount if which in apart else None
        if part.amount or set_apart:
            yield went_by(part, set_apart or NO_POUNDS, later.account, gained)


def _parts(moment: Moment, accrual: Accrual, total: Total, first: date) -> dict[tuple[object, ...], Explained]:
    """What the days from the first on added to a total, each part by what it is and when."""
    found = Stretches(moment.account, moment.scheme.cap, accrual, total).since(first)
    return {(part.figure, part.first, part.entries): part for part in found}


def _differing(one: CapProgress, other: CapProgress) -> Differing:
    return Differing(
        accrued_costs=other.accrued_costs - one.accrued_costs,
        daily_living_costs=other.daily_living_costs - one.daily_living_costs,
        cap=_less(other.cap, one.cap),
        remaining=_less(other.remaining, one.remaining),
    )


def _less(amount: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if amount is None or other is None else amount - other
