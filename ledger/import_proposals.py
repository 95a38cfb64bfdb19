"""How is a file of rows given by one person, and recorded or turned away by another?"""

from datetime import datetime
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.council import Council
from ledger.import_proposal import (
    CommittedByItsGiver,
    Decided,
    FileDecidedAlready,
    FileNotChecked,
    NothingToCommit,
    ProposalStanding,
)
from ledger.import_run import FileGiven
from ledger.imports import Imports
from ledger.outcomes import Caller
from ledger.receipts import Request
from ledger.resuming import Beginning
from ledger.store.import_proposal_rows import ImportProposalRows
from ledger.vault.import_files import ImportFiles


class ImportProposals:
    """One council's files that wait. What a file holds is kept in the vault until its rows are recorded, or never."""

    def __init__(self, council: Council) -> None:
        self.rows = ImportProposalRows(council.app, council.names)
        self.files = ImportFiles(council.app, council.names)
        self._council, self._imports = council, Imports(council)

    def give(
        self,
        proposal_id: UUID,
        file: FileGiven,
        name: str,
        content: bytes,
        *,
        by: Caller,
        now: datetime,
        request: Request,
    ) -> ProposalStanding:
        """Keep a file to be decided about, or find the one of the very same content that waits already.

        Raises KeyUsedForAnotherRequest, TooManyAtOnce.
        """

        def given(statements: cursor) -> ProposalStanding:
            waiting = self.rows.undecided(statements, file.digest)
            if waiting is None:
                self.files.keep(statements, file.digest, name, content)
                waiting = self.rows.add(statements, proposal_id, file, by, now)
            return waiting

        return Beginning(self._council, request).of(given, self.rows.standing)[0]

    def commit(self, proposal_id: UUID, *, by: Caller, now: datetime, request: Request) -> Decided:
        """Begin to record the rows of a file that another person gave, in that person's name.

        Raises NoSuchProposal, ImportRefused, KeyUsedForAnotherRequest, TooManyAtOnce.
        """
        latest = self._council.ledger.recorder.latest(now)

        def committed(statements: cursor) -> Decided:
            proposal = self.to_commit(proposal_id, by).proposal
            run = self._imports.rows.unfinished_or_new(statements, proposal.file, proposal.by, latest)
            decided = Decided(proposal_id, "committed", None, run.run_id, now, by)
            self.rows.decide(statements, decided)
            return decided

        return Beginning(self._council, request).of(committed, self._decided)[0]

    def reject(self, proposal_id: UUID, reason_code: str, *, by: Caller, now: datetime, request: Request) -> Decided:
        """Never record the rows of a file, which is forgotten.

        Raises NoSuchProposal, ImportRefused, KeyUsedForAnotherRequest, TooManyAtOnce.
        """
        decided = Decided(proposal_id, "rejected", reason_code, None, now, by)

        def rejected(statements: cursor) -> Decided:
            standing = self.to_reject(proposal_id)
            self.rows.decide(statements, decided)
            self.files.let_go(statements, standing.proposal.file.digest)
            return decided

        return Beginning(self._council, request).of(rejected, self._decided)[0]

    def let_go(self, digest: bytes) -> None:
        """Forget what a file held, now that its rows are recorded."""
        with self._council.app.transaction() as statements:
            self.files.let_go(statements, digest)

    def to_commit(self, proposal_id: UUID, by: Caller) -> ProposalStanding:
        """A file whose rows somebody can have recorded; raises NoSuchProposal, ImportRefused."""
        standing = self.to_reject(proposal_id)
        if standing.proposal.by.sub == by.sub:
            raise CommittedByItsGiver
        if not standing.checked:
            raise FileNotChecked
        if standing.state != "waits":
            raise NothingToCommit
        return standing

    def to_reject(self, proposal_id: UUID) -> ProposalStanding:
        """A file about which nobody has decided; raises NoSuchProposal, ImportRefused."""
        standing = self.rows.standing(proposal_id)
        if standing.decided:
            raise FileDecidedAlready
        return standing

    def _decided(self, proposal_id: UUID) -> Decided:
        decided = self.rows.standing(proposal_id).decided
        assert decided is not None  # the receipt was kept together with it
        return decided
