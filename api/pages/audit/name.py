"""/audit/accounts/<id>/name: whose account is it? Shown to an auditor for a reason, one name at a time."""

from flask import make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.page import Visit, form, page
from api.pages.session import opened
from ledger.vault.reveals import Reveal

PATH = "/audit/accounts/{account_id}/name"
MOST_TIMES = 20


@page(PATH, "reveal_name")
def whose_account(visit: Visit) -> ResponseReturnValue:
    """The name, where its reader asked for it since they signed in; else the form that asks for it."""
    return _shown(visit, Asked(visit.request.args))


@form(PATH, "reveal_name")
def reveal_name(visit: Visit) -> ResponseReturnValue:
    """Keep why, and show the name until its reader signs out."""
    visit.council.ledger.account(visit.account_id)
    asked = Asked(visit.request.form)
    reason = asked.words("reason")
    if not reason:
        asked.errors["reason"] = "Say why you need the name: the person is shown what you write"
        return _shown(visit, asked)
    visit.council.reveals.add(visit.account_id, Reveal(reason, visit.now, visit.identity.sub))
    return redirect(PATH.format(account_id=visit.account_id), 303)


def revealed(visit: Visit) -> bool:
    """Whether the reader asked for the name of the account since they signed in."""
    session = opened(visit.installation)
    since = session.kept.since if session else visit.now
    return any(
        each.by == visit.identity.sub and each.at >= since for each in visit.council.reveals.of(visit.account_id)
    )


def _shown(visit: Visit, asked: Asked) -> ResponseReturnValue:
    account, known = visit.council.ledger.account(visit.account_id), revealed(visit)
    person = visit.council.people.of([account.id]).get(account.id) if known else None
    shown = render_template(
        "audit/name.html",
        page_title=f"Whose account is {account.opened.reference}?",
        errors=asked.errors,
        reason=asked.words("reason"),
        reference=account.opened.reference,
        path=f"/audit/accounts/{account.id}",
        known=known,
        name=person.name if person else None,
        now=visit.now,
        times=visit.council.reveals.of(account.id)[:MOST_TIMES],
    )
    return make_response(shown, 422 if asked.errors else 200)
