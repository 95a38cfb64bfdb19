"""/account/questions/new: how does somebody say that something looks wrong, and by when is it answered?"""

from typing import NamedTuple
from uuid import uuid4

from flask import make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from api.kit.problems import sentence_of
from api.pages.asked import Asked
from api.pages.attached import LARGEST
from api.pages.citizen.own import may_also, own_account
from api.pages.citizen.questions.about import SOME_DAYS, in_words, offered, thing_named
from api.pages.citizen.questions.attaching import FIELD, Given, carried_with, gone, named, sending, taken
from api.pages.citizen.questions.followed import PATH
from api.pages.page import Visit, form, page
from api.pages.sent import request_sent
from api.pages.unsettled import dispute_named
from api.v1.disputes import Dispute
from domain.account.commands import RaiseDispute
from domain.account.facts import DisputedLine, DisputedThing
from domain.account.state import CareAccount
from domain.law.disputes import answer_due_on
from ledger.vault.attachments import NoLongerGiven

NEW, SENT = f"{PATH}/new", f"{PATH}/{{entry_id}}/sent"
_NO_LINE = "Choose what looks wrong"


LARGEST_FORM = 32 * 2**20
"""Far more than a paper may be, so that one that is too large is told of on the form, with every word kept."""


class Typed(NamedTuple):
    """The form as it was typed: whose account it is about, and the paper that was given with it."""

    visit: Visit
    account: CareAccount
    asked: Asked
    key: str
    given: Given | None = None


@page(NEW, "raise_dispute", people=True)
def new_question(visit: Visit) -> ResponseReturnValue:
    """The form, with the line chosen that a link led from."""
    return _form(Typed(visit, own_account(visit), Asked(visit.request.args), uuid4().hex))


@form(NEW, "raise_dispute", people=True, largest=LARGEST_FORM)
def question_sent(visit: Visit) -> ResponseReturnValue:
    """The form again where it cannot be read, then what it says once more, then it is taken down."""
    asked = Asked(visit.request.form)
    typed = Typed(visit, own_account(visit), asked, asked.text("key"))
    body = _read(typed)
    if body and asked.text("do") == "record":
        return _record(typed, body)
    typed = typed._replace(given=taken(visit, asked))
    if body is None or asked.errors or asked.text("do") == "change":
        return _form(typed)
    return render_template(
        "citizen/questions/check.html",
        page_title="Check your question",
        about=in_words(body.about, typed.account),
        text=body.text,
        given=typed.given,
        due=answer_due_on(visit.today),
        carried=carried_with(visit, typed.given),
    )


@page(SENT, "raise_dispute", people=True)
def question_taken(visit: Visit) -> ResponseReturnValue:
    """That it was taken down, and what happens next."""
    return render_template(
        "citizen/questions/sent.html",
        page_title="We have your question",
        dispute=dispute_named(own_account(visit), visit.ids["entry_id"]),
        may_read=may_also(visit, "read_account"),
    )


def _form(typed: Typed) -> ResponseReturnValue:
    asked = typed.asked
    shown = render_template(
        "citizen/questions/new.html",
        page_title="Ask about something that looks wrong",
        errors=asked.errors,
        offered=offered(typed.visit, typed.account, asked.text("about")),
        chosen=asked.text("about"),
        first=asked.boxes("first"),
        last=asked.boxes("last"),
        text=asked.prose("text"),
        given=typed.given,
        largest=LARGEST // 2**20,
        key=typed.key,
    )
    return make_response(shown, 422 if asked.errors else 200)


def _read(typed: Typed) -> Dispute | None:
    """The question as the API takes it; None where there is a mistake, which is kept."""
    asked, about = typed.asked, _about(typed)
    text = asked.prose("text")
    if not text:
        asked.errors["text"] = "Write what looks wrong"
    if about is None or asked.errors:
        return None
    try:
        return Dispute(about=about, text=text)
    except ValidationError as fault:
        asked.errors["text"] = sentence_of(fault.errors()[0]).rstrip(".")
        return None


def _about(typed: Typed) -> DisputedThing | None:
    asked = typed.asked
    if asked.text("about") == SOME_DAYS:
        return _days(asked)
    found = thing_named(asked.text("about"), typed.account) if may_also(typed.visit, "read_account") else None
    if found is None:
        asked.errors["about"] = _NO_LINE
    return found


def _days(asked: Asked) -> DisputedThing | None:
    first, last = asked.day_in_boxes("first"), asked.day_in_boxes("last")
    if first is None:
        asked.errors.setdefault("first", "Enter the first day")
    if last is None:
        asked.errors.setdefault("last", "Enter the last day")
    if first and last and last < first:
        asked.errors["last"] = "Enter the first day or a later one"
    if first is None or last is None or asked.errors:
        return None
    return DisputedThing(line=DisputedLine.model_validate({"from": first, "to": last}))


def _record(typed: Typed, body: Dispute) -> ResponseReturnValue:
    """Take it down once with its paper, however often the form is sent. The clock to answer begins today."""
    visit, paper = typed.visit, named(typed.asked)
    what = body.model_dump(mode="json", by_alias=True) | {"attachment": paper}
    try:
        outcome = visit.council.ledger.handle(
            typed.account.id,
            RaiseDispute(about=body.about, raised_on=visit.today, attachment=paper),
            by=visit.identity.caller,
            now=visit.now,
            request=request_sent(visit, typed.asked, what),
            texts=({"text": body.text},),
            also=sending(visit, paper),
        )
    except NoLongerGiven:
        typed.asked.errors[FIELD] = gone()
        return _form(typed)
    return redirect(SENT.format(entry_id=outcome.entries[0].id), 303)
