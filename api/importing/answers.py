"""What does an import say of itself, to a program and to whoever gave the command?"""

from collections.abc import Iterable
from datetime import date
from heapq import nlargest
from typing import Literal
from uuid import UUID

from api.importing.columns import KindName
from api.importing.table import Table
from api.importing.working import Tried
from api.kit.basis import Basis, basis
from domain.dates import Day, Instant
from domain.terms import Terms
from ledger.council import Council
from ledger.import_run import Came, Import, RowFault, Standing, Status
from ledger.import_weighing import AccountWeighed, Position

MOST_ACCOUNTS = 20
"""Of the accounts that change, so many of those that change most are named."""


class ImportBegun(Terms):
    """An import as it was begun. Nothing of this changes. `partial`: good rows are recorded though others are bad."""

    import_id: UUID
    number: int
    kind: KindName
    partial: bool
    rows: int
    started_at: Instant
    started_by: str


class RowCounts(Terms):
    """What became of the rows.

    `applied` were recorded, `known` had been recorded before, `rejected` are bad, and `left` are good but were not
    recorded since others are bad. `error_count` is how many faults there are.
    """

    applied: int
    known: int
    rejected: int
    left: int
    error_count: int


class ImportListed(ImportBegun, RowCounts):
    """An import and what became of its rows: nothing yet while it is `running`, or where it was cut off."""

    status: Status
    ended_at: Instant | None


class ImportRead(ImportListed):
    """An import with what is wrong with its rows, the first 1,000 faults of them."""

    errors: tuple[RowFault, ...]


class AccountEffect(Terms):
    """What the rows would do to one account. A position is null where law for some day is not known."""

    account_id: UUID
    reference: str
    before: Position | None
    after: Position | None


class ImportEffects(Terms):
    """What the rows would do: accounts opened and changed, and what all that change come to today.

    `not_worked_out` are those for which law is not known, left out of the sums; `most_changed` those that change most.
    """

    on: Day
    accounts_opened: int
    accounts_changed: int
    not_worked_out: int
    before: Position
    after: Position
    most_changed: tuple[AccountEffect, ...]


class ImportWeighed(RowCounts):
    """What would come of the file, were it given now. Nothing was recorded."""

    dry_run: Literal[True]
    kind: KindName
    partial: bool
    rows: int
    effects: ImportEffects
    errors: tuple[RowFault, ...]
    basis: Basis


def begun(run: Import) -> ImportBegun:
    """The import as it was begun."""
    return ImportBegun.model_validate(_begun(run))


def _begun(run: Import) -> dict[str, object]:
    return {
        "import_id": run.run_id,
        "number": run.number,
        "kind": run.file.kind,
        "partial": run.file.partial,
        "rows": run.file.rows,
        "started_at": run.started_at,
        "started_by": run.by.sub,
    }


def listed(standing: Standing) -> ImportListed:
    """The import and what became of it."""
    return ImportListed.model_validate(_listed(standing))


def _listed(standing: Standing) -> dict[str, object]:
    counts = _counts(standing.came, standing.run.file.rows if standing.ended_at else 0)
    return {**_begun(standing.run), **counts, "status": standing.status, "ended_at": standing.ended_at}


def _counts(came: Came, rows: int) -> dict[str, object]:
    return {
        "applied": came.applied,
        "known": came.known,
        "rejected": came.rejected,
        "left": max(rows - came.applied - came.known - came.rejected, 0),
        "error_count": came.faults,
    }


def read(standing: Standing, faults: Iterable[RowFault]) -> ImportRead:
    """The import with its faults."""
    return ImportRead.model_validate({**_listed(standing), "errors": tuple(faults)})


def weighed(table: Table, partial: bool, tried: Tried, council: Council, on: date) -> ImportWeighed:
    """What would come of a file."""
    return ImportWeighed.model_validate(
        {
            "dry_run": True,
            "kind": table.kind.name,
            "partial": partial,
            "rows": table.rows,
            **_counts(tried.came, table.rows),
            "effects": _effects(tried, council, on),
            "errors": tried.faults.shown,
            "basis": basis(council.scheme),
        }
    )


def _effects(tried: Tried, council: Council, on: date) -> ImportEffects:
    changed = tried.weighed.changed
    worked_out = [each for each in changed if each.before and each.after]
    return ImportEffects(
        on=on,
        accounts_opened=tried.weighed.opened,
        accounts_changed=len(changed),
        not_worked_out=len(changed) - len(worked_out),
        before=sum((each.before for each in worked_out if each.before), Position()),
        after=sum((each.after for each in worked_out if each.after), Position()),
        most_changed=_most_changed(worked_out, council),
    )


def _most_changed(worked_out: list[AccountWeighed], council: Council) -> tuple[AccountEffect, ...]:
    most = nlargest(MOST_ACCOUNTS, worked_out, key=lambda each: each.change)
    references = council.ledger.references.of([each.account_id for each in most])
    return tuple(
        AccountEffect(
            account_id=each.account_id, reference=references[each.account_id], before=each.before, after=each.after
        )
        for each in most
    )
