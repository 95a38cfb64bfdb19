"""/v1/care-accounts/{id}/ledger: what each day, week or month added."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from api.kit.basis import Basis, basis
from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.kit.problems import invalid_field
from api.v1.paging import Paged, Place, bad_cursor, cursor, place_of
from api.v1.shared import AsKnown, account_known, known_at, scheme_of
from domain.account.accrual import Accrual, accrue
from domain.account.figures import Figures, LedgerLine
from domain.account.lines import By, line, lines_of, periods
from domain.account.posting import posting_lines
from domain.account.state import CareAccount
from domain.dates import Day, Instant, day_in_london
from domain.money import Money, SignedMoney

Parts = Iterator[tuple[date, Iterable[LedgerLine]]]
"""The lines of each period, under the day it begins."""


class LedgerQuery(AsKnown, Paged):
    """Which days, divided how. From opening to today, month by month, when left out."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    by: By = "month"
    scheme: Annotated[str, Field(max_length=64)] | None = None


class LedgerTotals(Figures):
    """All the lines of the days asked for, whatever page of them is shown."""

    from_: Day = Field(alias="from")
    to: Day
    base: SignedMoney
    daily_living_costs: SignedMoney
    metered: SignedMoney
    opening_balance: Money
    balance: Money


class Ledger(Figures):
    """An account's lines. Their metered amounts add up to the change of the balance, to the penny."""

    account_id: UUID
    version: int
    known_at: Instant
    by: By
    items: tuple[LedgerLine, ...]
    next: str | None
    totals: LedgerTotals
    scheme: str
    basis: Basis


@get("/v1/care-accounts/{account_id}/ledger", "read_account", Ledger, LedgerQuery)
def read_ledger(call: Call[Any, LedgerQuery]) -> Answer:
    """What each day, week, four weeks, month or posting added.

    Weeks are counted from `from`; both days are included. What moved the total at one stroke is a line of its own.
    Postings are shown whole: those that end from `from` to `to`, as they were posted, and then what is not posted yet.
    """
    account, scheme, known = account_known(call), scheme_of(call), known_at(call)
    first, last = _span(call, account)
    accrual = accrue(account, scheme, last)
    whole, parts = line(accrual, first, last), _parts(accrual, _page_from(call, first, last), last, call.query.by)
    if call.query.by == "posting":
        posted = tuple(posting_lines(account, scheme, accrual, first, last))
        whole, parts = _added_up(posted) if posted else whole, iter([(first, posted)])
    found, following = _page(parts, place_of(call).offset, call.query.limit)
    answer = Ledger(
        account_id=account.id,
        version=account.version,
        known_at=known,
        by=call.query.by,
        items=found,
        next=cursor(following.model_copy(update={"on": last, "known_at": known})) if following else None,
        totals=_totals(whole),
        scheme=scheme.name,
        basis=basis(scheme),
    )
    return Answer(answer, version=account.version)


def _parts(accrual: Accrual, first: date, last: date, by: By) -> Parts:
    return ((start, lines_of(accrual, start, end)) for start, end in periods(first, last, by))


def _page(parts: Parts, skip: int, limit: int) -> tuple[tuple[LedgerLine, ...], Place | None]:
    """So many lines, and where the next page begins: with which period, and after how many of its lines."""
    found: list[LedgerLine] = []
    for start, period in parts:
        for place, one in enumerate(islice(period, skip, None), start=skip):
            if len(found) == limit:
                return tuple(found), Place(day=start, offset=place)
            found.append(one)
        skip = 0
    return tuple(found), None


def _span(call: Call[Any, LedgerQuery], account: CareAccount) -> tuple[date, date]:
    """The first and the last day asked for; raises ApiError 422 where they are the wrong way round."""
    first = call.query.from_ or account.opened.opened_on
    last = call.query.to or place_of(call).on or max(first, day_in_london(call.now))
    if last < first:
        raise invalid_field("/to", f"This span ends before it begins: give {first.isoformat()} or a later day.")
    return first, last


def _page_from(call: Call[Any, LedgerQuery], first: date, last: date) -> date:
    """The day a page begins with. A cursor names it, so that a late page costs no more than an early one."""
    day = place_of(call).day or first
    if not first <= day <= last:
        raise bad_cursor()
    return day


def _added_up(lines: tuple[LedgerLine, ...]) -> LedgerLine:
    """The lines as one. They lead from one to the next, so its balance is the last one's."""
    return LedgerLine(
        from_=min(one.from_ for one in lines),
        to=lines[-1].to,
        base=sum((one.base for one in lines), Decimal(0)),
        daily_living_costs=sum((one.daily_living_costs for one in lines), Decimal(0)),
        metered=sum((one.metered for one in lines), Decimal(0)),
        balance=lines[-1].balance,
    )


def _totals(whole: LedgerLine) -> LedgerTotals:
    return LedgerTotals(
        from_=whole.from_,
        to=whole.to,
        base=whole.base,
        daily_living_costs=whole.daily_living_costs,
        metered=whole.metered,
        opening_balance=whole.balance - whole.metered,
        balance=whole.balance,
    )
