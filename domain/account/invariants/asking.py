"""Is the same question answered the same way, whenever it is asked and in whatever order things were told?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.account.accrual import Accrual, accrue
from domain.account.facts import AccountClosed, AccountReopened, EntryVoided, Fact, PeriodPosted, StatementIssued
from domain.account.figures import StatementFigures
from domain.account.invariants.looking import LAST_DAY, Found, Look
from domain.account.progress import cap_progress, progress_of
from domain.account.state import CareAccount, Entry
from domain.account.statement import digest, statement_figures
from domain.parameters import NotInForce

_LAYERED: set[type[Fact]] = {AccountClosed, AccountReopened}
"""Of these, what was recorded later says what holds, so they wait for each other."""

_AS_KNOWN: set[type[Fact]] = {PeriodPosted, StatementIssued}
"""These hold figures of what had been recorded before them, so nothing changes places with them."""

_ASKED_AND_STATED = ("accrued_costs", "cap", "remaining", "percent", "metering", "weekly_rate", "cap_reached_on")


def asking_twice_gives_the_same_bytes(looked: Look) -> Iterator[Found]:
    """Asking twice gives the same bytes."""
    again = accrue(CareAccount(looked.account.entries), looked.scheme, LAST_DAY)
    for day in looked.days:
        try:
            answers = {progress_of(each, looked.scheme, day).model_dump_json() for each in (looked.accrual, again)}
        except NotInForce:
            continue
        if len(answers) > 1:
            yield Found("the figures of the day were others when they were asked for again.", day)


def the_order_of_what_commutes_does_not_matter(looked: Look) -> Iterator[Found]:
    """The order in which entries were recorded that have nothing to do with each other does not matter."""
    entries = looked.account.entries
    if len(entries) < 3 or _corrects(entries[-3]) or not _commute(*entries[-2:]):
        return  # the first entry opens the account, and a replacement stays where it was put
    earlier, later = entries[-2:]
    first = replace(later, version=earlier.version, recorded_at=earlier.recorded_at)
    second = replace(earlier, version=later.version, recorded_at=later.recorded_at)
    other = accrue(CareAccount((*entries[:-2], first, second)), looked.scheme, LAST_DAY)
    for day in looked.days:
        if _figures(other, day) != _figures(looked.accrual, day):
            what = f"entries {earlier.version} and {later.version} in the other order give other figures."
            yield Found(what, day)


def a_statement_is_what_is_known_of_its_instant(looked: Look) -> Iterator[Found]:
    """Asking as known at the instant a statement was issued gives that statement's figures."""
    for entry in looked.new:
        if isinstance(entry.fact, StatementIssued):
            found = _of_statement(looked, entry, entry.fact)
            yield from (Found(f"entry {entry.version}: {what}", entry.fact.figures.to) for what in found)


def _commute(earlier: Entry, later: Entry) -> bool:
    """Whether two entries next to each other are of different kinds, and neither waits for the other."""
    kinds = {type(earlier.fact), type(later.fact)}
    if len(kinds) < 2 or kinds <= _LAYERED or kinds & _AS_KNOWN or _corrects(earlier) or _corrects(later):
        return False
    return str(earlier.id) not in later.fact.model_dump_json()


def _corrects(entry: Entry) -> bool:
    """Whether the next entry is the replacement that this one puts in place."""
    return isinstance(entry.fact, EntryVoided) and entry.fact.replaced_by is not None


def _figures(accrual: Accrual, day: date) -> tuple[object, ...]:
    counted = accrual.at(day)
    return accrual.through(day), counted and (counted.metering, counted.reached_on)


def _of_statement(looked: Look, entry: Entry, issued: StatementIssued) -> Iterator[str]:
    """What is wrong with a statement: with its own bytes, or with what is known of its instant now."""
    if digest(issued.figures) != issued.digest:
        yield "the statement's figures are not those that its digest was made of."
    scheme, to = looked.scheme_at(entry.recorded_at), issued.figures.to
    then = looked.account.first(entry.version - 1)
    if _without_edition(statement_figures(then, scheme, to)) != _without_edition(issued.figures):
        yield f"making the statement to {to} again, as known then, gives other figures."
    stated, asked = issued.figures, cap_progress(looked.account.first(entry.version), scheme, to)
    if any(getattr(stated, name) != getattr(asked, name) for name in _ASKED_AND_STATED):
        yield f"asking for {to} as known then gives other figures than the statement."


def _without_edition(figures: StatementFigures) -> StatementFigures:
    """A later amount of law, or a word put better, makes another edition that gives these days the same figures."""
    return figures.model_copy(update={"edition": ""})
