"""Whom does a code that came by post let in, and how often may it be tried?"""

import hmac
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import psycopg2

from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.vault.keeper import as_keeper
from ledger.vault.signing_in.attempts import Attempts

GOOD_FOR = timedelta(days=28)
MOST_TRIES = 5
_SAME_HANDLE = "letter_codes_pkey"
_NO_PROOF, _NOBODY = bytes(32), UUID(int=0)


class Code(NamedTuple):
    """A code as it is kept: the group by which it is found, and the keyed digest of all of it."""

    handle: str
    proof: bytes


class LetIn(NamedTuple):
    """Whose account a code was for, and for a representative the entry of their authority."""

    account_id: UUID
    authority: UUID | None


class HandleTaken(Exception):
    """Another code begins with the same group. Make another."""


class LetterCodes:
    """One council's codes. A code is good for one use, a few tries and a few weeks."""

    def __init__(self, database: Database, names: CouncilNames, attempts: Attempts) -> None:
        self._database = database
        self._names = names
        self._attempts = attempts
        self._table = f"{names.vault}.letter_codes"

    def keep(self, code: Code, for_whom: LetIn, form: str, *, now: datetime, by: str) -> bool:
        """Keep a code, and end those made before for the same person; False where this form made one already.

        Raises HandleTaken.
        """
        account_id, authority = (str(each) if each else None for each in for_whom)
        try:
            with self._database.transaction() as statements, as_keeper(statements, self._names):
                statements.execute(f"SELECT FROM {self._table} WHERE form = %s", (form,))
                if statements.fetchone() is not None:
                    return False
                statements.execute(
                    f"DELETE FROM {self._table} WHERE ends <= %s;"
                    f" UPDATE {self._table} SET ends = %s WHERE account_id = %s AND authority IS NOT DISTINCT FROM %s"
                    " AND ends > %s",
                    (now - GOOD_FOR, now, account_id, authority, now),
                )
                statements.execute(
                    f"INSERT INTO {self._table} (handle, proof, account_id, authority, form, made_at, made_by, ends)"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                    (*code, account_id, authority, form, now, by, now + GOOD_FOR),
                )
        except psycopg2.errors.UniqueViolation as fault:
            if fault.diag.constraint_name == _SAME_HANDLE:
                raise HandleTaken(HandleTaken.__doc__) from None
            return False
        return True

    def redeem(self, code: Code, born: date, who: bytes, *, now: datetime) -> LetIn | None:
        """Whom a code lets in that was typed with a date of birth; None whatever is wrong with it.

        The same is asked and written whether the code, the day or both are wrong, or there is no such code: how long
        it takes tells nothing. `who` is a digest of the group that was typed.
        """
        with self._database.transaction() as statements:
            self._attempts.count_in(statements, "letter code", who, now)
            with as_keeper(statements, self._names):
                statements.execute(
                    f"UPDATE {self._table} SET tries = tries + 1 WHERE handle = %s AND tries < %s AND used_at IS NULL"
                    " AND ends > %s RETURNING proof, account_id, authority",
                    (code.handle, MOST_TRIES, now),
                )
                proof, account_id, authority = statements.fetchone() or (_NO_PROOF, str(_NOBODY), None)
                statements.execute(
                    f"SELECT date_of_birth FROM {self._names.vault}.people WHERE account_id = %s"
                    " ORDER BY version DESC LIMIT 1",
                    (account_id,),
                )
                known = statements.fetchone() or (None,)
                right = hmac.compare_digest(bytes(proof), code.proof) & (known[0] == born)
                statements.execute(
                    f"UPDATE {self._table} SET used_at = %s WHERE handle = %s AND %s", (now, code.handle, right)
                )
        return LetIn(UUID(account_id), UUID(authority) if authority else None) if right else None
