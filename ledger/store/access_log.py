"""Where it is kept who looked at whose account: rows that are added and never changed."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

import psycopg2

from ledger.store.database import Database, StoreUnavailable
from ledger.store.names import CouncilNames

How = Literal["page", "export", "api"]

_LOOK = "at, who, role, authority, purpose, opened, how, refused"
MANY = 30
"""So many accounts, opened one by one within an hour, are unusual."""
_ONE_BY_ONE = "opened LIKE '%%{account_id}%%'"  # the address of a list leaves no account open
_UNUSUAL = {
    "many": "(who, date_trunc('hour', at)) IN (SELECT who, date_trunc('hour', at) FROM {table}"
    f" WHERE {_ONE_BY_ONE.replace('{', '{{').replace('}', '}}')} AND role <> 'citizen'"
    f" GROUP BY 1, 2 HAVING count(DISTINCT account_id) >= {MANY})",
    "outside_hours": "role NOT IN ('citizen', 'representative', 'machine')"
    " AND (EXTRACT(hour FROM at AT TIME ZONE 'Europe/London') NOT BETWEEN 7 AND 18"
    " OR EXTRACT(isodow FROM at AT TIME ZONE 'Europe/London') > 5)",
    "refused": "refused",
}
UNUSUAL = tuple(_UNUSUAL)
"""Looks that somebody may want to ask about: of many accounts in an hour, outside office hours, refused."""


class NotWrittenDown(StoreUnavailable):
    """It could not be written down who looked, so nothing is shown. Try again in a few minutes."""


class Look(NamedTuple):
    """Somebody's look at some accounts: when, by whom, under which verb, at what, and whether it was refused."""

    at: datetime
    who: str
    role: str
    authority: UUID | None
    purpose: str
    opened: str
    how: How
    refused: bool = False


class Looked(NamedTuple):
    """One row of the log: the place it has for good, the account, and the look."""

    position: int
    account_id: UUID
    look: Look


class Taken(NamedTuple):
    """A file that somebody took: when, by whom, from which address, and how many accounts stand in it."""

    at: datetime
    who: str
    role: str
    opened: str
    accounts: int


class Wanted(NamedTuple):
    """Which rows are asked for, the newest first; all where nothing is said."""

    account_id: UUID | None = None
    who: str | None = None
    roles: Collection[str] | None = None
    without_roles: Collection[str] = ()
    without_opened: Collection[str] = ()
    since: datetime | None = None
    before: datetime | None = None
    unusual: str | None = None
    below: int | None = None
    limit: int | None = 100


class AccessLog:
    """One council's."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._table = f"{names.schema}.access_log"

    def add(self, account_ids: Collection[UUID], look: Look) -> None:
        """Write down one look at some accounts by one statement; raises NotWrittenDown: then nothing may be shown."""
        if not account_ids:
            return
        values = look._replace(authority=str(look.authority) if look.authority else None)  # type: ignore[arg-type]
        try:
            with self._database.statement() as statements:
                statements.execute(
                    f"INSERT INTO {self._table} (account_id, {_LOOK})"
                    " SELECT account_id, %s, %s, %s, %s::uuid, %s, %s, %s, %s FROM unnest(%s::uuid[]) AS account_id",
                    (*values, sorted(map(str, account_ids))),
                )
        except (psycopg2.Error, StoreUnavailable) as fault:
            raise NotWrittenDown(NotWrittenDown.__doc__) from fault

    def read(self, wanted: Wanted) -> list[Looked]:
        """The rows that are asked for, the newest first."""
        with self._database.statement() as statements:
            statements.execute(
                f"SELECT position, account_id, {_LOOK} FROM {self._table} WHERE {self._conditions(wanted)}"
                " ORDER BY position DESC LIMIT %(limit)s",
                self._values(wanted),
            )
            return [
                Looked(position, UUID(account_id), Look(at, who, role, UUID(authority) if authority else None, *rest))
                for position, account_id, at, who, role, authority, *rest in statements.fetchall()
            ]

    def taken(self, wanted: Wanted) -> list[Taken]:
        """The files among what is asked for, the newest first. All accounts of a file are written down as one look."""
        with self._database.statement() as statements:
            statements.execute(
                f"SELECT at, who, role, opened, count(*) FROM {self._table}"
                f" WHERE how = 'export' AND NOT refused AND {self._conditions(wanted)}"
                " GROUP BY at, who, role, opened ORDER BY at DESC, who, opened",
                self._values(wanted),
            )
            return [Taken(*row) for row in statements.fetchall()]

    def count(self, wanted: Wanted) -> int:
        """How many rows there are of those asked for, on all pages."""
        with self._database.statement() as statements:
            conditions = self._conditions(wanted._replace(below=None))
            statements.execute(f"SELECT count(*) FROM {self._table} WHERE {conditions}", self._values(wanted))
            ((number,),) = statements.fetchall()
            return int(number)

    def _conditions(self, wanted: Wanted) -> str:
        asked = {
            "account_id = %(account_id)s::uuid": wanted.account_id,
            "who = %(who)s": wanted.who,
            "role = ANY(%(roles)s)": wanted.roles,
            "role <> ALL(%(without_roles)s)": wanted.without_roles,
            "opened <> ALL(%(without_opened)s)": wanted.without_opened,
            "at >= %(since)s": wanted.since,
            "at < %(before)s": wanted.before,
            "position < %(below)s": wanted.below,
            _UNUSUAL.get(wanted.unusual or "", "").format(table=self._table): wanted.unusual,
        }
        return " AND ".join(condition for condition, value in asked.items() if value) or "true"

    @staticmethod
    def _values(wanted: Wanted) -> dict[str, object]:
        lists = {name: list(getattr(wanted, name) or ()) for name in ("roles", "without_roles", "without_opened")}
        return wanted._asdict() | lists | {"account_id": str(wanted.account_id) if wanted.account_id else None}
