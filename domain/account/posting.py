"""What is still to be posted, and what the ledger shows of what has been."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from domain.account.accrual import Accrual
from domain.account.differences import differences
from domain.account.facts import PeriodPosted
from domain.account.figures import ExactTotals, LedgerLine
from domain.account.lines import lines_of
from domain.account.state import CareAccount
from domain.dates import ONE_DAY
from domain.money import to_the_penny
from domain.schemes import Scheme

Pounds = tuple[Decimal, Decimal, Decimal]
"""Base, daily living costs and what was metered, in signed pounds."""


def is_posted(account: CareAccount, through: date) -> bool:
    """Whether a day was posted before, or is one before the account was opened: a period counts once."""
    posted_through = account.posted_through
    return through < account.opened.opened_on or (posted_through is not None and through <= posted_through)


def period_of(account: CareAccount, scheme: Scheme, accrual: Accrual, through: date) -> PeriodPosted | None:
    """The posting of the account up to a day that is not posted yet; None where there is nothing to post."""
    posted_through = account.posted_through
    over = account.closed is not None and posted_through is not None and account.closed.on <= posted_through
    return period(scheme, accrual, through, unposted_lines(account, scheme, accrual, through), over)


def period(
    scheme: Scheme, accrual: Accrual, through: date, lines: Iterable[LedgerLine], over: bool
) -> PeriodPosted | None:
    """The posting of some lines (Care Act 2014 s 15).

    One that is `over`, because its account was posted to its last day, counts only where something of it has changed.
    """
    posted = tuple(line.model_copy(update={"posted": True}) for line in lines)
    if over and not any(line.metered or line.base for line in posted):
        return None
    base, apart, metered = accrual.through(through)
    counted = accrual.at(through)
    return PeriodPosted(
        through=through,
        scheme=scheme.name,
        edition=scheme.edition_through(through),
        lines=posted,
        accrued_costs=accrual.balance(through),
        totals=ExactTotals(base=base, daily_living_costs=apart, metered=metered),
        cap_reached_on=counted.reached_on if counted else None,
    )


def posting_lines(
    account: CareAccount, scheme: Scheme, accrual: Accrual, first: date, last: date
) -> Iterator[LedgerLine]:
    """Every posting that ends from first to last, line by line as it was posted, and then what is not posted yet.

    Postings are shown whole, also one that begins before `first`. What late knowledge changed of posted days stands
    after the last of them, unless only days after it are asked for.
    """
    for _, posted in account.of(PeriodPosted):
        if first <= posted.through <= last:
            yield from posted.lines
    posted_through = account.posted_through
    if posted_through is None or posted_through < first:
        yield from lines_of(accrual, first, last)
    elif posted_through <= last:
        yield from unposted_lines(account, scheme, accrual, last)


def unposted_lines(account: CareAccount, scheme: Scheme, accrual: Accrual, last: date) -> Iterator[LedgerLine]:
    """What late knowledge changed of the days posted, one line for each cause, then the days up to `last`."""
    first = account.opened.opened_on
    if account.last_posting:
        entry, posted = account.last_posting
        first = posted.through + ONE_DAY
        yield from _adjustments(account, scheme, entry.version, posted, accrual)
    if first <= last:
        yield from lines_of(accrual, first, last)


def _adjustments(
    account: CareAccount, scheme: Scheme, version: int, posted: PeriodPosted, accrual: Accrual
) -> Iterator[LedgerLine]:
    """The lines that lead from the balance as it was posted to the balance of that day as it is known now."""
    found = list(differences(account, scheme, version, posted.through))
    rest = _differing(_posted(posted), _now(accrual, posted.through))
    for difference in found:
        rest = _differing(difference[3:], rest)
    balance = posted.accrued_costs + rest[2]
    if any(rest):  # other rules, or other amounts of law: no entry of the account brought it
        yield _adjustment(account.opened.opened_on, posted.through, rest, balance)
    for difference in found:
        balance += difference.metered
        line = _adjustment(difference.first, difference.last, difference[3:], balance)
        yield line.model_copy(update={"cause": str(difference.causes[0].id)})


def _posted(posted: PeriodPosted) -> Pounds:
    totals = posted.totals
    return to_the_penny(totals.base), to_the_penny(totals.daily_living_costs), posted.accrued_costs


def _now(accrual: Accrual, day: date) -> Pounds:
    base, apart, metered = accrual.through(day)
    return to_the_penny(base), to_the_penny(apart), to_the_penny(metered)


def _differing(part: Pounds, whole: Pounds) -> Pounds:
    """The whole without the part."""
    return whole[0] - part[0], whole[1] - part[1], whole[2] - part[2]


def _adjustment(first: date, last: date, pounds: Pounds, balance: Decimal) -> LedgerLine:
    base, apart, metered = pounds
    return LedgerLine(
        from_=first,
        to=last,
        base=base,
        daily_living_costs=apart,
        metered=metered,
        kind="adjustment",
        balance=balance,
    )
