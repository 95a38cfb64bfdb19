"""/accounts/<id>/costs: what did each week, month or posting add, and do the lines add up?"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, cast

from flask.typing import ResponseReturnValue

from api.exports.table import Column, Table, Value
from api.pages.asked import address
from api.pages.exported import downloads, exported, require_readable
from api.pages.finance.shown import StaffAccount
from api.pages.finance.struck import Struck, struck
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

PATH = "/accounts/{account_id}/costs"
PERIODS = {"week": "Week", "four_weeks": "Four weeks", "month": "Month", "posting": "Posting"}
COLUMNS = (
    Column("first_day", "day"),
    Column("last_day", "day"),
    Column("what"),
    Column("entry", "number"),
    Column("base", "money", added_up=True),
    Column("daily_living_costs", "money", added_up=True),
    Column("other_not_counted", "money", added_up=True),
    Column("counted_before_corrections"),
    Column("counted", "money", added_up=True),
    Column("balance", "money"),
)
LONGEST = 366 * 40
"""As many days as one page can show week by week without growing too long to use."""


class Shown(NamedTuple):
    """A line of the ledger: what it is, in words where it is not what days cost, and the entry that caused it.

    `struck` is what the same days counted before entries were corrected.
    """

    line: LedgerLine
    what: str
    cause: Entry | None
    struck: Sequence[Struck] = ()

    @property
    def other(self) -> Decimal | None:
        """What of the costs counts as little as living costs do, such as what lies beyond the cap; None of a stroke."""
        line = self.line
        return line.base - line.daily_living_costs - line.metered if line.kind == "accrual" else None


class Totals(NamedTuple):
    """What some lines lead from, add, and lead to. Pounds."""

    opening: Decimal
    base: Decimal
    daily_living_costs: Decimal
    metered: Decimal
    other: Decimal

    @property
    def strokes(self) -> Decimal:
        """What moved the total though no day cost it: a correction of days posted before, or a balance carried in."""
        return self.metered - (self.base - self.daily_living_costs - self.other)

    @property
    def balance(self) -> Decimal:
        return self.opening + self.metered


class Costs(NamedTuple):
    """The lines between two days, a line for each period, and their totals."""

    by: str
    first: date
    last: date
    lines: list[Shown]
    whole: Totals


@page(PATH, "read_council", people=True)
def account_costs(visit: Visit) -> ResponseReturnValue:
    """The lines of the ledger between two days, and their totals."""
    shown = StaffAccount(visit, "/costs")
    found = _costs(shown)
    return shown.page(
        "finance/costs.html",
        "Costs by period",
        periods=PERIODS,
        downloads=downloads(f"{shown.path}/costs", **_kept(shown, found)),
        **found._asdict(),
    )


@exported(PATH, "read_council", "Costs of an account", people=True)
def account_costs_file(visit: Visit) -> Table:
    """Every line of exactly the same view."""
    shown = StaffAccount(visit, "/costs")
    found = _costs(shown)
    require_readable(shown.asked)
    reference = shown.account.opened.reference
    return Table(
        name=f"costs-{reference}-{found.last}",
        title=f"Costs by {PERIODS[found.by].lower()} of {reference}, from {found.first} to {found.last}",
        on=found.last,
        known_at=shown.moment.known_at,
        asked=address(f"{shown.path}/costs", **_kept(shown, found)),
        columns=COLUMNS,
        rows=[_row(each) for each in found.lines],
    )


def _row(each: Shown) -> list[Value]:
    line, cause = each.line, each.cause.version if each.cause else None
    before = "; ".join(f"{struck.counted} until entry {struck.correction.version}" for struck in each.struck)
    amounts = (line.base, line.daily_living_costs, each.other)
    return [line.from_, line.to, each.what or "Costs", cause, *amounts, before, line.metered, line.balance]


def _kept(shown: StaffAccount, found: Costs) -> dict[str, Any]:
    """What the address of a view has to carry on."""
    asked = shown.asked
    days = {"from": found.first if asked.text("from") else None, "to": found.last if asked.text("to") else None}
    return {"by": found.by, **days, **shown.moment.kept}


def _costs(shown: StaffAccount) -> Costs:
    """What the address asks for."""
    by = shown.asked.one_of("by", tuple(PERIODS), "month")
    first, last = _days(shown)
    scheme = shown.visit.council.scheme_at(shown.moment.known_at)
    accrual = accrue(shown.account, scheme, last)
    if by == "posting":
        found = list(posting_lines(shown.account, scheme, accrual, first, last))
        before: Mapping[date, list[Struck]] = {}
    else:
        found = list(lines(accrual, first, last, cast(By, by)))
        before = struck(shown.account, scheme, first, last, cast(By, by))
    told = [_shown(line, shown.account, scheme, before) for line in found]
    return Costs(by, first, last, told, _totals(told, accrual, first))


def _shown(line: LedgerLine, account: CareAccount, scheme: Scheme, before: Mapping[date, Sequence[Struck]]) -> Shown:
    cause = account.entry(line.cause) if line.cause else None
    of_days = before.get(line.from_, ()) if line.kind == "accrual" else ()
    return Shown(line, _what(line, cause, account, scheme), cause, of_days)


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


def _totals(found: Sequence[Shown], accrual: Accrual, first: date) -> Totals:
    """The sums of the lines. Postings are shown whole, so they may lead from an earlier day than the first."""
    opening = found[0].line.balance - found[0].line.metered if found else accrual.balance(first - ONE_DAY)
    return Totals(
        opening=opening,
        base=_sum(one.line.base for one in found),
        daily_living_costs=_sum(one.line.daily_living_costs for one in found),
        metered=_sum(one.line.metered for one in found),
        other=_sum(one.other or Decimal("0.00") for one in found),
    )


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
