"""How has an account grown, month by month?"""

from datetime import date
from typing import NamedTuple

from api.pages.charts import StepChart, step_chart
from api.pages.words import month
from domain.account.accrual import accrue
from domain.account.figures import LedgerLine
from domain.account.lines import lines
from domain.account.progress import progress_of
from domain.account.state import CareAccount
from domain.schemes import Scheme

MONTHS_SHOWN = 12


class Growth(NamedTuple):
    """The last months of an account, or all there are, and their chart."""

    lines: tuple[LedgerLine, ...]
    chart: StepChart

    @property
    def period(self) -> str:
        """Which months, in words."""
        return f"{month(self.lines[0].from_)} to {month(self.lines[-1].from_)}"


def growth(account: CareAccount, scheme: Scheme, on: date) -> Growth | None:
    """The months up to a day; None where there is no cap to grow towards, or nothing has been counted."""
    accrual = accrue(account, scheme, on)
    cap = progress_of(accrual, scheme, on).cap
    first = max(account.opened.opened_on, _months_before(on, MONTHS_SHOWN - 1))
    if cap is None or not accrual.balance(on):
        return None
    found = tuple({line.to.replace(day=1): line for line in lines(accrual, first, on, "month")}.values())
    return Growth(found, step_chart([(line.to, line.balance) for line in found], cap))


def _months_before(on: date, months: int) -> date:
    """The first day of the month that many months before."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, 1)
