"""What two people decide about an amount: one proposes it, another approves it or sends it back."""

from domain.account.commands import ApproveAdjustment, ProposeAdjustment, ReturnAdjustment
from domain.account.decisions.decide import Facts, decide
from domain.account.facts import AdjustmentApproved, AdjustmentProposed, AdjustmentReturned
from domain.account.proposals import Proposal, proposals
from domain.account.refusals import (
    AccountIsClosed,
    AlreadyApproved,
    AlreadyReturned,
    ApprovedByItsMaker,
    BeforeItOpened,
    NoSuchEntry,
    ReturnedByItsMaker,
)
from domain.account.state import CareAccount
from domain.schemes import Scheme


@decide.register
def propose_adjustment(command: ProposeAdjustment, account: CareAccount, scheme: Scheme) -> Facts:
    """Ask for an adjustment of a day on which the account is kept."""
    if command.on < account.opened.opened_on:
        raise BeforeItOpened
    if account.closed and command.on > account.closed.on:
        raise AccountIsClosed
    return (AdjustmentProposed.on_the_terms_of(command),)


@decide.register
def approve_adjustment(command: ApproveAdjustment, account: CareAccount, scheme: Scheme) -> Facts:
    """Let an adjustment count that somebody else proposed."""
    proposal = _waiting(command.adjustment, account)
    if proposal.entry.recorded_by == command.approver:
        raise ApprovedByItsMaker
    return (AdjustmentApproved(adjustment=command.adjustment, on=proposal.fact.on),)


@decide.register
def return_adjustment(command: ReturnAdjustment, account: CareAccount, scheme: Scheme) -> Facts:
    """Have whoever proposed an adjustment look at it again; until it is corrected it counts nothing."""
    if _waiting(command.adjustment, account).entry.recorded_by == command.returner:
        raise ReturnedByItsMaker
    return (AdjustmentReturned(adjustment=command.adjustment, on=command.on, reason_code=command.reason_code),)


def _waiting(adjustment: str, account: CareAccount) -> Proposal:
    """The adjustment, which nobody has decided about yet."""
    found = next((each for each in proposals(account) if str(each.entry.id) == adjustment), None)
    if found is None:
        raise NoSuchEntry
    if found.approved:
        raise AlreadyApproved
    if found.returned:
        raise AlreadyReturned
    return found
