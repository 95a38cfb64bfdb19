"""The work on a file that waits: what it would do is found out, and its rows are recorded once a second person agreed.

The file stands in the vault, so both may be cut off anywhere and gone on with by any server.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from api.importing.answers import weighed
from api.importing.asking import Progress
from api.importing.columns import KINDS
from api.importing.table import Table, read_table
from api.importing.working import Stages, try_out, work
from domain.dates import day_in_london
from ledger.council import Council
from ledger.import_proposal import Proposal, Step
from ledger.import_proposals import ImportProposals
from ledger.imports import Imports
from ledger.resuming import Clock

NOTED_EVERY = 2
"""Seconds. Whoever looks sees how far the work has come, and the store is not kept busy with it."""


def find_out(council: Council, proposal: Proposal, clock: Clock) -> None:
    """Keep what would come of the rows now; nothing where the file was let go. Raises StoreUnavailable."""
    table, now = _table(council, proposal), clock()
    if table is None:
        return
    proposals, partial = ImportProposals(council), proposal.file.partial
    stages = _noted(proposals, proposal.proposal_id)
    tried = try_out(table, council, partial=partial, by=proposal.by, now=now, stages=stages)
    found = weighed(table, partial, tried, council, day_in_london(now)).model_dump(mode="json")
    proposals.rows.note_check(proposal.proposal_id, tried.came, found, now)


def record(council: Council, proposal: Proposal, import_id: UUID, clock: Clock) -> None:
    """Record the rows, and forget the file; nothing where both was done before. Raises StoreUnavailable."""
    table, proposals = _table(council, proposal), ImportProposals(council)
    standing = Imports(council).rows.standing(import_id)
    if table and not standing.ended_at:
        work(table, council, standing.run, clock, _noted(proposals, import_id))
    proposals.let_go(proposal.file.digest)


def _table(council: Council, proposal: Proposal) -> Table | None:
    content = ImportProposals(council).files.content(proposal.file.digest)
    return read_table(content, KINDS[proposal.file.kind]) if content is not None else None


def _noted(proposals: ImportProposals, work_id: UUID) -> Stages:
    """Stages whose progress is kept where every server finds it."""

    @contextmanager
    def stage(name: str) -> Iterator[Progress]:
        noted_at = float("-inf")

        def note(done: int, of_all: int) -> None:
            nonlocal noted_at
            if time.monotonic() - noted_at >= NOTED_EVERY:
                noted_at = time.monotonic()
                proposals.rows.note_step(work_id, Step(name, done, of_all))

        yield note

    return stage
