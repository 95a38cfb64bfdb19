"""/audit/accounts/<id>: what was known of an account at a past moment, and on which entries did it rest?"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked, address
from api.pages.law import law_words
from api.pages.page import Visit, page
from api.pages.recorded import for_staff
from api.pages.stored import as_stored
from api.pages.words import day_of
from api.v1.history import history_of
from domain.account.progress import cap_progress
from domain.account.state import CareAccount
from domain.dates import day_in_london, instant_text


@dataclass(frozen=True)
class Then:
    """An account as it was known at a moment, and whether that moment is past."""

    account: CareAccount
    known_at: datetime
    past: bool


@page("/audit/accounts/{account_id}", "read_council")
def audit_account(visit: Visit) -> ResponseReturnValue:
    """The account as known on a day and time, or as an entry left it. Nothing of it is read from the vault."""
    newest, asked = visit.council.ledger.account(visit.account_id), Asked(visit.request.args)
    path = f"/audit/accounts/{visit.account_id}"
    then = _then(visit, newest, asked)
    on = asked.day("on") or _day(visit, then)
    history = history_of(then.account)
    shown = render_template(
        "audit/account.html",
        page_title=f"Account history, {newest.opened.reference}",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        law_words=law_words(visit.council),
        past={"known_at": then.known_at, "now_href": path} if then.past and not asked.errors else None,
        path=path,
        reference=newest.opened.reference,
        versions=newest.version,
        then=then,
        scheme=visit.council.scheme,
        progress=cap_progress(then.account, visit.council.scheme, on),
        entries=[(entry, for_staff(entry.data), as_stored(entry.data)) for entry in reversed(history)],
        newest_hash=history[-1].hash,
        instant_text=instant_text,
        **_beside(newest, then, path),
    )
    return make_response(shown, 422 if asked.errors else 200)


def _day(visit: Visit, then: Then) -> date:
    """The day of the figures where none was asked for: that of the moment, so that the page is as it was."""
    return day_in_london(then.known_at) if then.past else visit.today


def _then(visit: Visit, newest: CareAccount, asked: Asked) -> Then:
    version, known = asked.number("version", newest.version), asked.day_in_boxes("known_at")
    if version:
        entry = newest.entries[version - 1]
        return Then(CareAccount(newest.entries[:version]), entry.recorded_at, version < newest.version)
    if asked.text("time") and not known:
        asked.errors.setdefault("known_at", "Enter the day as well as the time")
    return _known(newest, asked.known("known_at", known, asked.text("time"), visit.latest), visit.latest, asked)


def _known(newest: CareAccount, known_at: datetime, latest: datetime, asked: Asked) -> Then:
    account = newest.as_known_at(known_at)
    if account is None:
        began = day_of(newest.entries[0].recorded_at)
        asked.errors["known_at"] = f"Nothing was recorded of this account by then: enter {began} or a later day"
        return Then(newest, latest, False)
    return Then(account, known_at, known_at < latest)


def _beside(newest: CareAccount, then: Then, path: str) -> dict[str, Any]:
    """The ways to the entry before the last one shown, and to the one after it."""
    version = then.account.version

    def to(number: int) -> dict[str, str] | None:
        if not 1 <= number <= newest.version:
            return None
        label = f"Entry {number}, {day_of(newest.entries[number - 1].recorded_at)}"
        return {"href": address(path, version=number), "label": label}

    return {"previous": to(version - 1), "next": to(version + 1)}
