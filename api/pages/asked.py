"""What did somebody type into a form, and how is it mended where it cannot be read?"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeVar
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from api.pages.words import MONTHS
from domain.dates import EARLIEST, FOREVER, LONDON
from domain.money import PENNY

T = TypeVar("T")

_DAYS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})", re.ASCII),
    re.compile(r"(?P<day>[0-9]{1,2})[ /.-]+(?P<month>[0-9]{1,2}|[a-z]{3,9})[ /.-]+(?P<year>[0-9]{4})", re.ASCII),
)
_TIME = re.compile(r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})([:.](?P<second>[0-9]{2}))?", re.ASCII)
_POUNDS = re.compile(r"£? ?(?P<pounds>[0-9]{1,3}(,[0-9]{3}){1,2}|[0-9]{1,9})(?P<pence>[.][0-9]{1,2})?", re.ASCII)
_PERCENT = re.compile(r"(?P<number>[0-9]{1,3}([.][0-9]{1,2})?) ?%?", re.ASCII)
_MICROSECOND = timedelta(microseconds=1)
MOST_LINES = 20
"""Of a box of several lines: what more was pasted is not taken."""
NOBODY_KNOWS = "Nobody knows yet what will be known then: enter today or an earlier day"


class Asked:
    """The fields of one form. What could not be read is kept in `errors`, by field, with how to mend it."""

    def __init__(self, typed: MultiDict[str, str]) -> None:
        self._typed = typed
        self.errors: dict[str, str] = {}

    def text(self, name: str) -> str:
        """What was typed, on one line and without blanks around it."""
        return _on_one_line(self._typed.get(name, ""))

    def one_of(self, name: str, known: tuple[str, ...], otherwise: str) -> str:
        """One of the words we know; the usual one when another was sent."""
        return self.text(name) if self.text(name) in known else otherwise

    def lines(self, name: str) -> list[str]:
        """What was typed into a box of several lines; blanks and empty lines are left out."""
        typed = (
            " ".join("".join(c if c.isprintable() else " " for c in line).split())
            for line in self._typed.get(name, "").splitlines()
        )
        return [line[:200] for line in typed if line][:MOST_LINES]

    def words(self, name: str) -> str:
        """What was written in sentences, its lines kept."""
        return "\n".join(self.lines(name))

    def prose(self, name: str) -> str:
        """What was written at length, all of it: what is too long is told of, and never cut."""
        typed = self._typed.get(name, "").replace("\r\n", "\n")
        return "".join(c if c.isprintable() or c == "\n" else " " for c in typed).strip()

    def several(self, name: str) -> list[str]:
        """Everything that was chosen of a list."""
        return self._typed.getlist(name)

    def some_of(self, name: str, known: Collection[str]) -> list[str]:
        """Those of the words we know that were chosen, in our order."""
        chosen = set(self.several(name))
        return [word for word in known if word in chosen]

    def day(self, name: str) -> date | None:
        """A day in one box: 27/3/2026, 27 March 2026 or 2026-03-27."""
        return self.read(name, read_day, self.text(name))

    def boxes(self, name: str) -> dict[str, str]:
        """A day's three boxes as they were typed."""
        return {part: self.text(f"{name}-{part}") for part in ("day", "month", "year")}

    def day_in_boxes(self, name: str) -> date | None:
        """A day in three boxes."""
        return self.read(name, read_day, " ".join(self.boxes(name).values()).strip())

    def percent(self, name: str) -> Decimal | None:
        """A percentage with at most two decimals."""
        return self.read(name, _read_percent, self.text(name))

    def pounds(self, name: str) -> Decimal | None:
        """Pounds, with pence where they are given."""
        return self.read(name, read_pounds, self.text(name))

    def number(self, name: str, most: int, least: int = 1) -> int | None:
        """A whole number from `least` to `most`."""

        def within(text: str) -> int:
            if not re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) or not least <= int(text) <= most:
                raise ValueError(f"Enter a whole number from {least} to {most}")
            return int(text)

        return self.read(name, within, self.text(name))

    def instant(self, name: str, latest: datetime) -> datetime | None:
        """A moment as our own links name it, to the microsecond; None for whatever else was sent, or one to come."""
        try:
            moment = datetime.fromisoformat(self.text(name))
        except ValueError:
            return None
        return moment if moment.tzinfo and moment <= latest else None

    def known(self, name: str, day: date | None, at: str, latest: datetime) -> datetime:
        """The moment of knowledge that a day, and a time where one is given, stands for; the latest without a day."""
        try:
            return known_by(day, at, latest) if day else latest
        except ValueError as fault:
            self.errors[name] = str(fault)
            return latest

    def read(self, name: str, reading: Callable[[str], T], text: str) -> T | None:
        """What a text says, or None where it is empty or a mistake, which is kept."""
        try:
            return reading(text) if text else None
        except ValueError as fault:
            self.errors[name] = str(fault)
            return None


def _on_one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200].strip()


def read_day(text: str) -> date:
    """The day a text names; raises ValueError with how to mend it."""
    found = next((found for pattern in _DAYS if (found := pattern.fullmatch(text.lower()))), None)
    if found is None:
        raise ValueError("Enter a day with its month and year, such as 27 3 2026")
    try:
        day = date(int(found["year"]), _month(found["month"]), int(found["day"]))
    except ValueError:
        raise ValueError("There is no such day: check the day and the month") from None
    if not EARLIEST <= day < FOREVER:
        raise ValueError("Enter a day from 1 January 1900 to 31 December 2199")
    return day


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    named = [n for n, name in enumerate(MONTHS, start=1) if name.lower().startswith(text)]
    return named[0] if len(named) == 1 else 0


def known_by(day: date, at: str, latest: datetime) -> datetime:
    """The last moment that a day, and a time where one is given, stands for; raises ValueError for one to come.

    10:14 stands for all of that minute, as a day stands for all of that day: what a page says was recorded then is in
    it. Of what is still going on, all is meant that is known so far.
    """
    first, length = _read_time(at) if at else (time(), timedelta(days=1))
    begins = datetime.combine(day, first, LONDON)
    if begins > latest:
        raise ValueError(NOBODY_KNOWS)
    return min(begins + length - _MICROSECOND, latest)  # in London's own time, so a day is never an hour out


def _read_time(text: str) -> tuple[time, timedelta]:
    found = _TIME.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        at = time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        raise ValueError("Enter a time on the 24-hour clock, such as 14:30 or 14:30:15") from None
    return at, timedelta(seconds=1) if found["second"] else timedelta(minutes=1)


def read_pounds(text: str) -> Decimal:
    """The amount a text names; raises ValueError with how to mend it."""
    found = _POUNDS.fullmatch(text)
    if found is None:
        raise ValueError("Enter an amount in pounds, such as 312.50")
    return Decimal(found["pounds"].replace(",", "") + (found["pence"] or "")).quantize(PENNY)


def _read_percent(text: str) -> Decimal:
    found = _PERCENT.fullmatch(text)
    if found is None:
        raise ValueError("Enter a percentage such as 80")
    return Decimal(found["number"])


def address(path: str, **asked: object) -> str:
    """A page's address with what it was asked; what is empty is left out, a list is repeated."""
    given: Mapping[str, object] = {name: value for name, value in asked.items() if value not in (None, "", (), [])}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path
