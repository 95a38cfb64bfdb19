"""Which scheme do a council's figures rest on, after which event of the ledger?"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.schemes import Scheme
from ledger.schemes import KnownSchemes, SchemeChange
from projections.reached import Reached


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


def turned(known: KnownSchemes, reached: Reached, account_id: UUID) -> Turns:
    """Every turn that an account has taken so far: one that is under way has moved some accounts and not yet others."""
    further = known.turn_after(reached.scheme_change) if account_id <= (reached.account_id or UUID(int=0)) else None
    return turns(known.through(further.number if further else reached.scheme_change))


def _each(known: KnownSchemes) -> Iterator[Turn]:
    change = known.turn_after(0)
    while change:
        yield turn(known, change)
        change = known.turn_after(change.number)
