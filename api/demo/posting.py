"""When were the costs of the months that are over posted, and whose?"""

from datetime import date

from api.demo.life import FINANCE, Life
from api.demo.story import Story
from domain.account.commands import OpenAccount, PostPeriod
from domain.dates import ONE_DAY, day_in_london

MONTHS = 2
"""The last months are posted one by one, all before them together: enough to see, and the council fills quickly."""
_DAY_OF_THE_RUN = 6


def run_days(story: Story) -> list[tuple[date, date]]:
    """The last day of each period that was posted, and the day it was: on the sixth of the month after."""
    runs: list[tuple[date, date]] = []
    first = story.day.replace(day=1)
    while len(runs) < MONTHS:
        last, noted = first - ONE_DAY, first.replace(day=_DAY_OF_THE_RUN)
        if noted < story.day:
            runs.insert(0, (last, noted))
        first = last.replace(day=1)
    return runs


def posts(life: Life) -> None:
    """The periods are posted that had begun, as long as the account was open as far as anybody knew."""
    opened = next(r for r in life.recordings() if isinstance(r.asked, OpenAccount))
    assert isinstance(opened.asked, OpenAccount)  # it was just looked for
    for last, noted in run_days(life.story):
        begun = opened.asked.opened_on <= last and day_in_london(opened.at) < noted
        if begun and (life.end is None or noted < day_in_london(life.end.at)):
            at = life.moment(PostPeriod, noted)
            life.keep(at, PostPeriod(through=last, known_at=at), FINANCE[0])
