"""How does a care account begin?"""

from datetime import date
from decimal import Decimal

from api.demo.care import Care, goes_on
from api.demo.life import Life
from api.demo.people import reference


def begins(life: Life, care: Care, first: date, ending_before: date | None = None) -> None:
    """With eligible needs and with care, both from its first day."""
    life.opens(reference(life.number), first)
    life.needs(first)
    goes_on(life, care, first, ending_before)


def with_a_self_assessment(life: Life) -> None:
    """With what the person says of their own needs: until a professional confirms it, it counts as nothing."""
    first = _lately(life, 52)
    life.needs(first, confirmed=False)
    life.budget(Decimal("412.50"), first, "independent", "own_home")


def without_eligible_needs(life: Life) -> None:
    """With an assessment that found no eligible needs."""
    life.needs(_lately(life, 160), eligible=False)


def without_a_budget(life: Life) -> None:
    """With needs, and nothing decided yet of what meeting them costs."""
    life.needs(_lately(life, 33))


def without_a_financial_assessment(life: Life) -> None:
    """With care that the council arranges before it knows what the person can pay."""
    first = _lately(life, 40)
    life.needs(first)
    life.budget(Decimal("286.00"), first, "personal", "own_home", provider="Doorstep Home Care")


def just_grown_up(life: Life) -> None:
    """At the end of children's services, with a place in supported living."""
    begins(life, Care("personal", "supported_living", Decimal("940.00"), Decimal("42.00")), life.days_ago(95))


def _lately(life: Life, days: int) -> date:
    first = life.days_ago(days)
    life.opens(reference(life.number), first)
    return first
