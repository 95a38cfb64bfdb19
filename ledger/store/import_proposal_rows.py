"""Which files of rows wait for a second person, and what was decided about each? Rows are added and never changed."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.import_proposal import Checked, Decided, NoSuchProposal, Proposal, ProposalStanding, Step
from ledger.import_run import Came, FileGiven
from ledger.outcomes import Caller
from ledger.store.database import Database
from ledger.store.names import CouncilNames

_PROPOSAL = "proposal_id, number, kind, partial, digest, rows, given_at, given_by, role"
_COUNTS = "applied, known, rejected, faults"
_DECIDED = "proposal_id, decision, reason_code, import_id, decided_at, decided_by, role"


class ImportProposalRows:
    """One council's files that were given to be decided about."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._proposals, self._checks = f"{names.schema}.import_proposals", f"{names.schema}.import_checks"
        self._decisions, self._steps = f"{names.schema}.import_decisions", f"{names.schema}.import_steps"

    def add(
        self, statements: cursor, proposal_id: UUID, file: FileGiven, by: Caller, now: datetime
    ) -> ProposalStanding:
        """Keep a file as given; UniqueViolation where another took its number, or this form was sent before."""
        statements.execute(
            f"INSERT INTO {self._proposals} ({_PROPOSAL})"
            f" SELECT %s, coalesce(max(number), 0) + 1, %s, %s, %s, %s, %s, %s, %s FROM {self._proposals}",
            (str(proposal_id), file.kind, file.partial, file.digest, file.rows, now, by.sub, by.role),
        )
        (given,) = self._read(statements, "proposals.proposal_id = %s", (str(proposal_id),))
        return given

    def undecided(self, statements: cursor, digest: bytes) -> ProposalStanding | None:
        """The file of this content about which nobody has decided, if there is one."""
        which = "proposals.digest = %s AND decision IS NULL ORDER BY proposals.number LIMIT 1"
        return next(iter(self._read(statements, which, (digest,))), None)

    def standing(self, proposal_id: UUID) -> ProposalStanding:
        """One file and what became of it; raises NoSuchProposal."""
        with self._database.transaction() as statements:
            found = self._read(statements, "proposals.proposal_id = %s", (str(proposal_id),))
        if not found:
            raise NoSuchProposal(NoSuchProposal.__doc__)
        return found[0]

    def standings(self, limit: int, *, undecided: bool = False) -> list[ProposalStanding]:
        """The files that were given, or those about which nobody has decided, the newest first."""
        which = "decision IS NULL" if undecided else "true"
        with self._database.transaction() as statements:
            return self._read(statements, f"{which} ORDER BY proposals.number DESC LIMIT %s", (limit,))

    def note_check(self, proposal_id: UUID, came: Came, found: Mapping[str, Any], now: datetime) -> None:
        """Keep what would have come of the rows at a moment."""
        counts = (came.applied, came.known, came.rejected, came.faults)
        with self._database.transaction() as statements:
            statements.execute(
                f"INSERT INTO {self._checks} (proposal_id, checked_at, {_COUNTS}, found)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                (str(proposal_id), now, *counts, json.dumps(found)),
            )

    def decide(self, statements: cursor, decided: Decided) -> None:
        """Keep the decision about a file. Raises UniqueViolation where somebody decided first."""
        ids = (str(decided.proposal_id), decided.decision, decided.reason_code)
        import_id = str(decided.import_id) if decided.import_id else None
        statements.execute(
            f"INSERT INTO {self._decisions} ({_DECIDED}) VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (*ids, import_id, decided.at, decided.by.sub, decided.by.role),
        )

    def decided_of(self, import_id: UUID) -> Decided | None:
        """The decision by which an import was begun; None for one that was begun without a second person."""
        with self._database.transaction() as statements:
            statements.execute(f"SELECT {_DECIDED} FROM {self._decisions} WHERE import_id = %s", (str(import_id),))
            row = statements.fetchone()
        return _decided(row) if row else None

    def note_step(self, work_id: UUID, step: Step) -> None:
        """Keep how far the work on a file has come."""
        with self._database.transaction() as statements:
            statements.execute(
                f"INSERT INTO {self._steps} (work_id, stage, done, of_all) VALUES (%s, %s, %s, %s)",
                (str(work_id), *step),
            )

    def last_step(self, work_id: UUID) -> Step | None:
        """How far the work on a file had come when that was noted last."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT stage, done, of_all FROM {self._steps} WHERE work_id = %s ORDER BY number DESC LIMIT 1",
                (str(work_id),),
            )
            row = statements.fetchone()
        return Step(*row) if row else None

    def _read(self, statements: cursor, which: str, values: tuple[object, ...]) -> list[ProposalStanding]:
        given = ", ".join(f"proposals.{name}" for name in _PROPOSAL.split(", "))
        decided = ", ".join(f"decisions.{name}" for name in _DECIDED.split(", "))
        statements.execute(
            f"SELECT {given}, checked_at, {_COUNTS}, found, {decided} FROM {self._proposals} AS proposals"
            f" LEFT JOIN {self._checks} AS checks ON checks.number ="
            f" (SELECT max(each.number) FROM {self._checks} AS each WHERE each.proposal_id = proposals.proposal_id)"
            f" LEFT JOIN {self._decisions} AS decisions ON decisions.proposal_id = proposals.proposal_id WHERE {which}",
            values,
        )
        return [_standing(row) for row in statements]


def _standing(row: tuple[Any, ...]) -> ProposalStanding:
    proposal_id, number, kind, partial, digest, rows, given_at, given_by, role, *rest = row
    file = FileGiven(kind, partial, bytes(digest), rows)
    checked_at, *counts, found = rest[:6]
    return ProposalStanding(
        Proposal(UUID(proposal_id), number, file, given_at, Caller(given_by, role)),
        Checked(checked_at, Came(*counts), found) if checked_at else None,
        _decided(rest[6:]) if rest[6] else None,
    )


def _decided(row: Any) -> Decided:
    proposal_id, decision, reason_code, import_id, at, by, role = row
    return Decided(
        UUID(proposal_id), decision, reason_code, UUID(import_id) if import_id else None, at, Caller(by, role)
    )
