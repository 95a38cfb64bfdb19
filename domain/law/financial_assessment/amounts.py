"""Which amounts of law hold on the day of an assessment, and what has to be said of those that are not certain?"""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from domain.parameters import AmountsOfLaw, NotInForce
from domain.parameters.dated import Certainty
from domain.words import day as day_in_words

_HOW_KNOWN = {"secondary": "from a secondary source only", "recalled": "from memory only"}


class Known(NamedTuple):
    """An amount of law on the day, and how it is written."""

    name: str
    amount: Decimal
    pounds: str
    authority: str
    certainty: Certainty
    warning: str | None


class AmountsOfTheDay:
    """The amounts of one day. Each is looked up once; a day without one is refused when it is needed, not before."""

    def __init__(self, amounts: AmountsOfLaw, day: date) -> None:
        self._amounts = amounts
        self._known: dict[str, Known | None] = {}
        self.day = day

    def known(self, name: str) -> Known:
        """The amount; raises NotInForce, by name and day."""
        found = self._known.get(name) or self.known_if_any(name)
        if found is None:
            raise NotInForce(name, self.day)
        return found

    def known_if_any(self, name: str) -> Known | None:
        """The amount, or None where nobody has seen one for the day, or it was only drafted or announced."""
        if name not in self._known:
            self._known[name] = self._look_up(name)
        return self._known[name]

    def _look_up(self, name: str) -> Known | None:
        try:
            parameter = self._amounts(name)
            found = parameter.dated(self.day)
        except NotInForce:
            return None
        if found.status != "in force":
            return None
        assert found.amount is not None  # dated() has refused it
        how = _HOW_KNOWN.get(found.certainty)
        words = f"{parameter.description}: {found.amount} from {day_in_words(found.from_)} is known {how}."
        return Known(
            name, found.amount, f"£{found.amount:,.2f}", found.authority, found.certainty, words if how else None
        )


@lru_cache(maxsize=1024)  # a council's assessments are of the same few days
def amounts_of_the_day(amounts: AmountsOfLaw, day: date) -> AmountsOfTheDay:
    """The amounts of law on a day."""
    return AmountsOfTheDay(amounts, day)
