"""/v1/care-accounts/{id}/adjustments: amounts that one person proposes and another approves."""

from api.kit.call import Answer, Call, Write
from api.kit.endpoint import post
from api.kit.recording import RECORDED_OR_WEIGHED, record, words_given
from api.v1.bodies import NotedAdjustment, asked
from api.v1.shared import ACCOUNT, entry_id_in
from domain.account.commands import ApproveAdjustment, ReturnAdjustment
from domain.dates import day_in_london
from domain.terms import Code, Terms
from ledger.vault.words import Words


class Approval(Terms):
    """What there is to say about an approval, if anything."""

    note: Words | None = None


class Return(Terms):
    """Why an adjustment is sent back, and what there is to say about it."""

    reason_code: Code
    note: Words | None = None


@post(f"{ACCOUNT}/adjustments", "propose_adjustment", NotedAdjustment, RECORDED_OR_WEIGHED)
def propose_adjustment(call: Call[NotedAdjustment, Write]) -> Answer:
    """Propose an amount to be added to, or taken off, accrued costs. It counts once a second person approves it."""
    return record(call, *asked(call.body))


@post(f"{ACCOUNT}/adjustments/{{entry_id}}/approval", "approve_adjustment", Approval, RECORDED_OR_WEIGHED)
def approve_adjustment(call: Call[Approval, Write]) -> Answer:
    """Approve an adjustment that somebody else proposed; from then on it counts."""
    command = ApproveAdjustment(adjustment=entry_id_in(call, "entry_id"), approver=call.identity.sub)
    return record(call, command, words_given({"note": call.body.note}))


@post(f"{ACCOUNT}/adjustments/{{entry_id}}/return", "approve_adjustment", Return, RECORDED_OR_WEIGHED)
def return_adjustment(call: Call[Return, Write]) -> Answer:
    """Send an adjustment back to whoever proposed it. They correct its entry, or propose another."""
    command = ReturnAdjustment(
        adjustment=entry_id_in(call, "entry_id"),
        on=day_in_london(call.now),
        reason_code=call.body.reason_code,
        returner=call.identity.sub,
    )
    return record(call, command, words_given({"note": call.body.note}))
