"""Whose account may somebody see whom an issuer knows?"""

from datetime import datetime
from uuid import UUID

from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.vault.signing_in.letter_codes import LetIn


class IssuerSubjects:
    """One council's people as issuers know them, each linked to an account once, by a code from a letter."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._keeper = names.keeper
        self._table = f"{names.vault}.issuer_subjects"

    def link(self, issuer: str, subject: str, to: LetIn, *, now: datetime) -> None:
        """Have somebody see an account from now on. Who is linked already stays so."""
        account_id, authority = (str(each) if each else None for each in to)
        with self._database.statement(records=True) as statements:
            statements.execute(
                f"SET LOCAL ROLE {self._keeper};"
                f" INSERT INTO {self._table} (issuer, subject, account_id, authority, linked_at)"
                " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (issuer, subject) DO NOTHING",
                (issuer, subject, account_id, authority, now),
            )

    def of(self, issuer: str, subject: str) -> LetIn | None:
        """The account somebody is linked to, if they are."""
        with self._database.statement() as statements:
            statements.execute(
                f"SET LOCAL ROLE {self._keeper};"
                f" SELECT account_id, authority FROM {self._table} WHERE issuer = %s AND subject = %s",
                (issuer, subject),
            )
            row = statements.fetchone()
        return LetIn(UUID(row[0]), UUID(row[1]) if row[1] else None) if row else None
