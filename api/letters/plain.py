"""What does a letter say that states no figures: to whom, from whom, and a few plain words?"""

from collections.abc import Iterator

from domain.dates import Instant
from domain.terms import Terms


class PlainLetter(Terms):
    """A letter ready to be set. `proof` is what stands at its end; `known_at` dates the file."""

    template: str = "letter-1"
    to: tuple[str, ...]
    sender: tuple[str, ...]
    phone: str | None
    dated: str
    reference: str
    title: str
    opening: str
    shown: str
    steps: tuple[str, ...]
    closing: tuple[str, ...]
    proof: str
    known_at: Instant

    def texts(self) -> Iterator[str]:
        """Every text that a reader meets, in order."""
        yield from (*self.to, *self.sender, *((self.phone,) if self.phone else ()), self.dated, self.reference)
        yield from (self.title, self.opening, self.shown, *self.steps, *self.closing, self.proof)
