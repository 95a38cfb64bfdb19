"""How does a care account end?"""

from datetime import date, timedelta
from decimal import Decimal

from api.demo.beginnings import begins
from api.demo.care import Care
from api.demo.life import Life


def died(life: Life) -> None:
    """The family rang two days later; the estate was sent a statement."""
    begins(life, Care("independent", "care_home", Decimal("930.00")), date(2024, 11, 4))
    last = life.days_ago(203)
    life.ends(last, "died", noted=last + timedelta(days=2))
    life.states(last, "closing", noted=last + timedelta(days=24))


def died_and_nobody_said_so(life: Life) -> None:
    """A statement went out for weeks in which the person had died; the closing one takes those weeks back."""
    begins(life, Care("independent", "own_home", Decimal("470.00")), date(2024, 6, 17))
    last = life.days_ago(84)
    life.states(last + timedelta(days=26), "on_request", noted=last + timedelta(days=28))
    life.ends(last, "died", noted=last + timedelta(days=41))
    life.states(last + timedelta(days=47), "closing", noted=last + timedelta(days=48))


def moved_away(life: Life) -> None:
    """To be near a son, into another council's area."""
    begins(life, Care("independent", "own_home", Decimal("390.00")), date(2024, 8, 5))
    life.ends(life.days_ago(149), "moved")


def got_better(life: Life) -> None:
    """Reassessed after months of help: no eligible needs any more."""
    begins(life, Care("personal", "own_home", Decimal("214.00"), Decimal("58.00")), date(2025, 1, 20))
    last = life.days_ago(240)
    life.needs(last, eligible=False)
    life.ends(last + timedelta(days=14), "no_eligible_needs")
