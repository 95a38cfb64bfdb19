"""How is an assessment recorded once, with the words that belong to it and what became of an estimate?"""

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from psycopg2.extensions import cursor

from api.kit.problems import ApiError
from api.pages.page import Visit
from api.v1.assessment_bodies import Asked, words_of
from api.v1.financial_assessments import record_of
from domain.account.commands import RecordFinancialAssessment
from domain.account.statement import canonical
from ledger.entry import LedgerEntry
from ledger.receipts import Request
from ledger.vault.received import Received

_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)


class Made(NamedTuple):
    """An assessment as it would be recorded for an account."""

    account_id: UUID
    asked: Asked
    command: RecordFinancialAssessment

    @property
    def digest(self) -> str:
        """What tells whether this is the assessment whose working somebody saw."""
        said = [self.command.model_dump(mode="json"), dict(words_of(self.asked)), str(self.account_id)]
        return hashlib.sha256(canonical(said)).hexdigest()


def made_of(visit: Visit, account_id: UUID, asked: Asked) -> Made:
    """The assessment of an account; raises NotInForce, CannotBeAssessed, ApiError 422."""
    return Made(account_id, asked, record_of(visit.council, account_id, asked))


def record(visit: Visit, made: Made, key: str, received: Received | None) -> ResponseReturnValue:
    """Record it, however often the form is sent, and go to it. Raises AlreadyDecided, Refused, NoSuchAccount."""
    if not _KEY.fullmatch(key):
        raise ApiError(400, "malformed", "The form could not be read.")
    by = visit.identity.caller

    def decided(statements: cursor, entries: tuple[LedgerEntry, ...]) -> None:
        if received:
            ids = made.account_id, entries[0].id
            visit.council.received.accept(statements, received, *ids, now=visit.now, by=by.sub)

    outcome = visit.council.ledger.handle(
        made.account_id,
        made.command,
        by=by,
        now=visit.now,
        request=Request(by.sub, f"{key}-{made.digest[:32]}", bytes.fromhex(made.digest)),
        texts=(_words(made.asked, received),),
        also=decided,
    )
    flash("The financial assessment was recorded.")
    return redirect(f"/accounts/{made.account_id}/assessments/{outcome.entries[0].id}", 303)


def _words(asked: Asked, received: Received | None) -> Mapping[str, str]:
    """The words of the request; what it rests on is also the estimate that was received."""
    words = dict(words_of(asked))
    if received:
        rests_on = [words.get("evidence"), f"Received estimate {received.reference}"]
        words["evidence"] = "\n".join(each for each in rests_on if each)
    return words
