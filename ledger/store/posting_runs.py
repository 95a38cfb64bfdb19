"""Where posting runs are kept: rows that are added and never changed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg2.extensions import cursor

from ledger.outcomes import Caller
from ledger.posting import ControlTotals, Posting
from ledger.posting_run import NoSuchRun, PostingRun, RunException, Standing
from ledger.store.copying import copy_in
from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.store.run_rows import RunRows
from ledger.together import OfAccount

_RUN = ("run_id", "number", "through", "scheme", "position", "accounts", "started_at", "started_by", "role")
_OUTCOMES = ("posted", "unchanged", "not_posted")
_TOTALS = tuple(ControlTotals.model_fields)


class PostingRunRows(RunRows[PostingRun]):
    """One council's posting runs."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        super().__init__(database, names, "posting_runs", "posting_run_accounts")

    def begin(
        self, statements: cursor, number: int, through: date, scheme: str, by: Caller, now: datetime
    ) -> PostingRun:
        """A new run over every account there is. Raises UniqueViolation where another took the number."""
        statements.execute(
            f"INSERT INTO {self._schema}.posting_runs ({', '.join(_RUN)})"
            " SELECT %s, %s, %s, %s, position,"
            f" (SELECT count(*) FROM {self._schema}.events WHERE version = 1 AND events.position <= head.position),"
            f" %s, %s, %s FROM {self._schema}.head RETURNING {', '.join(_RUN)}",
            (str(uuid4()), number, through, scheme, now, by.sub, by.role),
        )
        (row,) = statements.fetchall()
        return _run(row)

    def newest(self, statements: cursor, through: date, scheme: str) -> Standing | None:
        """The last run that was begun for a day, if any."""
        found = self._standings(statements, "through = %s AND scheme = %s", (through, scheme), 1)
        return found[0] if found else None

    def standing(self, run_id: UUID) -> Standing:
        """How far a run has come; raises NoSuchRun."""
        with self._database.transaction() as statements:
            found = self._standings(statements, "run_id = %s", (str(run_id),), 1)
        if not found:
            raise NoSuchRun(NoSuchRun.__doc__)
        return found[0]

    def standings(self, below: int, limit: int) -> list[Standing]:
        """The runs whose number is below this, newest first."""
        with self._database.transaction() as statements:
            return self._standings(statements, "number < %s", (below,), limit)

    def note(
        self, statements: cursor, run: PostingRun, of_accounts: Iterable[OfAccount[Posting]], now: datetime
    ) -> None:
        """Keep what came of accounts, in the transaction of their facts."""
        done, found = [], []
        for account_id, _, came in of_accounts:
            done.append((run.run_id, account_id, now, came.outcome, *(getattr(came.totals, name) for name in _TOTALS)))
            numbered = enumerate(came.to_look_at, start=1)
            found += [(run.run_id, account_id, n, each.type, each.detail) for n, each in numbered]
        copy_in(statements, self._done, ("run_id", "account_id", "recorded_at", "outcome", *_TOTALS), done)
        exceptions = f"{self._schema}.posting_run_exceptions"
        copy_in(statements, exceptions, ("run_id", "account_id", "number", "type", "detail"), found)

    def exceptions(self, run: PostingRun, offset: int = 0, limit: int | None = None) -> list[RunException]:
        """What somebody should look at: accounts that were not posted first, then in the order of their references."""
        with self._database.transaction() as statements:
            statements.execute(
                "SELECT account_id, reference, outcome = 'posted', type, detail"
                f" FROM {self._schema}.posting_run_exceptions"
                f" JOIN {self._schema}.posting_run_accounts USING (run_id, account_id)"
                f" JOIN {self._schema}.account_references USING (account_id)"
                " WHERE run_id = %s ORDER BY outcome = 'posted', reference, number OFFSET %s LIMIT %s",
                (str(run.run_id), offset, limit),
            )
            return [RunException(UUID(account_id), *rest) for account_id, *rest in statements]

    def _standings(self, statements: cursor, which: str, values: tuple[object, ...], limit: int) -> list[Standing]:
        """`which` is one of our own conditions, never a caller's text."""
        counts = ", ".join(f"count(*) FILTER (WHERE outcome = '{outcome}')" for outcome in _OUTCOMES)
        sums = ", ".join(f"coalesce(sum({name}), {'0' if name == 'lines' else '0.00'})" for name in _TOTALS)
        statements.execute(
            f"SELECT {', '.join(_RUN)}, came.* FROM {self._schema}.posting_runs AS runs, LATERAL (SELECT {counts},"
            f" (SELECT count(*) FROM {self._schema}.posting_run_exceptions AS found WHERE found.run_id = runs.run_id),"
            f" greatest(started_at, max(recorded_at)), {sums}"
            f" FROM {self._schema}.posting_run_accounts AS done WHERE done.run_id = runs.run_id) AS came"
            f" WHERE {which} ORDER BY number DESC LIMIT %s",
            (*values, limit),
        )
        return [_standing(row) for row in statements]


def _run(row: Sequence[Any]) -> PostingRun:
    run_id, number, through, scheme, position, accounts, started_at, started_by, role = row
    return PostingRun(UUID(run_id), number, through, scheme, position, accounts, started_at, Caller(started_by, role))


def _standing(row: Sequence[Any]) -> Standing:
    asked, (posted, unchanged, left, exceptions, last_at), totals = row[:9], row[9:14], row[14:]
    added_up = ControlTotals(**dict(zip(_TOTALS, totals, strict=True)))
    return Standing(_run(asked), posted, unchanged, left, exceptions, last_at, added_up)
