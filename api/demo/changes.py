"""What changes in a life while the account is open?"""

from datetime import date, timedelta
from decimal import Decimal

from api.demo.beginnings import begins
from api.demo.care import Care, goes_on
from api.demo.life import Life
from api.demo.people import reference
from domain.dates import ONE_DAY

_AT_HOME = Care("personal", "own_home", Decimal("318.00"), Decimal("96.40"))


def back_from_hospital(life: Life) -> None:
    """Two stays in hospital, both over: nothing accrued in them."""
    begins(life, _AT_HOME, date(2024, 2, 12))
    life.pauses(date(2025, 1, 14), date(2025, 2, 3), "hospital")
    life.pauses(life.days_ago(71), life.days_ago(58), "hospital")


def in_hospital_now(life: Life) -> None:
    """A stay in hospital of which nobody knows the end."""
    begins(life, Care("personal", "own_home", Decimal("402.00"), Decimal("121.75")), date(2024, 9, 2))
    life.pauses(life.days_ago(16), None, "hospital")


def told_late_of_a_new_rate(life: Life) -> None:
    """900.00 a week became 945.00 on the first of the month, and the home wrote so on the twentieth.

    The statement of the day before the letter was right by what was known; the next one carries the difference.
    """
    raised = (life.story.day.replace(day=1) - ONE_DAY).replace(day=1)
    first = raised - timedelta(days=117)
    life.opens(reference(life.number), first)
    life.needs(first)
    life.budget(Decimal("900.00"), first, "independent", "care_home", provider="Tollgate Manor")
    life.states(raised.replace(day=18), "on_request", noted=raised.replace(day=19))
    life.budget(Decimal("945.00"), raised, "independent", "care_home", noted=raised.replace(day=20))
    life.states(raised.replace(day=28), "on_request", noted=life.story.day.replace(day=1))


def moved_into_a_care_home(life: Life) -> None:
    """Care at home until it was not enough; in the care home another contribution was worked out."""
    moved = date(2025, 6, 9)
    begins(life, _AT_HOME, date(2023, 11, 6), ending_before=moved)
    life.needs(moved)
    goes_on(life, Care("personal", "care_home", Decimal("812.00"), Decimal("196.00")), moved)


def paid_at_home_and_then_in_a_care_home(life: Life) -> None:
    """Somebody who pays for everything, first at home."""
    moved = date(2025, 9, 1)
    begins(life, Care("independent", "own_home", Decimal("445.00")), date(2024, 9, 16), ending_before=moved)
    life.needs(moved)
    goes_on(life, Care("independent", "care_home", Decimal("1040.00")), moved)


def stayed_in_a_care_home_for_a_while(life: Life) -> None:
    """A fortnight in a care home while a daughter was away; the care at home resumed by itself."""
    begins(life, _AT_HOME.costing(Decimal("45.00")), date(2024, 5, 20))
    first = life.days_ago(122)
    life.budget(
        Decimal("884.00"), first, "personal", "care_home", ending_before=first + timedelta(days=14), noted=first
    )
