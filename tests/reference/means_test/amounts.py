"""Which amount of law was in force on a day, by the rows in which amounts were collected?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from ..one_day import NoAmount
from ..pencil import day_of, pounds

__all__ = ["Amounts", "NoAmount"]


@dataclass(frozen=True)
class Amounts:
    """Rows of name, value, first and last day; a value of None is an amount that nobody has seen."""

    rows: Sequence[Mapping[str, Any]]

    def on(self, name: str, day: date) -> Fraction:
        """The amount of a day, exactly. Raises NoAmount; a neighbouring year's amount is never used."""
        values = [row["value"] for row in self.rows if row["name"] == name and _in_force(row, day)]
        if len(values) != 1 or values[0] is None:
            raise NoAmount(name, day)
        return pounds(values[0])

    def knows(self, name: str, day: date) -> bool:
        try:
            self.on(name, day)
        except NoAmount:
            return False
        return True


def _in_force(row: Mapping[str, Any], day: date) -> bool:
    # A row without a first day was replaced before the Regulations came into force.
    if row["status"] != "in force" or row["effective_from"] is None:
        return False
    return day_of(row["effective_from"]) <= day and (row["effective_to"] is None or day <= day_of(row["effective_to"]))
