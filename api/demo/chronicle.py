"""What was recorded in the fictitious council, from the reform's first day to the story's, in the order it was?"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from api.demo.crowd import OLD, usual_life, way_of
from api.demo.deferring import DEFERRING
from api.demo.helping import HELPING
from api.demo.life import Life
from api.demo.people import local_id, person
from api.demo.portraits import PORTRAITS
from api.demo.posting import posts
from api.demo.recording import Recording
from api.demo.story import Story
from api.demo.writing import WRITTEN_TO
from domain.account.commands import OpenAccount
from domain.account.facts import Setting
from domain.dates import day_in_london
from ledger.vault.person import Person

ADA = local_id(0)
_STATED = (0, 1, 2)
"""Of each ten people, who gets a statement every October: enough to see, few enough to fill the council quickly."""


def chronicle(story: Story) -> list[Recording]:
    """Every request, by the moment it was made. The same story is always told in the same words."""
    everything = [recording for number in range(story.people) for recording in _life(number, story).recordings()]
    return sorted(everything, key=lambda recording: recording.at)


def _life(number: int, story: Story) -> Life:
    tell, age, setting = _told(number)
    life = Life(number, _person(number, age, setting, story), story)
    tell(life)
    if number % 10 in _STATED:
        _state_each_october(life)
    posts(life)
    if number in DEFERRING:
        DEFERRING[number](life)
    if number in HELPING:
        HELPING[number](life)
    if number in WRITTEN_TO:
        WRITTEN_TO[number](life)
    return life


def _told(number: int) -> tuple[Callable[[Life], None], int, Setting]:
    """What happens to person n, how old they are at the end of the story, and where they live at first."""
    if number < len(PORTRAITS):
        return PORTRAITS[number]
    way = way_of(number)
    rng = Random(f"care account demonstration, age {number}")
    age = rng.randint(*way.ages)
    return usual_life(way), max(age, rng.randint(*way.ages)) if age >= OLD else age, way.setting


def _person(number: int, age: int, setting: Setting, story: Story) -> Person:
    born = story.day - timedelta(days=age * 1461 // 4 + 1 + number * 137 % 364)
    known = person(number, born, story.day, setting)
    return _mrs_ada_ames(known) if number == 0 else known


def _mrs_ada_ames(known: Person) -> Person:
    """As the specification's example names her, under a number and a postcode that no real person has."""
    ada = {"given_name": "Ada", "family_name": "Ames", "date_of_birth": date(1941, 5, 2)}
    contact = known.contact.model_copy(update={"address": ("1 High St", "Example Town", "EM1 1QH")})
    return known.model_copy(update={**ada, "postcode": "EM1 1QH", "contact": contact})


def _state_each_october(life: Life) -> None:
    """The yearly statements to the end of September, while the account is open as far as anybody knows."""
    told = life.recordings()
    opened = next(r.asked.opened_on for r in told if isinstance(r.asked, OpenAccount))
    closed = day_in_london(life.end.at) if life.end else None
    for year in range(opened.year, life.story.day.year + 1):
        to, noted = date(year, 9, 30), date(year, 10, life.rng.randint(2, 24))
        if opened < to and (closed is None or noted < closed):
            life.states(to, "annual", noted=noted)
