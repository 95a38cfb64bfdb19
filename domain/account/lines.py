"""What each day, week or month added: the ledger of an account, whose lines add up to its balance."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from domain.account.accrual import Accrual
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
        yield line(accrual, first, end)
        first = end + ONE_DAY


def line(accrual: Accrual, first: date, last: date) -> LedgerLine:
    """All the days from first to last as one line."""
    eve = first - ONE_DAY
    before, after = accrual.through(eve), accrual.through(last)
    return LedgerLine(
        from_=first,
        to=last,
        base=to_the_penny(after.base) - to_the_penny(before.base),
        daily_living_costs=to_the_penny(after.daily_living_costs) - to_the_penny(before.daily_living_costs),
        metered=accrual.balance(last) - accrual.balance(eve),
        balance=accrual.balance(last),
    )


def _last_of_period(first: date, last: date, by: By) -> date:
    if by == "posting":
        return last  # nothing of it has been posted, so it stands as one
    if by == "month":
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first + timedelta(days=_DAYS[by] - 1)
