"""Where the samples of auditors are kept: rows that are added and never changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.samples import (
    LARGE,
    LATE_AFTER,
    Candidate,
    Found,
    Method,
    NoSuchSample,
    Population,
    Sample,
    SampledAccount,
)
from ledger.store.copying import copy_in
from ledger.store.database import Database
from ledger.store.names import CouncilNames

_TOLD_OF_DAYS = ("needs-assessed", "budget-set", "financial-assessed", "financial-assessment-imported")
_ADJUSTMENT = "adjustment-proposed"

# Facts are read only where something in them decides; an account is told by the first risk that is true of it.
_CANDIDATES = """
    WITH told AS (
        SELECT account_id, kind, recorded_at,
            CASE WHEN kind = ANY(%(read)s) THEN convert_from(state, 'UTF8')::jsonb END AS fact
        FROM (
            SELECT account_id, state, recorded_at, split_part(topic, '.', 1) AS kind
            FROM {schema}.events WHERE recorded_at <= %(known_at)s
        ) AS known
    )
    SELECT account_id,
        CASE WHEN bool_or(kind = 'entry-voided') THEN 'corrected'
             WHEN bool_or(kind = %(adjustment)s AND abs((fact ->> 'amount')::numeric) >= %(large)s) THEN 'adjusted'
             WHEN bool_or((recorded_at AT TIME ZONE 'Europe/London')::date
                  - COALESCE(fact ->> 'effective_from', fact ->> 'eligible_from')::date > %(late_after)s) THEN 'late'
             ELSE 'none' END
    FROM told GROUP BY account_id ORDER BY account_id
"""
_SAMPLES = """
    WITH last AS (
        SELECT DISTINCT ON (sample_id, account_id) sample_id, account_id, found
        FROM {schema}.sample_checks ORDER BY sample_id, account_id, number DESC
    )
    SELECT sample_id, number, method, seed, known_at, population, drawn_at, drawn_by,
        count(*), count(found), count(*) FILTER (WHERE found = 'question')
    FROM {schema}.samples JOIN {schema}.sample_accounts USING (sample_id) LEFT JOIN last USING (sample_id, account_id)
    WHERE %(sample_id)s::uuid IS NULL OR sample_id = %(sample_id)s::uuid
    GROUP BY samples.sample_id ORDER BY number DESC
"""
_ACCOUNTS = """
    WITH last AS (
        SELECT DISTINCT ON (sample_id, account_id) sample_id, account_id, found, checked_at, checked_by
        FROM {schema}.sample_checks ORDER BY sample_id, account_id, number DESC
    )
    SELECT sample_id, number, account_id, reference, risk, found, checked_at, checked_by
    FROM {schema}.samples JOIN {schema}.sample_accounts USING (sample_id)
        JOIN {schema}.account_references USING (account_id) LEFT JOIN last USING (sample_id, account_id)
    WHERE (%(sample_id)s::uuid IS NULL OR sample_id = %(sample_id)s::uuid)
        AND (%(found)s::text IS NULL OR found = %(found)s)
    ORDER BY number DESC, place
"""


class Samples:
    """One council's samples."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._schema = names.schema

    def population(self, known_at: datetime | None = None) -> Population | None:
        """Every account known at a moment, or now; None before the first entry.

        The last entry's moment stands for now. Nothing recorded by then can come to be seen later, so the population
        of that moment is the same for whoever asks again.
        """
        with self._database.transaction() as statements:
            moment = known_at or self._last_entry(statements)
            if moment is None:
                return None
            values = {
                "known_at": moment,
                "read": [_ADJUSTMENT, *_TOLD_OF_DAYS],
                "adjustment": _ADJUSTMENT,
                "large": LARGE,
                "late_after": LATE_AFTER,
            }
            statements.execute(_CANDIDATES.format(schema=self._schema), values)
            return Population(moment, tuple(Candidate(UUID(account_id), risk) for account_id, risk in statements))

    def _last_entry(self, statements: cursor) -> datetime | None:
        statements.execute(f"SELECT recorded_at FROM {self._schema}.events ORDER BY position DESC LIMIT 1")
        row = statements.fetchone()
        return row[0] if row else None

    def keep(
        self,
        sample_id: UUID,
        method: Method,
        seed: str,
        population: Population,
        chosen: Sequence[Candidate],
        *,
        by: str,
        now: datetime,
    ) -> None:
        """Keep a sample once, however often it is sent. Numbers follow one another, so that a missing one is seen."""
        with self._database.transaction() as statements:
            statements.execute(f"SELECT FROM {self._schema}.head FOR UPDATE")  # others wait, and see its number
            statements.execute(
                f"INSERT INTO {self._schema}.samples"
                " (sample_id, number, method, seed, known_at, population, drawn_at, drawn_by)"
                f" SELECT %s::uuid, coalesce(max(number), 0) + 1, %s, %s, %s, %s, %s, %s FROM {self._schema}.samples"
                " ON CONFLICT (sample_id) DO NOTHING",
                (str(sample_id), method, seed, population.known_at, len(population.candidates), now, by),
            )
            if statements.rowcount:
                rows = ((sample_id, place, *each) for place, each in enumerate(chosen, start=1))
                columns = ("sample_id", "place", "account_id", "risk")
                copy_in(statements, f"{self._schema}.sample_accounts", columns, rows)

    def check(self, check_id: UUID, sample_id: UUID, account_id: UUID, found: Found, *, by: str, now: datetime) -> None:
        """Keep what was found of an account, once, however often it is sent."""
        with self._database.transaction() as statements:
            statements.execute(
                f"INSERT INTO {self._schema}.sample_checks"
                " (check_id, sample_id, account_id, found, checked_at, checked_by) VALUES (%s, %s, %s, %s, %s, %s)"
                " ON CONFLICT (check_id) DO NOTHING",
                (str(check_id), str(sample_id), str(account_id), found, now, by),
            )

    def all(self) -> list[Sample]:
        """Every sample, the newest first."""
        return self._samples(None)

    def one(self, sample_id: UUID) -> Sample:
        """One sample; raises NoSuchSample."""
        if found := self._samples(sample_id):
            return found[0]
        raise NoSuchSample(NoSuchSample.__doc__)

    def accounts(self, sample_id: UUID | None = None, found: Found | None = None) -> list[SampledAccount]:
        """The accounts of a sample, or of all of them, in the order they were chosen; or those of one finding."""
        rows = self._rows(_ACCOUNTS, sample_id=sample_id, found=found)
        return [SampledAccount(UUID(sample), number, UUID(account), *rest) for sample, number, account, *rest in rows]

    def account(self, sample_id: UUID, account_id: UUID) -> SampledAccount:
        """One account of a sample; raises NoSuchSample."""
        for each in self.accounts(sample_id):
            if each.account_id == account_id:
                return each
        raise NoSuchSample(NoSuchSample.__doc__)

    def _samples(self, sample_id: UUID | None) -> list[Sample]:
        return [Sample(UUID(found), *rest) for found, *rest in self._rows(_SAMPLES, sample_id=sample_id)]

    def _rows(self, query: str, *, sample_id: UUID | None, **values: Any) -> list[tuple[Any, ...]]:
        values["sample_id"] = str(sample_id) if sample_id else None
        with self._database.transaction() as statements:
            statements.execute(query.format(schema=self._schema), values)
            return statements.fetchall()
