"""Which versions of an account are looked at, on which days, and how is what does not hold said?"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from domain.account.accrual import Accrual, accrue
from domain.account.facts import EntryVoided, Fact
from domain.account.figures import LedgerLine
from domain.account.lines import By, lines
from domain.account.state import CareAccount, Entry
from domain.dates import FOREVER, ONE_DAY
from domain.schemes import Scheme

SchemeAt = Callable[[datetime], Scheme]
"""The scheme that had been adopted, as known at an instant."""

LAST_DAY = FOREVER - ONE_DAY
NO_DAYS = timedelta()
_BEFORE, _AFTER = timedelta(days=3), timedelta(days=14)


class Found(NamedTuple):
    """What does not hold, in a sentence, and on which day, where it is of one day."""

    what: str
    on: date | None = None


class Violation(NamedTuple):
    """What does not hold of a version of an account, and the rule that says it should. Version 0 is all of it."""

    reference: str
    account_id: str
    version: int
    rule: str
    what: str
    on: date | None = None

    def __str__(self) -> str:
        version = f" at version {self.version}" if self.version else ""
        day = f" on {self.on}" if self.on else ""
        return f"Account {self.reference} ({self.account_id}){version}{day}: {self.what} {self.rule}"


@dataclass(frozen=True)
class Look:
    """One version of an account under one scheme, and what of it is to be looked at.

    `new` are the entries since the version that was looked at before, `edges` the days on which something begins or
    ends that was not there then. What was looked at before and has stayed the same is not looked at again.
    """

    account: CareAccount
    scheme: Scheme
    scheme_at: SchemeAt
    accrual: Accrual
    new: tuple[Entry, ...]
    edges: frozenset[date]
    _lines: dict[tuple[date, date, By], list[LedgerLine]] = field(default_factory=dict)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which something begins or ends, and their neighbours."""
        return tuple(sorted(self._within(edge + by for edge in self.edges for by in (-ONE_DAY, NO_DAYS, ONE_DAY))))

    @cached_property
    def ranges(self) -> tuple[tuple[date, date], ...]:
        """The weeks around those days, first and last; what overlaps is one."""
        found: list[tuple[date, date]] = []
        for day in sorted(self._within(self.edges)):
            first, last = max(day - _BEFORE, self.account.opened.opened_on), min(day + _AFTER, LAST_DAY)
            if found and first <= found[-1][1] + ONE_DAY:
                first, _ = found.pop()
            found.append((first, last))
        return tuple(found)

    def lines(self, first: date, last: date, by: By) -> list[LedgerLine]:
        """The lines of some days, made once however many rules ask for them."""
        asked = (first, last, by)
        if asked not in self._lines:
            self._lines[asked] = list(lines(self.accrual, first, last, by))
        return self._lines[asked]

    def violation(self, rule: str, found: Found) -> Violation:
        account = self.account
        return Violation(account.opened.reference, str(account.id), account.version, rule, found.what, found.on)

    def _within(self, days: Iterable[date]) -> set[date]:
        return {day for day in days if self.account.opened.opened_on <= day <= LAST_DAY}


Check = Callable[[Look], Iterator[Found]]


def versions(account: CareAccount) -> Iterator[CareAccount]:
    """The account at each version that anybody can have seen: a correction and its replacement came together."""
    for entry in account.entries:
        if not (isinstance(entry.fact, EntryVoided) and entry.fact.replaced_by):
            yield account.first(entry.version)


def look(account: CareAccount, scheme_at: SchemeAt, scheme: Scheme, before: Look | None = None) -> Look:
    """What is to be looked at of a version, given what was looked at before; raises NotInForce."""
    accrual = accrue(account, scheme, LAST_DAY)
    new = account.entries[before.account.version if before else 0 :]
    edges = _edges_of_stretches(accrual, before.accrual if before else None) | _edges_of_facts(account, new)
    return Look(account, scheme, scheme_at, accrual, new, frozenset(edges))


def _edges_of_stretches(accrual: Accrual, before: Accrual | None) -> set[date]:
    """Where stretches of days begin and end that did not run so before."""
    known = {counted.first: counted for counted in before.counted} if before else {}
    other = [counted for counted in accrual.counted if known.get(counted.first) != counted]
    return {day for counted in other for day in (counted.first, counted.ending_before)}


def _edges_of_facts(account: CareAccount, entries: Sequence[Entry]) -> set[date]:
    """The days that some entries name, and those of what they void: the account's own word on where it changes."""
    named = [entry.fact for entry in entries]
    named += [account.entries[fact.version - 1].fact for fact in named if isinstance(fact, EntryVoided)]
    return {day for fact in named for day in _days_in(fact)}


def _days_in(fact: Fact) -> Iterator[date]:
    for _, value in fact:
        if isinstance(value, date) and not isinstance(value, datetime):
            yield value
