"""/audit/accounts/<id>: what was known of an account at a past moment, and on which entries did it rest?"""

from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked, address
from api.pages.audit.knowing import knowing
from api.pages.audit.name import revealed
from api.pages.audit.then import Then, day_of_then, then_asked
from api.pages.growth import growth
from api.pages.law import law_words
from api.pages.listed import listed
from api.pages.page import Visit, page
from api.pages.recorded import for_staff
from api.pages.stored import as_stored
from api.pages.words import day_of
from api.policy import may
from domain.account.facts import FINANCIAL_ASSESSMENTS, BudgetSet
from domain.account.in_force import entry_on
from domain.account.progress import cap_progress
from domain.account.state import CareAccount
from domain.dates import instant_text


@page("/audit/accounts/{account_id}", "read_council")
def audit_account(visit: Visit) -> ResponseReturnValue:
    """The account as known on a day and time, or as an entry left it. Nothing of it is read from the vault."""
    newest, asked = visit.council.ledger.account(visit.account_id), Asked(visit.request.args)
    path = f"/audit/accounts/{visit.account_id}"
    then = then_asked(visit, newest, asked)
    on = asked.day("on") or day_of_then(visit, then)
    entries, scheme = listed(then.account), visit.council.scheme_at(then.known_at)
    progress = cap_progress(then.account, scheme, on)
    shown = render_template(
        "audit/account.html",
        page_title=f"Account history, {newest.opened.reference}",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        law_words=law_words(visit.council, then.known_at),
        past={"known_at": then.known_at, "now_href": path} if then.past and not asked.errors else None,
        path=path,
        reference=newest.opened.reference,
        versions=newest.version,
        then=then,
        scheme=scheme,
        progress=progress,
        known=knowing(visit.council, newest, then.account.version, on),
        heading=lambda entry: for_staff(entry.fact, newest).heading,
        growth=growth(then.account, scheme, on),
        budget=entry_on(then.account, BudgetSet, on),
        money_check=entry_on(then.account, FINANCIAL_ASSESSMENTS, on),
        last_statement=then.account.last_statement,
        entries=entries,
        as_stored=as_stored,
        instant_text=instant_text,
        may_reveal=may(visit.identity.role, "reveal_name"),
        revealed=revealed(visit),
        **_beside(newest, then, path),
    )
    return make_response(shown, 422 if asked.errors else 200)


def _beside(newest: CareAccount, then: Then, path: str) -> dict[str, Any]:
    """The ways to the entry before the last one shown, and to the one after it."""
    version = then.account.version

    def to(number: int) -> dict[str, str] | None:
        if not 1 <= number <= newest.version:
            return None
        label = f"Entry {number}, {day_of(newest.entries[number - 1].recorded_at)}"
        return {"href": address(path, version=number), "label": label}

    return {"previous": to(version - 1), "next": to(version + 1)}
