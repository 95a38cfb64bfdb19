"""What can be asked on one page of the estimate, and how is an answer read, kept and said again?

An answer is kept as one short text, since all of them have to fit into the browser's cookie.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from api.pages.asked import Asked
from api.pages.words import day, pounds

NONE = "none"
"""The answer of somebody to whom nothing of a list applies."""

Kind = Literal["one_of", "some_of", "day", "pounds", "number"]


@dataclass(frozen=True)
class Field:
    """One thing that is asked: in which way, in which words, and what is said when it is left empty."""

    name: str
    kind: Kind
    label: str
    missing: str
    options: Mapping[str, str] = field(default_factory=dict)
    none_of_them: str = ""
    hint: str = ""
    least: int = 0
    most: int = 0

    def read(self, asked: Asked) -> str | None:
        """The answer as it is kept; None where it is empty or cannot be read, and then `asked` has the mistake."""
        found = _READ[self.kind](self, asked)
        if not found and self.name not in asked.errors:
            asked.errors[self.name] = self.missing
        return None if self.name in asked.errors else found

    def typed(self, asked: Asked) -> object:
        """What was typed, to be shown in the field again."""
        if self.kind == "day":
            return asked.boxes(self.name)
        return asked.several(self.name) if self.kind == "some_of" else asked.text(self.name)

    def filled(self, kept: str) -> object:
        """What was kept, to be shown in the field again."""
        if self.kind == "day":
            return boxes(date.fromisoformat(kept)) if kept else {}
        return kept.split(",") if self.kind == "some_of" else kept

    def said(self, kept: str) -> list[str]:
        """An answer as the list of answers says it, in lines."""
        if self.kind == "pounds":
            return [pounds(kept)]
        if self.kind == "day":
            return [day(kept)]
        if self.kind == "number":
            return [kept]
        words = {**self.options, NONE: self.none_of_them}
        return [words[value] for value in kept.split(",")]


def boxes(on: date) -> dict[str, str]:
    """A day as three boxes hold it."""
    return {"day": str(on.day), "month": str(on.month), "year": str(on.year)}


def _one_of(field: Field, asked: Asked) -> str:
    return asked.one_of(field.name, tuple(field.options), "")


def _some_of(field: Field, asked: Asked) -> str:
    chosen = asked.some_of(field.name, (*field.options, NONE))
    if NONE in chosen and len(chosen) > 1:
        asked.errors[field.name] = f"Choose what applies to you, or “{field.none_of_them}”, not both"
    return ",".join(chosen)


def _day(field: Field, asked: Asked) -> str:
    found = asked.day_in_boxes(field.name)
    return found.isoformat() if found else ""


def _pounds(field: Field, asked: Asked) -> str:
    found = asked.pounds(field.name)
    return "" if found is None else str(found)


def _number(field: Field, asked: Asked) -> str:
    found = asked.number(field.name, field.most, field.least)
    return "" if found is None else str(found)


_READ: Mapping[Kind, Callable[[Field, Asked], str]] = {
    "one_of": _one_of,
    "some_of": _some_of,
    "day": _day,
    "pounds": _pounds,
    "number": _number,
}
