"""Where a council's decisions about its schedule are kept: rows that are added and never changed."""

from datetime import datetime

from psycopg2.extensions import cursor

from domain.schedule import Rhythm
from ledger.schedule import KnownSchedule, RunKind, ScheduleChange
from ledger.store.database import Database
from ledger.store.head import hold_head, move_head
from ledger.store.names import CouncilNames

_COLUMNS = "run, every, effective_from, recorded_at, recorded_by"


class ScheduleChanges:
    """One council's decisions. What was read once is not read again."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._schema = names.schema
        self._read = KnownSchedule()

    def known(self) -> KnownSchedule:
        """Everything decided so far: one query, which as a rule brings nothing."""
        with self._database.transaction() as statements:
            return self._known(statements)

    def decide(self, run: RunKind, rhythm: Rhythm, *, by: str, now: datetime) -> ScheduleChange | None:
        """Have runs of a kind be due in a rhythm; None when that was decided last."""
        with self._database.transaction() as statements:
            place = hold_head(statements, self._schema, now)
            if self._known(statements).of(run)[-1:] == [rhythm]:
                return None
            move_head(statements, self._schema, place)
            values = (run, *rhythm, place.recorded_at, by)
            statements.execute(
                f"INSERT INTO {self._schema}.schedule_changes ({_COLUMNS}) VALUES %s RETURNING number", (values,)
            )
            ((number,),) = statements.fetchall()
            return ScheduleChange(number, run, rhythm, place.recorded_at, by)

    def _known(self, statements: cursor) -> KnownSchedule:
        read = self._read  # another thread may put a longer one in its place meanwhile
        statements.execute(
            f"SELECT number, {_COLUMNS} FROM {self._schema}.schedule_changes WHERE number > %s ORDER BY number",
            (read.last,),
        )
        if rows := statements.fetchall():
            read = self._read = read.and_then(
                ScheduleChange(number, run, Rhythm(every, effective_from), at, by)
                for number, run, every, effective_from, at, by in rows
            )
        return read
