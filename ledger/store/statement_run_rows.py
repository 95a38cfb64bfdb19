"""Where statement runs are kept: rows that are added and never changed."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from psycopg2.extensions import cursor

from ledger.outcomes import Caller
from ledger.statement_run import (
    Came,
    Decided,
    NoSuchStatementRun,
    RunItem,
    Standing,
    StatementRun,
    StatementsWanted,
    WhyHeld,
)
from ledger.store.copying import copy_in
from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.store.run_rows import RunRows
from ledger.together import OfAccount

_RUN = (
    "run_id",
    "number",
    "through",
    "kind",
    "scheme",
    "seed",
    "position",
    "accounts",
    "started_at",
    "started_by",
    "role",
)
_DONE = ("run_id", "account_id", "recorded_at", "outcome", "why_held", "version", "accrued_costs")
_DECIDED = ("run_id", "decision", "reason_code", "decided_at", "decided_by", "role")


class StatementRunRows(RunRows[StatementRun]):
    """One council's statement runs."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        super().__init__(database, names, "statement_runs", "statement_run_accounts")
        self._decisions = f"{names.schema}.statement_run_decisions"

    def begin(
        self, statements: cursor, number: int, wanted: StatementsWanted, scheme: str, by: Caller, now: datetime
    ) -> StatementRun:
        """A new run over every account there is. Raises UniqueViolation where another took the number."""
        statements.execute(
            f"INSERT INTO {self._runs} ({', '.join(_RUN)}) SELECT %s, %s, %s, %s, %s, %s, position,"
            f" (SELECT count(*) FROM {self._schema}.events WHERE version = 1 AND events.position <= head.position),"
            f" %s, %s, %s FROM {self._schema}.head RETURNING {', '.join(_RUN)}",
            (str(uuid4()), number, wanted.to, wanted.kind, scheme, secrets.randbits(31), now, by.sub, by.role),
        )
        (row,) = statements.fetchall()
        return _run(row)

    def newest(self, statements: cursor, wanted: StatementsWanted, scheme: str) -> Standing | None:
        """The last run that was begun for the same, if any."""
        which = "(runs.through, runs.kind, runs.scheme) = (%s, %s, %s)"
        found = self._standings(statements, which, (wanted.to, wanted.kind, scheme), 1)
        return found[0] if found else None

    def standing(self, run_id: UUID) -> Standing:
        """How far a run has come; raises NoSuchStatementRun."""
        with self._database.transaction() as statements:
            found = self._standings(statements, "runs.run_id = %s", (str(run_id),), 1)
        if not found:
            raise NoSuchStatementRun(NoSuchStatementRun.__doc__)
        return found[0]

    def standings(self, below: int, limit: int) -> list[Standing]:
        """The runs whose number is below this, newest first."""
        with self._database.transaction() as statements:
            return self._standings(statements, "runs.number < %s", (below,), limit)

    def note(
        self, statements: cursor, run: StatementRun, of_accounts: Iterable[OfAccount[Came]], now: datetime
    ) -> None:
        """Keep what came of accounts, in the transaction of their facts."""
        copy_in(statements, self._done, _DONE, (_row(run, each, now) for each in of_accounts))

    def decide(self, statements: cursor, decided: Decided) -> None:
        """Keep the decision about a run. Raises UniqueViolation where somebody decided first."""
        statements.execute(
            f"INSERT INTO {self._decisions} ({', '.join(_DECIDED)}) VALUES (%s, %s, %s, %s, %s, %s)",
            (str(decided.run_id), decided.decision, decided.reason_code, decided.at, decided.by.sub, decided.by.role),
        )

    def made(self, run_id: UUID) -> dict[UUID, int]:
        """The accounts for which a run made a statement, each with the version of its entry."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT account_id, version FROM {self._done} WHERE run_id = %s AND outcome = 'made'", (str(run_id),)
            )
            return {UUID(account_id): version for account_id, version in statements}

    def withdrawn(self, accounts: Collection[UUID]) -> dict[UUID, set[int]]:
        """The versions of accounts' statements that never go out, because their run was withdrawn."""
        found = defaultdict[UUID, set[int]](set)
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT account_id, version FROM {self._done} JOIN {self._decisions} USING (run_id)"
                " WHERE decision = 'withdrawn' AND outcome = 'made' AND account_id = ANY(%s::uuid[])",
                ([str(account_id) for account_id in accounts],),
            )
            for account_id, version in statements:
                found[UUID(account_id)].add(version)
        return found

    def items(
        self, run: StatementRun, outcomes: Collection[str], offset: int = 0, limit: int | None = None
    ) -> list[RunItem]:
        """What came of the accounts of a run, those of some outcomes, in the order of their references."""
        with self._database.transaction() as statements:
            statements.execute(
                "SELECT account_id, reference, outcome, why_held, version, accrued_costs"
                f" FROM {self._done} JOIN {self._schema}.account_references USING (account_id)"
                " WHERE run_id = %s AND outcome = ANY(%s) ORDER BY reference OFFSET %s LIMIT %s",
                (str(run.run_id), list(outcomes), offset, limit),
            )
            return [RunItem(UUID(account_id), *rest) for account_id, *rest in statements]

    def _standings(self, statements: cursor, which: str, values: tuple[object, ...], limit: int) -> list[Standing]:
        """`which` is one of our own conditions, never a caller's text."""
        columns = ", ".join([f"runs.{name}" for name in _RUN] + [f"decided.{name}" for name in _DECIDED])
        statements.execute(
            f"SELECT {columns} FROM {self._runs} AS runs LEFT JOIN {self._decisions} AS decided USING (run_id)"
            f" WHERE {which} ORDER BY runs.number DESC LIMIT %s",
            (*values, limit),
        )
        found = [(_run(row[: len(_RUN)]), _decided(row[len(_RUN) :])) for row in statements]
        came = self._came(statements, [run for run, _ in found])
        return [_standing(run, came[run.run_id], decided) for run, decided in found]

    def _came(self, statements: cursor, runs: Collection[StatementRun]) -> dict[UUID, list[tuple[Any, ...]]]:
        statements.execute(
            "SELECT run_id, outcome, why_held, count(*), coalesce(sum(accrued_costs), 0.00), max(recorded_at)"
            f" FROM {self._done} WHERE run_id = ANY(%s::uuid[]) GROUP BY run_id, outcome, why_held ORDER BY run_id",
            ([str(run.run_id) for run in runs],),
        )
        found = defaultdict[UUID, list[tuple[Any, ...]]](list)
        for run_id, *rest in statements:
            found[UUID(run_id)].append(tuple(rest))
        return found


def _row(run: StatementRun, of_account: OfAccount[Came], now: datetime) -> tuple[object, ...]:
    account_id, version, came = of_account
    made = version + 1 if came.facts else None
    return run.run_id, account_id, now, came.outcome, came.why_held, made, came.accrued_costs


def _run(row: Sequence[Any]) -> StatementRun:
    run_id, number, through, kind, scheme, seed, position, accounts, started_at, started_by, role = row
    wanted, by = StatementsWanted(through, kind), Caller(started_by, role)
    return StatementRun(UUID(run_id), number, wanted, scheme, seed, position, accounts, started_at, by)


def _decided(row: Sequence[Any]) -> Decided | None:
    run_id, decision, reason_code, at, by, role = row
    return Decided(UUID(run_id), decision, reason_code, at, Caller(by, role)) if run_id else None


def _standing(run: StatementRun, groups: Iterable[tuple[Any, ...]], decided: Decided | None) -> Standing:
    counts, why_held, total, last_at = defaultdict[str, int](int), dict[WhyHeld, int](), Decimal("0.00"), run.started_at
    for outcome, why, number, accrued_costs, at in groups:
        counts[outcome] += number
        total, last_at = total + accrued_costs, max(last_at, at)
        if why:
            why_held[why] = number
    return Standing(run, counts["made"], counts["not_due"], why_held, total, last_at, decided)
