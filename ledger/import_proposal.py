"""What is a file of rows that waits for a second person, and what was decided about it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from ledger.import_run import Came, FileGiven, NoSuchImport
from ledger.outcomes import Caller

State = Literal["checking", "waits", "nothing_new", "bad", "committed", "rejected"]


class NoSuchProposal(NoSuchImport):
    """There is no such file of this council."""


class ImportRefused(Exception):
    """The file of rows refuses this."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class CommittedByItsGiver(ImportRefused):
    """Whoever gave a file cannot have its rows recorded. Ask a second person."""


class FileNotChecked(ImportRefused):
    """What these rows would do is still being found out. Look at it first."""


class NothingToCommit(ImportRefused):
    """There is no row of this file to record. Read what is wrong with it, and give it again."""


class FileDecidedAlready(ImportRefused):
    """It was decided already whether the rows of this file are recorded. Read the file's page to see by whom."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file as it was given."""

    proposal_id: UUID
    number: int
    file: FileGiven
    given_at: datetime
    by: Caller


class Checked(NamedTuple):
    """What would have come of the rows at a moment: counted, and told in full as JSON has it."""

    at: datetime
    came: Came
    found: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided about a file: its rows are recorded by an import, or never for a reason."""

    proposal_id: UUID
    decision: Literal["committed", "rejected"]
    reason_code: str | None
    import_id: UUID | None
    at: datetime
    by: Caller

    @property
    def run_id(self) -> UUID:
        """What the decision is known by: one a file."""
        return self.proposal_id


@dataclass(frozen=True, slots=True)
class ProposalStanding:
    """A file, what its rows would do as far as that is known, and what was decided."""

    proposal: Proposal
    checked: Checked | None
    decided: Decided | None

    @property
    def run_id(self) -> UUID:
        """What it is known by, as whatever is begun once is."""
        return self.proposal.proposal_id

    @property
    def state(self) -> State:
        if self.decided:
            return self.decided.decision
        if not self.checked:
            return "checking"
        came = self.checked.came
        return "waits" if came.applied else "bad" if came.rejected else "nothing_new"


class Step(NamedTuple):
    """How far the work on a file has come: the stage, how much of it is done, and of how much."""

    stage: str
    done: int
    of_all: int
