"""What do the days of an account add up to, from its opening to the close of any day?

- A day on which the cap has not commenced, or before `opened_on`, changes no total: an opening or an adjustment dated
  such a day does nothing. A closed day does, except that it meters nothing and never reaches the cap.
- Within a day: openings, then the annual adjustment, then the cap of the day if it is lower than the total, then the
  day's metered amount and the manual adjustments of the day together.
- An opening fixes both totals and forgets that the cap was reached. An annual adjustment first rounds the total to the
  penny, rounds its own amount to the penny (halves away from nil), and leaves daily living costs as they are.
- Every open and commenced day asks whether the cap is reached, also a day on which nothing accrues: a cap of nil is
  reached on the first day. A total above the cap of the day is cut down to it first, and for good: so where the switch
  says "above", a cap lowered on a day that adds nothing is not reached until a day adds something.
- The day the cap is reached is answered capped. Once reached it stays reached, even if the cap is raised or an annual
  adjustment is negative: nothing more is metered. Base and daily living costs go on.
- Only a day whose manual adjustments together are negative and leave the total short of the cap undoes that the cap was
  reached before; that day itself still meters nothing.
- The total is never below 0.00 at the close of a day: what a manual adjustment takes beyond that is lost.
- A commenced day with a base needs a cap, else NoAmount. A day on which there is nothing to meter needs no amount.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from .known import Known, Week
from .one_day import NoAmount, Policy, commenced, one_day
from .pencil import DAYS_IN_A_WEEK, NIL, dated, days, pennies


@dataclass(frozen=True)
class Day:
    """What one day came to, in exact pounds; nil where nothing is metered."""

    day: date
    base: Fraction
    daily_living_costs: Fraction
    metered: Fraction
    metering: str


@dataclass(frozen=True)
class Totals:
    """What an account has come to at a moment between days, in exact pounds."""

    accrued: Fraction = NIL
    set_apart: Fraction = NIL
    cap_reached_on: date | None = None


@dataclass(frozen=True)
class Close:
    """An account at the close of one day: the day, its weekly rate, and the totals it leaves."""

    day: Day
    week: Week | None
    totals: Totals


def closes(account: Known, policy: Policy, first: date, last: date) -> Iterator[Close]:
    """Every day to `last`, from the account's opening or from `first`, whichever is earlier."""
    totals = Totals()
    for day in days(min(first, account.opened_on or first), last):
        close = _close(account, policy, day, totals)
        totals = close.totals
        yield close


def _close(account: Known, policy: Policy, day: date, before: Totals) -> Close:
    metering, week = one_day(account, policy, day)
    if not (account.is_opened(day) and commenced(policy, day)):
        return Close(Day(day, NIL, NIL, NIL, metering), None, before)
    cap = _Cap(dated(policy.cap, day), policy.reached_when)
    if cap.amount is None and week is not None:
        raise NoAmount("cap", day)
    whole = week or Week(NIL, NIL)
    base, set_apart, metered = (part / DAYS_IN_A_WEEK for part in (whole.base, whole.daily_living_costs, whole.metered))
    start = _start_of_day(account, policy, cap, day, before)
    is_open = metering != "closed"
    metered, totals = _count(start, cap, day, metered, account.adjustment(day), is_open)
    if is_open and totals.cap_reached_on is not None:
        metering = "capped"
    totals = replace(totals, set_apart=totals.set_apart + set_apart)
    return Close(Day(day, base, set_apart, metered, metering), week, totals)


@dataclass(frozen=True)
class _Cap:
    """The cap of one day, in exact pounds, if there is one, and when it counts as reached."""

    amount: Fraction | None
    reached_when: str

    def is_reached(self, total: Fraction) -> bool:
        # Section 15(1) says "exceeds" where the policy papers say "reaches": hence the switch.
        if self.amount is None:
            return False
        return total > self.amount if self.reached_when == "above" else total >= self.amount

    def at_most(self, total: Fraction) -> Fraction:
        return total if self.amount is None else min(total, self.amount)


def _start_of_day(account: Known, policy: Policy, cap: _Cap, day: date, totals: Totals) -> Totals:
    """The totals as openings, the annual adjustment (s 16) and a lower cap leave them before anything is metered."""
    for opening in account.openings:
        if opening.on == day:
            totals = Totals(opening.accrued_costs, opening.daily_living_costs)
    accrued = totals.accrued
    if day in policy.annual_adjustments:
        balance = Fraction(pennies(accrued))
        accrued = balance + Fraction(pennies(balance * Fraction(policy.annual_adjustments[day]) / 100))
    return replace(totals, accrued=cap.at_most(accrued))


def _count(
    start: Totals, cap: _Cap, day: date, metered: Fraction, adjustment: Fraction, is_open: bool
) -> tuple[Fraction, Totals]:
    """What of the day's metered amount counts, and the totals with it and with the day's manual adjustments."""
    reached_on = start.cap_reached_on
    if reached_on is not None:
        metered = NIL
    total = max(NIL, start.accrued + metered + adjustment)
    if reached_on is not None:
        if adjustment < NIL and not cap.is_reached(cap.at_most(total)):
            reached_on = None
    elif is_open and cap.is_reached(total):
        reached_on = day
        # Whatever of the day's base is beyond the headroom may not be charged (s 15(1)).
        headroom = max(NIL, cap.at_most(total) - start.accrued - adjustment)
        metered = min(metered, headroom)
    return metered, replace(start, accrued=cap.at_most(total), cap_reached_on=reached_on)
