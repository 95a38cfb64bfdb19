"""/v1/care-accounts/{id}/ledger: what each day, week or month added."""

from datetime import date
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
from domain.account.accrual import accrue
from domain.account.figures import Figures, LedgerLine
from domain.account.lines import By, line, lines
from domain.account.state import CareAccount
from domain.dates import ONE_DAY, Day, Instant, day_in_london
from domain.money import Money, SignedMoney


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
    """What each day, week, four weeks or month added. Weeks are counted from `from`; both days are included."""
    account, scheme, known = account_known(call), scheme_of(call), known_at(call)
    first, last = _span(call, account)
    accrual = accrue(account, scheme, last)
    found = tuple(islice(lines(accrual, _page_from(call, first, last), last, call.query.by), call.query.limit))
    answer = Ledger(
        account_id=account.id,
        version=account.version,
        known_at=known,
        by=call.query.by,
        items=found,
        next=cursor(Place(day=found[-1].to + ONE_DAY, on=last, known_at=known)) if found[-1].to < last else None,
        totals=_totals(line(accrual, first, last)),
        scheme=scheme.name,
        basis=basis(scheme),
    )
    return Answer(answer, version=account.version)


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
