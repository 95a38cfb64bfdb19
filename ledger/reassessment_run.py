"""What is a reassessment run, how far has it come, and what came of each of its accounts?"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.account.uprating import Rise
from ledger.outcomes import Caller
from ledger.reassessment import Outcome, Reason, Tally


class NoSuchReassessment(Exception):
    """There is no such reassessment of this council."""


class NotFinishedYet(Exception):
    """This reassessment is still under way. Let it finish, then take it back."""


class TakesBackItself(Exception):
    """This run took another one back, so there is nothing of it to take back. Reassess the day again instead."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The day from which everybody is assessed anew, whether unchanged figures are recorded too, and the rises."""

    on: date
    every: bool = False
    rises: tuple[Rise, ...] = ()


@dataclass(frozen=True, slots=True)
class ReassessmentRun:
    """A run as it was begun. `reverses` is the run that it takes back, None where it reassesses."""

    run_id: UUID
    number: int
    wanted: Wanted
    reverses: UUID | None
    position: int
    accounts: int
    started_at: datetime
    by: Caller


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run has come, and what it came to by then. `reversed_by` is the run that takes it back, if any."""

    run: ReassessmentRun
    tally: Tally
    last_at: datetime
    reversed_by: UUID | None

    @property
    def finished_at(self) -> datetime | None:
        """When the last of its accounts was done; None while there is one to do."""
        return self.last_at if self.tally.accounts == self.run.accounts else None


@dataclass(frozen=True, slots=True)
class RunItem:
    """What came of one account, under the reference that people know it by."""

    account_id: UUID
    reference: str
    outcome: Outcome
    before: Decimal | None
    after: Decimal | None
    why_not: Reason | None
    details: tuple[str, ...]

    @property
    def change(self) -> Decimal | None:
        """How much more, or less, is to pay a week; None where nothing was worked out."""
        return self.after - self.before if self.after is not None and self.before is not None else None
