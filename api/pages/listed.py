"""How is each entry listed for staff: what it says, whether it counts, and which other entries belong to it?"""

from collections import defaultdict
from collections.abc import Iterator
from functools import singledispatch
from typing import NamedTuple

from api.pages.recorded import Words, for_staff, said
from api.v1.history import HistoryEntry, WordsByVersion, history_of
from domain.account.facts import (
    AdjustmentApproved,
    AdjustmentReturned,
    ChargeRetracted,
    DisputeAnswered,
    DisputeRaised,
    EntryVoided,
    Fact,
    OpeningEvidenced,
    RepresentativeEnded,
)
from domain.account.state import CareAccount


class Link(NamedTuple):
    """Another entry, and what it is to this one."""

    words: str
    version: int


class Listed(NamedTuple):
    """An entry as a list shows it. `corrected_because` is the reason why it counts as nothing, None where it counts."""

    entry: HistoryEntry
    words: Words
    corrected_because: str | None
    links: tuple[Link, ...]


class _Pair(NamedTuple):
    """Two entries that belong together: what the earlier is to the later one, and the other way round."""

    other: str
    words: str
    words_back: str


def listed(account: CareAccount, words: WordsByVersion | None = None) -> list[Listed]:
    """Every entry, the newest first, with the words given with it, for readers who are shown them."""
    links = _links(account)
    return [
        Listed(
            entry=shown,
            words=for_staff(shown.data, account),
            corrected_because=corrected_because(account, shown.version),
            links=tuple(links[shown.version]),
        )
        for shown in reversed(history_of(account, words or {}))
    ]


def corrected_because(account: CareAccount, version: int) -> str | None:
    """The reason why an entry counts as nothing; None where it counts."""
    correction = account.voided_by.get(version)
    if correction is None:
        return None
    assert isinstance(correction.fact, EntryVoided)  # nothing else makes an entry void
    return said(correction.fact.reason_code)


def _links(account: CareAccount) -> dict[int, list[Link]]:
    """By version, the entries to go to. What counts no more leads to what it belonged to, and nothing leads back."""
    found = defaultdict[int, list[Link]](list)
    for version, correction in account.voided_by.items():
        found[version].append(Link("Corrected by", correction.version))
    for entry in account.entries:
        for pair in _belongs_to(entry.fact):
            other = account.entry(pair.other)
            if other is None:
                continue  # as an earlier entry left the account, the later one is not there yet
            found[entry.version].append(Link(pair.words, other.version))
            if entry.version not in account.voided_by and pair.words_back:
                found[other.version].append(Link(pair.words_back, entry.version))
        if isinstance(entry.fact, EntryVoided) and entry.fact.replaced_by and entry.version < account.version:
            found[entry.version + 1].append(Link("In the place of", entry.fact.version))
    return found


@singledispatch
def _belongs_to(fact: Fact) -> Iterator[_Pair]:
    """The other entries that a fact names."""
    yield from ()


@_belongs_to.register
def _(fact: EntryVoided) -> Iterator[_Pair]:
    yield _Pair(fact.entry_id, "Corrects", "")
    if fact.replaced_by:
        yield _Pair(fact.replaced_by, "Puts in its place", "")


@_belongs_to.register
def _(fact: ChargeRetracted) -> Iterator[_Pair]:
    yield _Pair(fact.charge, "Retracts", "Retracted by")


@_belongs_to.register
def _(fact: AdjustmentApproved) -> Iterator[_Pair]:
    yield _Pair(fact.adjustment, "Approves", "Approved by")


@_belongs_to.register
def _(fact: AdjustmentReturned) -> Iterator[_Pair]:
    yield _Pair(fact.adjustment, "Sends back", "Sent back by")


@_belongs_to.register
def _(fact: OpeningEvidenced) -> Iterator[_Pair]:
    yield _Pair(fact.opening, "Proves", "Proved by")


@_belongs_to.register
def _(fact: DisputeRaised) -> Iterator[_Pair]:
    about = fact.about.entry_id or (fact.about.line and fact.about.line.statement_id)
    if about:
        yield _Pair(about, "About", "Disputed by")


@_belongs_to.register
def _(fact: DisputeAnswered) -> Iterator[_Pair]:
    yield _Pair(fact.dispute, "Answers", "Answered by")


@_belongs_to.register
def _(fact: RepresentativeEnded) -> Iterator[_Pair]:
    yield _Pair(fact.representative, "Ends", "Ended by")
