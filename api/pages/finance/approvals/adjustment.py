"""/accounts/<id>/approvals/<id>: what would an adjustment change, and does a second person approve it?"""

from uuid import uuid4

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from api.kit.problems import sentence_of
from api.pages.asked import Asked
from api.pages.finance.approvals.reasons import RETURNED_BECAUSE
from api.pages.finance.recording.effect import Change, change
from api.pages.finance.recording.forms import ADJUSTED_BECAUSE
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, form, page
from api.pages.recorded.codes import said
from api.pages.sent import request_sent, unreadable
from api.policy import may, may_correct
from api.v1.adjustments import Approval
from domain.account.commands import ApproveAdjustment
from domain.account.facts import AdjustmentReturned
from domain.account.proposals import Proposal, proposals
from domain.account.refusals import NoSuchEntry, Refused
from domain.account.state import Entry
from domain.parameters import NotInForce
from ledger.approvals import same

PATH = "/accounts/{account_id}/approvals/{entry_id}"
_SOMEBODY_ELSE = ""
"""Who approves where it is only asked what that would change: nobody of this name has recorded anything."""


@page(PATH, "read_council", people=True)
def adjustment(visit: Visit) -> ResponseReturnValue:
    """What was proposed, by whom and why, and what it would change. Its maker sees it too, and cannot approve it."""
    return _page(StaffAccount(visit, "/entries"), uuid4().hex)


@form(PATH, "approve_adjustment", people=True)
def approve(visit: Visit) -> ResponseReturnValue:
    """Approve it once, however often the form is sent; raises Stale where the account has changed since."""
    shown = StaffAccount(visit, "/entries")
    shown.asked = asked = Asked(visit.request.form)
    proposed, version = proposal_in(shown), asked.number("version", 1_000_000)
    if version is None:
        raise unreadable()
    body = _read(asked)
    if body is None:
        return _page(shown, asked.text("key"))
    try:
        visit.council.ledger.handle(
            visit.account_id,
            ApproveAdjustment(adjustment=str(proposed.entry.id), approver=visit.identity.sub),
            by=visit.identity.caller,
            now=visit.now,
            request=request_sent(visit, asked, body.model_dump(mode="json")),
            if_version=version,
            texts=({"note": body.note} if body.note else {},),
        )
    except Refused as refusal:
        asked.errors["note"] = str(refusal).rstrip(".")
        return _page(shown, asked.text("key"))
    flash("The adjustment was approved. It counts from now on.")
    return redirect(f"{shown.path}/entries", 303)


def _read(asked: Asked) -> Approval | None:
    """The approval as the API takes it; None where there is a mistake, which is kept."""
    try:
        return Approval(note=asked.prose("note") or None)
    except ValidationError as fault:
        asked.errors["note"] = sentence_of(fault.errors()[0]).rstrip(".")
        return None


def _page(shown: StaffAccount, key: str) -> ResponseReturnValue:
    visit, proposal = shown.visit, proposal_in(shown)
    entry, role, now = proposal.entry, visit.identity.role, not shown.moment.past
    waits, maker = proposal.waits and now, same(entry.recorded_by) == same(visit.identity.sub)
    return shown.page(
        "finance/approvals/adjustment.html",
        "Approve an adjustment",
        proposed=proposal,
        because=ADJUSTED_BECAUSE.get(proposal.fact.reason_code, said(proposal.fact.reason_code)),
        proposed_note=_note(shown, entry),
        back=_back(shown, proposal.returned),
        change=_change(shown, proposal) if waits else None,
        waits=waits,
        maker=maker,
        may_approve=waits and not maker and may(role, "approve_adjustment"),
        may_correct=proposal.returned and now and may_correct(role, type(proposal.fact)),
        note=shown.asked.prose("note"),
        version=shown.account.version,
        key=key,
    )


def _back(shown: StaffAccount, returned: Entry | None) -> tuple[str, str | None] | None:
    """Why it was sent back, and what was written with that; None where it was not."""
    if returned is None:
        return None
    assert isinstance(returned.fact, AdjustmentReturned)  # nothing else sends one back
    return RETURNED_BECAUSE.get(returned.fact.reason_code, said(returned.fact.reason_code)), _note(shown, returned)


def _note(shown: StaffAccount, entry: Entry) -> str | None:
    """What was written with an entry."""
    kept = shown.visit.council.people.texts(shown.account.id, [entry.version])
    return kept.get(entry.version, {}).get("note")


def _change(shown: StaffAccount, proposal: Proposal) -> Change | None:
    """What would change once somebody else approves it; None where an amount of law is missing."""
    visit = shown.visit
    command = ApproveAdjustment(adjustment=str(proposal.entry.id), approver=_SOMEBODY_ELSE)
    effect = visit.council.ledger.weigh(visit.account_id, command, by=visit.identity.caller, now=visit.now)
    try:
        return change(effect, visit.council.scheme, visit.today)
    except NotInForce:
        return None


def proposal_in(shown: StaffAccount) -> Proposal:
    """The adjustment in the address; raises NoSuchEntry, also where it was corrected and so waits no more."""
    wanted = shown.visit.ids["entry_id"]
    found = next((each for each in proposals(shown.account) if str(each.entry.id) == wanted), None)
    if found is None:
        raise NoSuchEntry
    return found
