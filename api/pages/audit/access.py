"""/audit/access: who looked at which account, and which looks does somebody want to ask about?"""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked, address
from api.pages.looked import REVEALED, reason_written
from api.pages.page import Visit, page
from api.policy import ROLES
from domain.dates import LONDON, ONE_DAY
from ledger.outcomes import NoSuchAccount
from ledger.reference import read_reference
from ledger.store.access_log import MANY, Looked, Wanted

PATH = "/audit/access"
PAGE_SIZE = 50
UNUSUAL_WORDS = {
    "many": f"{MANY} accounts or more, opened one by one within an hour",
    "outside_hours": "Before 7am, after 7pm, or at a weekend",
    "refused": "Refused",
}
_ITSELF = (f"GET {PATH}", "GET /v1/access-log")
_LAST = 2**63 - 1
_NOBODY = UUID(int=0)


@page(PATH, "read_access_log")
def access_log(visit: Visit) -> ResponseReturnValue:
    """The looks that are asked for, the newest first. No name and no money stands here."""
    asked = Asked(visit.request.args)
    wanted, typed = _wanted(visit, asked)
    log = visit.council.access_log
    found = log.read(wanted._replace(limit=PAGE_SIZE + 1))
    rows = found[:PAGE_SIZE]
    accounts = {each.account_id for each in rows}
    visit.shows(accounts)
    shown = render_template(
        "audit/access.html",
        page_title="Who looked",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        now=visit.now,
        rows=rows,
        number=log.count(wanted),
        reasons=_reasons(visit, rows),
        references=visit.council.ledger.references.of(list(accounts)),
        roles=dict.fromkeys(ROLES),
        unusual={"": "All looks", **UNUSUAL_WORDS},
        chosen=_chosen(typed),
        path=PATH,
        first={"href": address(PATH, **typed)} if wanted.below else None,
        next={"href": address(PATH, **typed, below=rows[-1].position)} if len(found) > PAGE_SIZE else None,
    )
    return make_response(shown, 422 if asked.errors else 200)


def _reasons(visit: Visit, rows: list[Looked]) -> dict[int, str | None]:
    """By the place of a look in the log the reason that was written with it: who asks for a hidden name gives one."""
    asked = {row.account_id for row in rows if row.look.opened == REVEALED}
    reveals = {account_id: visit.council.reveals.of(account_id) for account_id in asked}
    return {row.position: reason_written(row.look, reveals.get(row.account_id, ())) for row in rows}


def _wanted(visit: Visit, asked: Asked) -> tuple[Wanted, dict[str, Any]]:
    """What was asked for, and how that stands in an address. What cannot be read is left out, and its mistake kept."""
    first, last = asked.day("from"), asked.day("to")
    if first and last and last < first:
        asked.errors["to"] = "The last day is before the first: enter a later one"
    role, unusual = asked.one_of("role", ROLES, ""), asked.one_of("unusual", tuple(UNUSUAL_WORDS), "")
    account = asked.read("q", lambda text: _named(visit, text), asked.text("q"))
    itself = asked.text("itself") == "yes"
    typed = {"q": asked.text("q"), "who": asked.text("who"), "role": role, "unusual": unusual}
    days = {"from": first, "to": last, "itself": "yes" if itself else None}
    wanted = Wanted(
        account_id=account,
        who=asked.text("who") or None,
        roles=(role,) if role else None,
        without_opened=() if itself else _ITSELF,
        since=_begins(first) if first else None,
        before=_begins(last + ONE_DAY) if last else None,
        unusual=unusual or None,
        below=asked.number("below", _LAST),
    )
    return wanted, {name: value for name, value in (typed | days).items() if value}


def _named(visit: Visit, text: str) -> UUID:
    """The account of a reference; one that nothing is of, where there is none. Raises NoReference for what is none."""
    try:
        return visit.council.ledger.account_of_reference(read_reference(text))
    except NoSuchAccount:
        return _NOBODY


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _chosen(typed: dict[str, Any]) -> list[dict[str, str]]:
    """Every choice that leaves rows out, with the address of the list without it."""
    names = {"q": "Reference", "who": "Who", "role": "Role", "unusual": "Unusual", "from": "From", "to": "To"}
    said = typed | {"unusual": UNUSUAL_WORDS.get(typed.get("unusual", ""))}
    return [
        {
            "name": name,
            "value": str(said[field]),
            "href": address(PATH, **{k: v for k, v in typed.items() if k != field}),
        }
        for field, name in names.items()
        if typed.get(field)
    ]
