"""Where people are kept and found: the one door to the vault."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg2.extensions import cursor

from domain.terms import Code, Terms
from ledger.store.copying import copy_in
from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.vault.keeper import as_keeper
from ledger.vault.person import NhsNumber, Person, Postcode, as_written
from ledger.vault.words import Text

_PERSON = "local_id, nhs_number, given_name, family_name, date_of_birth, postcode, contact"
_FIELDS = _PERSON.split(", ")

ONE_ACCOUNT_A_PERSON = "local_ids_one_account"
"""The constraint that a second account for the same local_id breaks."""


class Search(Terms):
    """What to look for: each given value must match, a family name by its beginning."""

    local_id: Code | None = None
    nhs_number: NhsNumber | None = None
    family_name: Text | None = None
    postcode: Postcode | None = None


class People:
    """One council's people. Statements run as the vault's keeper, and only for as long as they take."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._names = names

    def add(self, statements: cursor, account_id: UUID, person: Person, *, at: datetime, by: str) -> None:
        """Keep a person in the transaction that opens their account; one account for each local_id."""
        self.add_many(statements, [(account_id, person)], at=at, by=by)

    def add_many(self, statements: cursor, people: Sequence[tuple[UUID, Person]], *, at: datetime, by: str) -> None:
        """As `add`, for many people."""
        if not people:
            return
        in_order = sorted(people, key=lambda each: each[1].local_id)
        with as_keeper(statements, self._names):
            known_as = ((person.local_id, account_id) for account_id, person in in_order)
            copy_in(statements, f"{self._names.vault}.local_ids", ("local_id", "account_id"), known_as)
            rows = ((account_id, 1, *_row(person), at, by) for account_id, person in in_order)
            columns = ("account_id", "version", *_FIELDS, "recorded_at", "recorded_by")
            copy_in(statements, f"{self._names.vault}.people", columns, rows)

    def taken(self, local_ids: Collection[str]) -> dict[str, UUID]:
        """The accounts that are kept for these local_ids."""
        rows = self._rows(
            f"SELECT local_id, account_id FROM {self._names.vault}.local_ids WHERE local_id = ANY(%s)",
            (list(local_ids),),
        )
        return {local_id: UUID(account_id) for local_id, account_id in rows}

    def add_texts(self, statements: cursor, texts: Iterable[tuple[UUID, int, Mapping[str, str]]]) -> None:
        """Keep words that belong to entries and may name somebody: by account, version and field."""
        rows = [(id_, version, *each) for id_, version, words in texts for each in words.items()]
        if rows:
            with as_keeper(statements, self._names):
                copy_in(statements, f"{self._names.vault}.texts", ("account_id", "version", "field", "text"), rows)

    def repeat_texts(self, statements: cursor, repeated: Sequence[tuple[UUID, int, int]]) -> None:
        """Keep the words of an account's earlier version for a later one too."""
        if not repeated:
            return
        accounts, earlier, later = zip(*repeated, strict=True)
        with as_keeper(statements, self._names):
            statements.execute(
                f"INSERT INTO {self._names.vault}.texts (account_id, version, field, text)"
                f" SELECT account_id, later, field, text FROM {self._names.vault}.texts"
                " JOIN unnest(%s::uuid[], %s, %s) AS asked (account_id, version, later) USING (account_id, version)",
                ([str(account_id) for account_id in accounts], list(earlier), list(later)),
            )

    def texts(self, account_id: UUID, versions: Collection[int] | None = None) -> dict[int, dict[str, str]]:
        """The words kept for an account's entries, by version and field: all of them, or those of some versions."""
        rows = self._rows(
            f"SELECT version, field, text FROM {self._names.vault}.texts"
            " WHERE account_id = %s AND (%s::integer[] IS NULL OR version = ANY(%s)) ORDER BY version, field",
            (str(account_id), *[None if versions is None else list(versions)] * 2),
        )
        found: dict[int, dict[str, str]] = {}
        for version, field, text in rows:
            found.setdefault(version, {})[field] = text
        return found

    def of(self, account_ids: Collection[UUID]) -> dict[UUID, Person]:
        """The people these accounts are kept for, as last recorded."""
        rows = self._rows(
            f"SELECT DISTINCT ON (account_id) account_id, {_PERSON} FROM {self._names.vault}.people"
            " WHERE account_id = ANY(%s::uuid[]) ORDER BY account_id, version DESC",
            ([str(account_id) for account_id in account_ids],),
        )
        return {UUID(row[0]): as_written(dict(zip(_FIELDS, row[1:], strict=True))) for row in rows}

    def find(self, search: Search) -> list[UUID]:
        """The accounts of the people that match, in the order of their names."""
        rows = self._rows(
            f"SELECT account_id FROM {self._newest()}"
            " WHERE (%(local_id)s IS NULL OR local_id = %(local_id)s)"
            " AND (%(nhs_number)s IS NULL OR nhs_number = %(nhs_number)s)"
            " AND (%(family_name)s IS NULL OR starts_with(lower(family_name), lower(%(family_name)s)))"
            " AND (%(postcode)s IS NULL OR postcode = %(postcode)s)"
            " ORDER BY lower(family_name), lower(given_name), account_id",
            search.model_dump(),
        )
        return [UUID(account_id) for (account_id,) in rows]

    def by_name(self, part: str = "") -> list[UUID]:
        """The accounts of everybody whose name or local_id holds these letters, in the order of their names."""
        rows = self._rows(
            f"SELECT account_id FROM {self._newest()}"
            " WHERE strpos(lower(concat_ws(' ', given_name, family_name, local_id)), lower(%s)) > 0"
            " ORDER BY lower(family_name), lower(given_name), account_id",
            (part,),
        )
        return [UUID(account_id) for (account_id,) in rows]

    def _newest(self) -> str:
        return (
            f"(SELECT DISTINCT ON (account_id) account_id, {_PERSON} FROM {self._names.vault}.people"
            " ORDER BY account_id, version DESC) AS newest"
        )

    def _rows(self, statement: str, values: Any) -> list[tuple[Any, ...]]:
        """By one message: the role is taken for the statement after it, and ends with it."""
        with self._database.statement() as statements:
            statements.execute(f"SET LOCAL ROLE {self._names.keeper}; {statement}", values)
            return statements.fetchall()


def _row(person: Person) -> list[Any]:
    return [*(getattr(person, field) for field in _FIELDS[:-1]), json.dumps(person.contact.model_dump())]
