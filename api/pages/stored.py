"""What does a fact hold, field by field, exactly as it is stored?"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from domain.terms import Terms


class Stored(NamedTuple):
    """One field of a fact: its name, and its value exactly as it is stored."""

    name: str
    value: str


def as_stored(terms: Terms) -> list[Stored]:
    """Every field of a fact, or of a part of one, those inside others named after them."""
    return list(_flat("", terms.model_dump(mode="json", by_alias=True)))


def _flat(name: str, value: Any) -> Iterator[Stored]:
    if isinstance(value, dict) and value:
        for field, inner in value.items():
            yield from _flat(f"{name}, {_spoken(field)}" if name else _spoken(field), inner)
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value, start=1):
            yield from _flat(f"{name} {number}", inner)
    else:
        yield Stored(name, _value(value))


def named(path: str) -> str:
    """The address of a field among an entry's words, said as fields of its fact are: local disregards 1, reason."""
    name = ""
    for part in path.split("."):
        name += f" {int(part) + 1}" if part.isdigit() else f", {_spoken(part)}" if name else _spoken(part)
    return name


def _spoken(field: str) -> str:
    return field.replace("_", " ")


def _value(value: Any) -> str:
    if value is None or value in ([], {}):
        return "none"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
