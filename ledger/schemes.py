"""Which schemes does a council know, and which has it adopted, at any moment of knowledge?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

from domain import schemes
from domain.parameters import NotInForce
from domain.schemes import Scheme, UnknownScheme

THE_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


class Unfinished(ValueError):
    """A scheme that figures are to rest on has to know its amounts on every day from commencement on."""


def require_finished(scheme: Scheme) -> None:
    """Raises Unfinished: a day without an amount would leave the whole council without figures."""
    try:
        if scheme.cap:
            scheme.cap.require_amounts()
    except NotInForce as fault:
        raise Unfinished(f"{fault} {Unfinished.__doc__}") from fault


@dataclass(frozen=True, slots=True)
class SchemeChange:
    """A scheme came with the program (`shipped`), was kept as the council's own (`kept`), or was adopted.

    Numbers are in the order of recording; `position` is that of the last event recorded before. Of a scheme that came
    or was kept there is `text`, the file as it was written, and `rules`, what it came to: the national amounts it names
    stand in it as they were then, so that a later amount of law moves no figure known before.
    """

    number: int
    kind: Literal["shipped", "kept", "adopted"]
    name: str
    edition: str
    text: str | None
    rules: str | None
    position: int
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class KnownSchemes:
    """What a council knows of schemes: the one it was set up with, and every change since, in order."""

    set_up_with: str
    changes: tuple[SchemeChange, ...] = ()

    def known_at(self, moment: datetime) -> "KnownSchemes":
        """What was known at a moment."""
        return self._of(change for change in self.changes if change.recorded_at <= moment)

    def through(self, number: int) -> "KnownSchemes":
        """What was known when the change of this number had been recorded."""
        return self._of(change for change in self.changes if change.number <= number)

    def and_then(self, changes: Iterable[SchemeChange]) -> "KnownSchemes":
        """The same with changes that were recorded after it."""
        return self._of((*self.changes, *changes))

    def turn_after(self, number: int) -> SchemeChange | None:
        """The first change after the one of this number that had the council's figures rest on other rules."""
        edition = self.through(number).adopted.edition
        later = (change for change in self.changes if change.number > number)
        return next((change for change in later if self.through(change.number).adopted.edition != edition), None)

    @property
    def last(self) -> int:
        """The number of the last change; 0 before the first."""
        return self.changes[-1].number if self.changes else 0

    @property
    def adoption(self) -> SchemeChange | None:
        """The change by which the scheme in use was adopted; None while it is the one of the council's set-up."""
        return next((change for change in reversed(self.changes) if change.kind == "adopted"), None)

    @property
    def adopted(self) -> Scheme:
        """The scheme that the council's figures rest on."""
        return self.named(self.adoption.name if self.adoption else self.set_up_with)

    @property
    def own(self) -> frozenset[str]:
        """The names of the council's own schemes."""
        return frozenset(change.name for change in self.changes if change.kind == "kept")

    @property
    def names(self) -> tuple[str, ...]:
        """Every scheme that can be asked for, in alphabetical order: those the program brings and the council's own."""
        return tuple(sorted({*schemes.names(), *self.own}))

    def editions(self, name: str) -> list[SchemeChange]:
        """Each edition of a scheme that the council knows, oldest first."""
        return [change for change in self.changes if change.name == name and change.rules is not None]

    def named(self, name: str) -> Scheme:
        """The scheme of this name, in its newest edition; raises UnknownScheme, naming those there are."""
        if editions := self.editions(name):
            return _scheme_of(editions[-1].rules or "")
        if name not in schemes.names():
            raise UnknownScheme(name, self.names)
        return schemes.load(name)

    def _of(self, changes: Iterable[SchemeChange]) -> "KnownSchemes":
        return KnownSchemes(self.set_up_with, tuple(changes))


@lru_cache(maxsize=256)
def _scheme_of(rules: str) -> Scheme:
    """A scheme as it was written down, read once."""
    return Scheme.model_validate_json(rules)
