"""What each day, week or month added: the ledger of an account, whose lines add up to its balance."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from domain.account.accrual import Accrual
from domain.account.daily import Costs
from domain.account.figures import LedgerLine
from domain.dates import ONE_DAY
from domain.money import to_the_penny

By = Literal["posting", "day", "week", "four_weeks", "month"]

_DAYS = {"day": 1, "week": 7, "four_weeks": 28}


def lines(accrual: Accrual, first: date, last: date, by: By) -> Iterator[LedgerLine]:
    """One line a period. Weeks are counted from `first`; months are calendar months, the outer ones cut short.

    Each amount is the difference of a total rounded once, so that lines always add up to the penny.
    """
    while first <= last:
        end = min(_last_of_period(first, last, by), last)
        yield _line(first, end, accrual.through(first - ONE_DAY), accrual.through(end))
        first = end + ONE_DAY


def total(accrual: Accrual, first: date, last: date) -> LedgerLine:
    """The whole time as one line."""
    return _line(first, last, accrual.through(first - ONE_DAY), accrual.through(last))


def _last_of_period(first: date, last: date, by: By) -> date:
    if by == "posting":
        return last  # nothing of it has been posted, so it stands as one
    if by == "month":
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first + timedelta(days=_DAYS[by] - 1)


def _line(first: date, last: date, before: Costs, after: Costs) -> LedgerLine:
    base, apart, metered = (to_the_penny(b) - to_the_penny(a) for a, b in zip(before, after, strict=True))
    return LedgerLine(
        from_=first,
        to=last,
        base=base,
        daily_living_costs=apart,
        metered=metered,
        balance=to_the_penny(after.metered),
    )
