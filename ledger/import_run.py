"""What is an import, what became of its rows, and what was wrong with them?"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from domain.terms import Terms
from ledger.outcomes import Caller

Status = Literal["running", "recorded", "recorded_in_part", "nothing_new", "refused"]


class NoSuchImport(Exception):
    """There is no such import of this council."""


class RowFault(Terms):
    """What is wrong with a row, numbered as a spreadsheet numbers it, the heading being row 1.

    `rule` is a name that stays the same, `fix` the sentence that says how to mend it. `value` is shown in full only
    where it cannot be about a person; otherwise by its first character and dots.
    """

    row: int
    column: str | None
    value: str
    rule: str
    fix: str


@dataclass(frozen=True, slots=True)
class FileGiven:
    """A file of rows: of which kind, its SHA-256, and whether its good rows are wanted though others are bad."""

    kind: str
    partial: bool
    digest: bytes
    rows: int


@dataclass(frozen=True, slots=True)
class Import:
    """An import as it was begun."""

    run_id: UUID
    number: int
    file: FileGiven
    started_at: datetime
    by: Caller


@dataclass(frozen=True, slots=True)
class Came:
    """What became of the rows: recorded by this import, recorded before it, at fault; and how many faults there are."""

    applied: int = 0
    known: int = 0
    rejected: int = 0
    faults: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """An import and what became of it; nothing yet while it is worked at, or where that was cut off."""

    run: Import
    came: Came
    ended_at: datetime | None

    @property
    def status(self) -> Status:
        if self.ended_at is None:
            return "running"
        if self.came.rejected:
            return "recorded_in_part" if self.run.file.partial else "refused"
        return "recorded" if self.came.applied else "nothing_new"
