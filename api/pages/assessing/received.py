"""/received: which estimates did people send, and what does an officer make of each?"""

from typing import Any
from uuid import UUID, uuid4

from flask import flash, get_flashed_messages, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.kit.problems import ApiError
from api.pages.anyone.estimate.asked import read
from api.pages.asked import Asked
from api.pages.assessing.making import made_of, record
from api.pages.assessing.since import Since, since_then
from api.pages.assessing.told import told
from api.pages.finance.view import named
from api.pages.page import Visit, as_id, form, page
from api.pages.working import working
from api.policy import may
from domain.law.financial_assessment import CannotBeAssessed
from domain.parameters import NotInForce
from ledger.vault.received import Received

RECEIVED = "/received"
_ONE = RECEIVED + "/{reference}"
MOST_FOUND = 10


@page(RECEIVED, "read_council", people=True)
def received_estimates(visit: Visit) -> ResponseReturnValue:
    """Every estimate that was sent, the newest first."""
    found = visit.council.received.all()
    return render_template(
        "assessing/received.html",
        page_title="Received estimates",
        wide=True,
        received=found,
        waiting=sum(each.state == "received" for each in found),
    )


@page(_ONE, "read_council", people=True)
def received_estimate(visit: Visit) -> ResponseReturnValue:
    """What was sent, what it comes to today, and for which account it can be accepted."""
    return _shown(visit, _received(visit), Asked(visit.request.args))


@form(f"{_ONE}/accept", "record_needs", people=True)
def accept_estimate(visit: Visit) -> ResponseReturnValue:
    """Record the assessment as it was sent, for an account."""
    received, asked = _received(visit), Asked(visit.request.form)
    account_id = as_id(asked.text("account"))
    visit.shows([account_id])
    visit.council.ledger.account(account_id)  # whose it is is known before anything is worked out
    try:
        made = made_of(visit, account_id, read(received.asked))
    except (NotInForce, CannotBeAssessed, ApiError) as fault:
        asked.errors["accept"] = str(fault).rstrip(".")
        return _shown(visit, received, asked)
    return record(visit, made, asked.text("key"), received)


@form(f"{_ONE}/decline", "record_needs", people=True)
def decline_estimate(visit: Visit) -> ResponseReturnValue:
    """Say that nothing follows from the estimate, and why."""
    received, asked = _received(visit), Asked(visit.request.form)
    reason = asked.words("reason")
    if not reason:
        asked.errors["reason"] = "Say why, so that the sender can be told"
        return _shown(visit, received, asked)
    visit.council.received.decline(received, reason, now=visit.now, by=visit.identity.sub)
    flash("The estimate was declined.")
    return redirect(f"{RECEIVED}/{received.reference}", 303)


def _received(visit: Visit) -> Received:
    return visit.council.received.one(visit.ids["reference"])


def _shown(visit: Visit, received: Received, asked: Asked) -> ResponseReturnValue:
    visit.shows(each.account_id for each in received.decisions if each.account_id)
    since: Since = since_then(received, read(received.asked), visit.council.amounts_now)
    shown = render_template(
        "assessing/received_one.html",
        page_title=f"Received estimate {received.reference}",
        wide=True,
        errors=asked.errors,
        received=received,
        told=told(received.asked),
        since=since,
        sections=working(since.now) if since.now else (),
        may_decide=may(visit.identity.role, "record_needs") and received.state != "accepted",
        q=asked.text("q"),
        found=_accounts(visit, asked.text("q")),
        reason=asked.words("reason"),
        key=uuid4().hex,
        done=next(iter(get_flashed_messages()), None),
    )
    return make_response(shown, 422 if asked.errors else 200)


def _accounts(visit: Visit, text: str) -> list[dict[str, Any]]:
    """The accounts that a search leads to, each with whose it is."""
    ids: list[UUID] = named(visit, text)[:MOST_FOUND] if text else []
    visit.shows(ids)
    people, references = visit.council.people.of(ids), visit.council.ledger.references.of(ids)
    return [{"id": each, "reference": references[each], "person": people.get(each)} for each in ids]
