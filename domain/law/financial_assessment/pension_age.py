"""In which age group is somebody on a day, as the minimum income guarantee has them? (SI 2014/2672 reg 7)"""

from bisect import bisect_right
from calendar import monthrange
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from pydantic import Field

from domain.dates import Day
from domain.parameters.dated import Certainty
from domain.parameters.files import read_yaml
from domain.terms import Terms

AgeGroup = Literal["under_18", "18_to_24", "25_to_pension_age", "pension_age"]


class _Row(Terms):
    """Who is born from a day on reaches pension age on one day, or at an age."""

    born_from: Day
    on: Day | None = None
    years: int | None = Field(default=None, strict=False)
    months: int = Field(default=0, strict=False)

    def reached_on(self, born: date) -> date:
        return self.on or _months_after(born, 12 * (self.years or 0) + self.months)


class _Table(Terms):
    """The qualifying age for pension credit by date of birth."""

    description: str
    authority: str
    certainty: Certainty
    checked_on: Day
    rows: tuple[_Row, ...] = Field(strict=False)


@cache
def table() -> _Table:
    """The dated table, as its file has it."""
    return _Table.model_validate(read_yaml((resources.files(__package__) / "data/pension_age.yaml").read_text("utf-8")))


@lru_cache(maxsize=65536)
def age_group(born: date, on: date) -> AgeGroup:
    """The age group of somebody on a day. Who is born on 29 February is a year older on 1 March."""
    if on >= reaches_pension_age_on(born):
        return "pension_age"
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if years < 18:
        return "under_18"
    return "18_to_24" if years < 25 else "25_to_pension_age"


def reaches_pension_age_on(born: date) -> date:
    """The day of reaching the qualifying age for pension credit (State Pension Credit Act 2002 s 1(6))."""
    rows = table().rows
    return rows[bisect_right(rows, born, key=lambda row: row.born_from) - 1].reached_on(born)


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day; a birthday on 29 February falls on 1 March in whole years."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if (day.month, day.day, months % 12) == (2, 29, 0) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
