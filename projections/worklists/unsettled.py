"""What did somebody ask of an account that nobody has answered, approved or proved?"""

from collections.abc import Iterator
from datetime import date

from domain.account.facts import (
    DisputeAnswered,
    DisputeRaised,
    OpeningCarriedIn,
    OpeningEvidenced,
)
from domain.account.proposals import proposals
from domain.account.state import CareAccount
from domain.dates import day_in_london
from projections.worklists.matter import Matter, about


def unsettled(account: CareAccount, on: date) -> Iterator[Matter]:
    """What waits at the close of a day, also of an account that is closed."""
    yield from _disputes(account, on)
    yield from _adjustments(account)
    yield from _openings(account, on)


def _disputes(account: CareAccount, on: date) -> Iterator[Matter]:
    answered = {fact.dispute for _, fact in account.of(DisputeAnswered)}
    for entry, dispute in account.of(DisputeRaised):
        if str(entry.id) not in answered and dispute.raised_on <= on:
            yield about(account, "dispute_open", dispute.raised_on, entry, due=dispute.answer_due_on)


def _adjustments(account: CareAccount) -> Iterator[Matter]:
    """What nobody has decided about, and what whoever proposed it has to look at again, from the day they have to."""
    for each in proposals(account):
        amount = each.fact.amount
        if each.waits:
            yield about(account, "adjustment_waiting", day_in_london(each.entry.recorded_at), each.entry, amount=amount)
        elif each.returned:
            since = day_in_london(each.returned.recorded_at)
            yield about(account, "adjustment_returned", since, each.entry, amount=amount)


def _openings(account: CareAccount, on: date) -> Iterator[Matter]:
    evidenced = {fact.opening for _, fact in account.of(OpeningEvidenced)}
    for entry, opening in account.of(OpeningCarriedIn):
        if str(entry.id) not in evidenced and opening.on <= on:
            yield about(account, "opening_unproven", opening.on, entry, amount=opening.accrued_costs)
