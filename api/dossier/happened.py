"""What happened, in order: what was recorded, which letters went out, and the years in which there was nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from api.dossier.document import Happening
from api.dossier.gathered import Gathered, Sent
from api.pages.listed import Listed, listed
from api.pages.sending.words import STATES, WHAT
from api.pages.words import counted, day, exact_instant, field, role
from domain.account.facts import PeriodPosted
from domain.dates import day_in_london
from ledger.evidence.proving import Proved

LATE = timedelta(weeks=8)
"""What is recorded longer than this after the day from which it is true is said to be late. A bill may take four weeks,
for four weeks."""
QUIET = timedelta(days=366)
"""A statement is due every twelve months, so that a longer time with nothing is told."""


class _Told(NamedTuple):
    """Something to tell, when it came about, and whether it was more than work that a run does by itself."""

    at: datetime
    happening: Happening
    somebodys: bool = True


def happened(found: Gathered) -> Iterator[Happening]:
    """Everything in the order in which it came about."""
    told = sorted([*_entries(found), *_letters(found)], key=lambda each: each.at)
    last = told[0].at
    for each in told:
        if each.somebodys:
            yield from _quiet(last, each.at)
            last = each.at
        yield each.happening
    if found.account.closed is None:
        yield from _quiet(last, found.known_at)


def _quiet(last: datetime, until: datetime) -> Iterator[Happening]:
    first, end = day_in_london(last), day_in_london(until)
    if end - first > QUIET:
        days = counted((end - first).days, "day")
        said = f"From {day(first)} to {day(end)}, {days}, nobody recorded anything and no letter was asked for."
        yield Happening(heading=f"Nothing for {days}", by="", times=(), said=(said,))


def _entries(found: Gathered) -> Iterator[_Told]:
    for one in reversed(listed(found.account, found.words)):
        somebodys = not isinstance(one.entry.data, PeriodPosted)
        yield _Told(one.entry.recorded_at, _entry(one, found.proved), somebodys)


def _entry(one: Listed, proved: Proved) -> Happening:
    entry, shown = one.entry, proved.of(one.entry.version)
    struck = one.corrected_because
    return Happening(
        heading=f"Entry {entry.version}. {one.words.heading}",
        by=f"{entry.recorded_by} ({role(entry.role)})",
        times=(
            f"True from {day(entry.effective_from)}.",
            f"Recorded {exact_instant(entry.recorded_at)}.{_late(one)}",
        ),
        said=(
            one.words.sentence,
            *((f"This entry counts as nothing. Reason: {struck}.",) if struck is not None else ()),
            *(f"{field(name)}: {text}" for name, text in entry.words.items()),
            *(f"{link.words} entry {link.version}." for link in one.links),
        ),
        struck=struck is not None,
        code=f"Position {shown.position}, hash {shown.leaf}" if shown else "",
    )


def _late(one: Listed) -> str:
    after = day_in_london(one.entry.recorded_at) - one.entry.effective_from
    return f" That is {counted(after.days, 'day')} after the day from which it is true." if after > LATE else ""


def _letters(found: Gathered) -> Iterator[_Told]:
    return (_Told(sent.listed.letter.asked_at, _letter(sent)) for sent in found.letters)


def _letter(sent: Sent) -> Happening:
    letter = sent.listed.letter
    told = letter.told
    heard = [f"{STATES[each.state]} on {exact_instant(each.at)}: {each.said}, by {each.by}." for each in sent.events]
    about = f"It is about entry {told.version}."
    copy = (f"It is a copy, for whoever is named in entry {told.copy_for}.",) if told.copy_for else ()
    again = ("It was sent instead of an earlier letter.",) if letter.instead_of else ()
    return Happening(
        heading=f"Letter: {WHAT[told.what]}",
        by=letter.asked_by,
        times=(f"Asked for on {exact_instant(letter.asked_at)}.",),
        said=(about, *copy, *again, *(heard or ["It has not been handed over to be sent."])),
        code="".join(f"SHA-256 of what was handed over: {each.digest}" for each in sent.events[:1] if each.digest),
    )
