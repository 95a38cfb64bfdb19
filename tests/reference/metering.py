"""What would someone with the specification, a pencil and much patience say has accrued?

An independent reference for Care Act 2014 ss 15, 16 and 29: it shares no code with `domain`, walks every day of an
account from its opening, and adds exact fractions. It is slow on purpose. Money comes in as strings of pounds and goes
out as Decimal pounds; spans are half-open.

Where the specification leaves room, each module says how it is read: `entries` and `known` about facts, `one_day` about
a single day, `adding_up` about totals and the cap, `posting` about days already posted, and this one about the answer:

- The weekly rate is what the entries in force on the day give, to the penny; its metered part is 0.00 when capped.
- The expected day goes on from the day after `on` with the weekly rate and the cap in force on `on`. There is none when
  the cap is reached, when nothing accrues on `on`, or when it lies beyond 2199-12-31, the last day that the ledger
  knows how to write.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from .adding_up import Day, closes
from .entries import Entry
from .known import known
from .one_day import NoAmount, Policy, commenced
from .pencil import DAYS_IN_A_WEEK, NIL, dated, pennies

__all__ = ["Day", "Entry", "Figures", "NoAmount", "Policy", "daily", "figures"]

LAST_DAY = date(2199, 12, 31)


@dataclass(frozen=True)
class Figures:
    """An account at the close of a day, in pounds and pennies; the three rates are None where no base is known."""

    accrued_costs: Decimal
    daily_living_costs: Decimal
    cap: Decimal | None
    metering: str
    base: Decimal | None
    dlc_week: Decimal | None
    metered_week: Decimal | None
    cap_reached_on: date | None
    expected_to_reach_cap_on: date | None


def figures(history: Sequence[Entry], policy: Policy, on: date, known_at: datetime) -> Figures:
    """An account at the close of `on`, by what was recorded at or before `known_at`. Raises NoAmount."""
    *_, close = closes(known(history, known_at), policy, on, on)
    cap = dated(policy.cap, on) if commenced(policy, on) else None
    week, totals = close.week, close.totals
    accruing = NIL if week is None or totals.cap_reached_on else week.metered
    return Figures(
        accrued_costs=pennies(totals.accrued),
        daily_living_costs=pennies(totals.set_apart),
        cap=None if cap is None else pennies(cap),
        metering=close.day.metering,
        base=None if week is None else pennies(week.base),
        dlc_week=None if week is None else pennies(week.daily_living_costs),
        metered_week=None if week is None else pennies(accruing),
        cap_reached_on=totals.cap_reached_on,
        expected_to_reach_cap_on=None if cap is None else _expected(policy, cap, totals.accrued, accruing, on),
    )


def daily(history: Sequence[Entry], policy: Policy, first: date, last: date, known_at: datetime) -> list[Day]:
    """Every day from `first` to `last`, both included, by what was recorded by `known_at`. Raises NoAmount."""
    found = closes(known(history, known_at), policy, first, last)
    return [close.day for close in found if close.day.day >= first]


def _expected(policy: Policy, cap: Fraction, accrued: Fraction, weekly: Fraction, on: date) -> date | None:
    """The first day on which the total reaches the cap if every later day is like `on`; pounds and pounds a week."""
    if weekly == NIL:
        return None
    wanting = (cap - accrued) / (weekly / DAYS_IN_A_WEEK)
    wait = floor(wanting) + 1 if policy.reached_when == "above" else ceil(wanting)
    return on + timedelta(days=wait) if wait <= (LAST_DAY - on).days else None
