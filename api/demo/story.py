"""Which day is the fictitious council's story told up to, and of how many people?"""

from dataclasses import dataclass
from datetime import date

from domain import schemes
from domain.account.facts import BudgetSet, Source
from domain.account.state import CareAccount

SYSTEM = "careledger-demo"
"""The source that every invented figure names, so that nobody who reads a history takes it for a real one."""

SCHEME = schemes.load("reform-2023")
"""The rules that the fictitious council has adopted."""
BEGINS = date(2023, 10, 2)
"""The first working day of the reform as it was planned."""
EARLIEST = date(2026, 1, 1)
"""Told up to an earlier day, the story would have nobody who has reached the cap."""


class NotTheStory(ValueError):
    """This council has accounts that the demonstration did not make, and it adds to none of them."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that is recorded follows from these two. Nothing in it is recorded on `day` itself or later."""

    day: date
    people: int

    def __post_init__(self) -> None:
        if self.day < EARLIEST:
            raise ValueError(f"The fictitious council needs a clock of {EARLIEST} or later; this one says {self.day}.")

    @property
    def source(self) -> Source:
        """Where every figure of this story comes from."""
        return Source(system=SYSTEM, reference=f"{self.day}/{self.people}")


def story_of(account: CareAccount) -> Story | None:
    """The story that an account's first budget names, None while it has no budget; raises NotTheStory."""
    budgets = account.of(BudgetSet)
    if not budgets:
        return None
    source = budgets[0][1].source
    if source is None or source.system != SYSTEM or source.reference is None:
        raise NotTheStory
    day, _, people = source.reference.partition("/")
    return Story(date.fromisoformat(day), int(people))
