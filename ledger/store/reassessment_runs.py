"""Where reassessment runs are kept: rows that are added and never changed."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg2.extensions import cursor

from domain.account.uprating import Rise
from ledger.outcomes import Caller
from ledger.reassessment import Alike, Came, tallied
from ledger.reassessment_run import NoSuchReassessment, ReassessmentRun, RunItem, Standing, Wanted
from ledger.store.copying import copy_in
from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.store.run_rows import RunRows
from ledger.together import OfAccount

_ASKED = ("effective_from", "every", "rises")
_BEGUN = ("run_id", "number", *_ASKED, "reverses", "position", "accounts", "started_at", "started_by", "role")

_OF_AN_ACCOUNT = ("run_id", "account_id", "recorded_at", "outcome", "why_not", "before", "after", "version", "details")


class ReassessmentRows(RunRows[ReassessmentRun]):
    """One council's reassessments."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        super().__init__(database, names, "reassessment_runs", "reassessment_run_accounts")

    def begin(self, statements: cursor, number: int, wanted: Wanted, by: Caller, now: datetime) -> ReassessmentRun:
        """A new run over every account there is. Raises UniqueViolation where another took the number."""
        opened = f"SELECT count(*) FROM {self._schema}.events WHERE version = 1 AND events.position <= head.position"
        return self._insert(statements, opened, (), number, wanted, None, by, now)

    def begin_reversal(
        self, statements: cursor, number: int, reversed_run: ReassessmentRun, by: Caller, now: datetime
    ) -> ReassessmentRun:
        """A new run that takes another back. Raises UniqueViolation where one began first."""
        made = f"SELECT count(*) FROM {self._done} WHERE run_id = %s AND outcome = 'reassessed'"
        run_id = str(reversed_run.run_id)
        return self._insert(statements, made, (run_id,), number, reversed_run.wanted, run_id, by, now)

    def newest(self, statements: cursor, wanted: Wanted) -> Standing | None:
        """The last run that was begun for the same, if any."""
        which = "(runs.effective_from, runs.every, runs.rises) = (%s, %s, %s::jsonb) AND runs.reverses IS NULL"
        found = self._standings(statements, which, _asked(wanted), 1)
        return found[0] if found else None

    def reversal(self, statements: cursor, run_id: UUID) -> ReassessmentRun | None:
        """The run that takes another back, if it was begun."""
        found = self._standings(statements, "runs.reverses = %s", (str(run_id),), 1)
        return found[0].run if found else None

    def standing(self, run_id: UUID) -> Standing:
        """How far a run has come; raises NoSuchReassessment."""
        return self._one("runs.run_id = %s", str(run_id))

    def numbered(self, number: int) -> Standing:
        """The run of this number; raises NoSuchReassessment."""
        return self._one("runs.number = %s", number)

    def standings(self, below: int, limit: int) -> list[Standing]:
        """The runs whose number is below this, newest first."""
        with self._database.transaction() as statements:
            return self._standings(statements, "runs.number < %s", (below,), limit)

    def remaining(self, run: ReassessmentRun, after: UUID, limit: int) -> list[UUID]:
        """Accounts of the run that have no row yet; of one that takes another back, those which that one reassessed."""
        if run.reverses is None:
            return super().remaining(run, after, limit)
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT account_id FROM {self._done} AS made"
                " WHERE run_id = %s AND outcome = 'reassessed' AND account_id > %s"
                f" AND NOT EXISTS (SELECT FROM {self._done} AS done"
                "  WHERE done.run_id = %s AND done.account_id = made.account_id)"
                " ORDER BY account_id LIMIT %s",
                (str(run.reverses), str(after), str(run.run_id), limit),
            )
            return [UUID(account_id) for (account_id,) in statements]

    def versions(self, run_id: UUID, accounts: Collection[UUID] | None = None) -> dict[UUID, int]:
        """The version of the entry that a run recorded, of all its accounts or of some."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT account_id, version FROM {self._done} WHERE run_id = %s AND outcome = 'reassessed'"
                " AND (%s::uuid[] IS NULL OR account_id = ANY(%s::uuid[])) ORDER BY account_id",
                (str(run_id), *[None if accounts is None else [str(each) for each in accounts]] * 2),
            )
            return {UUID(account_id): version for account_id, version in statements}

    def note(
        self, statements: cursor, run: ReassessmentRun, of_accounts: Iterable[OfAccount[Came]], now: datetime
    ) -> None:
        """Keep what came of accounts, in the transaction of their facts."""
        copy_in(statements, self._done, _OF_AN_ACCOUNT, (_row(run, each, now) for each in of_accounts))

    def items(self, run: ReassessmentRun, offset: int = 0, limit: int | None = None) -> list[RunItem]:
        """What came of the accounts of a run, in the order of their references."""
        with self._database.transaction() as statements:
            statements.execute(
                "SELECT account_id, reference, outcome, before, after, why_not, details"
                f" FROM {self._done} JOIN {self._schema}.account_references USING (account_id)"
                " WHERE run_id = %s ORDER BY reference OFFSET %s LIMIT %s",
                (str(run.run_id), offset, limit),
            )
            return [_item(row) for row in statements]

    def _insert(
        self,
        statements: cursor,
        accounts: str,
        values: tuple[object, ...],
        number: int,
        wanted: Wanted,
        reverses: str | None,
        by: Caller,
        now: datetime,
    ) -> ReassessmentRun:
        statements.execute(
            f"INSERT INTO {self._runs} ({', '.join(_BEGUN)})"
            f" SELECT %s, %s, %s, %s, %s, %s, position, ({accounts}), %s, %s, %s"
            f" FROM {self._schema}.head RETURNING {', '.join(_BEGUN)}",
            (str(uuid4()), number, *_asked(wanted), reverses, *values, now, by.sub, by.role),
        )
        (row,) = statements.fetchall()
        return _run(row)

    def _one(self, which: str, value: object) -> Standing:
        with self._database.transaction() as statements:
            found = self._standings(statements, which, (value,), 1)
        if not found:
            raise NoSuchReassessment(NoSuchReassessment.__doc__)
        return found[0]

    def _standings(self, statements: cursor, which: str, values: tuple[object, ...], limit: int) -> list[Standing]:
        """`which` is one of our own conditions, never a caller's text."""
        columns = ", ".join(f"runs.{name}" for name in _BEGUN)
        statements.execute(
            f"SELECT {columns}, back.run_id FROM {self._runs} AS runs"
            f" LEFT JOIN {self._runs} AS back ON back.reverses = runs.run_id"
            f" WHERE {which} ORDER BY runs.number DESC LIMIT %s",
            (*values, limit),
        )
        found = [(_run(row), UUID(back) if back else None) for *row, back in statements]
        statements.execute(
            "SELECT run_id, outcome, why_not, count(*), coalesce(sum(before), 0.00), coalesce(sum(after), 0.00),"
            f" max(recorded_at) FROM {self._done} WHERE run_id = ANY(%s::uuid[])"
            " GROUP BY run_id, outcome, why_not, sign(after - before) ORDER BY run_id",
            ([str(run.run_id) for run, _ in found],),
        )
        groups, last = defaultdict[UUID, list[Alike]](list), dict[UUID, datetime]()
        for run_id, outcome, why_not, number, before, after, at in statements:
            groups[UUID(run_id)].append(Alike(outcome, why_not, number, before, after))
            last[UUID(run_id)] = max(at, last.get(UUID(run_id), at))
        return [
            Standing(run, tallied(groups[run.run_id]), last.get(run.run_id, run.started_at), back)
            for run, back in found
        ]


def _row(run: ReassessmentRun, of_account: OfAccount[Came], now: datetime) -> tuple[object, ...]:
    account_id, version, came = of_account
    recorded = version + 1 if came.facts else None
    details = json.dumps(came.details)
    return run.run_id, account_id, now, came.outcome, came.why_not, came.before, came.after, recorded, details


def _asked(wanted: Wanted) -> tuple[object, ...]:
    return wanted.on, wanted.every, json.dumps([rise.model_dump(mode="json") for rise in wanted.rises])


def _run(row: Sequence[Any]) -> ReassessmentRun:
    run_id, number, on, every, rises, reverses, position, accounts, started_at, started_by, role = row
    wanted = Wanted(on, every, tuple(Rise.model_validate_json(json.dumps(rise)) for rise in rises))
    by = Caller(started_by, role)
    return ReassessmentRun(
        UUID(run_id), number, wanted, UUID(reverses) if reverses else None, position, accounts, started_at, by
    )


def _item(row: Sequence[Any]) -> RunItem:
    account_id, reference, outcome, before, after, why_not, details = row
    return RunItem(UUID(account_id), reference, outcome, before, after, why_not, tuple(details))
