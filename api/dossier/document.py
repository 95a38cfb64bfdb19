"""What a dossier says, as plain words in their order: the page, the paper and the JSON are made of it."""

from collections.abc import Iterator
from typing import Literal

from api.letters.document import Part, texts_of
from domain.dates import Day, Instant
from domain.terms import Terms
from ledger.evidence.proving import Proved


class Happening(Terms):
    """Something that happened: what, through whom, when, and what is said of it. What is `struck` counts no more.

    `code` is what only a computer compares: where its hash stands.
    """

    heading: str
    by: str
    times: tuple[str, ...]
    said: tuple[str, ...]
    struck: bool = False
    code: str = ""


class Happenings(Terms):
    """Things that happened, one after another."""

    kind: Literal["happenings"] = "happenings"
    items: tuple[Happening, ...]


class Step(Terms):
    """A figure, or a part of one: its words, what it adds, what it rests on, and the parts that make it."""

    words: str
    amount: str
    rests_on: tuple[str, ...]
    parts: tuple["Step", ...]


class Reckoning(Terms):
    """A figure as the tree of what makes it."""

    kind: Literal["reckoning"] = "reckoning"
    whole: Step


class Chapter(Terms):
    """A heading and what stands under it."""

    heading: str
    parts: tuple[Part | Happenings | Reckoning, ...]


class Dossier(Terms):
    """A dossier of one account. `proved` is how each entry is shown to stand in the council's evidence log."""

    template: str = "dossier-1"
    sender: tuple[str, ...]
    reference: str
    title: str
    opening: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    proof: str
    on: Day
    known_at: Instant
    proved: Proved

    def texts(self) -> Iterator[str]:
        """Every text that a reader meets, in order."""
        yield from (*self.sender, self.title, *self.opening)
        for chapter in self.chapters:
            yield chapter.heading
            for part in chapter.parts:
                yield from _texts_of(part)
        yield self.proof


def _texts_of(part: Part | Happenings | Reckoning) -> Iterator[str]:
    match part:
        case Happenings(items=items):
            for item in items:
                yield from (item.heading, item.by, *item.times, *item.said)
        case Reckoning(whole=whole):
            yield from _steps(whole)
        case _:
            yield from texts_of(part)


def _steps(step: Step) -> Iterator[str]:
    yield from (step.words, step.amount, *step.rests_on)
    for each in step.parts:
        yield from _steps(each)
