"""Why is a council's total another than it was: days that went by, or what was learned late of days before?

The rule, which anybody can work out again from three lists of the council: the day `first` as known then, the same day
as known now, and the day `second` as known now. What lies between the first two was learned late; what lies between the
last two are the days. An account that one list does not hold has counted nothing there.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from domain.money import Money, SignedMoney
from domain.terms import Terms
from ledger.council import Council
from projections.cap_progress import ListedAccount, ProgressList, Wanted, progress_list
from projections.under_review import AccountUnderReview

NOTHING = Decimal("0.00")
Lists = tuple[ProgressList, ProgressList, ProgressList]


class Parts(Terms):
    """Accrued costs then and now, and what lies between. Pounds: before + late + days = after."""

    before: Money
    late: SignedMoney
    days: SignedMoney
    after: Money


class MovedAccount(Parts):
    """An account whose total is another."""

    account_id: str
    reference: str


class Between(NamedTuple):
    """The accounts whose total is another, what was learned late first; all accounts added up; and those left out."""

    items: list[MovedAccount]
    totals: Parts
    under_review: list[AccountUnderReview]


def between(council: Council, first: date, known_then: datetime, second: date, known_now: datetime) -> Between:
    """What lies between a day as known then, and a day, the same or a later one, as known now."""
    asked = ((first, known_then), (first, known_now), (second, known_now))
    then, late, now = (progress_list(council, Wanted(on, known_at, limit=None)) for on, known_at in asked)
    return between_lists((then, late, now))


def between_lists(lists: Lists) -> Between:
    """The same, from the lists. An account that is under review in one of them is left out of everything."""
    reviewed = {each.account_id: each for found in lists for each in found.under_review}
    by_id = [{item.account_id: item for item in found.items if item.account_id not in reviewed} for found in lists]
    every = list(_every(*by_id))
    moved = [each for each in every if each.late or each.days]
    return Between(sorted(moved, key=_what_was_late_first), _added_up(every), list(reviewed.values()))


Found = Mapping[str, ListedAccount]


def _every(then: Found, late: Found, now: Found) -> Iterator[MovedAccount]:
    for account_id, item in {**then, **late, **now}.items():
        before, known, after = (
            found[account_id].accrued_costs if account_id in found else NOTHING for found in (then, late, now)
        )
        yield MovedAccount(
            account_id=account_id,
            reference=item.reference,
            before=before,
            late=known - before,
            days=after - known,
            after=after,
        )


def _what_was_late_first(moved: MovedAccount) -> tuple[Decimal, Decimal, str]:
    return -abs(moved.late), -abs(moved.days), moved.reference


def _added_up(every: list[MovedAccount]) -> Parts:
    before, late, days, after = (
        sum((getattr(each, name) for each in every), start=NOTHING) for name in ("before", "late", "days", "after")
    )
    return Parts(before=before, late=late, days=days, after=after)
