"""Where the steps of a council's changes of amounts are kept, each in its place among the events."""

from datetime import datetime
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.amounts import KnownAmounts, PolicyStep, Step
from ledger.store.database import Database
from ledger.store.head import hold_head, move_head
from ledger.store.names import CouncilNames
from ledger.store.policy_entries import keep_entries

_COLUMNS = "change_id, kind, amounts, position, recorded_at, recorded_by"


class PolicyChanges:
    """One council's changes of amounts. Rows are only ever added, so what was read once is not read again."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._schema = names.schema
        self._read = KnownAmounts()

    def known(self) -> KnownAmounts:
        """Everything recorded so far: one query, which as a rule brings nothing."""
        with self._database.transaction() as statements:
            return self.known_within(statements)

    def known_within(self, statements: cursor) -> KnownAmounts:
        """Everything recorded so far, as a transaction sees it."""
        read = self._read  # another thread may put a longer one in its place meanwhile
        statements.execute(
            f"SELECT number, {_COLUMNS} FROM {self._schema}.policy_changes WHERE number > %s ORDER BY number",
            (read.last,),
        )
        if rows := statements.fetchall():
            steps = [PolicyStep(number, UUID(change_id), *rest) for number, change_id, *rest in rows]
            read = self._read = read.and_then(steps)
        return read

    def hold(self, statements: cursor) -> KnownAmounts:
        """Everything recorded so far, and nothing else is recorded until this transaction ends."""
        statements.execute(f"SELECT FROM {self._schema}.head FOR UPDATE")
        return self.known_within(statements)

    def add(
        self, statements: cursor, change_id: UUID, kind: Step, amounts: str | None, *, by: str, now: datetime
    ) -> PolicyStep:
        """Add a step; whatever is recorded next is recorded after it."""
        place = hold_head(statements, self._schema, now)
        move_head(statements, self._schema, place)
        statements.execute(
            f"INSERT INTO {self._schema}.policy_changes ({_COLUMNS}) VALUES %s RETURNING number",
            ((str(change_id), kind, amounts, *place, by),),
        )
        ((number,),) = statements.fetchall()
        keep_entries(statements, self._schema)
        return PolicyStep(number, change_id, kind, amounts, *place, by)
