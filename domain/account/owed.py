"""What is owed under a deferred payment agreement at the close of a day?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from domain.account.facts import (
    DeferredPaymentAgreed,
    DeferredPaymentEnded,
    DeferredPaymentRepaid,
    PaymentDeferred,
    StatedRate,
)
from domain.account.refusals import NoSuchEntry
from domain.account.state import CareAccount, Entry
from domain.dates import FOREVER, ONE_DAY, Stretch, laid_together
from domain.law.deferred_interest import HalfYear, Owed, with_interest

Under = TypeVar("Under", PaymentDeferred, DeferredPaymentRepaid, DeferredPaymentEnded)


class Move(NamedTuple):
    """What a day adds to what is owed, or takes off it. Pounds."""

    on: date
    amount: Decimal


class Rate(NamedTuple):
    """What interest is charged on some days, in per cent a year: None where the highest rate is not known."""

    first: date
    ending_before: date
    per_cent: Decimal | None
    half_year: HalfYear


def agreements(account: CareAccount) -> list[tuple[Entry, DeferredPaymentAgreed]]:
    """Every agreement that counts, in order of recording."""
    return list({agreed.reference: (entry, agreed) for entry, agreed in account.of(DeferredPaymentAgreed)}.values())


def agreement(account: CareAccount, reference: str) -> DeferredPaymentAgreed:
    """The agreement of this reference; raises NoSuchEntry."""
    found = [agreed for _, agreed in agreements(account) if agreed.reference == reference]
    if not found:
        raise NoSuchEntry
    return found[0]


def under(account: CareAccount, kind: type[Under], reference: str) -> list[tuple[Entry, Under]]:
    """What was recorded of one kind under an agreement, and counts."""
    return [(entry, fact) for entry, fact in account.of(kind) if fact.reference == reference]


def ended(account: CareAccount, reference: str) -> DeferredPaymentEnded | None:
    """How an agreement ended, if it did."""
    found = under(account, DeferredPaymentEnded, reference)
    return found[-1][1] if found else None


def moves(account: CareAccount, reference: str) -> list[Move]:
    """What was deferred and repaid under an agreement."""
    deferred = [Move(fact.due_on, fact.amount) for _, fact in under(account, PaymentDeferred, reference)]
    return deferred + [Move(fact.on, -fact.amount) for _, fact in under(account, DeferredPaymentRepaid, reference)]


def rates(agreed: DeferredPaymentAgreed, highest: Sequence[HalfYear]) -> Iterator[Rate]:
    """The rate of each day from the agreement's first, at no more than the highest (SI 2014/2671 reg 9).

    None runs where the person was not told beforehand, nor after the half-years that are given.
    """
    if agreed.interest_told_on is None or not highest:
        return
    halves = [Stretch(half.first, half.ending_before, half) for half in highest]
    layers: list[Sequence[Stretch[Any]]] = [halves, _stated(agreed.stated_rates)]
    first, ending_before = max(agreed.effective_from, highest[0].first), highest[-1].ending_before
    for days in laid_together(layers, first, ending_before):
        half, stated = days.value
        yield Rate(days.first, days.ending_before, _at_most(half.per_cent, stated), half)


def _at_most(highest: Decimal | None, stated: Decimal | None) -> Decimal | None:
    """The stated rate, or the highest where that is lower or none is stated."""
    return highest if highest is None or stated is None else min(highest, stated)


def _stated(stated: Sequence[StatedRate]) -> list[Stretch[Decimal]]:
    ends = [rate.from_ for rate in stated[1:]] + [FOREVER]
    return [Stretch(rate.from_, end, rate.per_cent) for rate, end in zip(stated, ends[: len(stated)], strict=True)]


def owed_on(
    days: Collection[date], agreed: DeferredPaymentAgreed, moved: Sequence[Move], charged: Sequence[Rate]
) -> Mapping[date, Owed]:
    """What is owed at the close of each of some days.

    What is deferred on a day bears interest from that day on; what is repaid on a day bears none on it.
    """
    owed, found = Owed(), dict.fromkeys(days, Owed())
    for first, ending_before in pairwise(_edges(days, moved, charged)):
        owed = _moved(owed, [move.amount for move in moved if move.on == first])
        rate = next((rate.per_cent for rate in charged if rate.first <= first < rate.ending_before), None)
        if rate is not None:
            owed = with_interest(owed, first, ending_before, rate, agreed.compounding)
        if ending_before - ONE_DAY in found:
            found[ending_before - ONE_DAY] = owed
    return found


def _edges(days: Collection[date], moved: Sequence[Move], charged: Sequence[Rate]) -> list[date]:
    """The days on which something changes up to the last that is asked for, and the day after each asked for."""
    afterwards = {day + ONE_DAY for day in days}
    changes = {move.on for move in moved} | {edge for rate in charged for edge in (rate.first, rate.ending_before)}
    return sorted(afterwards | {change for change in changes if change <= max(days)})


def _moved(owed: Owed, amounts: Sequence[Decimal]) -> Owed:
    """What is deferred on a day comes before what is repaid on it."""
    for amount in sorted(amounts, reverse=True):
        owed = owed.and_deferred(amount) if amount > 0 else owed.and_repaid(-amount)
    return owed


def pounds(owed: Owed, agreed: DeferredPaymentAgreed) -> Decimal:
    """What is owed in pounds. Interest that is paid separately is no part of it."""
    return owed.without_interest if agreed.interest == "paid_separately" else owed.pounds
