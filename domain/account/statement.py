"""What a statement says: every figure at once, tied to the statement before it."""

import hashlib
import json
from datetime import date
from decimal import Decimal

from domain.account.accrual import Accrual, Counted, accrue
from domain.account.facts import StatementIssued
from domain.account.figures import Adjustment, CapProgress, StatementFigures, StatementLine
from domain.account.lines import line
from domain.account.progress import progress_of, weekly_rate
from domain.account.state import CareAccount, Entry
from domain.dates import ONE_DAY
from domain.schemes import Scheme

Adjustments = tuple[Adjustment, ...]

INDICATIVE_DATE_WITHIN_MONTHS = 18
"""A statement gives the expected day of reaching the cap only when that is this near (care account specification)."""


def statement_figures(account: CareAccount, scheme: Scheme, to: date) -> StatementFigures:
    """The figures of a statement to the close of a day (Care Act 2014 s 29(3) and (4)); raises NotInForce."""
    accrual = accrue(account, scheme, to)
    progress = progress_of(accrual, scheme, to)
    previous = account.last_statement
    first = account.opened.opened_on
    opening, adjustments = Decimal("0.00"), Adjustments()
    if previous and previous[1].figures.to < to:
        stated = previous[1].figures
        first, opening = stated.to + ONE_DAY, stated.accrued_costs
        adjustments = _adjustments(account, scheme, accrual, stated)
    whole = line(accrual, first, to)
    return StatementFigures(
        from_=first,
        to=to,
        version=account.version,
        scheme=scheme.name,
        edition=scheme.edition,
        provisions_in_force=scheme.provisions_in_force,
        previous_statement=str(previous[0].id) if previous and first != account.opened.opened_on else None,
        opening=opening,
        counted=whole.metered,
        adjustments=adjustments,
        accrued_costs=progress.accrued_costs,
        cap=progress.cap,
        remaining=progress.remaining,
        percent=progress.percent,
        cost_of_meeting_needs=whole.base,
        daily_living_costs=whole.daily_living_costs,
        daily_living_costs_so_far=progress.daily_living_costs,
        metering=progress.metering,
        weekly_rate=progress.weekly_rate,
        cap_reached_on=progress.cap_reached_on,
        expected_to_reach_cap_on=_near(progress, to),
        lines=tuple(_line(counted, accrual, max(counted.first, first)) for counted in _from(accrual, first)),
    )


def digest(figures: StatementFigures) -> str:
    """The SHA-256, in hex, of the figures' canonical bytes: what is printed on the paper to prove it."""
    return hashlib.sha256(canonical(figures.model_dump(mode="json", by_alias=True))).hexdigest()


def canonical(value: object) -> bytes:
    """The one way to write a value of texts, whole numbers, lists and mappings down (RFC 8785 on such values)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _adjustments(account: CareAccount, scheme: Scheme, accrual: Accrual, stated: StatementFigures) -> Adjustments:
    """What is now known of the days already stated, where it differs from what was stated."""
    amount = accrual.balance(stated.to) - stated.accrued_costs
    if not amount:
        return ()
    late = [e for e in account.entries if e.version > stated.version and not isinstance(e.fact, StatementIssued)]
    late = [entry for entry in late if entry.fact.effective_from <= stated.to]
    causes = [e for e in late if _without(e, account, scheme, stated.to) != accrual.balance(stated.to)]
    return (Adjustment(amount=amount, causes=tuple(str(entry.id) for entry in causes or late)),)


def _without(entry: Entry, account: CareAccount, scheme: Scheme, day: date) -> Decimal:
    """What the balance would be had the entry never been recorded."""
    others = CareAccount(tuple(other for other in account.entries if other is not entry))
    return accrue(others, scheme, day).balance(day)


def _near(progress: CapProgress, to: date) -> date | None:
    expected = progress.expected_to_reach_cap_on
    months = to.year * 12 + to.month - 1 + INDICATIVE_DATE_WITHIN_MONTHS
    near = expected is not None and (expected.year * 12 + expected.month - 1, expected.day) <= (months, to.day)
    return expected if near else None


def _from(accrual: Accrual, first: date) -> list[Counted]:
    return [counted for counted in accrual.counted if counted.ending_before > first]


def _line(counted: Counted, accrual: Accrual, first: date) -> StatementLine:
    whole = line(accrual, first, counted.ending_before - ONE_DAY)
    return StatementLine(
        from_=first,
        to=whole.to,
        days=(counted.ending_before - first).days,
        metering=counted.day.metering,
        weekly_rate=weekly_rate(counted.day),
        daily_living_costs=whole.daily_living_costs,
        metered=whole.metered,
    )
