"""Which human reference leads to which account."""

from collections.abc import Collection, Iterable
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.store.copying import copy_in
from ledger.store.database import Database
from ledger.store.names import CouncilNames


class References:
    """One council's references. Each is also in the account's first fact; here it can be looked up."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._table = f"{names.schema}.account_references"

    def name(self, statements: cursor, account_id: UUID, reference: str) -> None:
        """Keep which account a reference leads to, in the transaction that opens it."""
        statements.execute(
            f"INSERT INTO {self._table} (reference, account_id) VALUES (%s, %s)", (reference, str(account_id))
        )

    def name_many(self, statements: cursor, named: Iterable[tuple[UUID, str]]) -> None:
        """As `name`, for many accounts."""
        rows = sorted((reference, account_id) for account_id, reference in named)
        copy_in(statements, self._table, ("reference", "account_id"), rows)

    def account(self, reference: str) -> UUID | None:
        """The account that a reference leads to, if any."""
        with self._database.statement() as statements:
            statements.execute(f"SELECT account_id FROM {self._table} WHERE reference = %s", (reference,))
            row = statements.fetchone()
        return UUID(row[0]) if row else None

    def accounts(self, references: Collection[str]) -> dict[str, UUID]:
        """The account of each reference that leads to one."""
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT reference, account_id FROM {self._table} WHERE reference = ANY(%s)", (list(references),)
            )
            return {reference: UUID(account_id) for reference, account_id in statements}

    def of(self, account_ids: Collection[UUID]) -> dict[UUID, str]:
        """The reference of each account."""
        asked = [str(account_id) for account_id in account_ids]
        with self._database.transaction() as statements:
            statements.execute(
                f"SELECT account_id, reference FROM {self._table} WHERE account_id = ANY(%s::uuid[])", (asked,)
            )
            return {UUID(account_id): reference for account_id, reference in statements}
