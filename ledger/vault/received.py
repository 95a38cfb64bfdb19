"""Which estimates did people send to the council, and what became of each?"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple
from uuid import UUID

import psycopg2
from psycopg2.extensions import cursor

from domain.dates import Day
from domain.terms import Terms
from ledger.reference import ESTIMATE, new_reference
from ledger.store.database import Database
from ledger.store.names import CouncilNames
from ledger.vault.keeper import as_keeper
from ledger.vault.person import Contact
from ledger.vault.words import Text, Words

MOST_A_DAY = 500
"""More than any council is sent; a program that fills the list is stopped here."""


class NoSuchEstimate(Exception):
    """The council received no such estimate."""


class AlreadyDecided(Exception):
    """Somebody else has decided about this estimate since you opened it. Look at it again."""


class TooManyReceived(Exception):
    """We cannot take more estimates today. Your answers are still in your browser: try again tomorrow, or phone us."""


class Sender(Terms):
    """Who sent an estimate, how to reach them, and the words they agreed to."""

    name: Text
    date_of_birth: Day
    contact: Contact
    agreed_to: Words


class Decision(NamedTuple):
    """What somebody decided about an estimate, and when."""

    number: int
    state: Literal["accepted", "declined"]
    account_id: UUID | None
    entry_id: UUID | None
    reason: str | None
    recorded_at: datetime
    recorded_by: str


class Received(NamedTuple):
    """An estimate as it was sent, the request and its figures as JSON has them, and what was decided, in order."""

    reference: str
    sender: Sender
    asked: Mapping[str, Any]
    figures: Mapping[str, Any]
    received_at: datetime
    decisions: tuple[Decision, ...] = ()

    @property
    def state(self) -> Literal["received", "accepted", "declined"]:
        return self.decisions[-1].state if self.decisions else "received"

    @property
    def next_number(self) -> int:
        return len(self.decisions) + 1


class ReceivedEstimates:
    """One council's received estimates. Rows are only ever added."""

    def __init__(self, database: Database, names: CouncilNames) -> None:
        self._database = database
        self._names = names
        self._estimates = f"{names.vault}.received_estimates"
        self._decisions = f"{names.vault}.received_decisions"

    def receive(
        self, form: str, sender: Sender, asked: Mapping[str, Any], figures: Mapping[str, Any], *, now: datetime
    ) -> str:
        """Keep an estimate once for each form that is sent, however often; its reference. Raises TooManyReceived."""
        values = [sender.model_dump_json(), json.dumps(asked), json.dumps(figures), now]
        with self._database.transaction() as statements, as_keeper(statements, self._names):
            known = self._of_form(statements, form)
            if known:
                return known
            self._require_room(statements, now)
            statements.execute(
                f"INSERT INTO {self._estimates} (reference, form, sender, asked, figures, received_at)"
                " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (form) DO NOTHING",
                (new_reference(ESTIMATE), form, *values),
            )
            return self._of_form(statements, form)

    def all(self) -> list[Received]:
        """Every estimate, the newest first."""
        return self._read("true", ())

    def one(self, reference: str) -> Received:
        """The estimate of a reference; raises NoSuchEstimate."""
        found = self._read("reference = %s", (reference,))
        if not found:
            raise NoSuchEstimate(NoSuchEstimate.__doc__)
        return found[0]

    def accept(
        self, statements: cursor, received: Received, account_id: UUID, entry_id: UUID, *, now: datetime, by: str
    ) -> None:
        """Note, with the fact it became, that an estimate was accepted; raises AlreadyDecided."""
        if received.state == "accepted":
            raise AlreadyDecided(AlreadyDecided.__doc__)
        decision = Decision(received.next_number, "accepted", account_id, entry_id, None, now, by)
        self._decide(statements, received.reference, decision)

    def decline(self, received: Received, reason: str, *, now: datetime, by: str) -> None:
        """Note that an estimate was declined, and why; raises AlreadyDecided."""
        if received.state != "received":
            raise AlreadyDecided(AlreadyDecided.__doc__)
        decision = Decision(received.next_number, "declined", None, None, reason, now, by)
        with self._database.transaction() as statements:
            self._decide(statements, received.reference, decision)

    def _decide(self, statements: cursor, reference: str, decision: Decision) -> None:
        values = [str(value) if isinstance(value, UUID) else value for value in decision]
        try:
            with as_keeper(statements, self._names):
                statements.execute(
                    f"INSERT INTO {self._decisions} (reference, {', '.join(Decision._fields)})"
                    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                    (reference, *values),
                )
        except psycopg2.errors.UniqueViolation:
            raise AlreadyDecided(AlreadyDecided.__doc__) from None

    def _of_form(self, statements: cursor, form: str) -> str:
        statements.execute(f"SELECT reference FROM {self._estimates} WHERE form = %s", (form,))
        row = statements.fetchone()
        return str(row[0]) if row else ""

    def _require_room(self, statements: cursor, now: datetime) -> None:
        day_ago = now - timedelta(days=1)
        statements.execute(f"SELECT count(*) FROM {self._estimates} WHERE received_at > %s", (day_ago,))
        row = statements.fetchone()
        if row and row[0] >= MOST_A_DAY:
            raise TooManyReceived(TooManyReceived.__doc__)

    def _read(self, which: str, values: tuple[object, ...]) -> list[Received]:
        with self._database.transaction() as statements, as_keeper(statements, self._names):
            statements.execute(
                f"SELECT reference, sender, asked, figures, received_at FROM {self._estimates}"
                f" WHERE {which} ORDER BY received_at DESC, reference",
                values,
            )
            rows = statements.fetchall()
            decided = self._decided(statements, [row[0] for row in rows])
        return [
            Received(reference, Sender.model_validate_json(json.dumps(sender)), asked, figures, at, decided[reference])
            for reference, sender, asked, figures, at in rows
        ]

    def _decided(self, statements: cursor, references: list[str]) -> dict[str, tuple[Decision, ...]]:
        statements.execute(
            f"SELECT reference, {', '.join(Decision._fields)} FROM {self._decisions}"
            " WHERE reference = ANY(%s) ORDER BY reference, number",
            (references,),
        )
        found: dict[str, list[Decision]] = {reference: [] for reference in references}
        for reference, number, state, account_id, entry_id, *rest in statements.fetchall():
            ids = (UUID(account_id) if account_id else None, UUID(entry_id) if entry_id else None)
            found[reference].append(Decision(number, state, *ids, *rest))
        return {reference: tuple(decisions) for reference, decisions in found.items()}
