"""/accounts/<id>/costs: what did each week or month add, and do the lines add up?"""

from datetime import date
from typing import cast

from flask.typing import ResponseReturnValue

from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, page
from domain.account.accrual import accrue
from domain.account.lines import By, line, lines
from domain.dates import ONE_DAY

PERIODS = {"week": "Week", "four_weeks": "Four weeks", "month": "Month"}
LONGEST = 366 * 40
"""As many days as one page can show week by week without growing too long to use."""


@page("/accounts/{account_id}/costs", "read_council", people=True)
def account_costs(visit: Visit) -> ResponseReturnValue:
    """The lines of the ledger between two days, and their totals."""
    shown = StaffAccount(visit, "/costs")
    by = shown.asked.one_of("by", tuple(PERIODS), "month")
    first, last = _days(shown)
    accrual = accrue(shown.account, visit.council.scheme, last)
    whole = line(accrual, first, last)
    return shown.page(
        "finance/costs.html",
        "Costs by period",
        by=by,
        periods=PERIODS,
        first=first,
        last=last,
        lines=list(lines(accrual, first, last, cast(By, by))),
        whole=whole,
        opening=accrual.balance(first - ONE_DAY),
    )


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
