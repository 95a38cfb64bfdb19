"""/v1/care-accounts/{id}/...: what was assessed, when care paused, and from when to when the account is kept."""

from api.kit.call import Answer, Call, Write
from api.kit.endpoint import post
from api.kit.recording import RECORDED_OR_WEIGHED, record
from api.v1.bodies import BudgetOfProvider, asked
from api.v1.shared import ACCOUNT
from domain.account.commands import (
    CloseAccount,
    RecordBreak,
    RecordNeedsAssessment,
    ReopenAccount,
)


@post(f"{ACCOUNT}/needs-assessments", "record_needs", RecordNeedsAssessment, RECORDED_OR_WEIGHED)
def record_needs_assessment(call: Call[RecordNeedsAssessment, Write]) -> Answer:
    """Record the outcome of a needs assessment (Care Act 2014 s 9)."""
    return record(call, call.body)


@post(f"{ACCOUNT}/budgets", "record_needs", BudgetOfProvider, RECORDED_OR_WEIGHED)
def set_budget(call: Call[BudgetOfProvider, Write]) -> Answer:
    """Set a personal or an independent personal budget (Care Act 2014 ss 26 and 28)."""
    return record(call, *asked(call.body))


@post(f"{ACCOUNT}/breaks", "record_costs", RecordBreak, RECORDED_OR_WEIGHED)
def record_break(call: Call[RecordBreak, Write]) -> Answer:
    """Record a time without paid care, in which nothing accrues."""
    return record(call, call.body)


@post(f"{ACCOUNT}/closures", "close_account", CloseAccount, RECORDED_OR_WEIGHED)
def close_care_account(call: Call[CloseAccount, Write]) -> Answer:
    """Close the account. The day itself still counts."""
    return record(call, call.body)


@post(f"{ACCOUNT}/reopenings", "close_account", ReopenAccount, RECORDED_OR_WEIGHED)
def reopen_care_account(call: Call[ReopenAccount, Write]) -> Answer:
    """Keep a closed account again, from a day on.

    The days between the closure and this one stay closed. Where the closure itself was wrong, as with a report of
    death about somebody who is alive, correct the closure instead: then every day counts again.
    """
    return record(call, call.body)
