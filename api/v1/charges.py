"""/v1/care-accounts/{id}/charges: what the council charged, and what it took back."""

from api.kit.call import Answer, Call, Write
from api.kit.endpoint import post
from api.kit.recording import RECORDED_OR_WEIGHED, record
from api.v1.bodies import IN_WORDS, is_code
from api.v1.shared import ACCOUNT, reference_in
from domain.account.commands import RaiseCharge, RetractCharge
from domain.terms import Terms
from ledger.vault.words import Words


class Retraction(Terms):
    """Why a charge is taken back: a code of the council's own, or words, which are kept apart from the facts."""

    reason: Words


@post(f"{ACCOUNT}/charges", "record_costs", RaiseCharge, RECORDED_OR_WEIGHED)
def raise_charge(call: Call[RaiseCharge, Write]) -> Answer:
    """Record what was charged for a period, daily living costs included (Care Act 2014 ss 14 and 15(2))."""
    return record(call, call.body)


@post(f"{ACCOUNT}/charges/{{reference}}/retraction", "record_costs", Retraction, RECORDED_OR_WEIGHED)
def retract_charge(call: Call[Retraction, Write]) -> Answer:
    """Take a charge back: it stays visible and counts as nothing."""
    reason, reference = call.body.reason, reference_in(call)
    if is_code(reason):
        return record(call, RetractCharge(reference=reference, reason_code=reason))
    return record(call, RetractCharge(reference=reference, reason_code=IN_WORDS), {"reason": reason})
