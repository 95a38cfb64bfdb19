"""Which scheme do a council's figures rest on, after which event of the ledger?"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from domain.schemes import Scheme
from ledger.schemes import KnownSchemes, SchemeChange


class Turn(NamedTuple):
    """A change that had every account there was rest on another scheme: after which event, and from which moment on."""

    position: int
    at: datetime
    scheme: Scheme


class Turns(NamedTuple):
    """The scheme that figures rested on to begin with, and each turn since, in order."""

    first: Scheme
    since: tuple[Turn, ...]


def turn(known: KnownSchemes, change: SchemeChange) -> Turn:
    return Turn(change.position, change.recorded_at, known.through(change.number).adopted)


def turns(known: KnownSchemes) -> Turns:
    """Every turn there was."""
    return Turns(known.through(0).adopted, tuple(_each(known)))


def _each(known: KnownSchemes) -> Iterator[Turn]:
    change = known.turn_after(0)
    while change:
        yield turn(known, change)
        change = known.turn_after(change.number)
