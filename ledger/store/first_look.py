"""What is there when a request comes: its receipt, else its account's events; the last change of scheme; the time?"""

from contextlib import nullcontext
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.entry import StoredEntry
from ledger.evidence.tree import Hash
from ledger.receipts import Receipt, Request, receipt_of
from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.store.recorder import stored

_RECEIPT, _EVENT, _LEAF = slice(2, 6), slice(6, 13), 13
_LOOK = """
    SELECT (SELECT coalesce(max(number), 0) FROM {schema}.scheme_changes),
        (SELECT GREATEST(recorded_at, TIMESTAMPTZ 'epoch') FROM {schema}.head),
        receipts.digest, receipts.account_id, receipts.first_version, receipts.last_version,
        events.account_id, version, topic, state, recorded_at, recorded_by, role, leaf
    FROM (SELECT) AS always
    LEFT JOIN {schema}.receipts ON caller = %s AND key = %s
    LEFT JOIN {schema}.events ON events.account_id = coalesce(receipts.account_id, %s::uuid)
        AND (last_version IS NULL OR version <= last_version)
    ORDER BY version
"""


class FirstLook(NamedTuple):
    """All of it as it stood at one moment. `events` are those of the receipt's account, up to what it stands for.

    `latest` is the instant of the last event of the council, `head` the hash of the last of these.
    """

    receipt: Receipt | None
    events: list[StoredEntry]
    last_scheme_change: int
    latest: datetime
    head: Hash | None


class FirstLooks:
    """One council's."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._look = _LOOK.format(schema=names.schema)

    def at(self, request: Request | None, account_id: UUID | None, within: cursor | None = None) -> FirstLook:
        """One query, in a transaction where one is given. Raises KeyUsedForAnotherRequest, StoreUnavailable.

        Who only reads has no request.
        """
        key = (request.caller, request.key) if request else (None, None)
        asked = (*key, str(account_id) if account_id else None)
        with nullcontext(within) if within else self._database.statement() as statements:
            statements.execute(self._look, asked)
            rows: list[tuple[Any, ...]] = statements.fetchall()
        last_change, latest, *receipt = rows[0][: _RECEIPT.stop]
        known = receipt_of(request, *receipt) if request and receipt[0] else None
        events = stored([row[_EVENT] for row in rows]) if rows[0][_EVENT.start] else []
        leaf = rows[-1][_LEAF]
        return FirstLook(known, events, last_change, latest, bytes(leaf) if leaf else None)
