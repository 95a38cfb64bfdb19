"""/accounts/<id>/approvals/<id>: what would an adjustment change, and does a second person approve it?"""

from typing import NamedTuple
from uuid import uuid4

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from api.kit.problems import sentence_of
from api.pages.asked import Asked
from api.pages.finance.recording.effect import Change, change
from api.pages.finance.recording.forms import ADJUSTED_BECAUSE
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, form, page
from api.pages.recorded.codes import said
from api.pages.sent import request_sent, unreadable
from api.policy import may
from api.v1.adjustments import Approval
from domain.account.commands import ApproveAdjustment
from domain.account.facts import AdjustmentApproved, AdjustmentProposed
from domain.account.refusals import NoSuchEntry, Refused
from domain.account.state import Entry
from domain.parameters import NotInForce
from ledger.approvals import same

PATH = "/accounts/{account_id}/approvals/{entry_id}"
_SOMEBODY_ELSE = ""
"""Who approves where it is only asked what that would change: nobody of this name has recorded anything."""


class Proposed(NamedTuple):
    """An adjustment that was proposed, and the entry that approved it, if any."""

    entry: Entry
    fact: AdjustmentProposed
    approved: Entry | None


@page(PATH, "read_council", people=True)
def adjustment(visit: Visit) -> ResponseReturnValue:
    """What was proposed, by whom and why, and what it would change. Its maker sees it too, and cannot approve it."""
    return _page(StaffAccount(visit, "/entries"), uuid4().hex)


@form(PATH, "approve_adjustment", people=True)
def approve(visit: Visit) -> ResponseReturnValue:
    """Approve it once, however often the form is sent; raises Stale where the account has changed since."""
    shown = StaffAccount(visit, "/entries")
    shown.asked = asked = Asked(visit.request.form)
    proposed, version = _proposed(shown), asked.number("version", 1_000_000)
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
    visit, proposed = shown.visit, _proposed(shown)
    maker = same(proposed.entry.recorded_by) == same(visit.identity.sub)
    waits = proposed.approved is None and not shown.moment.past
    notes = visit.council.people.texts(shown.account.id, [proposed.entry.version])
    return shown.page(
        "finance/approvals/adjustment.html",
        "Approve an adjustment",
        proposed=proposed,
        because=ADJUSTED_BECAUSE.get(proposed.fact.reason_code, said(proposed.fact.reason_code)),
        proposed_note=notes.get(proposed.entry.version, {}).get("note"),
        change=_change(shown, proposed) if waits else None,
        waits=waits,
        maker=maker,
        may_approve=waits and not maker and may(visit.identity.role, "approve_adjustment"),
        note=shown.asked.prose("note"),
        version=shown.account.version,
        key=key,
    )


def _change(shown: StaffAccount, proposed: Proposed) -> Change | None:
    """What would change once somebody else approves it; None where an amount of law is missing."""
    visit = shown.visit
    command = ApproveAdjustment(adjustment=str(proposed.entry.id), approver=_SOMEBODY_ELSE)
    effect = visit.council.ledger.weigh(visit.account_id, command, by=visit.identity.caller, now=visit.now)
    try:
        return change(effect, visit.council.scheme, visit.today)
    except NotInForce:
        return None


def _proposed(shown: StaffAccount) -> Proposed:
    """The adjustment in the address; raises NoSuchEntry, also where it was corrected and so waits no more."""
    wanted = shown.visit.ids["entry_id"]
    approvals = {fact.adjustment: entry for entry, fact in shown.account.of(AdjustmentApproved)}
    for entry, fact in shown.account.of(AdjustmentProposed):
        if str(entry.id) == wanted:
            return Proposed(entry, fact, approvals.get(wanted))
    raise NoSuchEntry
