"""/today/<kind>: which things of a kind wait, since when, and what is each about?"""

from collections.abc import Mapping
from uuid import UUID

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.exports.table import Column, Table, Value
from api.pages.asked import Asked, address
from api.pages.exported import downloads, exported, require_readable
from api.pages.finance.today.kinds import IN_WORDS
from api.pages.finance.today.view import AGES, LIST, ListView, list_asked
from api.pages.page import Visit, page
from ledger.vault.person import Person
from projections.worklists.matter import Matter

COLUMNS = (
    Column("reference"),
    Column("name"),
    Column("kind"),
    Column("since", "day"),
    Column("days", "number"),
    Column("due", "day"),
    Column("amount", "money"),
    Column("entry", "number"),
    Column("account_id"),
)


@page(LIST, "read_council", people=True)
def listed(visit: Visit) -> ResponseReturnValue:
    """Every one of them, the oldest first."""
    asked = Asked(visit.request.args)
    view = list_asked(visit, asked)
    shown = render_template(
        "finance/today/listed.html",
        page_title=view.title,
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        past=None if asked.errors else view.moment.past,
        view=view,
        what_to_do=IN_WORDS[view.kind].what_to_do,
        ages={"": "Any age"} | {name: age.name for name, age in AGES.items()},
        people=_people(visit, view),
        downloads=downloads(view.path, **view.kept),
    )
    return make_response(shown, 422 if asked.errors else 200)


@exported(LIST, "read_council", "What waits", people=True)
def listed_file(visit: Visit) -> Table:
    """Every row of exactly the same view."""
    asked = Asked(visit.request.args)
    view = list_asked(visit, asked)
    require_readable(asked)
    people = _people(visit, view)
    return Table(
        name=f"{view.kind.replace('_', '-')}-{view.moment.on}",
        title=view.title,
        on=view.moment.on,
        known_at=view.moment.known_at,
        asked=address(view.path, **view.kept),
        columns=COLUMNS,
        rows=[_row(each, view, people.get(each.account_id)) for each in view.found],
    )


def _people(visit: Visit, view: ListView) -> Mapping[UUID, Person]:
    """Who the accounts that are shown are kept for."""
    accounts = [each.account_id for each in view.found]
    visit.shows(accounts)
    return visit.council.people.of(accounts)


def _row(each: Matter, view: ListView, person: Person | None) -> list[Value]:
    name, days = person.sorted_name if person else None, each.days_old(view.moment.on)
    return [
        each.reference,
        name,
        each.kind,
        each.since,
        days,
        each.due,
        each.amount,
        each.version,
        str(each.account_id),
    ]
