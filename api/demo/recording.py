"""What is one request of the many that filled the fictitious council?"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.account.commands import Command, IssueStatement
from domain.account.statement import canonical
from ledger.outcomes import Caller
from ledger.receipts import Request
from ledger.vault.person import Person


@dataclass(frozen=True, slots=True)
class Recording:
    """One request, as a member of staff made it at a moment. `person` comes with the opening."""

    at: datetime
    by: Caller
    local_id: str
    asked: Command
    person: Person | None = None
    texts: Mapping[str, str] | None = None

    @property
    def request(self) -> Request:
        """What makes this request known again when the filling is repeated."""
        asked = canonical(self.asked.model_dump(mode="json", by_alias=True))
        digest = hashlib.sha256(f"{self.local_id} {type(self.asked).__name__} ".encode() + asked).digest()
        return Request(self.by.sub, f"demonstration {self.local_id} {self.at.isoformat()}", digest)

    @property
    def is_closing_statement(self) -> bool:
        """Whether this is the one request that still makes sense once the account is closed."""
        return isinstance(self.asked, IssueStatement) and self.asked.kind == "closing"
