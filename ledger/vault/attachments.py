"""Which papers did people send with their questions, and which have they given with a question not sent yet?"""

import hashlib
from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.vault.keeper import as_keeper

Kind = Literal["pdf", "jpeg", "png"]
MOST_GIVEN = 3
"""So many papers of one account wait to be sent; an older one is let go."""
_SHOWN = "name, kind, octet_length(content)"


class NoLongerGiven(Exception):
    """We no longer have the paper of this question. Choose it again."""


class Attachment(NamedTuple):
    """A paper: what it was called, what its bytes say it is, and how many they are."""

    name: str
    kind: Kind
    size: int


class Attachments:
    """One council's."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database, self._names = database, names
        self._sent, self._given = f"{names.vault}.attachments", f"{names.vault}.attachments_given"

    def give(self, account_id: UUID, name: str, kind: Kind, content: bytes, now: datetime) -> str:
        """Keep a paper until its question is sent; its SHA-256 in hex. Given again, it goes by its newest name."""
        account, digest = str(account_id), hashlib.sha256(content).hexdigest()
        with self._database.transaction() as statements, as_keeper(statements, self._names):
            self._let_go(statements, account_id, digest)
            statements.execute(
                f"INSERT INTO {self._given} (account_id, digest, name, kind, content, given_at)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                (account, digest, name, kind, content, now),
            )
            statements.execute(
                f"DELETE FROM {self._given} WHERE account_id = %s AND digest NOT IN (SELECT digest FROM {self._given}"
                " WHERE account_id = %s ORDER BY given_at DESC, digest = %s DESC, digest LIMIT %s)",
                (account, account, digest, MOST_GIVEN),
            )
        return digest

    def given(self, account_id: UUID, digest: str) -> Attachment | None:
        """A paper that was given and not sent yet; None where there is none."""
        rows = self._rows(
            f"SELECT {_SHOWN} FROM {self._given} WHERE account_id = %s AND digest = %s", (str(account_id), digest)
        )
        return Attachment(*rows[0]) if rows else None

    def send(self, statements: cursor, account_id: UUID, version: int, digest: str) -> None:
        """Keep a paper for good, in the transaction of the entry that names it; raises NoLongerGiven."""
        with as_keeper(statements, self._names):
            statements.execute(
                f"INSERT INTO {self._sent} (account_id, version, name, kind, content)"
                f" SELECT account_id, %s, name, kind, content FROM {self._given} WHERE account_id = %s AND digest = %s",
                (version, str(account_id), digest),
            )
            if not statements.rowcount:
                raise NoLongerGiven(NoLongerGiven.__doc__)
            self._let_go(statements, account_id, digest)

    def of(self, account_id: UUID, versions: Collection[int]) -> dict[int, Attachment]:
        """The papers of an account's entries, by version."""
        rows = self._rows(
            f"SELECT version, {_SHOWN} FROM {self._sent} WHERE account_id = %s AND version = ANY(%s)",
            (str(account_id), list(versions)),
        )
        return {version: Attachment(*shown) for version, *shown in rows}

    def content(self, account_id: UUID, version: int) -> bytes | None:
        """What the paper of an entry holds; None where there is none."""
        rows = self._rows(
            f"SELECT content FROM {self._sent} WHERE account_id = %s AND version = %s", (str(account_id), version)
        )
        return bytes(rows[0][0]) if rows else None

    def _let_go(self, statements: cursor, account_id: UUID, digest: str) -> None:
        statements.execute(
            f"DELETE FROM {self._given} WHERE account_id = %s AND digest = %s", (str(account_id), digest)
        )

    def _rows(self, statement: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        with self._database.statement() as statements:
            statements.execute(f"SET LOCAL ROLE {self._names.keeper}; {statement}", values)
            return statements.fetchall()
