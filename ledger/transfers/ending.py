"""How does the first council end an account that another has taken over?"""

import hashlib
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from domain.account.commands import CloseAccount
from ledger.council import Council
from ledger.evidence.checkpointing import origin_of
from ledger.outcomes import Caller, Outcome
from ledger.receipts import Request
from ledger.transfers.acknowledging import Acknowledgement
from ledger.transfers.checking import Checked
from ledger.transfers.offering import Offering


class NotAcknowledged(Exception):
    """The acknowledgement is of something else, or the account is no longer what was offered."""


class Ending(NamedTuple):
    """A council, the offer it made, and what the other council said to it."""

    council: Council
    checked: Checked
    acknowledgement: Acknowledgement

    def end(self, by: Caller, now: datetime) -> Outcome:
        """Close the account on the last day that was offered. Repeated, it is closed once. Raises NotAcknowledged."""
        (offer, digest), said = self.checked, self.acknowledgement
        if (said.origin, said.digest) != (origin_of(offer.to_council), digest):
            raise NotAcknowledged(f"{said.origin} acknowledges another bundle than this one.")
        if said.accrued_costs != offer.accrued_costs:
            raise NotAcknowledged(
                f"{said.origin} took over {said.accrued_costs}, and {offer.accrued_costs} was offered."
            )
        account_id = UUID(offer.account_id)
        now_offered = Offering(self.council, account_id, offer.to_council, offer.on).offer()
        if now_offered.accrued_costs != offer.accrued_costs:
            raise NotAcknowledged(
                f"What became known since makes it {now_offered.accrued_costs} on {offer.on}, and {offer.accrued_costs}"
                " was offered. Correct it with the other council before this account is closed."
            )
        request = Request(by.sub, f"transfer-end-{digest}", hashlib.sha256(said.text.encode()).digest())
        return self.council.ledger.handle(
            account_id, CloseAccount(on=offer.on, reason="moved"), by=by, now=now, request=request
        )
