"""How do all the others live, whose stories are the usual ones?"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Literal, NamedTuple

from api.demo.beginnings import begins
from api.demo.care import Care, goes_on
from api.demo.life import Kind, Life
from api.demo.story import BEGINS
from domain.account.facts import Setting


class Way(NamedTuple):
    """A usual way of meeting needs: how many of a hundred people live so, and within which bounds.

    Pounds a week at the prices of 2023, no contribution where nobody is asked for one; years of age; accounts that end,
    and pauses of care, for each hundred people in a year.
    """

    of_a_hundred: int
    kind: Kind
    setting: Setting
    weekly_cost: tuple[int, int]
    contribution: tuple[int, int] | None
    ages: tuple[int, int]
    deaths: int
    pauses: int


OLD = 66
_OLDER, _YOUNGER = (OLD, 100), (21, 64)

WAYS = (
    Way(15, "independent", "care_home", (770, 1220), None, _OLDER, 24, 22),
    Way(10, "independent", "own_home", (160, 490), None, _OLDER, 9, 30),
    Way(26, "personal", "care_home", (750, 980), (150, 205), _OLDER, 26, 22),
    Way(25, "personal", "own_home", (150, 460), (32, 160), _OLDER, 10, 32),
    Way(4, "personal", "extra_care", (210, 420), (45, 150), _OLDER, 8, 20),
    Way(12, "personal", "supported_living", (520, 1180), (30, 78), _YOUNGER, 1, 5),
    Way(5, "personal", "own_home", (170, 480), (30, 90), _YOUNGER, 2, 8),
    Way(3, "personal", "shared_lives", (360, 560), (30, 74), _YOUNGER, 1, 4),
)
"""A quarter pay for themselves, more of them in care homes: about the shares that the national figures of 2022-23 give
for people in care homes (37.0 per cent) and for older people with care at home (25.8 per cent)."""

_PAYS_IN_FULL = 12  # of a hundred council-arranged places in a care home
_REVIEWED = 58  # of a hundred people, each year
_GROW = 40  # of a hundred people, once
_FROM_THE_BEGINNING = 45  # of a hundred people
_MOVE = 8  # of a hundred accounts that end
_REASONS: tuple[Literal["hospital", "away", "respite", "no_care"], ...] = (
    *("hospital", "hospital", "hospital", "hospital"),
    *("away", "respite", "no_care"),
)


def way_of(number: int) -> Way:
    """How somebody lives. Each hundred people are dealt like a pack of cards, so that every hundred is mixed alike."""
    pack = [way for way in WAYS for _ in range(way.of_a_hundred)]
    Random(f"care account demonstration, hundred {number // 100}").shuffle(pack)
    return pack[number % 100]


def usual_life(way: Way) -> Callable[[Life], None]:
    """Tells a life that goes the usual way."""

    def tell(life: Life) -> None:
        first = _opening(life)
        last = _last_day(life, way, first)
        grown = _growth(life, first)
        care = _care(life.rng, way)
        begins(life, care, first, ending_before=grown)
        if grown:
            goes_on(life, care.costing(Decimal(life.rng.randint(2, 4) * 5)), grown)
        for assessed in sorted({*_reviews(life, first), *([grown] if grown else [])}):
            life.needs(assessed)
        _pauses(life, way, first, last)
        if last:
            life.ends(last, "moved" if life.rng.randrange(100) < _MOVE else "died")
            life.states(last, "closing", noted=last + timedelta(days=life.rng.randint(20, 40)))

    return tell


def _opening(life: Life) -> date:
    """Nearly half had care already when the reform began; the others come evenly afterwards."""
    if life.rng.randrange(100) < _FROM_THE_BEGINNING:
        return BEGINS + timedelta(days=life.rng.randint(0, 59))
    return BEGINS + timedelta(days=life.rng.randint(60, (life.story.day - BEGINS).days - 21))


def _care(rng: Random, way: Way) -> Care:
    cost = _pounds(rng, way.weekly_cost)
    if way.contribution is None:
        return Care(way.kind, way.setting, cost)
    if way.setting == "care_home" and rng.randrange(100) < _PAYS_IN_FULL:
        return Care(way.kind, way.setting, cost, full_cost=True)
    return Care(way.kind, way.setting, cost, _pounds(rng, way.contribution))


def _pounds(rng: Random, bounds: tuple[int, int]) -> Decimal:
    return Decimal(rng.randint(*bounds)) + Decimal(rng.choice(("0.00", "0.00", "0.50", "0.25", "0.80")))


def _years(life: Life, first: date) -> Iterator[date]:
    """The anniversaries of the first day."""
    for after in range(1, life.story.day.year - first.year + 1):
        yield first + timedelta(days=after * 364)


def _growth(life: Life, first: date) -> date | None:
    """For some, a day on which their needs have grown: in the second half of a year, away from April's new prices."""
    days = [day for year in range(first.year, life.story.day.year + 1) if (day := date(year, 6, 20)) > first]
    if not days or life.rng.randrange(100) >= _GROW:
        return None
    return life.rng.choice(days) + timedelta(days=life.rng.randint(0, 150))


def _reviews(life: Life, first: date) -> Iterator[date]:
    for year in _years(life, first):
        if life.rng.randrange(100) < _REVIEWED:
            yield year + timedelta(days=life.rng.randint(-20, 60))


def _last_day(life: Life, way: Way, first: date) -> date | None:
    for year in (first, *_years(life, first)):
        if life.rng.randrange(100) < way.deaths:
            return year + timedelta(days=life.rng.randint(45, 363))
    return None


def _pauses(life: Life, way: Way, first: date, last: date | None) -> None:
    """Stays in hospital and a few other absences, none of them unfinished."""
    ending_before = last or life.story.day
    for year in (first, *_years(life, first)):
        away = year + timedelta(days=life.rng.randint(30, 300))
        back = away + timedelta(days=life.rng.randint(3, 26))
        reason = life.rng.choice(_REASONS)
        if life.rng.randrange(100) < way.pauses and back < ending_before:
            life.pauses(away, back, reason)
