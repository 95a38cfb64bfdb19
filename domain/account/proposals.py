"""Which adjustments did somebody propose, and what did a second person make of each?"""

from typing import NamedTuple

from domain.account.facts import AdjustmentApproved, AdjustmentProposed, AdjustmentReturned
from domain.account.state import CareAccount, Entry


class Proposal(NamedTuple):
    """An adjustment that was proposed, and the entry that approved it or sent it back, if any."""

    entry: Entry
    fact: AdjustmentProposed
    approved: Entry | None
    returned: Entry | None

    @property
    def waits(self) -> bool:
        """Whether a second person has still to look at it."""
        return self.approved is None and self.returned is None


def proposals(account: CareAccount) -> list[Proposal]:
    """Every adjustment that counts as proposed, the earliest first. A decision that was corrected is none."""
    approved = {fact.adjustment: entry for entry, fact in account.of(AdjustmentApproved)}
    returned = {fact.adjustment: entry for entry, fact in account.of(AdjustmentReturned)}
    return [
        Proposal(entry, fact, approved.get(str(entry.id)), returned.get(str(entry.id)))
        for entry, fact in account.of(AdjustmentProposed)
    ]
