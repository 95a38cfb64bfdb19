"""Where a council's changes of scheme are kept, each in its place among the events."""

from datetime import datetime
from typing import Literal

from psycopg2.extensions import cursor

from domain import schemes
from domain.schemes import Scheme
from ledger.schemes import THE_BEGINNING, KnownSchemes, SchemeChange, require_finished
from ledger.store.database import Database
from ledger.store.head import Place, hold_head, move_head
from ledger.store.names import CouncilNames
from ledger.store.policy_entries import keep_entries

_COLUMNS = "kind, name, edition, text, rules, position, recorded_at, recorded_by"


class SchemeChanges:
    """One council's changes of scheme. Rows are only ever added, so what was read once is not read again."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._schema = names.schema
        self._read: KnownSchemes | None = None

    def known(self) -> KnownSchemes:
        """Everything recorded so far: one query, which as a rule brings nothing."""
        with self._database.statement() as statements:
            return self.known_in(statements)

    def known_with(self, last: int) -> KnownSchemes:
        """Everything recorded so far, by whoever has just seen the number of the last change: as a rule no query."""
        return self._read if self._read and self._read.last >= last else self.known()

    def keep_shipped(self, *, by: str, now: datetime) -> None:
        """Keep the schemes as this version of the program brings them, where the council knows them otherwise.

        What it knew nothing of before counts from the beginning; another edition from now on, so that a new version of
        the program moves no figure that was known before.
        """
        with self._database.transaction() as statements:
            next_place = hold_head(statements, self._schema, now)
            known = self.known_in(statements)
            for name in schemes.names():
                editions, scheme = known.editions(name), schemes.load(name)
                if name not in known.own and scheme.edition not in [change.edition for change in editions[-1:]]:
                    place = next_place if editions else Place(0, THE_BEGINNING)
                    self._add(statements, "shipped", scheme, schemes.text_of(name), place, by)
            keep_entries(statements, self._schema)  # also what an older program left outside the evidence log

    def keep(self, scheme: Scheme, text: str, *, by: str, now: datetime) -> SchemeChange | None:
        """Keep a scheme of the council's own as its file says it; None when that is what is kept already.

        Raises Unfinished where the council has adopted the scheme and an amount is missing.
        """
        with self._database.transaction() as statements:
            place = hold_head(statements, self._schema, now)
            known = self.known_in(statements)
            if known.adopted.name == scheme.name:
                require_finished(scheme)
            editions = known.editions(scheme.name)
            if editions and (editions[-1].text, editions[-1].edition) == (text, scheme.edition):
                return None
            return self._add(statements, "kept", scheme, text, place, by)

    def adopt(self, name: str, *, by: str, now: datetime) -> SchemeChange | None:
        """Adopt the scheme of a name, in whatever edition; None when it is adopted already.

        Raises UnknownScheme, Unfinished.
        """
        with self._database.transaction() as statements:
            place = hold_head(statements, self._schema, now)
            known = self.known_in(statements)
            scheme = known.named(name)
            if known.adopted.name == name:
                return None
            require_finished(scheme)
            return self._add(statements, "adopted", scheme, None, place, by)

    def known_in(self, statements: cursor) -> KnownSchemes:
        """Everything recorded so far, read in a transaction of whichever role."""
        read = self._read or KnownSchemes(self._set_up_with(statements))  # another thread may put a longer one there
        statements.execute(
            f"SELECT number, {_COLUMNS} FROM {self._schema}.scheme_changes WHERE number > %s ORDER BY number",
            (read.last,),
        )
        if rows := statements.fetchall():
            read = read.and_then(SchemeChange(*row) for row in rows)
        self._read = read
        return read

    def _set_up_with(self, statements: cursor) -> str:
        statements.execute(f"SELECT scheme FROM {self._schema}.council")
        row = statements.fetchone()
        assert row is not None  # it was written with the tables
        return str(row[0])

    def _add(
        self,
        statements: cursor,
        kind: Literal["shipped", "kept", "adopted"],
        scheme: Scheme,
        text: str | None,
        place: Place,
        by: str,
    ) -> SchemeChange:
        """Add a change in a place that is held."""
        if place.recorded_at > THE_BEGINNING:
            move_head(statements, self._schema, place)
        rules = None if text is None else scheme.model_dump_json(by_alias=True)
        values = (kind, scheme.name, scheme.edition, text, rules, *place, by)
        statements.execute(
            f"INSERT INTO {self._schema}.scheme_changes ({_COLUMNS}) VALUES %s RETURNING number", (values,)
        )
        (number,) = statements.fetchone() or (0,)
        keep_entries(statements, self._schema)
        return SchemeChange(number, *values)
