"""/accounts/<id>/record: what is recorded of an account by hand, its effect seen before it is kept?"""

from collections.abc import Callable
from uuid import uuid4

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from pydantic import BaseModel

from api.pages.asked import Asked
from api.pages.finance.recording.effect import change
from api.pages.finance.recording.fields import YES_OR_NO, read_body, sent_again
from api.pages.finance.recording.forms import FORMS, Form
from api.pages.finance.recording.keeping import keep_checked
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, form, page
from api.pages.recorded import for_staff
from api.policy import may
from api.v1.bodies import asked as asked_of
from domain.account.refusals import Refused
from domain.parameters import NotInForce

PATH = "/accounts/{account_id}/record"


@page(PATH, "read_council", people=True)
def what_to_record(visit: Visit) -> ResponseReturnValue:
    """What there is to record, for who may record it."""
    shown = StaffAccount(visit, "/record")
    forms = [each for each in FORMS.values() if may(visit.identity.role, each.verb)]
    return shown.page(
        "finance/recording/choose.html",
        "Record",
        forms=forms,
        may_assess=may(visit.identity.role, "record_needs"),
    )


def _pages(kind: Form) -> None:
    """The two addresses of a form: where it is shown, and where it is sent."""
    path = f"{PATH}/{kind.name}"
    page(path, kind.verb, people=True)(_empty(kind))
    form(path, kind.verb, people=True)(_sent(kind))


def _empty(kind: Form) -> Callable[[Visit], ResponseReturnValue]:
    return lambda visit: ask(StaffAccount(visit, "/record"), kind)


def _sent(kind: Form) -> Callable[[Visit], ResponseReturnValue]:
    """Show the form again, show what it would change, or record it: what was typed is never lost."""

    def view(visit: Visit) -> ResponseReturnValue:
        shown = StaffAccount(visit, "/record")
        shown.asked = Asked(visit.request.form)
        if shown.asked.text("do") == "change":
            return ask(shown, kind)
        body = read_body(shown.asked, kind.fields, kind.body)
        if body is None:
            return ask(shown, kind)
        return _record(shown, kind, body) if shown.asked.text("do") == "record" else _check(shown, kind, body)

    return view


def ask(shown: StaffAccount, kind: Form) -> ResponseReturnValue:
    """The questions of a form, with what was typed."""
    return shown.page(
        "finance/recording/form.html",
        f"Record: {kind.title.lower()}",
        kind=kind,
        boxes=shown.visit.request.form,
        asked=shown.asked,
        yes_or_no=YES_OR_NO,
    )


def _check(shown: StaffAccount, kind: Form, body: BaseModel) -> ResponseReturnValue:
    """What would be recorded, and what it would change. Nothing is recorded."""
    visit, (command, _) = shown.visit, asked_of(body)
    try:
        effect = visit.council.ledger.weigh(visit.account_id, command, by=visit.identity.caller, now=visit.now)
        changed = change(effect, visit.council.scheme, visit.today)
    except (Refused, NotInForce) as refusal:
        shown.asked.errors[kind.fields[0].id] = str(refusal).rstrip(".")
        return ask(shown, kind)
    return shown.page(
        "finance/recording/check.html",
        "Check before recording",
        kind=kind,
        words=for_staff(effect.after.entries[-1].fact, effect.after),
        change=changed,
        sent=sent_again(visit.request.form, kind.fields),
        version=effect.before.version,
        key=uuid4().hex,
    )


def _record(shown: StaffAccount, kind: Form, body: BaseModel) -> ResponseReturnValue:
    command, words = asked_of(body)
    keep_checked(shown, command, body, (words,))
    flash(f"{kind.title}: recorded.")
    return redirect(f"{shown.path}/entries", 303)


for _kind in FORMS.values():
    _pages(_kind)
