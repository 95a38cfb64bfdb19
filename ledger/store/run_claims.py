"""Which periods of a council's schedule were begun, and by which run? Each is claimed once, where its run begins."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from domain.schedule import Period
from ledger.schedule import RunKind
from ledger.store.database import Database
from ledger.store.names import CouncilNames


class Claimed(NamedTuple):
    """A period that was begun: how many it makes, its days, and its run."""

    number: int
    period: Period
    run_id: UUID


class RunClaims:
    """One council's claims. Rows are added and never changed."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._table = f"{names.schema}.run_claims"

    def last(self, run: RunKind, known_at: datetime | None = None) -> Claimed | None:
        """The period that was begun last, as known now or at a moment; None before the first."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT period, effective_from, ending_before, run_id FROM {self._table}"
                " WHERE run = %s AND (%s::timestamptz IS NULL OR claimed_at <= %s) ORDER BY period DESC LIMIT 1",
                (run, known_at, known_at),
            )
            row = statements.fetchone()
        return Claimed(row[0], Period(row[1], row[2]), UUID(row[3])) if row else None

    def run_of(self, run: RunKind, number: int) -> UUID | None:
        """The run that began a period, if it was begun."""
        with self._database.transaction() as statements:
            statements.execute(f"SELECT run_id FROM {self._table} WHERE run = %s AND period = %s", (run, number))
            row = statements.fetchone()
        return UUID(row[0]) if row else None

    def write(self, statements: cursor, run: RunKind, number: int, period: Period, run_id: UUID, at: datetime) -> None:
        """Claim a period for a run; raises UniqueViolation where another run began it."""
        statements.execute(
            f"INSERT INTO {self._table} (run, period, effective_from, ending_before, run_id, claimed_at)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            (run, number, *period, str(run_id), at),
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """A period that is to be begun, at most once: the first run to be kept together with it is the one."""

    claims: RunClaims
    run: RunKind
    number: int
    period: Period
    at: datetime

    def taken_by(self) -> UUID | None:
        """The run that has begun the period, if one has."""
        return self.claims.run_of(self.run, self.number)

    def take(self, statements: cursor, run_id: UUID) -> None:
        """Claim the period in the transaction that begins the run; raises UniqueViolation where another has."""
        self.claims.write(statements, self.run, self.number, self.period, run_id, self.at)
