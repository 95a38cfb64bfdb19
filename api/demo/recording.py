"""What is one request of the many that filled the fictitious council?"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.account.commands import (
    AnswerDispute,
    ApproveAdjustment,
    Command,
    Correct,
    EndRepresentative,
    EvidenceOpening,
    IssueStatement,
    RaiseDispute,
    ReturnAdjustment,
)
from domain.account.facts import DisputedThing
from domain.account.statement import canonical
from ledger.outcomes import Caller
from ledger.receipts import Request
from ledger.vault.person import Person

NO_ENTRY = "00000000-0000-0000-0000-000000000000"
"""Stands for the id of an entry that will only be known once it is recorded."""

_OF_LAW = {"equity_limit", "disposable_income_allowance", "highest_rates"}
"""What a request rests on and does not say: with a rate that becomes known later it is still the same request."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One request, as a member of staff made it at a moment. `person` comes with the opening.

    `about` is the earlier request whose entry this one names, where `asked` has NO_ENTRY.
    """

    at: datetime
    by: Caller
    local_id: str
    asked: Command
    person: Person | None = None
    texts: Mapping[str, str] | None = None
    about: "Recording | None" = None

    @property
    def request(self) -> Request:
        """What makes this request known again when the filling is repeated."""
        asked = canonical(self.asked.model_dump(mode="json", by_alias=True, exclude=_OF_LAW))
        digest = hashlib.sha256(f"{self.local_id} {type(self.asked).__name__} ".encode() + asked).digest()
        return Request(self.by.sub, f"demonstration {self.local_id} {self.at.isoformat()}", digest)

    @property
    def is_closing_statement(self) -> bool:
        """Whether this is the one request that still makes sense once the account is closed."""
        return isinstance(self.asked, IssueStatement) and self.asked.kind == "closing"

    def naming(self, entry_id: str) -> Command:
        """What is asked, now that the entry it is about has an id."""
        asked = self.asked
        if isinstance(asked, RaiseDispute):
            return asked.model_copy(update={"about": DisputedThing(entry_id=entry_id)})
        return asked.model_copy(update={_NAMED_IN[type(asked)]: entry_id})


_NAMED_IN: Mapping[type[Command], str] = {
    Correct: "entry_id",
    EvidenceOpening: "opening",
    ApproveAdjustment: "adjustment",
    ReturnAdjustment: "adjustment",
    AnswerDispute: "dispute",
    EndRepresentative: "representative",
}
"""The field in which each request names the entry that it is about."""
