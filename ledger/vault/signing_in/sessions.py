"""Which browser is whose, and until when?"""

import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from ledger.store.database import Database
from ledger.store.names import CouncilNames

ID_PATTERN = r"[A-Za-z0-9_-]{43}"
"""How an id is written: 256 random bits."""


class AtIssuer(NamedTuple):
    """Who vouched for somebody, as whom it knows them, and what it said; `sid` is its own name for their session."""

    issuer: str
    subject: str
    sid: str | None
    id_token: str


class Session(NamedTuple):
    """Somebody signed in: as whom, since when, when they last used a page, and when it ends however busy they are."""

    sub: str
    role: str
    account_id: UUID | None
    authority: UUID | None
    since: datetime
    seen: datetime
    ends: datetime
    at_issuer: AtIssuer | None = None


_OWN = "sub, role, account_id, authority, since, seen, ends"
_COLUMNS = f"{_OWN}, issuer, subject, sid, id_token"


class Sessions:
    """One council's sessions. Only a digest of each id is kept, so whoever reads the rows can be nobody."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._keeper = names.keeper
        self._table = f"{names.vault}.sessions"

    def begin(self, session: Session) -> str:
        """Keep a new session, and clear away those that are over; the id, which nobody else knows."""
        id_ = secrets.token_urlsafe(32)
        of_issuer = session.at_issuer or (None, None, None, None)
        ids = (str(each) if each else None for each in (session.account_id, session.authority))
        values = (session.sub, session.role, *ids, session.since, session.seen, session.ends, *of_issuer)
        self._run(
            f"DELETE FROM {self._table} WHERE ends < %s;"
            f" INSERT INTO {self._table} (digest, {_COLUMNS}) VALUES ({', '.join(['%s'] * 12)})",
            (session.since, _digest(id_), *values),
        )
        return id_

    def of(self, id_: str) -> Session | None:
        """The session of an id, if there is one, whether or not it is over."""
        with self._database.statement() as statements:
            statements.execute(
                f"SET LOCAL ROLE {self._keeper}; SELECT {_COLUMNS} FROM {self._table} WHERE digest = %s",
                (_digest(id_),),
            )
            row = statements.fetchone()
        return _session(row) if row else None

    def note_use(self, id_: str, now: datetime) -> None:
        """Note that a page was used."""
        self._run(f"UPDATE {self._table} SET seen = %s WHERE digest = %s", (now, _digest(id_)))

    def end(self, id_: str) -> None:
        """Have the id lead to nobody from now on."""
        self._run(f"DELETE FROM {self._table} WHERE digest = %s", (_digest(id_),))

    def end_at_issuer(self, issuer: str, subject: str | None, sid: str | None) -> None:
        """End the sessions that an issuer says are over: all of a subject, or the one it names by `sid`."""
        self._run(
            f"DELETE FROM {self._table} WHERE issuer = %s"
            " AND (%s::text IS NULL OR subject = %s) AND (%s::text IS NULL OR sid = %s)",
            (issuer, subject, subject, sid, sid),
        )

    def _run(self, statement: str, values: tuple[Any, ...]) -> None:
        with self._database.statement(records=True) as statements:
            statements.execute(f"SET LOCAL ROLE {self._keeper}; {statement}", values)


def _digest(id_: str) -> bytes:
    return sha256(id_.encode()).digest()


def _session(row: tuple[Any, ...]) -> Session:
    sub, role, account_id, authority, since, seen, ends, *of_issuer = row
    own, entry = (UUID(each) if each else None for each in (account_id, authority))
    return Session(sub, role, own, entry, since, seen, ends, AtIssuer(*of_issuer) if of_issuer[0] else None)
