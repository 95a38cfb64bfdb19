"""How is a code made that comes by post, and how is one read that was typed?"""

import hmac
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from api.limits import Limits
from ledger.council import Council
from ledger.reference import as_signs, fit, new_signs
from ledger.vault.signing_in.letter_codes import Code, HandleTaken, LetIn

LENGTH, GROUP = 12, 4
"""Eleven signs of 32 and one that checks them: the first group finds the code, and 35 bits are left to guess."""


class NoBirthDate(ValueError):
    """A code is asked for together with the date of birth, and none is recorded here. Record it, then send a code."""


class NoCode(ValueError):
    """This is no code of a letter: it has 12 letters and numbers."""


class LetterCodeDesk:
    """Makes the codes of an installation, and takes them. The digests are keyed by its secret."""

    def __init__(self, secret: bytes, limits: Limits) -> None:
        self._key = hmac.new(secret, b"codes of letters", sha256).digest()
        self._limits = limits

    def make(
        self, council: Council, account_id: UUID, authority: UUID | None, form: str, *, now: datetime, by: str
    ) -> str | None:
        """A new code as the letter shows it; None where this form made one already. Raises NoBirthDate."""
        if council.people.of([account_id])[account_id].date_of_birth is None:
            raise NoBirthDate(NoBirthDate.__doc__)
        while True:
            signs = new_signs(LENGTH)
            try:
                kept = council.letter_codes.keep(
                    self._code(council, signs), LetIn(account_id, authority), form, now=now, by=by
                )
            except HandleTaken:
                continue
            return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP)) if kept else None

    def take(self, council: Council, signs: str, born: date, *, now: datetime) -> LetIn | None:
        """Whom a code lets in, with the date of birth of whose account it is; None whatever is wrong."""
        code = self._code(council, signs)
        return council.letter_codes.redeem(code, born, self._limits.digest("letter code", code.handle), now=now)

    def _code(self, council: Council, signs: str) -> Code:
        return Code(signs[:GROUP], hmac.new(self._key, f"{council.code} {signs}".encode(), sha256).digest())


def read_code(text: str) -> str:
    """The signs of a code however it was typed; raises NoCode when it is mistyped, which its last sign shows."""
    signs = as_signs(text)
    if not fit(signs, LENGTH):
        raise NoCode(NoCode.__doc__)
    return signs
