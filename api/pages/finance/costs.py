"""/accounts/<id>/costs: what did each week, month or posting add, and do the lines add up?"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, cast

from flask.typing import ResponseReturnValue

from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, page
from api.pages.recorded import for_staff
from api.pages.yearly import percentage_on
from domain.account.accrual import Accrual, accrue
from domain.account.facts import AdjustmentProposed
from domain.account.figures import LedgerLine
from domain.account.lines import By, lines
from domain.account.posting import posting_lines
from domain.account.state import CareAccount, Entry
from domain.dates import ONE_DAY
from domain.schemes import Scheme

PERIODS = {"week": "Week", "four_weeks": "Four weeks", "month": "Month", "posting": "Posting"}
LONGEST = 366 * 40
"""As many days as one page can show week by week without growing too long to use."""


class Shown(NamedTuple):
    """A line of the ledger: what it is, in words where it is not what days cost, and the entry that caused it."""

    line: LedgerLine
    what: str
    cause: Entry | None


class Totals(NamedTuple):
    """What some lines lead from, add, and lead to. Pounds."""

    opening: Decimal
    base: Decimal
    daily_living_costs: Decimal
    metered: Decimal

    @property
    def balance(self) -> Decimal:
        return self.opening + self.metered


@page("/accounts/{account_id}/costs", "read_council", people=True)
def account_costs(visit: Visit) -> ResponseReturnValue:
    """The lines of the ledger between two days, and their totals."""
    shown = StaffAccount(visit, "/costs")
    by = shown.asked.one_of("by", tuple(PERIODS), "month")
    first, last = _days(shown)
    scheme = visit.council.scheme_at(shown.moment.known_at)
    accrual = accrue(shown.account, scheme, last)
    if by == "posting":
        found = list(posting_lines(shown.account, scheme, accrual, first, last))
    else:
        found = list(lines(accrual, first, last, cast(By, by)))
    return shown.page(
        "finance/costs.html",
        "Costs by period",
        by=by,
        periods=PERIODS,
        first=first,
        last=last,
        lines=[_shown(line, shown.account, scheme) for line in found],
        whole=_totals(found, accrual, first),
    )


def _shown(line: LedgerLine, account: CareAccount, scheme: Scheme) -> Shown:
    cause = account.entry(line.cause) if line.cause else None
    return Shown(line, _what(line, cause, account, scheme), cause)


def _what(line: LedgerLine, cause: Entry | None, account: CareAccount, scheme: Scheme) -> str:
    if line.kind == "accrual":
        return ""
    if line.kind == "opening":
        return "Opening carried in"
    if line.kind == "annual_adjustment":
        return f"Annual adjustment, {percentage_on(scheme, line.from_)}"
    if cause is None:
        return "Adjustment by law: the cap, or other rules or amounts"
    if isinstance(cause.fact, AdjustmentProposed):
        return "Manual adjustment"
    return f"Adjustment: {for_staff(cause.fact, account).heading}"


def _totals(found: Sequence[LedgerLine], accrual: Accrual, first: date) -> Totals:
    """The sums of the lines. Postings are shown whole, so they may lead from an earlier day than the first."""
    opening = found[0].balance - found[0].metered if found else accrual.balance(first - ONE_DAY)
    return Totals(opening, *(_sum(getattr(line, name) for line in found) for name in Totals._fields[1:]))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal("0.00"))


def _days(shown: StaffAccount) -> tuple[date, date]:
    """The first and the last day asked for: from the opening of the account to the day of the page."""
    opened = shown.account.opened.opened_on
    first = shown.asked.day("from") or opened
    last = shown.asked.day("to") or max(shown.moment.on, first)
    if last < first:
        shown.asked.errors["to"] = "The last day comes before the first: enter a later day"
    elif (last - first).days > LONGEST:
        shown.asked.errors["from"] = "These are more than 40 years: enter fewer days"
    return (opened, max(opened, shown.moment.on)) if shown.asked.errors else (first, last)
