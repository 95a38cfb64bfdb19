"""What will care beyond the cap cost the council, if every week goes on as it is?"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from domain.account.figures import CapProgress
from domain.money import NIL, Fraction, a_day_of, to_the_penny


class BeyondTheCap(NamedTuple):
    """Exact pounds: a day of those past the cap, and of each who will reach it a day and what remains to them."""

    past: Fraction
    to_come: tuple[tuple[Fraction, Fraction], ...]

    def after(self, days: int) -> Decimal:
        """The cost of so many days for all of them, rounded once; the day that reaches the cap costs a part.

        Section 15(1) of the Care Act 2014 keeps the council from charging it. Daily living costs stay payable.
        """
        beyond = (max(NIL, days * daily - remaining) for daily, remaining in self.to_come)
        return to_the_penny(sum(beyond, days * self.past))


def beyond_the_cap(everybody: Iterable[CapProgress]) -> BeyondTheCap:
    """What there is to pay from the day after that of the figures on, by the weekly rates as they are shown."""
    past, to_come = NIL, []
    for progress in everybody:
        if progress.metering == "capped":
            past += _daily(progress)
        elif progress.expected_to_reach_cap_on:
            to_come.append((_daily(progress), Fraction(progress.remaining or 0)))
    return BeyondTheCap(past, tuple(to_come))


def _daily(progress: CapProgress) -> Fraction:
    """A day of what a week costs without daily living costs; nothing on days of a break, which have no rate."""
    rate = progress.weekly_rate
    return a_day_of(rate.base - rate.daily_living_costs) if rate else NIL
