"""What is a posting run, how far has it come, and what about it should somebody look at?"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ledger.outcomes import Caller
from ledger.posting import ControlTotals
from ledger.to_look_at import ExceptionType


class NoSuchRun(Exception):
    """There is no such posting run of this council."""


@dataclass(frozen=True, slots=True)
class PostingRun:
    """A run as it was begun: the day to post to, and the accounts there were, those opened up to a position."""

    run_id: UUID
    number: int
    through: date
    scheme: str
    position: int
    accounts: int
    started_at: datetime
    by: Caller


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a run has come, and what it has posted by then."""

    run: PostingRun
    posted: int
    unchanged: int
    not_posted: int
    exceptions: int
    last_at: datetime
    totals: ControlTotals

    @property
    def finished_at(self) -> datetime | None:
        """When the last of its accounts was done; None while there is one to do."""
        return self.last_at if self.posted + self.unchanged + self.not_posted == self.run.accounts else None


@dataclass(frozen=True, slots=True)
class RunException:
    """One thing about one account of a run that somebody should look at."""

    account_id: UUID
    reference: str
    posted: bool
    type: ExceptionType
    detail: str
