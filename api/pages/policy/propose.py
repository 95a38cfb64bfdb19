"""/policy/new: how is an amount of law entered, seen before it is proposed?"""

from typing import Any
from uuid import uuid4

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.page import Visit, form, page
from api.pages.policy.entered import CERTAINTIES, ENTERABLE, entered
from api.pages.policy.shown import CHANGES, NEW, policy_page
from api.pages.policy.words import SURE, changed_words, in_words
from api.pages.sent import request_sent, unreadable
from domain import parameters
from domain.parameters.quantity import quantity_text, quantity_words
from ledger.changed_amounts import proposed_amounts
from ledger.policy import Policy

_WORDS = {name: f"{in_words(name)}, in {parameters.load(name).unit}" for name in ENTERABLE}


_TYPED = ("parameter", "amount", "authority", "certainty", "note")


@page(NEW, "propose_amounts")
def enter_amount(visit: Visit) -> ResponseReturnValue:
    """The form for one amount; several at once are proposed from a file."""
    return _form(visit, Asked(visit.request.args))


@page(f"{NEW}/check", "propose_amounts")
def check_amount(visit: Visit) -> ResponseReturnValue:
    """What the amount would change, before it is proposed. Nothing is recorded."""
    asked = Asked(visit.request.args)
    own = entered(asked, in_boxes=True)
    if own is None:
        return _form(visit, asked)
    changed = proposed_amounts(visit.council.amounts, (own,), visit.now)
    return policy_page(
        visit,
        "policy/check.html",
        "Check before proposing the amount",
        own=own,
        name=in_words(own.parameter),
        amount=quantity_words(own.amount, own.unit),
        typed_amount=quantity_text(own.amount),
        sure=SURE[own.certainty],
        changed=[changed_words(each) for each in changed],
        changes=CHANGES,
        new=NEW,
        key=uuid4().hex,
    )


@form(CHANGES, "propose_amounts")
def propose_amount(visit: Visit) -> ResponseReturnValue:
    """Propose the amount once, however often the form is sent."""
    asked = Asked(visit.request.form)
    own = entered(asked, in_boxes=False)
    if own is None:
        raise unreadable()
    request = request_sent(visit, asked, own.model_dump(mode="json", by_alias=True))
    decided = Policy(visit.council).propose((own,), by=visit.identity.sub, now=visit.now, request=request)
    flash("The amount is proposed. It counts once a second person approves it.")
    return redirect(f"{CHANGES}/{decided.change.change_id}", 303)


def _form(visit: Visit, asked: Asked) -> ResponseReturnValue:
    typed: dict[str, Any] = {
        name: asked.text(name) for name in ("parameter", "amount", "authority", "certainty", "note")
    }
    return policy_page(
        visit,
        "policy/new.html",
        "Enter an amount",
        errors=asked.errors,
        typed=typed | {"from": asked.boxes("from")},
        names=_WORDS,
        certainties={each: SURE[each] for each in CERTAINTIES},
        new=NEW,
    )
