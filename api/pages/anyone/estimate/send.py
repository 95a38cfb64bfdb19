"""/estimate/send: how does somebody hand their estimate to the council, and how do they know that it arrived?"""

import re
from collections.abc import Mapping
from datetime import date
from uuid import uuid4

from flask import make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.pages.anyone.estimate.answers import answers, note_sent, sent_as
from api.pages.anyone.estimate.asked import body_of
from api.pages.anyone.estimate.fields import boxes
from api.pages.anyone.estimate.flow import START, still_open
from api.pages.anyone.estimate.result import RESULT, council_to_send_to, figures_of
from api.pages.asked import Asked
from api.pages.page import PUBLIC, Visit, form, page
from ledger.vault.person import Contact
from ledger.vault.received import Sender

SEND, SENT = f"{START}/send", f"{START}/sent"
AGREED = (
    "I agree that the council keeps what I send, and uses it to check what I pay for care. "
    "I may ask what is kept, and ask for it to be put right."
)
_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+", re.ASCII)


@page(SEND, PUBLIC)
def ask_who_sends(visit: Visit) -> ResponseReturnValue:
    """Who sends the estimate: asked only now."""
    if left := _not_to_be_sent(visit):
        return left
    return _form(Asked(visit.request.form), uuid4().hex)


@form(SEND, PUBLIC)
def send_estimate(visit: Visit) -> ResponseReturnValue:
    """Hand the estimate to the council, once however often the form is sent."""
    if left := _not_to_be_sent(visit):
        return left
    asked = Asked(visit.request.form)
    key = asked.text("key") if _KEY.fullmatch(asked.text("key")) else uuid4().hex
    sender, council = _sender(asked), council_to_send_to(visit)
    if sender is None:
        return _form(asked, key)
    assert council is not None  # or it was not to be sent
    address = visit.request.remote_addr or ""
    visit.installation.limits.require(council, "estimates", visit.installation.settings.limit_estimates, address)
    figures = figures_of(visit).model_dump(mode="json")
    note_sent(council.received.receive(key, sender, body_of(answers(), visit.today), figures, now=visit.now))
    return redirect(SENT, 303)


@page(SENT, PUBLIC)
def estimate_sent(visit: Visit) -> ResponseReturnValue:
    """That it arrived, under which reference, and what happens next."""
    reference = sent_as()
    if reference is None:
        return redirect(RESULT, 303)
    return render_template("anyone/estimate/sent.html", page_title="You have sent your answers", reference=reference)


def _not_to_be_sent(visit: Visit) -> ResponseReturnValue | None:
    """Where to go instead: to what is still open, to what was sent, or to a result that has nobody to go to."""
    if left := still_open():
        return left
    if sent_as():
        return redirect(SENT, 303)
    return None if council_to_send_to(visit) else redirect(RESULT, 303)


def _sender(asked: Asked) -> Sender | None:
    """Who sends it; None where something is missing or cannot be read, and then `asked` has the mistakes."""
    name, born = asked.text("name"), asked.day_in_boxes("born")
    email, phone, address = asked.text("email"), asked.text("phone"), asked.lines("address")
    if not name:
        asked.errors["name"] = "Enter your name"
    if born is None:
        asked.errors.setdefault("born", "Enter your date of birth")
    if email and not _EMAIL.fullmatch(email):
        asked.errors["email"] = "Enter an email address like name@example.com"
    if not (email or phone or address):
        asked.errors["email"] = "Tell us one way to reach you: email, phone or address"
    if not asked.text("agreed"):
        asked.errors["agreed"] = "Agree, or do not send your answers"
    if asked.errors or born is None:
        return None
    contact = Contact(email=email or None, phone=phone or None, address=tuple(address))
    return Sender(name=name, date_of_birth=born, contact=contact, agreed_to=AGREED)


def _form(asked: Asked, key: str) -> ResponseReturnValue:
    shown = render_template(
        "anyone/estimate/send.html",
        page_title="Send your answers to the council",
        asked=asked,
        errors=asked.errors,
        born=asked.boxes("born") if any(asked.boxes("born").values()) else _born_already(),
        agreed_to=AGREED,
        key=key,
    )
    return make_response(shown, 422 if asked.errors else 200)


def _born_already() -> Mapping[str, str]:
    """The date of birth that was given already, since nobody is asked twice."""
    kept = answers().get("date-of-birth") if answers()["age"][0] == "birth" else None
    return boxes(date.fromisoformat(kept[0])) if kept else {}
