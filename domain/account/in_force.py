"""Which entry of a kind is in force on which days: of those that cover a day, the one recorded last."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from heapq import merge
from itertools import pairwise

from domain.account.facts import (
    AccountClosed,
    AccountReopened,
    ChargeRaised,
    ChargeRetracted,
    Fact,
    NeedsAssessed,
    OpeningCarriedIn,
)
from domain.account.state import CareAccount, Entry
from domain.dates import FOREVER, ONE_DAY, Stretch, latest_in_force

Kind = type[Fact] | tuple[type[Fact], ...]
"""A kind of fact, or several that stand for each other, so that one of them is in force on a day."""


def stretches(account: CareAccount, kind: Kind) -> list[Stretch[Entry]]:
    """The days of each entry of a kind. A self-assessment that no professional confirmed counts as nothing."""
    return latest_in_force(
        Stretch(fact.effective_from, getattr(fact, "ending_before", None) or FOREVER, entry)
        for entry, fact in _recorded(account, kind)
        if not isinstance(fact, NeedsAssessed) or fact.confirmed
    )


def _recorded(account: CareAccount, kind: Kind) -> Iterable[tuple[Entry, Fact]]:
    if isinstance(kind, tuple):
        return merge(*map(account.of, kind), key=lambda recorded: recorded[0].version)
    return account.of(kind)


def entry_on(account: CareAccount, kind: Kind, day: date) -> Entry | None:
    """The entry of a kind in force on the day, if any."""
    return next((s.value for s in stretches(account, kind) if s.first <= day < s.ending_before), None)


def closed_days(account: CareAccount) -> list[Stretch[bool]]:
    """The days after a closure, up to a reopening; where both cover a day, the one recorded last says which it is."""
    shut = ((entry.version, closed.on + ONE_DAY, True) for entry, closed in account.of(AccountClosed))
    again = ((entry.version, reopened.on, False) for entry, reopened in account.of(AccountReopened))
    layers = latest_in_force(Stretch(first, FOREVER, closed) for _, first, closed in merge(shut, again))
    return [stretch for stretch in layers if stretch.value]


def charges_raised(account: CareAccount) -> list[tuple[Entry, ChargeRaised]]:
    """The charges that count: neither corrected nor retracted."""
    retracted = {(fact.reference, fact.charge) for _, fact in account.of(ChargeRetracted)}
    references = {reference for reference, _ in retracted}  # an entry's id is dear to work out six thousand times
    return [
        (entry, charge)
        for entry, charge in account.of(ChargeRaised)
        if charge.reference not in references or (charge.reference, str(entry.id)) not in retracted
    ]


def charges(account: CareAccount) -> Iterator[Stretch[tuple[Entry, ...]]]:
    """The charges that cover each day: several add up, so all of them are in force."""
    begins, ends = defaultdict(list), defaultdict(list)
    for entry, charge in charges_raised(account):
        begins[charge.period_from].append(entry)
        ends[charge.period_ending_before].append(entry)
    covering: dict[int, Entry] = {}
    for edge, next_edge in pairwise(sorted({*begins, *ends})):
        covering |= {entry.version: entry for entry in begins[edge]}
        for entry in ends[edge]:
            del covering[entry.version]
        if covering:
            yield Stretch(edge, next_edge, tuple(covering[version] for version in sorted(covering)))


def carried_rates(account: CareAccount) -> list[Stretch[Entry]]:
    """The days on which a first council's weekly rate goes on: until this council has assessed needs itself."""
    assessed = min((s.first for s in stretches(account, NeedsAssessed)), default=FOREVER)
    in_order = sorted(account.of(OpeningCarriedIn), key=lambda opening: opening[1].on)
    openings = latest_in_force(Stretch(fact.on, FOREVER, (entry, fact)) for entry, fact in in_order)
    return [
        Stretch(s.first, min(s.ending_before, assessed), s.value[0])
        for s in openings
        if s.value[1].weekly_rate and s.first < assessed
    ]
