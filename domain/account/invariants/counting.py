"""Does every day count what it may, and nothing that it may not?

Each question is asked of the entries themselves, one by one, and not of the layers that the accrual is made of: a
mistake there must not hide itself.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from domain.account.facts import (
    AccountClosed,
    AccountReopened,
    BreakRecorded,
    Fact,
    NeedsAssessed,
    OpeningCarriedIn,
)
from domain.account.invariants.looking import Found, Look
from domain.account.state import CareAccount
from domain.dates import FOREVER, ONE_DAY
from domain.parameters import NotInForce
from domain.schemes import Scheme


def accrued_costs_lie_between_nil_and_the_cap(looked: Look) -> Iterator[Found]:
    """Accrued costs are never below 0.00 and never above the cap in force."""
    for day in looked.days:
        accrued, cap = looked.accrual.through(day).metered, _cap_on(looked.scheme, day)
        if accrued < 0 or (cap is not None and accrued > cap):
            limit = "no cap is in force" if cap is None else f"the cap is {cap}"
            yield Found(f"accrued costs are {looked.accrual.balance(day)} and {limit}.", day)


def nothing_accrues_on_a_day_that_does_not_count(looked: Look) -> Iterator[Found]:
    """Nothing accrues without eligible needs, in a break, before commencement, or on a day the account is not open."""
    for day in looked.days:
        counted = looked.accrual.at(day)
        why_not = _why_not(looked.account, looked.scheme, day)
        if counted and any(counted.daily) and why_not:
            yield Found(f"something was counted although {why_not}.", day)


def _cap_on(scheme: Scheme, day: date) -> Decimal | None:
    try:
        dated = scheme.cap_on(day)
    except NotInForce:
        return None
    return dated.amount if dated else None


def _why_not(account: CareAccount, scheme: Scheme, day: date) -> str | None:
    """Why a day may not count; None where it may."""
    if not _is_open(account, day):
        return "the account was not open"
    if scheme.cap is None or day < scheme.cap.commencement:
        return "the cap had not commenced"
    if not _has_eligible_needs(account, day) and not _goes_on_as_carried_in(account, day):
        return "no eligible needs were in force"
    if _last_covering(account, BreakRecorded, day):
        return "care had paused"
    return None


def _is_open(account: CareAccount, day: date) -> bool:
    ends = [(entry.version, False) for entry, fact in account.of(AccountClosed) if fact.on + ONE_DAY <= day]
    ends += [(entry.version, True) for entry, fact in account.of(AccountReopened) if fact.on <= day]
    return account.opened.opened_on <= day and max(ends, default=(0, True))[1]


def _has_eligible_needs(account: CareAccount, day: date) -> bool:
    needs = _last_covering(account, NeedsAssessed, day)
    if not isinstance(needs, NeedsAssessed) or needs.eligible_from is None:
        return False
    return day >= max(needs.eligible_from, needs.duty_arose_on or needs.eligible_from)


def _goes_on_as_carried_in(account: CareAccount, day: date) -> bool:
    """Whether the first council's rate goes on: this council has not assessed needs for any day so far."""
    openings = [(fact.on, entry.version, fact) for entry, fact in account.of(OpeningCarriedIn) if fact.on <= day]
    assessed = [fact for _, fact in account.of(NeedsAssessed) if fact.confirmed and fact.effective_from <= day]
    return bool(openings) and not assessed and max(openings, key=lambda each: each[:2])[2].weekly_rate is not None


def _last_covering(account: CareAccount, kind: type[Fact], day: date) -> Fact | None:
    """Of the entries of a kind that count and cover a day, the one recorded last."""
    covering = [entry for entry, fact in account.of(kind) if _covers(fact, day)]
    return max(covering, key=lambda entry: entry.version).fact if covering else None


def _covers(fact: Fact, day: date) -> bool:
    ending_before: date | None = getattr(fact, "ending_before", None)
    return fact.effective_from <= day < (ending_before or FOREVER) and getattr(fact, "confirmed", True)
