"""Which of the things that wait was a page asked for, on which day, as known when?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from api.kit.problems import ApiError
from api.pages.asked import Asked, address
from api.pages.finance.today.kinds import IN_WORDS
from api.pages.moments import Moment, moment_asked
from api.pages.page import Visit
from projections.worklists.found import waiting
from projections.worklists.matter import KINDS, Kind, Matter

PATH = "/today"
LIST = f"{PATH}/{{kind}}"


class Age(NamedTuple):
    """How long something has waited: from `least` to `most` days, or without an end."""

    name: str
    least: int
    most: int | None

    def holds(self, days: int) -> bool:
        return self.least <= days and (self.most is None or days <= self.most)


AGES = {"28": Age("Up to 28 days", 0, 28), "90": Age("29 to 90 days", 29, 90), "older": Age("Over 90 days", 91, None)}
"""Something that was recorded for a day to come is as young as can be."""


@dataclass(frozen=True)
class ListView:
    """One list of things that wait. Its address is all of it, so a link to it can be sent."""

    kind: Kind
    age: str
    moment: Moment
    matters: Sequence[Matter]

    @property
    def path(self) -> str:
        return f"{PATH}/{self.kind}"

    @property
    def kept(self) -> dict[str, Any]:
        return {"age": self.age, **self.moment.kept}

    @cached_property
    def found(self) -> list[Matter]:
        """Those of the kind and the age asked for, the oldest first."""
        return of_age([each for each in self.matters if each.kind == self.kind], self.age, self.moment.on)

    @property
    def title(self) -> str:
        return IN_WORDS[self.kind].name


def of_age(matters: Sequence[Matter], age: str, on: date) -> list[Matter]:
    """Those that have waited so long; all of them where no age is asked for."""
    return [each for each in matters if not age or AGES[age].holds(max(each.days_old(on), 0))]


def list_asked(visit: Visit, asked: Asked) -> ListView:
    """The list that an address asks for; raises ApiError 404 for a kind that there is not."""
    kind = visit.ids["kind"]
    if kind not in KINDS:
        raise ApiError(404, "not-found", "There is no such list.")
    age = asked.one_of("age", tuple(AGES), "")
    moment = moment_asked(visit, asked, f"{PATH}/{kind}", age=age)
    matters = waiting(visit.council, moment.on, moment.known_at)
    return ListView(kind, age, moment, matters)


def address_of(kind: Kind, age: str = "", **kept: object) -> str:
    """Where a list of a kind, and an age, is shown."""
    return address(f"{PATH}/{kind}", age=age, **kept)
