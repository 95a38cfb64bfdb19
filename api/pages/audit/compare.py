"""/audit/accounts/<id>/compare: in what do two moments of an account differ, and which entries make it so?"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.audit.then import Then, day_of_then, then_asked
from api.pages.law import law_words
from api.pages.page import Visit, page
from api.pages.recorded import Words, for_staff
from api.pages.words import day, pounds
from domain.account.causes import Cause
from domain.account.comparison import Comparison, Moment, compare
from domain.account.figures import CapProgress
from domain.account.state import CareAccount, Entry
from domain.words import span


class Shown(NamedTuple):
    """One of the two moments: what was known, and the day of the figures."""

    then: Then
    on: date

    def moment(self, visit: Visit) -> Moment:
        return Moment(self.then.account, visit.council.scheme_at(self.then.known_at), self.on)


class Differs(NamedTuple):
    """A figure that is not the same at both moments; by how much, where it is money."""

    name: str
    one: str
    other: str
    difference: str


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
    found = compare(one.moment(visit), other.moment(visit))
    shown = render_template(
        "audit/compare.html",
        page_title=f"Compare two moments, {newest.opened.reference}",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        law_words=law_words(visit.council, max(one.then.known_at, other.then.known_at)),
        past=None,
        path=f"/audit/accounts/{visit.account_id}",
        reference=newest.opened.reference,
        versions=newest.version,
        one=one,
        other=other,
        differing=list(_differing(found)),
        causes=[_told(cause, newest) for cause in found.causes],
        difference=found.difference,
    )
    return make_response(shown, 422 if asked.errors else 200)


def _shown(visit: Visit, newest: CareAccount, asked: Asked, prefix: str) -> Shown:
    then = then_asked(visit, newest, asked, prefix)
    return Shown(then, asked.day(f"{prefix}on") or day_of_then(visit, then))


def _differing(found: Comparison) -> Iterator[Differs]:
    """The figures that are not the same, in the order of the account's page."""
    for name, one, other in zip(_NAMES, _figures(found.one), _figures(found.other), strict=True):
        if one != other:
            difference = None if one is None or other is None or isinstance(one, str) else other - one
            yield Differs(name, _said(one), _said(other), "" if difference is None else pounds(difference))


_NAMES = (
    "Accrued costs",
    "Cap",
    "Remaining",
    "Daily living costs set apart",
    "Weekly rate that counts",
    "Cap reached on",
    "Expected to reach the cap on",
)


def _figures(progress: CapProgress) -> tuple[Any, ...]:
    reached, expected = progress.cap_reached_on, progress.expected_to_reach_cap_on
    return (
        progress.accrued_costs,
        progress.cap,
        progress.remaining,
        progress.daily_living_costs,
        progress.weekly_rate.metered if progress.weekly_rate else None,
        day(reached) if reached else None,
        day(expected) if expected else None,
    )


def _said(figure: Any) -> str:
    if figure is None:
        return "none"
    return figure if isinstance(figure, str) else pounds(figure)


def _told(cause: Cause, newest: CareAccount) -> Told:
    entry = newest.entry(cause.entry_id) if cause.entry_id else None
    return Told(cause, span(cause.first, cause.last), entry, for_staff(entry.fact, newest) if entry else None)
