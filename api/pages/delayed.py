"""What is owed under somebody's delayed payment agreements, row by row, so that it adds up on a page?"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from domain.account.deferred import deferred_statement
from domain.account.deferred_figures import DeferredPaymentStatement, DeferredSum, InterestLine, RepaidSum
from domain.account.owed import agreements
from domain.account.state import CareAccount, Entry
from ledger.council import Council


class Row(NamedTuple):
    """What one entry, or the interest of some days, adds to what is owed: None where it adds nothing."""

    on: date
    of: DeferredSum | InterestLine | RepaidSum
    amount: Decimal | None
    entry: Entry | None


class Delayed(NamedTuple):
    """An agreement's statement, and its rows in the order of their days."""

    statement: DeferredPaymentStatement
    rows: tuple[Row, ...]


def delayed(council: Council, account: CareAccount, on: date, known_at: datetime) -> list[Delayed]:
    """Every agreement of an account, as it stands at the close of a day. The account is as known at the moment."""
    amounts = council.amounts_at(known_at)
    found = [deferred_statement(account, agreed.reference, amounts, on) for _, agreed in agreements(account)]
    return [Delayed(each, tuple(sorted(_rows(each, account), key=lambda row: row.on))) for each in found]


def _rows(found: DeferredPaymentStatement, account: CareAccount) -> Iterator[Row]:
    """Sums deferred on a day come before the interest of a stretch that ends on it, and these before a repayment."""
    for deferred in found.deferred:
        yield Row(deferred.due_on, deferred, deferred.amount, account.entry(deferred.entry_id))
    for line in found.interest:
        yield Row(line.to, line, line.amount if found.agreement.interest == "deferred" else None, None)
    for repaid in found.repaid:
        yield Row(repaid.on, repaid, -repaid.amount, account.entry(repaid.entry_id))
