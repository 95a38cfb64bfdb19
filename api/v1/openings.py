"""/v1/care-accounts/{id}/openings: what had accrued before this account, and what proves it."""

from api.kit.call import Answer, Call, Write
from api.kit.endpoint import post
from api.kit.recording import RECORDED_OR_WEIGHED, record
from api.v1.shared import ACCOUNT, entry_id_in
from domain.account.commands import CarryInOpening, EvidenceOpening
from domain.dates import Day
from domain.terms import Code, Terms


class Evidence(Terms):
    """What proves a carried-in balance, by the council's own reference, and the day it was seen."""

    on: Day
    evidence: Code


@post(f"{ACCOUNT}/openings", "record_costs", CarryInOpening, RECORDED_OR_WEIGHED)
def carry_in_opening(call: Call[CarryInOpening, Write]) -> Answer:
    """Carry in what had accrued with another council, or in an earlier system, by the start of a day.

    The balance is inherited and unproven until there is evidence for it.
    """
    return record(call, call.body)


@post(f"{ACCOUNT}/openings/{{entry_id}}/evidence", "record_costs", Evidence, RECORDED_OR_WEIGHED)
def evidence_opening(call: Call[Evidence, Write]) -> Answer:
    """Say what proves a carried-in balance. No figure changes."""
    opening = entry_id_in(call, "entry_id")
    return record(call, EvidenceOpening(opening=opening, on=call.body.on, evidence=call.body.evidence))
