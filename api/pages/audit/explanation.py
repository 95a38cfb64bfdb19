"""/audit/accounts/<id>/explanation: what made up a figure at a past moment, down to the entries and the law?"""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.audit.then import day_of_then, then_asked
from api.pages.explained import NAMES, figure_asked, link_to, told
from api.pages.law import law_words
from api.pages.page import Visit, page
from domain.dates import instant_text


@page("/audit/accounts/{account_id}/explanation", "read_council")
def audit_explanation(visit: Visit) -> ResponseReturnValue:
    """The figure as a tree in full, as known on a day and time, or as an entry left it."""
    newest, asked = visit.council.ledger.account(visit.account_id), Asked(visit.request.args)
    path = f"/audit/accounts/{visit.account_id}"
    then = then_asked(visit, newest, asked)
    on, scheme = asked.day("on") or day_of_then(visit, then), visit.council.scheme_at(then.known_at)
    shown = render_template(
        "audit/explanation.html",
        page_title=f"How it was worked out, {newest.opened.reference}",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        law_words=law_words(visit.council, then.known_at),
        past={"known_at": then.known_at, "now_href": f"{path}/explanation"} if then.past and not asked.errors else None,
        path=path,
        reference=newest.opened.reference,
        versions=newest.version,
        then=then,
        on=on,
        scheme=scheme,
        told=told(then.account, scheme, on, figure_asked(asked)),
        names=NAMES,
        link=link_to(
            visit, f"{path}/explanation", figure=figure_asked(asked), on=on, known_at=instant_text(then.known_at)
        ),
    )
    return make_response(shown, 422 if asked.errors else 200)
