"""What is asked of whoever carries letters, and how does it say no?"""

from dataclasses import dataclass
from typing import Protocol

from ledger.letters import CarrierName, Heard, Letter, Told


class TryAgain(Exception):
    """It may not have been handed over, or could not be asked. Look it up later, then try again."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class NotNow(Exception):
    """Nothing was handed over, and nothing else would be taken now either: it is the same for every letter."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class NotThisMinute(NotNow):
    """No more requests are taken for a while: there were too many, or the key is not taken."""


class NotToday(NotNow):
    """No more letters are taken today."""


class NotTaken(Exception):
    """It is not taken, now or later: somebody has to look at it."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter ready to be carried: a PDF whose first page has the address where the envelope's window is.

    One that is not `addressed` has nobody's address there, so somebody has to add it by hand. `copies` go to others.
    """

    letter: Letter
    reference: str
    pdf: bytes
    addressed: bool = True
    copies: tuple[Told, ...] = ()


class Carrier(Protocol):
    """Takes letters, knows again those it took, and says where they are."""

    @property
    def name(self) -> CarrierName: ...

    @property
    def paced(self) -> bool:
        """Whether it takes only so many in a minute and a day."""

    def find(self, letter: Letter) -> Heard | None:
        """What it knows of a letter that it may have been given before; raises TryAgain, NotNow."""

    def hand_over(self, outgoing: Outgoing) -> Heard:
        """Give it a letter; raises TryAgain, NotNow, NotTaken."""

    def ask(self, letter: Letter) -> Heard:
        """Where a letter is that it was given; raises TryAgain, NotNow."""
