"""How far an account has come towards the cap, and when it would get there if nothing changed."""

from datetime import date, timedelta
from decimal import Decimal

from domain.account.accrual import Accrual, accrue
from domain.account.figures import CapProgress, WeeklyRate
from domain.account.running import Counted
from domain.account.state import CareAccount
from domain.dates import FOREVER
from domain.law.cap import days_to_reach
from domain.money import DAYS_IN_A_WEEK, Fraction, percent_of, to_the_penny
from domain.schemes import Scheme


def cap_progress(account: CareAccount, scheme: Scheme, on: date) -> CapProgress:
    """The figures of a care account at the close of a day (Care Act 2014 s 29(1) and (3)); raises NotInForce."""
    return progress_of(accrue(account, scheme, on), scheme, on)


def progress_of(accrual: Accrual, scheme: Scheme, on: date) -> CapProgress:
    """The same, from what has been added up to that day or a later one."""
    counted, accrued, cap = accrual.at(on), accrual.balance(on), _cap(scheme, on)
    return CapProgress(
        on=on,
        cap=cap,
        accrued_costs=accrued,
        remaining=None if cap is None else max(cap - accrued, Decimal("0.00")),
        percent=None if cap is None else str(percent_of(accrued, cap)),
        daily_living_costs=to_the_penny(accrual.through(on).daily_living_costs),
        weekly_rate=weekly_rate(counted) if counted else None,
        metering=counted.metering if counted else "closed",
        cap_reached_on=counted.reached_on if counted else None,
        expected_to_reach_cap_on=expected_to_reach_cap_on(counted, scheme, on) if counted else None,
    )


def weekly_rate(counted: Counted) -> WeeklyRate | None:
    """What a week at the stretch's rate costs and counts; from the day the cap is reached it counts nothing."""
    if counted.day.costs is None:
        return None
    base, apart, metered = (to_the_penny(amount * DAYS_IN_A_WEEK) for amount in counted.day.costs)
    return WeeklyRate(
        base=base, daily_living_costs=apart, metered=Decimal("0.00") if counted.metering == "capped" else metered
    )


def _cap(scheme: Scheme, on: date) -> Decimal | None:
    dated = scheme.cap_on(on)
    return dated.amount if dated else None


def expected_to_reach_cap_on(counted: Counted, scheme: Scheme, on: date) -> date | None:
    """The day the cap would be reached if the week of `on` went on for ever; None if it is reached or never would."""
    day = counted.day
    if counted.metering != "metering" or day.costs is None or day.cap is None or scheme.cap is None:
        return None
    total = counted.through(on).metered
    wait = days_to_reach(total, day.costs.metered, Fraction(day.cap), scheme.cap.reached_when)
    return on + timedelta(days=wait) if wait is not None and wait < (FOREVER - on).days else None
