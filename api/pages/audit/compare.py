"""/audit/accounts/<id>/compare: in what do two moments of an account differ, and which entries make it so?"""

from datetime import date
from typing import Any, NamedTuple

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.audit.differing import differing
from api.pages.audit.then import Then, day_of_then, then_asked
from api.pages.law import law_words
from api.pages.page import Visit, page
from api.pages.recorded import Words, for_staff
from domain.account.causes import Cause
from domain.account.comparison import Moment, compare
from domain.account.state import CareAccount, Entry
from domain.words import span


class Shown(NamedTuple):
    """One of the two moments: what was known, and the day of the figures."""

    then: Then
    on: date

    def moment(self, visit: Visit) -> Moment:
        return Moment(self.then.account, visit.council.scheme_at(self.then.known_at), self.on)


class Told(NamedTuple):
    """A cause, the days it concerns, and what staff call the entry that brought it, where an entry did."""

    cause: Cause
    days: str
    entry: Entry | None
    words: Words | None


@page("/audit/accounts/{account_id}/compare", "read_council")
def audit_compare(visit: Visit) -> ResponseReturnValue:
    """Two moments side by side. Nothing of it is read from the vault."""
    newest, asked = visit.council.ledger.account(visit.account_id), Asked(visit.request.args)
    one, other = (_shown(visit, newest, asked, prefix) for prefix in ("", "other_"))
    found, path = compare(one.moment(visit), other.moment(visit)), f"/audit/accounts/{visit.account_id}"
    shown = render_template(
        "audit/compare.html",
        page_title=f"Compare two moments, {newest.opened.reference}",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        law_words=law_words(visit.council, max(one.then.known_at, other.then.known_at)),
        past=_past(one, other, f"{path}/compare") if not asked.errors else None,
        path=path,
        reference=newest.opened.reference,
        versions=newest.version,
        one=one,
        other=other,
        differing=list(differing(found)),
        causes=[_told(cause, newest) for cause in found.causes],
        difference=found.difference,
    )
    return make_response(shown, 422 if asked.errors else 200)


def _shown(visit: Visit, newest: CareAccount, asked: Asked, prefix: str) -> Shown:
    then = then_asked(visit, newest, asked, prefix)
    return Shown(then, asked.day(f"{prefix}on") or day_of_then(visit, then))


def _past(one: Shown, other: Shown, now_href: str) -> dict[str, Any] | None:
    """What the banner says: of two past moments the earlier one."""
    past = [shown.then.known_at for shown in (one, other) if shown.then.past]
    return {"known_at": min(past), "now_href": now_href} if past else None


def _told(cause: Cause, newest: CareAccount) -> Told:
    entry = newest.entry(cause.entry_id) if cause.entry_id else None
    return Told(cause, span(cause.first, cause.last), entry, for_staff(entry.fact, newest) if entry else None)
