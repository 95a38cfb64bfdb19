"""Who has come far towards the cap, and who has reached it?"""

from datetime import date, timedelta
from decimal import Decimal

from api.demo.beginnings import begins
from api.demo.care import Care
from api.demo.life import Life
from api.demo.people import reference
from api.demo.prices import first_day_to_accrue
from api.demo.story import BEGINS, SCHEME
from domain.dates import ONE_DAY


def mrs_ada_ames(life: Life) -> None:
    """The worked example of the metering rules: nothing about her care ever changes."""
    life.opens(reference(life.number), BEGINS, noted=BEGINS)
    life.needs(BEGINS, noted=BEGINS)
    life.budget(Decimal("950.00"), BEGINS, "independent", "care_home", noted=BEGINS)


def close_to_the_cap(life: Life) -> None:
    """At 97.4 per cent when the story is told."""
    _in_a_care_home_since(life, Decimal("1012.00"), Decimal("0.974"), life.story.day - ONE_DAY)


def reached_it_last_month(life: Life) -> None:
    """On the seventeenth of the month before."""
    last_month = life.story.day.replace(day=1) - ONE_DAY
    _in_a_care_home_since(life, Decimal("1105.00"), Decimal(1), last_month.replace(day=17))


def reached_it_months_ago(life: Life) -> None:
    """Some seven months before the story is told."""
    _in_a_care_home_since(life, Decimal("1236.00"), Decimal(1), life.story.day - timedelta(days=217))


def _in_a_care_home_since(life: Life, base: Decimal, share: Decimal, last: date) -> None:
    """A self-funder whose account began on the day that has this share of the cap accrued on the last."""
    cap = SCHEME.cap_on(last)
    assert cap is not None  # the scheme's cap has commenced
    first = first_day_to_accrue(Decimal(cap.amount or 0) * share, base, last, SCHEME)
    begins(life, Care("independent", "care_home", base), first)
