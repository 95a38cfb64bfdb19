"""What is a letter on its way, where can it stand, and which letters should somebody look at?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, get_args
from uuid import UUID, uuid5

What = Literal["statement", "notice", "sign_in_code"]
State = Literal["waiting", "sent", "accepted", "delivered", "returned", "failed"]
CarrierName = Literal["notify", "folder"]

STATES: tuple[State, ...] = get_args(State)
FURTHER: Mapping[State, int] = {"waiting": 0, "sent": 1, "accepted": 2, "delivered": 3, "returned": 4, "failed": 4}
"""How far a letter has come: what is heard late of an earlier state moves it back to none."""
TO_LOOK_AT: tuple[State, ...] = ("returned", "failed")
"""Where somebody has to do something, unless another letter was sent instead."""


class NoSuchLetter(Exception):
    """There is no such letter of this council."""


class LetterRefused(Exception):
    """The letter refuses this."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class StillOnItsWay(LetterRefused):
    """This letter waits to be handed over. It goes out by itself, so no other is sent instead of it yet."""


class SentAgainAlready(LetterRefused):
    """Another letter was sent instead of this one already. Its page leads to the other."""


class NotHandedOver(LetterRefused):
    """This letter was not handed over, so it cannot have come back."""


class Told(NamedTuple):
    """What a letter tells of: an entry of an account, and which kind of letter that makes.

    `copy_for` is the version of the entry that names whoever gets a copy; without it the letter is for the person.
    """

    account_id: UUID
    what: What
    version: int
    copy_for: int | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it stands. `instead_of` is the letter that it replaces, `site` where the pages are that it names;
    `next_at` is when it is worked at next."""

    letter_id: UUID
    told: Told
    instead_of: UUID | None
    asked_at: datetime
    asked_by: str
    site: str | None
    state: State
    carrier: CarrierName | None
    carrier_id: str | None
    tries: int
    next_at: datetime | None
    changed_at: datetime

    def moved_by(self, heard: "Heard") -> bool:
        """Whether what is heard says more than is known. A letter that was given up here may have been taken after all:
        then the carrier's word for it counts."""
        if self.state == "failed" and self.carrier_id is None and heard.carrier_id:
            return True
        return FURTHER[heard.state] > FURTHER[self.state] or heard.state == self.state not in TO_LOOK_AT


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a letter: the state that follows, the carrier's word for it, and its own id for the letter.

    `digest` is of what was handed over, `next_at` when to do something about it again.
    """

    state: State
    said: str
    by: str
    carrier: CarrierName | None = None
    carrier_id: str | None = None
    digest: str | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LetterEvent:
    """One thing that was done with a letter or heard of it."""

    at: datetime
    state: State
    said: str
    by: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A letter with the reference of its account, and the letter that was sent instead of it."""

    letter: Letter
    reference: str
    replaced_by: UUID | None

    @property
    def to_look_at(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.letter.state in TO_LOOK_AT and self.replaced_by is None


def first_letter(told: Told) -> UUID:
    """The id of the first letter about an entry. It follows from the entry, so that it is never put in twice."""
    copy = f", copy by entry {told.copy_for}" if told.copy_for else ""
    return uuid5(told.account_id, f"letter about entry {told.version}{copy}")


def letter_instead_of(letter_id: UUID) -> UUID:
    """The id of the letter that is sent instead of another."""
    return uuid5(letter_id, "sent again")
