"""Where is the whole history kept of an account that came from another council?"""

from datetime import datetime
from uuid import UUID

from psycopg2.extensions import cursor

from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.vault.keeper import as_keeper


class ReceivedAccounts:
    """One council's: the bundles that accounts came in, as they came. Rows are only ever added."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database, self._names = database, names

    def add(self, statements: cursor, account_id: UUID, manifest: str, bundle: bytes, *, at: datetime, by: str) -> None:
        """Keep the bundle of an account in the transaction that carries it in."""
        with as_keeper(statements, self._names):
            statements.execute(
                f"INSERT INTO {self._names.vault}.received_accounts"
                " (account_id, manifest, bundle, received_at, received_by) VALUES (%s, %s, %s, %s, %s)",
                (str(account_id), manifest, bundle, at, by),
            )

    def bundles(self, account_id: UUID) -> list[bytes]:
        """The bundles that an account came in."""
        with self._database.statement() as statements:
            statements.execute(
                f"SET LOCAL ROLE {self._names.keeper};"
                f" SELECT bundle FROM {self._names.vault}.received_accounts WHERE account_id = %s ORDER BY received_at",
                (str(account_id),),
            )
            return [bytes(bundle) for (bundle,) in statements.fetchall()]
