"""How is somebody written to, and who was told of something between two statements?"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from api.demo.life import FINANCE, Life
from domain.account.commands import ChooseContact, GiveNotices

_A_WEEK = timedelta(weeks=1)


def reads_large_print(life: Life) -> None:
    """And is easier reached by phone."""
    chosen = life.days_ago(180)
    life.note(ChooseContact(on=chosen, channel="phone", print_size=18, formats=()), chosen, FINANCE[1])


def is_told_what_is_missing(life: Life) -> None:
    """A week ago nobody had agreed what the care should cost, and so no day counted."""
    at = life.moment(GiveNotices, life.story.day - _A_WEEK)
    life.keep(at, GiveNotices(on=life.story.day - _A_WEEK, known_at=at), FINANCE[0])


WRITTEN_TO: Mapping[int, Callable[[Life], None]] = {2: reads_large_print, 9: is_told_what_is_missing}
"""By their number, people of whom every fictitious council has at least these."""
