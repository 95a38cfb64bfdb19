"""What a statement says, as plain words and figures in their order: the page, the paper and the JSON are made of it."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from domain.account.figures import Figures, StatementFigures
from domain.dates import Day, Instant
from domain.money import Money
from domain.terms import Terms


class Words(Terms):
    """A paragraph."""

    kind: Literal["words"] = "words"
    text: str


class Points(Terms):
    """A list of things, under a heading of its own where it has one."""

    kind: Literal["points"] = "points"
    heading: str | None = None
    items: tuple[str, ...]


class NamedFigure(Terms):
    """A figure, what it is of, and what has to be said beside it."""

    name: str
    value: str
    note: str = ""


class NamedFigures(Terms):
    """Figures by name."""

    kind: Literal["figures"] = "figures"
    rows: tuple[NamedFigure, ...]


class Line(Figures):
    """A line that says what some days added, and why. Both days are given where they are days of a calendar."""

    days: str
    why: str
    amount: str
    from_: Day | None = Field(alias="from")
    to: Day | None


class Sum(Terms):
    """Lines that add up: the first is where the sum begins, the last what it comes to."""

    kind: Literal["sum"] = "sum"
    caption: str
    headings: tuple[str, str]
    lines: tuple[Line, ...]


Part = Words | Points | NamedFigures | Sum


class Section(Terms):
    """A heading and what stands under it."""

    heading: str
    parts: tuple[Part, ...]


class Meter(Terms):
    """How far the account has come towards the cap, as a bar. `percent` is how much of it is filled."""

    percent: str
    accrued_costs: Money
    cap: Money
    reached: str
    whole: str
    description: str


class StatementDocument(Terms):
    """A statement as it was issued. `digest` is the SHA-256 of the canonical bytes of `figures`.

    `to` is whom it is sent to, line by line, `sender` the council; `help` is the last part, the same on every page.
    """

    template: str
    to: tuple[str, ...]
    sender: tuple[str, ...]
    phone: str | None
    dated: str
    reference: str
    law: str | None
    title: str
    period: str
    heading: str
    opening: tuple[str, ...]
    answer: str
    meter: Meter | None
    sections: tuple[Section, ...]
    help: Section
    proof: str
    known_at: Instant
    digest: str
    figures: StatementFigures

    def texts(self) -> Iterator[str]:
        """Every text that a reader meets, in order, without what describes a picture."""
        yield from (*self.to, *self.sender, *((self.phone,) if self.phone else ()), self.dated, self.reference)
        yield from ((self.law,) if self.law else ())
        yield from (self.period, self.heading, *self.opening, self.answer)
        yield from ((self.meter.reached, self.meter.whole) if self.meter else ())
        for section in (*self.sections, self.help):
            yield section.heading
            for part in section.parts:
                yield from texts_of(part)
        yield self.proof


class Head(Terms):
    """The last entry that a statement rests on: its version in the account, its position in the council's ledger, and
    its hash, in hex, which covers every entry of the account before it."""

    version: int
    position: int
    hash: str


class HeadedStatement(StatementDocument):
    """A statement that says on which entry it rests, so that whoever holds it can tell whether that was changed."""

    head: Head


def texts_of(part: Part) -> Iterator[str]:
    """Every text of a part."""
    match part:
        case Words(text=text):
            yield text
        case Points(heading=heading, items=items):
            yield from (*((heading,) if heading else ()), *items)
        case NamedFigures(rows=rows):
            yield from (text for row in rows for text in (row.name, row.value, row.note) if text)
        case Sum(caption=caption, headings=headings, lines=lines):
            yield from (caption, *headings)
            yield from (text for line in lines for text in (line.days, line.why, line.amount) if text)
