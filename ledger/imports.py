"""How the import of a file is begun once, gone on with by whoever gives the same file, and ended."""

from datetime import datetime
from uuid import UUID

from ledger.council import Council
from ledger.import_run import FileGiven, Import
from ledger.outcomes import Caller
from ledger.receipts import Request
from ledger.resuming import Beginning
from ledger.store.import_rows import ImportRows


class Imports:
    """One council's imports. The file itself is not kept: its rows become facts, and people's go to the vault."""

    def __init__(self, council: Council) -> None:
        self.rows = ImportRows(council.app, council.names)
        self._council = council

    def begin(
        self, file: FileGiven, *, by: Caller, now: datetime, request: Request | None = None
    ) -> tuple[Import, bool]:
        """The import to work at, and whether this request had been sent before.

        It is the one of this very file that was cut off, else a new one. Raises KeyUsedForAnotherRequest,
        TooManyAtOnce.
        """
        latest = self._council.ledger.recorder.latest(now)  # what it records comes later than that, by any clock

        def begun(import_id: UUID) -> Import:
            return self.rows.standing(import_id).run

        return Beginning(self._council, request).of(
            lambda statements: self.rows.unfinished_or_new(statements, file, by, latest), begun
        )
