"""What about an account is not settled: balances not proved, questions not answered, amounts not approved?"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from domain.account.facts import (
    ChargeRaised,
    DisputeAnswered,
    DisputeRaised,
    OpeningCarriedIn,
    OpeningEvidenced,
)
from domain.account.in_force import charges
from domain.account.proposals import Proposal, proposals
from domain.account.refusals import NoSuchEntry
from domain.account.state import CareAccount, Entry


class Carried(NamedTuple):
    """A balance that was carried in, and the evidence for it, if any."""

    entry: Entry
    opening: OpeningCarriedIn
    evidence: OpeningEvidenced | None


class Dispute(NamedTuple):
    """A dispute, and the answer to it, if any."""

    entry: Entry
    raised: DisputeRaised
    answered: Entry | None = None
    answer: DisputeAnswered | None = None

    def overdue(self, on: date) -> bool:
        """Whether it should have been answered before the day."""
        return self.answer is None and self.raised.answer_due_on < on


def carried_in(account: CareAccount) -> list[Carried]:
    """Every balance that was carried in."""
    evidence = {fact.opening: fact for _, fact in account.of(OpeningEvidenced)}
    return [Carried(entry, opening, evidence.get(str(entry.id))) for entry, opening in account.of(OpeningCarriedIn)]


def disputes(account: CareAccount) -> list[Dispute]:
    """Every dispute, the open ones first, the oldest of them first."""
    return answered_last(account.of(DisputeRaised), account.of(DisputeAnswered))


def dispute_named(account: CareAccount, entry_id: str) -> Dispute:
    """The dispute that an entry began; raises NoSuchEntry."""
    found = next((each for each in disputes(account) if str(each.entry.id) == entry_id), None)
    if found is None:
        raise NoSuchEntry
    return found


def answered_last(
    raised: Iterable[tuple[Entry, DisputeRaised]], answers: Iterable[tuple[Entry, DisputeAnswered]]
) -> list[Dispute]:
    """Disputes with their answers, of one account or of many: the open ones first, each kind in its order."""
    by_dispute = {answer.dispute: (entry, answer) for entry, answer in answers}
    found = [Dispute(entry, fact, *by_dispute.get(str(entry.id), ())) for entry, fact in raised]
    return sorted(found, key=lambda dispute: dispute.answer is not None)


def not_approved(account: CareAccount) -> list[Proposal]:
    """The adjustments that wait for a second person, or were sent back by one."""
    return [each for each in proposals(account) if each.approved is None]


def charged_on(account: CareAccount, day: date) -> list[tuple[Entry, ChargeRaised]]:
    """The charges that a day lies in."""
    found = next((s.value for s in charges(account) if s.first <= day < s.ending_before), ())
    return [(entry, entry.fact) for entry in found if isinstance(entry.fact, ChargeRaised)]
