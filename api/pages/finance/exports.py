"""/exports: who took which list away as a file, when, and of how many accounts?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.exports.table import Column, Table
from api.pages.asked import Asked, address
from api.pages.exported import downloads, exported, require_readable
from api.pages.page import Visit, page
from api.policy import OWN_ACCOUNT_ONLY
from domain.dates import EARLIEST, LONDON, ONE_DAY
from ledger.store.access_log import Taken, Wanted

PATH = "/exports"
SHOWN = timedelta(days=30)
"""So many days before the last are shown where nobody says from when."""
COLUMNS = (
    Column("taken_at", "instant"),
    Column("taken_by"),
    Column("role"),
    Column("file"),
    Column("accounts", "number"),
)
_FILE = re.compile(r"GET (?P<path>/\S*)")


@dataclass(frozen=True)
class ExportsView:
    """One list of files that were taken. Its address is all of it, so a link to it can be sent."""

    visit: Visit
    who: str
    first: date
    last: date
    kept: dict[str, Any]

    @cached_property
    def found(self) -> Sequence[Taken]:
        """The newest first. What people take of their own account is theirs, and not in it."""
        wanted = Wanted(
            who=self.who or None,
            without_roles=tuple(OWN_ACCOUNT_ONLY),
            since=_begins(self.first),
            before=_begins(self.last + ONE_DAY),
        )
        return self.visit.council.access_log.taken(wanted)


@page(PATH, "read_council")
def files_taken(visit: Visit) -> ResponseReturnValue:
    """The files, without a name of anybody who has an account."""
    asked = Asked(visit.request.args)
    view = _view(visit, asked)
    shown = render_template(
        "finance/exports.html",
        page_title="Files taken",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        view=view,
        now=visit.latest,
        file=file_of,
        downloads=downloads(PATH, **view.kept),
    )
    return make_response(shown, 422 if asked.errors else 200)


@exported(PATH, "read_council", "Files taken")
def files_taken_file(visit: Visit) -> Table:
    """Every row of exactly the same view."""
    asked = Asked(visit.request.args)
    view = _view(visit, asked)
    require_readable(asked)
    return Table(
        name=f"files-taken-{view.last}",
        title=f"Files taken from {view.first} to {view.last}",
        on=view.last,
        known_at=visit.latest,
        asked=address(PATH, **view.kept),
        columns=COLUMNS,
        rows=[(each.at, each.who, each.role, file_of(each), each.accounts) for each in view.found],
    )


def file_of(taken: Taken) -> str:
    """The address a file was taken from; ids are left open, as they are written down."""
    found = _FILE.fullmatch(taken.opened)
    return found["path"] if found else taken.opened


def _view(visit: Visit, asked: Asked) -> ExportsView:
    """What an address asks for; where it cannot be read the mistake is kept, and the last days are shown."""
    first, last = asked.day("from"), asked.day("to") or visit.today
    if first and last < first:
        asked.errors["to"] = "The last day is before the first: enter a later one"
        first = None
    kept = {"who": asked.text("who"), "from": asked.day("from"), "to": asked.day("to")}
    return ExportsView(visit, asked.text("who"), first or max(last - SHOWN, EARLIEST), last, kept)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
