"""Of what has the person to be told as it happens, without waiting for the year's statement?

The Act leaves to regulations how often a council tells a person (Care Act 2014 s 29(4)), and there are none. The
specification asks for a notice 18 months before the cap may be reached, at 80% of it, on the day it is reached, and
when something is missing for want of which days do not count.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import get_args

from domain.account.accrual import Accrual, accrue
from domain.account.facts import Missing, NeedsAssessed, NoticeGiven, NoticeKind
from domain.account.figures import CapProgress, Metering
from domain.account.in_force import entry_on
from domain.account.progress import progress_of
from domain.account.state import CareAccount
from domain.account.statement import expected_soon
from domain.dates import ONE_DAY
from domain.schemes import Scheme

MOST_OF_THE_CAP = Decimal("80")
"""Percent of the cap (care account specification)."""

_LACKED: dict[Metering, Missing] = {"no_budget": "budget", "unassessed": "financial_assessment"}


def notices_due(account: CareAccount, scheme: Scheme, on: date) -> Iterator[tuple[NoticeKind, CapProgress]]:
    """What the person has to be told at the close of a day and has not been, each with the day's figures.

    Each crossing is told once: again only if it was undone meanwhile, by what is known now. While the cap is not law in
    force nobody is told anything about it. Raises NotInForce.
    """
    accrual = accrue(account, scheme, on)
    figures = progress_of(accrual, scheme, on)
    for kind in get_args(NoticeKind):
        if _holds(kind, account, scheme, figures) and not _told(kind, account, scheme, accrual):
            yield kind, figures


def what_is_missing(account: CareAccount, figures: CapProgress) -> Missing | None:
    """For want of what the day does not count; None where nothing is missing, or it was decided that nothing counts."""
    if figures.metering == "not_eligible":
        return None if entry_on(account, NeedsAssessed, figures.on) else "needs_assessment"
    return _LACKED.get(figures.metering)


def _holds(kind: NoticeKind, account: CareAccount, scheme: Scheme, figures: CapProgress) -> bool:
    """Whether it is so at the close of a day. Somebody who has reached the cap is no longer near it."""
    if kind == "something_missing":
        return what_is_missing(account, figures) is not None
    if not scheme.provisions_in_force or figures.metering == "closed":
        return False
    if kind == "cap_reached":
        return figures.cap_reached_on is not None
    if kind == "at_80_percent":
        return figures.cap_reached_on is None and Decimal(figures.percent or 0) >= MOST_OF_THE_CAP
    return expected_soon(figures, figures.on) is not None


def _told(kind: NoticeKind, account: CareAccount, scheme: Scheme, accrual: Accrual) -> bool:
    """Whether the last notice of the kind is of the same crossing: it has been so on every day since.

    Within a stretch of like days nothing of this comes to an end, so the first day of each says it of all.
    """
    last = max((told.figures.on for _, told in account.of(NoticeGiven) if told.kind == kind), default=None)
    if last is None:
        return False
    since = (min(last, accrual.on), *(counted.first for counted in accrual.beginning(last + ONE_DAY, accrual.on)))
    return all(_holds(kind, account, scheme, progress_of(accrual, scheme, day)) for day in since)
