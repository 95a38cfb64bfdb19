"""What each day, week or month added: the ledger of an account, whose lines add up to its balance."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from domain.account.accrual import Accrual
from domain.account.daily import Costs
from domain.account.figures import LedgerLine
from domain.account.running import Move
from domain.dates import ONE_DAY
from domain.money import to_the_penny

By = Literal["posting", "day", "week", "four_weeks", "month"]

_DAYS = {"day": 1, "week": 7, "four_weeks": 28}


def lines(accrual: Accrual, first: date, last: date, by: By) -> Iterator[LedgerLine]:
    """The lines of each period, in order.

    Days of one period make one line, except that what moved the total at one stroke is a line of its own. Each amount
    is the difference of a total rounded once, so that lines always add up to the penny.
    """
    for start, end in periods(first, last, by):
        yield from lines_of(accrual, start, end)


def periods(first: date, last: date, by: By) -> Iterator[tuple[date, date]]:
    """The days from first to last, divided. Weeks are counted from `first`; months are the calendar's."""
    while first <= last:
        end = min(_last_of_period(first, last, by), last)
        yield first, end
        first = end + ONE_DAY


def line(accrual: Accrual, first: date, last: date) -> LedgerLine:
    """All the days from first to last as one line, whatever moved the total in them."""
    return line_between(first, last, accrual.through(first - ONE_DAY), accrual.through(last))


def lines_of(accrual: Accrual, first: date, last: date) -> Iterator[LedgerLine]:
    """The days from first to last: one line for the days between two strokes, and one for each stroke."""
    before = accrual.through(first - ONE_DAY)
    for day, eve, move in _moves(accrual, first, last):
        if first <= eve:
            yield line_between(first, eve, before, move.before)
            first = eve + ONE_DAY
        cause = str(move.cause.id) if move.cause else None
        yield line_between(day, day, move.before, move.after).model_copy(update={"kind": move.kind, "cause": cause})
        before = move.after
    if first <= last:
        yield line_between(first, last, before, accrual.through(last))


def _moves(accrual: Accrual, first: date, last: date) -> Iterator[tuple[date, date, Move]]:
    """Each stroke that changed anything, with its day and the last day that is counted before it."""
    for counted in accrual.beginning(first, last):
        eves = [(counted.first - ONE_DAY, move) for move in counted.moves_first]
        eves += [(counted.first, move) for move in counted.moves_last]
        yield from ((counted.first, eve, move) for eve, move in eves if move.before != move.after)


def line_between(first: date, last: date, before: Costs, after: Costs) -> LedgerLine:
    """One line that leads from some totals to others. Each amount is the difference of totals rounded once."""
    base, apart, metered = (to_the_penny(b) - to_the_penny(a) for a, b in zip(before, after, strict=True))
    balance = to_the_penny(after.metered)
    return LedgerLine(from_=first, to=last, base=base, daily_living_costs=apart, metered=metered, balance=balance)


def _last_of_period(first: date, last: date, by: By) -> date:
    if by == "posting":
        return last  # nothing of it has been posted, so it stands as one
    if by == "month":
        return first.replace(day=monthrange(first.year, first.month)[1])
    return first + timedelta(days=_DAYS[by] - 1)
