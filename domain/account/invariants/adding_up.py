"""Do the lines of an account add up, as they are and as they were posted?"""

from collections.abc import Generator, Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import get_args

from domain.account.facts import PeriodPosted
from domain.account.figures import LedgerLine
from domain.account.invariants.looking import Found, Look
from domain.account.lines import By
from domain.account.posting import posting_lines
from domain.account.state import CareAccount
from domain.dates import ONE_DAY
from domain.money import to_the_penny


def lines_add_up(looked: Look) -> Iterator[Found]:
    """Lines add up to the balance, however days are divided into lines."""
    for first, last in looked.ranges:
        opening = looked.accrual.balance(first - ONE_DAY)
        for by in get_args(By):
            closing = yield from _chained(opening, looked.lines(first, last, by))
            if closing != looked.accrual.balance(last):
                yield Found(f"the lines by {by} from {first} lead to {closing}, not to the balance.", last)


def accrued_costs_fall_only_at_an_adjustment(looked: Look) -> Iterator[Found]:
    """Accrued costs never fall as days go by, except at a line that says it adjusts them."""
    for first, last in looked.ranges:
        for line in looked.lines(first, last, "day"):
            if line.metered < 0 and line.kind == "accrual":
                yield Found(f"what accrued that day is {line.metered}.", line.from_)


def postings_add_up(looked: Look) -> Iterator[Found]:
    """Posted lines add up to the posted balance, and postings follow each other without a gap."""
    for entry in looked.new:
        if isinstance(entry.fact, PeriodPosted):
            found = _of_posting(looked.account.first(entry.version - 1), entry.fact)
            yield from (Found(f"entry {entry.version}: {what}", entry.fact.through) for what in found)


def the_ledger_of_postings_adds_up(looked: Look) -> Iterator[Found]:
    """What was posted and what is still to be posted add up to the balance."""
    account = looked.account
    if account.posted_through is None:
        return
    last = max(account.posted_through, account.opened.opened_on) + ONE_DAY
    found = posting_lines(account, looked.scheme, looked.accrual, account.entries[0].fact.effective_from, last)
    closing = yield from _chained(Decimal("0.00"), found)
    if closing != looked.accrual.balance(last):
        yield Found(f"its lines by posting lead to {closing}, not to the balance.", last)


def _chained(balance: Decimal, found: Iterable[LedgerLine]) -> Generator[Found, None, Decimal]:
    """What lines lead to from a balance; yields each that does not lead from one balance to the next."""
    for line in found:
        balance += line.metered
        if line.balance != balance:
            yield Found(f"the line of {line.from_} to {line.to} shows {line.balance}, not {balance}.", line.to)
    return balance


def _of_posting(before: CareAccount, posted: PeriodPosted) -> Iterator[str]:
    """What is wrong with a posting, given the account it was made for."""
    balance, first = Decimal("0.00"), before.opened.opened_on
    if before.last_posting:
        balance, first = before.last_posting[1].accrued_costs, before.last_posting[1].through + ONE_DAY
    balance += sum((line.metered for line in posted.lines), Decimal("0.00"))
    if not balance == posted.accrued_costs == to_the_penny(posted.totals.metered):
        yield f"its lines lead to {balance}, and {posted.accrued_costs} was posted."
    counted = [line for line in posted.lines if line.kind == "accrual"]
    days = [(first - ONE_DAY, first - ONE_DAY), *((line.from_, line.to) for line in counted)]
    if days[-1][1] != posted.through or any(a[1] + ONE_DAY != b[0] for a, b in pairwise(days)):
        yield f"its lines do not cover each day from {first} to {posted.through} once."
