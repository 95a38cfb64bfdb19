"""Where is kept how far everything was gone through again, and what did not hold? Rows are added and never changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.evidence.found import Found
from ledger.store.copying import copy_in
from ledger.store.database import Database
from ledger.store.names import CouncilNames

_STANDING = """
    SELECT verification_id, verifications.number, asked_at, asked_by, size,
        coalesce(step, 0), coalesce(through, 0), after, coalesce(accounts, 0), coalesce(ended, false), taken_at,
        (SELECT count(*) FROM {schema}.verification_findings AS found
            WHERE found.verification_id = verifications.verification_id)
    FROM {schema}.verifications LEFT JOIN LATERAL (
        SELECT step, through, after, accounts, ended, taken_at FROM {schema}.verification_steps AS steps
        WHERE steps.verification_id = verifications.verification_id ORDER BY step DESC LIMIT 1) AS last ON true
    WHERE {which} ORDER BY verifications.number DESC LIMIT %s
"""


class Reached(NamedTuple):
    """How far it has come: so many entries, then accounts up to one of them, so many of them, and the end."""

    step: int
    through: int
    after: UUID | None
    accounts: int
    ended: bool
    at: datetime | None


class Verification(NamedTuple):
    """One time that everything is gone through: up to which size of the log, for whom, and how far it has come."""

    verification_id: UUID
    number: int
    asked_at: datetime
    asked_by: str
    size: int
    reached: Reached
    findings: int


class Verifications:
    """One council's: the application reads them, and the verifier alone adds to them."""

    def __init__(self, app: Database, verifier: Database, names: CouncilNames) -> None:
        self._app, self._verifier = app, verifier
        self._schema = names.schema

    def begin(self, verification_id: UUID, size: int, *, by: str, now: datetime) -> None:
        """Begin one, once, however often it is asked for."""
        with self._verifier.transaction() as statements:
            statements.execute(
                f"INSERT INTO {self._schema}.verifications (verification_id, number, asked_at, asked_by, size)"
                f" SELECT %s::uuid, coalesce(max(number), 0) + 1, %s, %s, %s FROM {self._schema}.verifications"
                " ON CONFLICT DO NOTHING",
                (str(verification_id), now, by, size),
            )

    def last(self, number: int = 1) -> list[Verification]:
        """The newest, of which there may be none."""
        return self._standing("true", (), number)

    def one(self, verification_id: UUID) -> Verification | None:
        return next(iter(self._standing("verification_id = %s", (str(verification_id),), 1)), None)

    def last_ended(self) -> Verification | None:
        """The newest that came to its end."""
        return next(iter(self._standing("ended", (), 1)), None)

    def take(self, verification: Verification, reached: Reached, found: Iterable[Found]) -> bool:
        """Keep a step with what was found in it; whether nobody else had taken it meanwhile."""
        step, through, after, *rest = reached
        with self._verifier.transaction() as statements:
            statements.execute(
                f"INSERT INTO {self._schema}.verification_steps"
                " (verification_id, step, through, after, accounts, ended, taken_at)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (str(verification.verification_id), step, through, str(after) if after else None, *rest),
            )
            taken = statements.rowcount == 1
            if taken:
                self._keep(statements, verification, found)
        return taken

    def findings(self, verification: Verification, most: int) -> list[Found]:
        """What does not hold, in the order it was found."""
        with self._app.transaction() as statements:
            statements.execute(
                f"SELECT what, position, account_id, version FROM {self._schema}.verification_findings"
                " WHERE verification_id = %s ORDER BY number LIMIT %s",
                (str(verification.verification_id), most),
            )
            return [Found(*row) for row in statements.fetchall()]

    def _keep(self, statements: cursor, verification: Verification, found: Iterable[Found]) -> None:
        columns = ("verification_id", "what", "position", "account_id", "version")
        rows = ((verification.verification_id, *each) for each in found)
        copy_in(statements, f"{self._schema}.verification_findings", columns, rows)

    def _standing(self, which: str, values: tuple[Any, ...], most: int) -> list[Verification]:
        """`which` is one of our own conditions, never a caller's text."""
        with self._app.transaction() as statements:
            statements.execute(_STANDING.format(schema=self._schema, which=which), (*values, most))
            return [_verification(*row) for row in statements.fetchall()]


def _verification(verification_id: str, *rest: Any) -> Verification:
    number, asked_at, by, size, *reached, findings = rest
    return Verification(UUID(verification_id), number, asked_at, by, size, _reached(*reached), findings)


def _reached(step: int, through: int, after: str | None, *rest: Any) -> Reached:
    return Reached(step, through, UUID(after) if after else None, *rest)
