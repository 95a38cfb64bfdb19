"""What every dated entry of law says of itself beside its figure, and the order such entries stand in."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, Protocol, TypeVar

Certainty = Literal["official", "secondary", "recalled", "not seen"]
"""From the published text down to memory; "not seen" stands beside a null amount."""
Status = Literal[
    "in force",
    "enacted, not in force",
    "superseded before commencement",
    "announced, never in force",
    "draft, never in force",
    "specification, never in force",
]


class Dated(Protocol):
    """Something that holds from a day on."""

    @property
    def from_(self) -> date: ...


D = TypeVar("D", bound=Dated)


def each_later(values: tuple[D, ...]) -> tuple[D, ...]:
    """The entries, when each is from a later day than the one before it; raises ValueError."""
    days = [value.from_ for value in values]
    if days != sorted(set(days)):
        raise ValueError("the days must rise from one value to the next, each once")
    return values


def up_to(values: Sequence[D], day: date) -> list[D]:
    """The entries from the day or an earlier one."""
    return [value for value in values if value.from_ <= day]
