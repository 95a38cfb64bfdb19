"""/v1/care-accounts/{id}/ledger: what each day, week or month added."""

from typing import Any
from uuid import UUID

from pydantic import Field

from api.kit.endpoint import Answer, Call, get
from api.kit.problems import invalid_field
from api.v1.shared import AsKnown, Basis, Limit, Place, account_known, basis, cursor, known_at, place_of, scheme_of
from domain.account.accrual import accrue
from domain.account.figures import Figures, LedgerLine
from domain.account.lines import By, line, lines
from domain.dates import Day, Instant, day_in_london
from domain.money import Money, SignedMoney


class LedgerQuery(AsKnown):
    """Which days, divided how. From opening to today, month by month, when left out."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    by: By = "month"
    scheme: str | None = Field(default=None, max_length=64)
    limit: Limit = 100
    cursor: str | None = Field(default=None, max_length=200)


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
    account, scheme = account_known(call), scheme_of(call)
    first = call.query.from_ or account.opened.opened_on
    last = call.query.to or day_in_london(call.now)
    if last < first:
        raise invalid_field("/to", f"This span ends before it begins: give {first.isoformat()} or a later day.")
    accrual = accrue(account, scheme, last)
    found = list(lines(accrual, first, last, call.query.by))
    start = place_of(call).offset
    end = start + call.query.limit
    answer = Ledger(
        account_id=account.id,
        version=account.version,
        known_at=known_at(call),
        by=call.query.by,
        items=tuple(found[start:end]),
        next=cursor(Place(offset=end)) if end < len(found) else None,
        totals=_totals(line(accrual, first, last)),
        scheme=scheme.name,
        basis=basis(scheme),
    )
    return Answer(answer, version=account.version)


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
