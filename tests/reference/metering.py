"""What would someone with the specification, a pencil and much patience say has accrued?

An independent reference for Care Act 2014 ss 15 and 29: it shares no code with `domain`, walks every day of an account
from its opening, and adds exact fractions. It is slow on purpose. Money comes in as strings of pounds and goes out as
Decimal pounds; spans are half-open. Charges, corrections, transfers and annual adjustments are not known to it.

Where the specification leaves room, this is how it is read:

- Closed is the answer before `opened_on` (or while no opening is known) and after the last day. The day of closure
  itself counts. Of several closures the one recorded last is in force.
- One answer a day, the first that fits: closed, not_commenced, capped, not_eligible, paused, no_budget, unassessed,
  metering. The day the cap is reached is itself answered capped.
- Every open and commenced day asks whether the cap is reached, also a day on which nothing accrues: a cap lowered below
  the running total is reached on the day it is lowered, and a cap of nil on the first day.
- Once reached the cap stays reached, even if it is raised: nothing more is metered. Base and daily living costs go on.
- On a closed, not_commenced, not_eligible, paused, no_budget or unassessed day there is no weekly rate and nothing is
  set apart, and so too on such a day after the cap was reached, although that day is answered capped.
- The weekly rate is what the entries in force on the day give, to the penny; its metered part is 0.00 when capped.
- An unconfirmed needs assessment is as though absent. An eligible one is in force from `eligible_from` but says
  eligible only from the later of that and `duty_arose_on`; one that is not eligible is in force from `assessed_on`.
- A commenced day with a base needs a cap, and in a care home an amount of daily living costs (short stays only when the
  switch sets them apart): without it NoAmount. A day on which there is nothing to meter needs no amount.
- The expected day goes on from the day after `on` with the weekly rate and the cap in force on `on`. There is none when
  the cap is reached, when nothing accrues on `on`, or when it lies beyond
  2199-12-31, the last day that the ledger knows how to write.
- Accrued costs are never reported above the cap in force on the day, nor below 0.00.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import Any

NIL = Fraction(0)
DAYS_IN_A_WEEK = 7
LAST_DAY = date(2199, 12, 31)


class NoAmount(Exception):
    """The policy gives no such amount for a day that needs one."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(f"no amount of {name} is in force on {day.isoformat()}")
        self.name = name
        self.day = day


@dataclass(frozen=True)
class Entry:
    """One known fact of an account's stream; `data` has the shape of the request body that recorded it."""

    version: int
    recorded_at: datetime
    type: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Policy:
    """The dated values and switches of a scheme: each amount holds from its day until the next; None ends it."""

    commencement: date | None
    cap: Mapping[date, str | None]
    daily_living_costs: Mapping[date, str | None]  # pounds a week
    reached_when: str = "at_or_above"  # or "above"
    daily_living_costs_on_short_stays: bool = True
    personal_base: str = "charge"  # or "weekly_cost", as the Act read before 2022


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


@dataclass(frozen=True)
class Day:
    """What one day came to, in exact pounds; nil where nothing is metered."""

    day: date
    base: Fraction
    daily_living_costs: Fraction
    metered: Fraction
    metering: str


def figures(history: Sequence[Entry], policy: Policy, on: date, known_at: datetime) -> Figures:
    """An account at the close of `on`, by what was recorded at or before `known_at`. Raises NoAmount."""
    account = _account(history, known_at)
    *_, close = _closes(account, policy, on, on)
    cap = _amount(policy.cap, on) if _commenced(policy, on) else None
    week = close.week
    accruing = NIL if week is None or close.cap_reached_on else week.metered
    return Figures(
        accrued_costs=_pennies(max(NIL, close.accrued if cap is None else min(close.accrued, cap))),
        daily_living_costs=_pennies(close.set_apart),
        cap=None if cap is None else _pennies(cap),
        metering=close.day.metering,
        base=None if week is None else _pennies(week.base),
        dlc_week=None if week is None else _pennies(week.daily_living_costs),
        metered_week=None if week is None else _pennies(accruing),
        cap_reached_on=close.cap_reached_on,
        expected_to_reach_cap_on=None if cap is None else _expected(policy, cap, close.accrued, accruing, on),
    )


def daily(history: Sequence[Entry], policy: Policy, first: date, last: date, known_at: datetime) -> list[Day]:
    """Every day from `first` to `last`, both included, by what was recorded by `known_at`. Raises NoAmount."""
    closes = _closes(_account(history, known_at), policy, first, last)
    return [close.day for close in closes if close.day.day >= first]


# One day: section 2 of the specification, step by step.


@dataclass(frozen=True)
class _Week:
    """A week's amounts from the entries in force on one day, in exact pounds."""

    base: Fraction
    daily_living_costs: Fraction

    @property
    def metered(self) -> Fraction:
        return self.base - self.daily_living_costs


def _one_day(account: _Account, policy: Policy, day: date) -> tuple[str, _Week | None]:
    """Steps 1 to 6 for one day, the cap left aside: whether it is metered, else why not."""
    if not account.is_open(day):
        return "closed", None
    if not _commenced(policy, day):
        return "not_commenced", None
    if not _eligible(account, day):
        return "not_eligible", None
    if _in_force(account.breaks, day) is not None:
        return "paused", None
    budget = _in_force(account.budgets, day)
    if budget is None:
        return "no_budget", None
    base = _base(account, policy, budget, day)
    if base is None:
        return "unassessed", None
    return "metering", _Week(base, _daily_living_costs(policy, budget, base, day))


def _commenced(policy: Policy, day: date) -> bool:
    return policy.commencement is not None and day >= policy.commencement


def _eligible(account: _Account, day: date) -> bool:
    needs_assessment = _in_force(account.needs_assessments, day)
    if needs_assessment is None or not needs_assessment["eligible"]:
        return False
    duty_arose_on = _day(needs_assessment.get("duty_arose_on"))
    return duty_arose_on is None or day >= duty_arose_on


def _base(account: _Account, policy: Policy, budget: Mapping[str, Any], day: date) -> Fraction | None:
    """The week's amount that counts (s 15(2)); None where the council meets the needs and has not assessed."""
    weekly_cost = _pounds(budget["weekly_cost"])
    if budget["kind"] == "independent" or policy.personal_base == "weekly_cost":
        return weekly_cost
    assessment = _in_force(account.financial_assessments, day)
    if assessment is None:
        return None
    if assessment["outcome"] == "full_cost":
        return weekly_cost
    return min(_pounds(assessment["weekly_contribution"]), weekly_cost)


def _daily_living_costs(policy: Policy, budget: Mapping[str, Any], base: Fraction, day: date) -> Fraction:
    """The part of a week's base that is daily living costs (s 15(6)). Raises NoAmount."""
    if budget["setting"] != "care_home":
        return NIL
    if budget.get("short_stay") and not policy.daily_living_costs_on_short_stays:
        return NIL
    amount = _amount(policy.daily_living_costs, day)
    if amount is None:
        raise NoAmount("daily_living_costs", day)
    return min(base, amount)


# Adding up: section 3.


@dataclass(frozen=True)
class _Close:
    """An account at the close of one day: the day, and the exact totals it leaves."""

    day: Day
    week: _Week | None
    accrued: Fraction
    set_apart: Fraction
    cap_reached_on: date | None


def _closes(account: _Account, policy: Policy, first: date, last: date) -> Iterator[_Close]:
    """Every day to `last`, from the account's opening or from `first`, whichever is earlier."""
    accrued, set_apart, cap_reached_on = NIL, NIL, None
    for day in _days(min(first, account.opened_on or first), last):
        metering, week = _one_day(account, policy, day)
        base = week.base / DAYS_IN_A_WEEK if week else NIL
        daily_living_costs = week.daily_living_costs / DAYS_IN_A_WEEK if week else NIL
        metered = base - daily_living_costs
        if metering not in ("closed", "not_commenced"):
            cap = _amount(policy.cap, day)
            if cap is None and week is not None:
                raise NoAmount("cap", day)
            if cap_reached_on is not None:
                metered = NIL
            elif cap is not None and _reaches(policy, accrued + metered, cap):
                # Whatever of the day's base is beyond the headroom may not be charged (s 15(1)).
                metered = max(NIL, cap - accrued)
                cap_reached_on = day
            if cap_reached_on is not None:
                metering = "capped"
        accrued += metered
        set_apart += daily_living_costs
        yield _Close(Day(day, base, daily_living_costs, metered, metering), week, accrued, set_apart, cap_reached_on)


def _reaches(policy: Policy, total: Fraction, cap: Fraction) -> bool:
    # Section 15(1) says "exceeds" where the policy papers say "reaches": hence the switch.
    return total > cap if policy.reached_when == "above" else total >= cap


def _expected(policy: Policy, cap: Fraction, accrued: Fraction, weekly: Fraction, on: date) -> date | None:
    """The first day on which the total reaches the cap if every later day is like `on`; pounds and pounds a week."""
    if weekly == NIL:
        return None
    days = (cap - accrued) / (weekly / DAYS_IN_A_WEEK)
    wait = floor(days) + 1 if policy.reached_when == "above" else ceil(days)
    return on + timedelta(days=wait) if wait <= (LAST_DAY - on).days else None


# What was known, and what of it is in force on a day.


@dataclass(frozen=True)
class _Span:
    effective_from: date
    ending_before: date | None
    data: Mapping[str, Any]

    def contains(self, day: date) -> bool:
        return self.effective_from <= day and (self.ending_before is None or day < self.ending_before)


@dataclass
class _Account:
    """The facts known of one account, each kind in the order of recording."""

    opened_on: date | None = None
    last_day: date | None = None
    needs_assessments: list[_Span] = field(default_factory=list)
    budgets: list[_Span] = field(default_factory=list)
    financial_assessments: list[_Span] = field(default_factory=list)
    breaks: list[_Span] = field(default_factory=list)

    def is_open(self, day: date) -> bool:
        if self.opened_on is None or day < self.opened_on:
            return False
        return self.last_day is None or day <= self.last_day


def _account(history: Sequence[Entry], known_at: datetime) -> _Account:
    account = _Account()
    for entry in sorted(history, key=lambda entry: entry.version):
        if entry.recorded_at <= known_at:
            _take_in(account, entry.type, entry.data)
    return account


def _take_in(account: _Account, type_: str, data: Mapping[str, Any]) -> None:
    if type_ == "account-opened":
        account.opened_on = _day(data["opened_on"])
    elif type_ == "account-closed":
        account.last_day = _day(data["on"])
    elif type_ == "needs-assessed" and data.get("confirmed") is not False:
        account.needs_assessments.append(_span(data, "eligible_from" if data["eligible"] else "assessed_on"))
    elif type_ == "budget-set":
        account.budgets.append(_span(data, "effective_from"))
    elif type_ == "financial-assessment-imported":
        account.financial_assessments.append(_span(data, "effective_from"))
    elif type_ == "break-recorded":
        account.breaks.append(_span(data, "from"))


def _span(data: Mapping[str, Any], starts: str) -> _Span:
    effective_from = _day(data[starts])
    if effective_from is None:
        raise ValueError(f"{starts} is needed to know from when this is in force")
    return _Span(effective_from, _day(data.get("ending_before")), data)


def _in_force(spans: Sequence[_Span], day: date) -> Mapping[str, Any] | None:
    """The one recorded last among those that contain the day; so an earlier one resumes when a later one ends."""
    for span in reversed(spans):
        if span.contains(day):
            return span.data
    return None


def _amount(amounts: Mapping[date, str | None], day: date) -> Fraction | None:
    starts = [start for start in amounts if start <= day]
    amount = amounts[max(starts)] if starts else None
    return None if amount is None else _pounds(amount)


# Days and pounds.


def _days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


@cache
def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@cache
def _pounds(text: str) -> Fraction:
    if not isinstance(text, str):
        raise TypeError("money is written as a string of pounds")
    return Fraction(Decimal(text))


def _pennies(pounds: Fraction) -> Decimal:
    """Rounded half up, once, to the penny; for amounts that are not negative."""
    return Decimal(floor(pounds * 100 + Fraction(1, 2))).scaleb(-2)
