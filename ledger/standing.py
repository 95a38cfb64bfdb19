"""How does an account stand, by whose rules, and up to which moment is anything known: all at one moment?"""

from dataclasses import dataclass
from datetime import datetime

from domain.account.state import CareAccount
from ledger.outcomes import NoSuchAccount
from ledger.schemes import KnownSchemes


@dataclass(frozen=True, slots=True)
class Standing:
    """What one query showed. `latest` is the instant of the council's last event, whichever account it is of."""

    account: CareAccount | None
    schemes: KnownSchemes
    latest: datetime

    def account_known_at(self, moment: datetime) -> CareAccount:
        """The account as it was known at a moment; raises NoSuchAccount, also for before it was."""
        found = self.account.as_known_at(moment) if self.account else None
        if found is None:
            raise NoSuchAccount
        return found
