"""/accounts/<id>/approvals/<id>/return: why does a second person send an adjustment back?"""

from uuid import uuid4

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from api.kit.problems import sentence_of
from api.pages.asked import Asked
from api.pages.finance.approvals.adjustment import PATH, proposal_in
from api.pages.finance.approvals.reasons import RETURNED_BECAUSE
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, form, page
from api.pages.representing import carried
from api.pages.sent import request_sent
from api.v1.adjustments import Return
from domain.account.commands import ReturnAdjustment
from domain.account.refusals import Refused

BACK = f"{PATH}/return"


@page(BACK, "approve_adjustment", people=True)
def why_back(visit: Visit) -> ResponseReturnValue:
    """What is wrong with it, in a word and in sentences."""
    return _form(StaffAccount(visit, "/entries"), uuid4().hex)


@form(BACK, "approve_adjustment", people=True)
def sent_back(visit: Visit) -> ResponseReturnValue:
    """The form again where it cannot be read, then what is sent back once more, then it is recorded."""
    shown = StaffAccount(visit, "/entries")
    shown.asked = asked = Asked(visit.request.form)
    body = _read(asked)
    if body is None or asked.text("do") == "change":
        return _form(shown, asked.text("key"))
    try:
        return _record(shown, body) if asked.text("do") == "record" else _check(shown, body)
    except Refused as refusal:
        asked.errors["reason_code"] = str(refusal).rstrip(".")
        return _form(shown, asked.text("key"))


def _read(asked: Asked) -> Return | None:
    """The return as the API takes it; None where there is a mistake, which is kept."""
    code = asked.one_of("reason_code", tuple(RETURNED_BECAUSE), "")
    if not code:
        asked.errors["reason_code"] = "Choose why you send it back"
        return None
    try:
        return Return(reason_code=code, note=asked.prose("note") or None)
    except ValidationError as fault:
        asked.errors["note"] = sentence_of(fault.errors()[0]).rstrip(".")
        return None


def _form(shown: StaffAccount, key: str) -> ResponseReturnValue:
    asked = shown.asked
    return shown.page(
        "finance/approvals/return.html",
        "Send an adjustment back",
        proposed=proposal_in(shown),
        reasons=RETURNED_BECAUSE,
        reason=asked.text("reason_code"),
        note=asked.prose("note"),
        key=key,
    )


def _check(shown: StaffAccount, body: Return) -> ResponseReturnValue:
    """What would be sent back, and why, once more. Nothing is recorded."""
    visit = shown.visit
    visit.council.ledger.weigh(visit.account_id, _command(visit, body), by=visit.identity.caller, now=visit.now)
    return shown.page(
        "finance/approvals/return_check.html",
        "Check before sending back",
        proposed=proposal_in(shown),
        reason=RETURNED_BECAUSE[body.reason_code],
        note=body.note,
        carried=carried(visit),
    )


def _record(shown: StaffAccount, body: Return) -> ResponseReturnValue:
    """Record it once, however often the form is sent."""
    visit = shown.visit
    visit.council.ledger.handle(
        visit.account_id,
        _command(visit, body),
        by=visit.identity.caller,
        now=visit.now,
        request=request_sent(visit, shown.asked, body.model_dump(mode="json")),
        texts=({"note": body.note} if body.note else {},),
    )
    flash("The adjustment was sent back. It counts nothing.")
    return redirect(f"{shown.path}/entries", 303)


def _command(visit: Visit, body: Return) -> ReturnAdjustment:
    return ReturnAdjustment(
        adjustment=visit.ids["entry_id"], on=visit.today, reason_code=body.reason_code, returner=visit.identity.sub
    )
