"""How does a council take over an account that another has offered, and say so?"""

import hashlib
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from psycopg2.extensions import cursor

from domain.account.commands import CarryInOpening, EvidenceOpening, OpenAccount
from domain.account.facts import Provenance
from ledger.council import Council
from ledger.entry import LedgerEntry
from ledger.evidence.note import Signer
from ledger.outcomes import Caller
from ledger.receipts import Request
from ledger.reference import new_reference
from ledger.transfers.acknowledging import Acknowledgement
from ledger.transfers.checking import Checked
from ledger.vault.person import Person


class ForAnotherCouncil(Exception):
    """The account is offered to another council than this one."""


class Receiving(NamedTuple):
    """A council that takes over an account that was checked, with the file it came in."""

    council: Council
    checked: Checked
    bundle: bytes

    def receive(self, person: Person, by: Caller, now: datetime) -> UUID:
        """Open the account, carry in what had accrued, and keep the bundle; the account. Repeated, it is the same one.

        Raises AccountExists where the council keeps an account for the person already, ForAnotherCouncil.
        """
        offer, digest = self.checked
        if offer.to_council != self.council.code:
            raise ForAnotherCouncil(f"The account is offered to {offer.to_council}, and this is {self.council.code}.")
        first_day = offer.on + timedelta(days=1)
        opening = OpenAccount(reference=new_reference(), opened_on=first_day)
        ledger = self.council.ledger
        account_id = ledger.open(person, opening, by=by, now=now, request=self._request("open", by)).account.id
        carried = CarryInOpening(
            on=first_day,
            accrued_costs=offer.accrued_costs,
            daily_living_costs=offer.daily_living_costs,
            provenance=Provenance(kind="transfer", council=offer.from_council, reference=offer.reference),
            weekly_rate=offer.weekly_rate,
            adjustments=offer.adjustments,
        )

        def kept(statements: cursor, entries: tuple[LedgerEntry, ...]) -> None:
            self.council.received_accounts.add(statements, account_id, digest, self.bundle, at=now, by=by.sub)

        request = self._request("carry", by)
        outcome = ledger.handle(account_id, carried, by=by, now=now, request=request, also=kept)
        evidence = EvidenceOpening(opening=str(outcome.entries[0].id), on=offer.on, evidence=digest)
        ledger.handle(account_id, evidence, by=by, now=now, request=self._request("evidence", by))
        return account_id

    def acknowledgement(self, account_id: UUID, signer: Signer) -> str:
        """What tells the first council that the account was taken over, signed by this one's log's key."""
        reference = self.council.ledger.references.of([account_id])[account_id]
        return Acknowledgement(signer.name, self.checked.digest, reference, self.checked.offer.accrued_costs).signed(
            signer
        )

    def _request(self, step: str, by: Caller) -> Request:
        """The same for the same bundle, so that what was cut off goes on where it was."""
        asked = hashlib.sha256(f"{step} {self.checked.digest}".encode()).digest()
        return Request(by.sub, f"transfer-{step}-{self.checked.digest}", asked)
