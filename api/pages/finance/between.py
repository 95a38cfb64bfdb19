"""/accounts/between: why is the council's total another than it was, say, last month?"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.exports.table import Column, Table, Value
from api.pages.asked import Asked, address
from api.pages.exported import Downloads, downloads, exported, require_readable
from api.pages.finance.view import PATH as ACCOUNTS
from api.pages.law import law_words
from api.pages.moments import Moment, moment_asked
from api.pages.page import Visit, page
from domain.dates import ONE_DAY
from projections.between import Between, MovedAccount, between

PATH = f"{ACCOUNTS}/between"
SHOWN = 100
"""So many accounts are shown on the page; the files hold all of them."""
COLUMNS = (
    Column("reference"),
    Column("name"),
    Column("before", "money", added_up=True),
    Column("late", "money", added_up=True),
    Column("days", "money", added_up=True),
    Column("after", "money", added_up=True),
    Column("account_id"),
)


@dataclass(frozen=True)
class BetweenView:
    """What lies between two moments. Its address is all of it, so a link to it can be sent."""

    visit: Visit
    first: date
    known_then: datetime
    moment: Moment
    kept: dict[str, Any]

    @cached_property
    def found(self) -> Between:
        """Every account whose total is another; that they were shown is written down."""
        found = between(self.visit.council, self.first, self.known_then, self.moment.on, self.moment.known_at)
        self.visit.shows(UUID(each.account_id) for each in found.items)
        self.visit.shows(UUID(each.account_id) for each in found.under_review)
        return found

    @property
    def downloads(self) -> Downloads:
        return downloads(PATH, **self.kept)

    def people(self, items: list[MovedAccount]) -> Any:
        return self.visit.council.people.of([UUID(each.account_id) for each in items])


@page(PATH, "read_council", people=True)
def what_lies_between(visit: Visit) -> ResponseReturnValue:
    """The total then and now, and which accounts make the difference, what was learned late first."""
    asked = Asked(visit.request.args)
    view = _view(visit, asked)
    items = view.found.items[:SHOWN]
    shown = render_template(
        "finance/between.html",
        page_title="Why the total is different",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        law_words=law_words(visit.council, view.moment.known_at),
        past=None if asked.errors else view.moment.past,
        view=view,
        found=view.found,
        items=items,
        people={str(account_id): person for account_id, person in view.people(items).items()},
    )
    return make_response(shown, 422 if asked.errors else 200)


@exported(PATH, "read_council", "Why the total is different", people=True)
def between_file(visit: Visit) -> Table:
    """Every account whose total is another."""
    asked = Asked(visit.request.args)
    view = _view(visit, asked)
    require_readable(asked)
    people = view.people(view.found.items)

    def row(each: MovedAccount) -> list[Value]:
        person = people.get(UUID(each.account_id))
        name = person.sorted_name if person else None
        return [each.reference, name, each.before, each.late, each.days, each.after, each.account_id]

    return Table(
        name=f"between-{view.first}-{view.moment.on}",
        title=f"Why the total is different: {view.first} and {view.moment.on}",
        on=view.moment.on,
        known_at=view.moment.known_at,
        asked=address(PATH, **view.kept),
        columns=COLUMNS,
        rows=[row(each) for each in view.found.items],
    )


def _view(visit: Visit, asked: Asked) -> BetweenView:
    """What an address asks for: the end of the month before, as known at its close, where it says nothing of it."""
    moment = moment_asked(visit, asked, PATH)
    given, known = asked.day("from"), asked.day("from_known_at")
    if given and given > moment.on:
        asked.errors["from"] = "This is after the other day: enter the same day or an earlier one"
        given = None
    first = given or moment.on.replace(day=1) - ONE_DAY
    known_then = asked.known("from_known_at", known or min(first, visit.today), "", visit.latest)
    if known_then > moment.known_at:
        asked.errors["from_known_at"] = "This is later than what the other day is known by: enter an earlier one"
        known_then = moment.known_at
    kept = {"from": asked.day("from"), "from_known_at": known, **moment.kept}
    return BetweenView(visit, first, known_then, moment, kept)
