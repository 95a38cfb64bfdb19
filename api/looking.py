"""Whose accounts does an answer show, and to whom? Written down before it leaves, or it does not leave."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import Response

from api.auth import Forbidden, Identity, NotYours, allow
from api.policy import Verb
from domain.account.refusals import Refused
from ledger.council import Council
from ledger.store.access_log import How, Look


@dataclass(frozen=True)
class Looking:
    """Somebody's look: when, under which verb, at what, and by which way."""

    council: Council
    identity: Identity
    at: datetime
    purpose: Verb
    opened: str
    how: How

    def admit(self, account_id: UUID | None, on: date) -> Identity:
        """Whoever looks, with what they may see today; raises what `allow` does.

        Where a representative is refused, that they asked is written down first: the person reads it too.
        """
        try:
            return allow(self.identity, self.purpose, account_id, self.council, on)
        except (Forbidden, NotYours):
            about = account_id or self.identity.account
            if self.identity.role == "representative" and about and self.council.ledger.references.of([about]):
                self._write_down([about], self.how, refused=True)
            raise

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

    def _write_down(self, accounts: Collection[UUID], how: How, *, refused: bool = False) -> None:
        who = self.identity
        look = Look(self.at, who.sub, who.role, who.authority, self.purpose, self.opened, how, refused)
        self.council.access_log.add(accounts, look)
