"""/questions: which questions wait, by when is each to be answered, and what was found of the others?"""

from collections.abc import Mapping
from uuid import UUID

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.exports.table import Column, Table, Value
from api.pages.asked import Asked, address
from api.pages.exported import downloads, exported, require_readable
from api.pages.finance.questions.view import PATH, STATES, questions_asked
from api.pages.page import Visit, page
from api.pages.recorded.codes import OUTCOMES
from api.pages.unsettled import Dispute
from ledger.vault.person import Person

COLUMNS = (
    Column("reference"),
    Column("name"),
    Column("raised_on", "day"),
    Column("raised_by_role"),
    Column("answer_due_on", "day"),
    Column("answered_on", "day"),
    Column("outcome"),
    Column("account_id"),
    Column("dispute_id"),
)


@page(PATH, "read_council", people=True)
def questions(visit: Visit) -> ResponseReturnValue:
    """The list, what is due first at the top."""
    asked = Asked(visit.request.args)
    view = questions_asked(visit, asked)
    shown = render_template(
        "finance/questions/queue.html",
        page_title="Questions",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        past=None if asked.errors else view.moment.past,
        view=view,
        states=STATES,
        outcomes=OUTCOMES,
        people=view.people(),
        references=visit.council.ledger.references.of(view.accounts),
        downloads=downloads(PATH, **view.kept),
    )
    return make_response(shown, 422 if asked.errors else 200)


@exported(PATH, "read_council", "Questions", people=True)
def questions_file(visit: Visit) -> Table:
    """Every row of exactly the same view. What people wrote stays in the vault."""
    asked = Asked(visit.request.args)
    view = questions_asked(visit, asked)
    require_readable(asked)
    people, references = view.people(), visit.council.ledger.references.of(view.accounts)
    return Table(
        name=f"questions-{view.moment.on}",
        title=view.title,
        on=view.moment.on,
        known_at=view.moment.known_at,
        asked=address(PATH, **view.kept),
        columns=COLUMNS,
        rows=[_row(each, people, references) for each in view.found],
    )


def _row(each: Dispute, people: Mapping[UUID, Person], references: Mapping[UUID, str]) -> list[Value]:
    account_id, answer = each.entry.account_id, each.answer
    person = people.get(account_id)
    return [
        references[account_id],
        person.sorted_name if person else None,
        each.raised.raised_on,
        each.entry.role,
        each.raised.answer_due_on,
        answer.on if answer else None,
        answer.outcome if answer else None,
        str(account_id),
        str(each.entry.id),
    ]
