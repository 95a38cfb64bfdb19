"""What is a list that is handed out as a file, whatever kind of file it is?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from typing import Literal, NamedTuple

from api.csv import csv_text
from domain.dates import instant_text

Kind = Literal["text", "day", "instant", "money", "number", "percent"]
Value = str | date | datetime | Decimal | int | None


class Column(NamedTuple):
    """A column: its name, what its cells are, and whether they are worth adding up. Money is in pounds."""

    name: str
    kind: Kind = "text"
    added_up: bool = False


@dataclass(frozen=True)
class Table:
    """The rows of one view, with what they rest on. `asked` is the address of the view, which holds its filter."""

    name: str
    title: str
    on: date
    known_at: datetime
    asked: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    more_notes: Sequence[tuple[str, str]] = ()

    @property
    def heading(self) -> list[str]:
        return [column.name for column in self.columns]

    @cached_property
    def csv(self) -> str:
        """The rows as CSV, without the mark that a spreadsheet wants before them."""
        return csv_text(self.heading, self.rows)

    @property
    def digest(self) -> str:
        """The SHA-256 of the rows as CSV: by it, files of every kind are known to hold the same."""
        return sha256(self.csv.encode()).hexdigest()

    @property
    def totals(self) -> dict[str, Decimal]:
        """The sums of the columns that are worth adding up."""
        return {column.name: self._total(place) for place, column in enumerate(self.columns) if column.added_up}

    def _total(self, place: int) -> Decimal:
        amounts = (row[place] for row in self.rows)
        return sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal("0.00"))

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What a reader has to know of the file: which moment, which filter, how many rows, and their digest."""
        return [
            ("What it is", self.title),
            ("Figures for the close of", self.on.isoformat()),
            ("As known at", instant_text(self.known_at)),
            ("View", self.asked),
            ("Rows", str(len(self.rows))),
            *((f"Total of {name}", str(total)) for name, total in self.totals.items()),
            ("SHA-256 of the rows as CSV", self.digest),
            *self.more_notes,
        ]
