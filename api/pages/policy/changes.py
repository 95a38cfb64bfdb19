"""/policy/changes: which amounts were proposed, who decided what about them, and what is still to be decided?"""

from uuid import UUID, uuid4

from flask import flash, get_flashed_messages, redirect
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.page import Visit, form, page
from api.pages.policy.shown import CHANGES, policy_page
from api.pages.policy.words import DONE, STEPS, SURE, changed_words, in_words
from api.pages.sent import request_sent
from api.policy import may
from domain.parameters.quantity import quantity_words
from ledger.amounts import NoSuchPolicyChange, PolicyChange, Step
from ledger.changed_amounts import changed_amounts
from ledger.policy import Decide, Policy, approval, reversal

_ONE = f"{CHANGES}/{{change_id}}"
_CAME_TO: dict[Step, str] = {
    "approved": "The change is approved. Its amounts count from now on.",
    "withdrawn": "The change is withdrawn. Its amounts never counted.",
    "reversal_proposed": "The reversal is proposed. The amounts count until a second person reverses the change.",
    "reversed": "The change is reversed. Its amounts no longer count.",
}


@page(CHANGES, "read_policy")
def policy_changes(visit: Visit) -> ResponseReturnValue:
    """Every change, the newest first."""
    changes = visit.council.amounts.changes[::-1]
    return policy_page(visit, "policy/changes.html", "Changes of amounts", changes=changes, states=STEPS)


@page(_ONE, "read_policy")
def policy_change(visit: Visit) -> ResponseReturnValue:
    """One change: its amounts and their sources, what they make of the law, and who decided what."""
    known = visit.council.amounts
    change = known.change(_change_id(visit))
    rows = [
        (in_words(e.parameter), quantity_words(e.amount, e.unit), e.from_, e.authority, SURE[e.certainty], e.note)
        for e in change.entries
    ]
    return policy_page(
        visit,
        "policy/change.html",
        f"Change {change.number}",
        change=change,
        state=STEPS[change.status],
        rows=rows,
        steps=[(DONE[step.kind], step.recorded_at, step.recorded_by) for step in change.steps],
        changed=[changed_words(each) for each in changed_amounts(known, change, visit.now)],
        path=_ONE.format(change_id=change.change_id),
        may_decide=may(visit.identity.role, "approve_amounts"),
        own_step=_waits_for_another(change, visit.identity.sub),
        keys=(uuid4().hex, uuid4().hex),
        done=next(iter(get_flashed_messages()), None),
    )


@form(f"{_ONE}/approval", "approve_amounts")
def approve_change(visit: Visit) -> ResponseReturnValue:
    """Approve what somebody else proposed."""
    return _decide(visit, approval)


@form(f"{_ONE}/reversal", "approve_amounts")
def reverse_change(visit: Visit) -> ResponseReturnValue:
    """Withdraw what nobody approved; propose to reverse what counts, or decide that."""
    return _decide(visit, reversal)


def _decide(visit: Visit, how: Decide) -> ResponseReturnValue:
    change_id = _change_id(visit)
    request = request_sent(visit, Asked(visit.request.form), {})
    step = Policy(visit.council).decide(change_id, how, by=visit.identity.sub, now=visit.now, request=request).step
    flash(_CAME_TO[step.kind])
    return redirect(_ONE.format(change_id=change_id), 303)


def _waits_for_another(change: PolicyChange, sub: str) -> bool:
    """Whether the step to be decided is the visitor's own, so that somebody else has to."""
    return change.status in ("proposed", "reversal_proposed") and change.steps[-1].recorded_by == sub


def _change_id(visit: Visit) -> UUID:
    """The change an address names; what is no id is no change either."""
    try:
        return UUID(visit.ids["change_id"])
    except ValueError:
        raise NoSuchPolicyChange(NoSuchPolicyChange.__doc__) from None
