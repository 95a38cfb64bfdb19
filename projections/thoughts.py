"""What was thought of an account, from which moment of knowledge to which?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from domain.parameters import NotInForce
from projections.spans import Span

Kind = Literal["unreadable", "not_in_force", "not_worked_out"]


class Unreadable(Exception):
    """An entry of the account cannot be read by this version of the program, or is missing."""


class Doubt(NamedTuple):
    """That nothing can be said of an account since a version of it, why, and after which event of the ledger."""

    version: int
    position: int
    kind: Kind


Thought = Span | Doubt
"""What an account's days are like, span by span; or that this cannot be said."""


class Ended(NamedTuple):
    """What was thought from one moment to another."""

    thought: Thought
    known_from: datetime
    known_to: datetime


@dataclass
class Thoughts:
    """What is thought of one account now, each since when; and what no longer is.

    `stored` is what was standing in the tables to begin with. The order of everything here is that of the facts.
    """

    standing: dict[Thought, datetime] = field(default_factory=dict)
    ended: list[Ended] = field(default_factory=list)
    stored: dict[Thought, datetime] = field(default_factory=dict)

    @property
    def doubt(self) -> Doubt | None:
        """Why nothing can be said now, where nothing can."""
        return next((thought for thought in self.standing if isinstance(thought, Doubt)), None)

    def become(self, wanted: Iterable[Thought], at: datetime) -> None:
        """From an instant on exactly this is thought. What would begin and end at one instant was never thought."""
        thoughts = dict.fromkeys(wanted)
        for thought in [standing for standing in self.standing if standing not in thoughts]:
            since = self.standing.pop(thought)
            if since < at:
                self.ended.append(Ended(thought, since, at))
        for thought in thoughts:
            self.standing.setdefault(thought, at)


def kind_of(fault: Exception) -> Kind:
    """What kept an account from being worked out."""
    if isinstance(fault, Unreadable):
        return "unreadable"
    return "not_in_force" if isinstance(fault, NotInForce) else "not_worked_out"
