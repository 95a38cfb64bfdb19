"""What a statement says: every figure at once, tied to the statement before it."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from domain.account.accrual import Accrual, accrue
from domain.account.differences import differences
from domain.account.facts import StatementIssued
from domain.account.figures import Adjustment, AdjustmentKind, CapProgress, LedgerLine, StatementFigures, StatementLine
from domain.account.lines import line, line_between, lines_of
from domain.account.progress import progress_of, weekly_rate
from domain.account.running import Counted
from domain.account.state import CareAccount, Entry
from domain.dates import ONE_DAY
from domain.schemes import Scheme

NO_POUNDS = Decimal("0.00")

Stated = tuple[Entry, StatementIssued]
"""A statement that was made, with its entry."""

INDICATIVE_DATE_WITHIN_MONTHS = 18
"""A statement gives the expected day of reaching the cap only when that is this near (care account specification)."""


def statement_figures(account: CareAccount, scheme: Scheme, to: date, after: Stated | None = None) -> StatementFigures:
    """The figures of a statement to the close of a day (Care Act 2014 s 29(3) and (4)); raises NotInForce.

    They take up where the statement before left off, or another one that is named.
    """
    accrual = accrue(account, scheme, to)
    progress, since = progress_of(accrual, scheme, to), _since(account, to, after or account.last_statement)
    lines = tuple(_lines(accrual, since.first))
    return StatementFigures(
        from_=since.first,
        to=to,
        version=account.version,
        scheme=scheme.name,
        edition=scheme.edition,
        provisions_in_force=scheme.provisions_in_force,
        previous_statement=str(since.statement[0].id) if since.statement else None,
        opening=since.balance,
        counted=sum((line.metered for line in lines), NO_POUNDS),
        adjustments=(*_late(account, scheme, accrual, since), *_strokes(accrual, since.first)),
        accrued_costs=progress.accrued_costs,
        cap=progress.cap,
        remaining=progress.remaining,
        percent=progress.percent,
        cost_of_meeting_needs=line(accrual, since.first, to).base,
        daily_living_costs=sum((line.daily_living_costs for line in lines), NO_POUNDS),
        daily_living_costs_so_far=progress.daily_living_costs,
        metering=progress.metering,
        weekly_rate=progress.weekly_rate,
        cap_reached_on=progress.cap_reached_on,
        expected_to_reach_cap_on=expected_soon(progress, to),
        lines=lines,
    )


class _Since(NamedTuple):
    """Where a statement takes up: the first day it covers, the balance it begins with, and the statement before it."""

    first: date
    balance: Decimal
    statement: Stated | None


def _since(account: CareAccount, to: date, before: Stated | None) -> _Since:
    if before and before[1].figures.to < to:
        return _Since(before[1].figures.to + ONE_DAY, before[1].figures.accrued_costs, before)
    return _Since(account.opened.opened_on, NO_POUNDS, None)


def digest(figures: StatementFigures) -> str:
    """The SHA-256, in hex, of the figures' canonical bytes: what is printed on the paper to prove it."""
    return hashlib.sha256(canonical(figures.model_dump(mode="json", by_alias=True))).hexdigest()


def canonical(value: object) -> bytes:
    """The one way to write a value of texts, whole numbers, lists and mappings down (RFC 8785 on such values)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _late(account: CareAccount, scheme: Scheme, accrual: Accrual, since: _Since) -> Iterator[Adjustment]:
    """What is now known of the days already stated, where it differs from what was stated, one for each cause."""
    if since.statement is None:
        return
    stated = since.statement[1].figures
    rest = accrual.balance(stated.to) - stated.accrued_costs
    found = [d for d in differences(account, scheme, stated.version, stated.to) if d.metered]
    for difference in found:
        rest -= difference.metered
        causes = tuple(str(cause.id) for cause in difference.causes)
        yield Adjustment(
            amount=difference.metered, causes=causes, kind="late", from_=difference.first, to=difference.last
        )
    if rest:  # other rules, or other amounts of law: no entry of the account brought it
        yield Adjustment(amount=rest, causes=(), kind="late", from_=account.opened.opened_on, to=stated.to)


def _strokes(accrual: Accrual, first: date) -> Iterator[Adjustment]:
    """What moved the total at one stroke on the days that the statement covers."""
    for found in lines_of(accrual, first, accrual.on):
        if found.kind != "accrual":
            causes = (found.cause,) if found.cause else ()
            yield Adjustment(amount=found.metered, causes=causes, kind=_kind(found), from_=found.from_, to=found.to)


def _kind(found: LedgerLine) -> AdjustmentKind:
    if found.kind == "opening":
        return "opening"
    if found.kind == "annual_adjustment":
        return "annual"
    return "manual" if found.cause else "cap_lowered"


def expected_soon(progress: CapProgress, to: date) -> date | None:
    """The day on which the cap may be reached, where that is near enough to be said."""
    expected = progress.expected_to_reach_cap_on
    months = to.year * 12 + to.month - 1 + INDICATIVE_DATE_WITHIN_MONTHS
    near = expected is not None and (expected.year * 12 + expected.month - 1, expected.day) <= (months, to.day)
    return expected if near else None


def _lines(accrual: Accrual, first: date) -> Iterator[StatementLine]:
    """A line for each stretch of like days, without what moved the total at one stroke."""
    for counted in accrual.counted:
        if counted.ending_before > first:
            yield _line(counted, max(counted.first, first))


def _line(counted: Counted, first: date) -> StatementLine:
    last = counted.ending_before - ONE_DAY
    found = line_between(first, last, counted.counted_from(first), counted.counted_through(last))
    return StatementLine(
        from_=first,
        to=last,
        days=(counted.ending_before - first).days,
        metering=counted.metering,
        weekly_rate=weekly_rate(counted),
        daily_living_costs=found.daily_living_costs,
        metered=found.metered,
    )
