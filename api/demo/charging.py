"""Who is charged every four weeks, and whose charge was taken back?"""

from datetime import date, timedelta
from decimal import Decimal

from api.demo import acts
from api.demo.beginnings import begins
from api.demo.care import Care
from api.demo.life import Life
from api.demo.prices import price_on
from api.demo.recording import Recording

FOUR_WEEKS = timedelta(days=28)
_AT_HOME = Care("personal", "own_home", Decimal("302.00"), Decimal("74.20"))


def charged_every_four_weeks(life: Life) -> None:
    """What she can pay was worked out, and every four weeks it is charged."""
    first = life.days_ago(13 * 28 + 12)
    begins(life, _AT_HOME, first)
    charged_since(life, first)


def charged_twice(life: Life) -> None:
    """One period was charged twice; once the daughter had seen it on a statement, one of the two was taken back."""
    first = life.days_ago(9 * 28 + 5)
    begins(life, _AT_HOME.costing(Decimal("40.00")), first)
    charged_since(life, first, twice=4)
    stated = first + 4 * FOUR_WEEKS + timedelta(days=21)
    life.states(stated, "on_request", noted=stated + timedelta(days=2))
    acts.takes_back(life, "INV-4-B", "charged-twice", stated + timedelta(days=9))
    life.states(stated + timedelta(days=14), "on_request", noted=stated + timedelta(days=16))


def charged_too_much(life: Life) -> None:
    """Two periods were charged at another year's contribution, and each was put right."""
    first = life.days_ago(6 * 28 + 3)
    begins(life, _AT_HOME, first)
    raised = charged_since(life, first)
    for wrong, told in zip(raised[:2], (70, 72), strict=True):
        right = _charge(first) - Decimal("12.40")
        acts.corrects(life, wrong, "amount-of-last-year", first + timedelta(days=told), amount=right)


def charged_since(life: Life, first: date, twice: int | None = None) -> list[Recording]:
    """A charge for each four weeks that are over, a few days later; of one number there are two."""
    raised: list[Recording] = []
    while first + FOUR_WEEKS < life.story.day:
        number, ending_before = len(raised) + 1, first + FOUR_WEEKS
        noted = ending_before + timedelta(days=life.rng.randint(1, 3))
        raised.append(acts.charges(life, f"INV-{number}", _charge(first), first, ending_before, noted))
        if number == twice:
            acts.charges(life, f"INV-{number}-B", _charge(first), first, ending_before, noted)
        first = ending_before
    return raised


def _charge(first: date) -> Decimal:
    """Four weeks of the contribution, as it was on the first of their days."""
    return 4 * price_on(Decimal("74.20"), first)
