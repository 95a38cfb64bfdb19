"""/audit/accounts/<id>/assessments: what was assessed, as known at a moment, without a name?"""

from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.assessed import listed_assessments, shown_assessment
from api.pages.audit.then import day_of_then, then_asked
from api.pages.page import Visit, page


@page("/audit/accounts/{account_id}/assessments", "read_council")
def audit_assessments(visit: Visit) -> ResponseReturnValue:
    """Every financial assessment, as an entry left the account. Nothing of it is read from the vault."""
    newest, asked = visit.council.ledger.account(visit.account_id), Asked(visit.request.args)
    then = then_asked(visit, newest, asked)
    found = listed_assessments(then.account, day_of_then(visit, then))
    return _page(visit, asked, "assessments", "Assessments", then=then, assessments=found)


@page("/audit/accounts/{account_id}/assessments/{entry_id}", "read_council")
def audit_assessment(visit: Visit) -> ResponseReturnValue:
    """One of them, line by line."""
    newest, asked = visit.council.ledger.account(visit.account_id), Asked(visit.request.args)
    then = then_asked(visit, newest, asked)
    found = shown_assessment(then.account, visit.ids["entry_id"], day_of_then(visit, then), asked)
    return _page(visit, asked, "assessment", found.listed.words.heading, then=then, shown=found)


def _page(visit: Visit, asked: Asked, template: str, title: str, **shown: Any) -> ResponseReturnValue:
    path, then = f"/audit/accounts/{visit.account_id}", shown["then"]
    reference = then.account.opened.reference
    page = render_template(
        f"audit/{template}.html",
        page_title=f"{title}, {reference}",
        wide=True,
        errors=asked.errors,
        past={"known_at": then.known_at, "now_href": visit.request.path} if then.past and not asked.errors else None,
        path=path,
        reference=reference,
        version=then.account.version,
        **shown,
    )
    return make_response(page, 422 if asked.errors else 200)
