"""Whose accounts does an answer show, and to whom? Written down before it leaves, or it does not leave."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import Response

from api.auth import Identity
from api.policy import Verb
from domain.account.refusals import Refused
from ledger.council import Council
from ledger.store.access_log import How, Look


@dataclass(frozen=True)
class Looking:
    """Somebody's look, allowed: at what it is, under which verb, and by which way."""

    council: Council
    identity: Identity
    at: datetime
    purpose: Verb
    opened: str
    how: How

    def answer(self, view: Callable[[], Response], shown: Collection[UUID]) -> Response:
        """What a view answers, once it is written down whose accounts that shows; raises NotWrittenDown.

        `shown` is read when the view has answered, since a list knows only then whom it shows. A refusal of the account
        tells something of it too.
        """
        try:
            answered = view()
        except Refused:
            self._write_down(shown, self.how)
            raise
        self._write_down(shown, "export" if "Content-Disposition" in answered.headers else self.how)
        return answered

    def refused(self, account_id: UUID) -> None:
        """Write down that an account was asked for, and nothing of it shown."""
        self._write_down([account_id], self.how, refused=True)

    def _write_down(self, accounts: Collection[UUID], how: How, *, refused: bool = False) -> None:
        who = self.identity
        look = Look(self.at, who.sub, who.role, None, self.purpose, self.opened, how, refused)
        self.council.access_log.add(accounts, look)
