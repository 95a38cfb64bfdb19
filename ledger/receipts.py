"""How a repeated request is known again: by its caller, its key and the digest of what it asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.store.copying import copy_in
from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.store.recorder import Row

_COLUMNS = ("caller", "key", "digest", "account_id", "first_version", "last_version")


@dataclass(frozen=True, slots=True)
class Request:
    """What makes a request the same one: who asks, under which key, and what (a SHA-256 of it)."""

    caller: str
    key: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a request brought about: the entries of one account from one version to another."""

    account_id: UUID
    first_version: int
    last_version: int


@dataclass(frozen=True, slots=True)
class Asking(Request):
    """The request that brought some entries, as its receipt tells of it."""


class KeyUsedForAnotherRequest(Exception):
    """This Idempotency-Key was used for another request. Use a new key for a new request."""


def receipt_of(request: Request, digest: bytes, account_id: str, first_version: int, last_version: int) -> Receipt:
    """The receipt that stands under a request's key; raises KeyUsedForAnotherRequest."""
    if bytes(digest) != request.digest:
        raise KeyUsedForAnotherRequest(KeyUsedForAnotherRequest.__doc__)
    return Receipt(UUID(account_id), first_version, last_version)


class Receipts:
    """One council's receipts. They are written in the transaction of the entries they stand for."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._table = f"{names.schema}.receipts"

    def find(self, request: Request) -> Receipt | None:
        """What this request brought about already. Raises KeyUsedForAnotherRequest."""
        with self._database.statement() as statements:
            statements.execute(
                "SELECT digest, account_id, first_version, last_version"
                f" FROM {self._table} WHERE caller = %s AND key = %s",
                (request.caller, request.key),
            )
            found = statements.fetchone()
        return receipt_of(request, *found) if found else None

    def that_brought(self, account_id: UUID, version: int, recorded_by: str) -> Asking | None:
        """The request that brought an entry; None where a run recorded it. Rows of files are asked for under one name.

        There is no index by account, since nothing but an auditor's page asks.
        """
        with self._database.statement() as statements:
            statements.execute(
                f"SELECT caller, key, digest FROM {self._table} WHERE account_id = %s"
                " AND first_version <= %s AND last_version >= %s",
                (str(account_id), version, version),
            )
            found = statements.fetchone()
        return Asking(found[0], found[1], bytes(found[2])) if found else None

    def write(self, statements: cursor, request: Request, receipt: Receipt) -> None:
        """Keep the receipt in the transaction of its entries."""
        statements.execute(*self.row(request, receipt))

    def row(self, request: Request, receipt: Receipt) -> Row:
        """The statement that keeps a receipt, and its values."""
        place = (str(receipt.account_id), receipt.first_version, receipt.last_version)
        return Row(
            f"INSERT INTO {self._table} ({', '.join(_COLUMNS)}) VALUES (%s, %s, %s, %s, %s, %s)",
            (request.caller, request.key, request.digest, *place),
        )

    def of(self, requests: Sequence[Request]) -> dict[tuple[str, str], tuple[bytes, Receipt]]:
        """By caller and key, what was asked under the keys of many requests (its digest), and what it brought about."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT caller, key, digest, account_id, first_version, last_version FROM {self._table}"
                " JOIN unnest(%s::text[], %s::text[]) AS asked (caller, key) USING (caller, key)",
                ([request.caller for request in requests], [request.key for request in requests]),
            )
            return {
                (caller, key): (bytes(digest), Receipt(UUID(account_id), first, last))
                for caller, key, digest, account_id, first, last in statements
            }

    def write_many(self, statements: cursor, receipts: Iterable[tuple[Request, Receipt]]) -> None:
        """As `write`, for many requests: in the order of their keys, so that nobody waits in a ring."""
        in_order = sorted(receipts, key=lambda each: (each[0].caller, each[0].key))
        rows = ((r.caller, r.key, r.digest, c.account_id, c.first_version, c.last_version) for r, c in in_order)
        copy_in(statements, self._table, _COLUMNS, rows)
