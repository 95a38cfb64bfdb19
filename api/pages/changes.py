"""What changed since the last statement, as rows that add up: the same on the page and on paper."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from api.pages.recorded import recorded_late
from api.pages.words import day, pounds, weeks_and_days
from domain.account.figures import StatementFigures, StatementLine
from domain.account.state import CareAccount
from domain.dates import ONE_DAY

WHY_NOT = {
    "paused": "your care had stopped for a while",
    "not_eligible": "no decision says that you need care we must meet",
    "unassessed": "we have not done your money check",
    "no_budget": "we have not agreed what your care should cost",
    "not_commenced": "the cap was not in force",
    "closed": "your account was not open",
    "capped": "you had reached the cap",
}


class Change(NamedTuple):
    """One row: the days in words, what they added, and why."""

    days: str
    why: str
    amount: Decimal


class Changes(NamedTuple):
    """Opening, the rows between, and closing: opening and the rows add up to closing, to the penny."""

    since_statement: bool
    opening: Change
    rows: tuple[Change, ...]
    closing: Change
    corrected_because: tuple[str, ...]


def changes(figures: StatementFigures, account: CareAccount) -> Changes:
    """What the figures say changed, the entries they rest on named by what they recorded."""
    eve = figures.from_ - ONE_DAY
    follows = figures.previous_statement is not None
    begins = f"Counted up to {day(eve)}" if follows else f"When your account began, {day(figures.from_)}"
    return Changes(
        since_statement=follows,
        opening=Change(begins, "as in your last statement" if follows else "", figures.opening),
        rows=(*(_counted(line) for line in figures.lines), *_corrections(figures, eve)),
        closing=Change(f"Counted up to {day(figures.to)}", "", figures.accrued_costs),
        corrected_because=tuple(_causes(figures, account)),
    )


def span(first: date, last: date) -> str:
    """Some days by their first and last."""
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def _counted(line: StatementLine) -> Change:
    length = weeks_and_days(line.days)
    if line.metering == "metering" and line.weekly_rate:
        why = f"{length} at {pounds(line.weekly_rate.metered)} a week"
    elif line.metering == "capped" and line.metered:
        why = "the day you reached the cap, when only the rest counts"
    else:
        why = f"{length}: nothing, as {WHY_NOT[line.metering]}"
    return Change(span(line.from_, line.to), why, line.metered)


def _corrections(figures: StatementFigures, eve: date) -> Iterator[Change]:
    for adjustment in figures.adjustments:
        yield Change("Correction", f"for days up to {day(eve)}", adjustment.amount)


def _causes(figures: StatementFigures, account: CareAccount) -> Iterator[str]:
    by_id = {entry.id: entry for entry in account.entries}
    for adjustment in figures.adjustments:
        for cause in adjustment.causes:
            yield recorded_late(by_id[UUID(cause)])
