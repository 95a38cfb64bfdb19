"""What changed since the last statement, as rows that add up: the same on the page and on paper."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from api.pages.rate import another_rate
from api.pages.recorded.late import learned, proof
from api.pages.words import day, pounds, weeks_and_days
from api.pages.yearly import percentage_on
from domain.account.explanation.words import WHY_NOT
from domain.account.facts import EntryVoided, OpeningCarriedIn, StatementIssued
from domain.account.figures import Adjustment, Figures, StatementFigures, StatementLine
from domain.account.state import CareAccount, Entry
from domain.dates import ONE_DAY
from domain.schemes import Scheme
from domain.words import span

YEARLY = "Every year the cap and the total you have built up are changed by the same percentage"
AT_MOST_THE_CAP = "Your total cannot be more than the cap, so we took off the rest."
BY_LAW = "We now use other rules, or other amounts in law, than before."


class Change(NamedTuple):
    """One row: the days in words, what they added, and why; and the first and last of its days, where known.

    `causes` are the entries that brought it, where it is more than a day's costs.
    """

    days: str
    why: str
    amount: Decimal
    from_: date | None = None
    to: date | None = None
    causes: tuple[Entry, ...] = ()


class Changes(NamedTuple):
    """Opening, the rows between, and closing: opening and the rows add up to closing, to the penny."""

    since_statement: bool
    opening: Change
    rows: tuple[Change, ...]
    closing: Change


def changes(figures: StatementFigures, account: CareAccount, scheme: Scheme) -> Changes:
    """What the figures say changed, the entries they rest on named by what they recorded.

    `scheme` is the one the figures were made under: it knows the percentage of a yearly change.
    """
    eve = figures.from_ - ONE_DAY
    follows = figures.previous_statement is not None
    begins = f"Counted up to {day(eve)}" if follows else f"When your account began, {day(figures.from_)}"
    return Changes(
        since_statement=follows,
        opening=Change(begins, "as in your last statement" if follows else "", figures.opening, to=eve),
        rows=(*_in_order(figures, account, scheme), *_late(figures, account)),
        closing=Change(f"Counted up to {day(figures.to)}", "", figures.accrued_costs, to=figures.to),
    )


_PLACE = {"opening": 0, "annual": 1, "cap_lowered": 2, "manual": 4}
"""Where in its day a change of the total at one stroke belongs; what the day itself counted is at 3."""
_THE_DAY_ITSELF = 3


def _in_order(figures: StatementFigures, account: CareAccount, scheme: Scheme) -> Iterator[Change]:
    """What the days of the statement counted, each change of the total at one stroke in its place among them."""
    strokes = [
        (stroke.from_, _PLACE[stroke.kind], stroke)
        for stroke in figures.adjustments
        if stroke.kind in _PLACE and stroke.from_ is not None
    ]
    lines = [(line.from_, _THE_DAY_ITSELF, line) for line in figures.lines]
    in_order = sorted([*strokes, *lines], key=lambda row: row[:2])
    before = _counted_last(_stated_before(figures, account))
    for _, together in groupby((row for _, _, row in in_order), key=_alike):
        rows = list(together)
        yield from (_at_one_stroke(stroke, account, scheme) for stroke in rows if isinstance(stroke, Adjustment))
        if days := [line for line in rows if isinstance(line, StatementLine)]:
            yield _counted(days, before, account)
            before = _counted_last(days) or before


def _stated_before(figures: StatementFigures, account: CareAccount) -> Sequence[StatementLine]:
    """The lines of the statement that this one follows."""
    issued = account.entry(figures.previous_statement) if figures.previous_statement else None
    return issued.fact.figures.lines if issued and isinstance(issued.fact, StatementIssued) else ()


def _counted_last(lines: Sequence[StatementLine]) -> StatementLine | None:
    """The last of some lines on whose days costs were counted at a weekly rate."""
    return next((line for line in reversed(lines) if line.metering == "metering" and line.weekly_rate), None)


def _alike(row: Figures) -> tuple[object, ...]:
    """What neighbouring days have in common that a person reads as one row; nothing for a change at one stroke."""
    if not isinstance(row, StatementLine):
        return ()
    return row.metering, row.weekly_rate, row.metering == "capped" and row.metered


def _counted(lines: Sequence[StatementLine], before: StatementLine | None, account: CareAccount) -> Change:
    """Days that are alike, as one row; `before` is what was counted last, at what may be another rate."""
    line, last, length = lines[0], lines[-1], weeks_and_days(sum(line.days for line in lines))
    if line.metering == "metering" and line.weekly_rate:
        news = another_rate(before, line, account)
        why = f"{length} at {pounds(line.weekly_rate.metered)} a week" + (f". {news}" if news else "")
    elif line.metering == "capped" and line.metered:
        why = "the day you reached the cap, when only the rest counts"
    else:
        why = f"{length}: nothing, as {WHY_NOT[line.metering]}"
    added = sum((line.metered for line in lines), Decimal("0.00"))
    return Change(span(line.from_, last.to), why, added, line.from_, last.to)


def _at_one_stroke(stroke: Adjustment, account: CareAccount, scheme: Scheme) -> Change:
    """An opening, a yearly change, a lower cap, or what two people decided."""
    on = stroke.from_
    assert on is not None  # whatever happens at one stroke has its day
    if stroke.kind == "annual":
        percentage = percentage_on(scheme, on)
        why = f"{YEARLY}: {percentage}." if percentage else f"{YEARLY}."
        return Change(f"Yearly change, {day(on)}", why, stroke.amount, on, on)
    if stroke.kind == "cap_lowered":
        return Change(f"Brought down to the cap, {day(on)}", AT_MOST_THE_CAP, stroke.amount, on, on)
    (cause, *_) = _causes(stroke, account)
    if isinstance(cause.fact, OpeningCarriedIn):
        elsewhere = "by another council " if cause.fact.provenance.kind == "transfer" else ""
        return Change(f"Counted {elsewhere}before {day(on)}", proof(cause, account), stroke.amount, on, on, (cause,))
    return Change(f"Correction, {day(on)}", learned(cause, account, on), stroke.amount, on, on, (cause,))


def _late(figures: StatementFigures, account: CareAccount) -> Iterator[Change]:
    """What became known of days that had been stated already, cause by cause."""
    for late in figures.adjustments:
        if late.kind in _PLACE:
            continue
        days = span(late.from_, late.to) if late.from_ and late.to else f"days up to {day(figures.from_ - ONE_DAY)}"
        causes = tuple(_causes(late, account))
        why = " ".join([learned(cause, account, late.from_) for cause in causes] or [BY_LAW])
        yield Change("Correction", f"{why} {_so(late.amount, days)}", late.amount, late.from_, late.to, causes)


def _so(amount: Decimal, days: str) -> str:
    change = f"added {pounds(amount)} to" if amount >= 0 else f"took {pounds(-amount)} off"
    return f"So we {change} the total for {days}."


def _causes(adjustment: Adjustment, account: CareAccount) -> list[Entry]:
    """The entries that brought it. What stands in the place of another is told with the correction that did that."""
    found = [entry for cause in adjustment.causes if (entry := account.entry(cause))]
    told = {entry.fact.replaced_by for entry in found if isinstance(entry.fact, EntryVoided)}
    return [entry for entry in found if str(entry.id) not in told]
