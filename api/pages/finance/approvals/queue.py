"""/approvals: what waits for a second person, since when, recorded by whom, and what is it worth?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from api.exports.table import Column, Table, Value
from api.pages.asked import Asked, address
from api.pages.exported import downloads, exported
from api.pages.finance.approvals.view import KINDS, PATH, STATES, Row, approvals_asked
from api.pages.page import Visit, page

COLUMNS = (
    Column("reference"),
    Column("name"),
    Column("kind"),
    Column("amount", "money", added_up=True),
    Column("recorded_by"),
    Column("recorded_at", "instant"),
    Column("approved_by"),
    Column("approved_at", "instant"),
    Column("returned_by"),
    Column("returned_at", "instant"),
    Column("decided_at_address"),
)


@page(PATH, "read_council", people=True)
def what_waits(visit: Visit) -> ResponseReturnValue:
    """The list, what has waited longest at the top."""
    view = approvals_asked(visit, Asked(visit.request.args))
    return render_template(
        "finance/approvals/queue.html",
        page_title="Approvals",
        wide=True,
        view=view,
        on=visit.today,
        known_at=visit.latest,
        kinds=KINDS,
        states=STATES,
        downloads=downloads(PATH, **view.kept),
    )


@exported(PATH, "read_council", "Approvals", people=True)
def what_waits_file(visit: Visit) -> Table:
    """Every row of exactly the same view."""
    view = approvals_asked(visit, Asked(visit.request.args))
    return Table(
        name=f"approvals-{visit.today}",
        title=view.title,
        on=visit.today,
        known_at=visit.latest,
        asked=address(PATH, **view.kept),
        columns=COLUMNS,
        rows=[_row(each) for each in view.found],
    )


def _row(each: Row) -> list[Value]:
    sides = (each.approval.recorded, each.approval.approved, each.approval.returned)
    people = [value for side in sides for value in ((side.who, side.at) if side else (None, None))]
    return [each.reference, each.name, each.approval.kind, each.amount, *people, each.href]
