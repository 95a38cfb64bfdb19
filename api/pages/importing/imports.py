"""/imports: which files of rows were given and taken in, and how is another given?"""

from typing import Any
from uuid import UUID, uuid4

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.csv import csv_file
from api.importing.columns import KINDS as COLUMNS
from api.importing.columns import Kind
from api.importing.faults import NotATable
from api.importing.proposed import find_out
from api.importing.table import Table, read_table
from api.importing.template import template
from api.importing.working import file_given
from api.kit.afterwards import afterwards
from api.kit.problems import ApiError
from api.kit.reading import LARGEST_FILE
from api.pages.asked import Asked
from api.pages.importing.words import BAD_ROWS, KINDS, STATES, STATUSES
from api.pages.page import Visit, form, page
from api.pages.sent import key_sent, request_sent
from api.pages.upload import file_sent
from api.policy import Role, may
from ledger.import_proposal import Proposal
from ledger.import_proposals import ImportProposals
from ledger.imports import Imports

PATH = "/imports"
GIVEN = f"{PATH}/given/{{proposal_id}}"
MOST_LISTED = 100
LARGEST_FORM = LARGEST_FILE + 2**16
"""The file, and what a form sends around it."""


@page(PATH, "read_council")
def imports(visit: Visit) -> ResponseReturnValue:
    """The files there were, and the form for another."""
    return _list(visit, Asked(visit.request.args))


@page(f"{PATH}/templates/{{kind}}.csv", "import_rows")
def import_template(visit: Visit) -> Response:
    """What a file of a kind looks like."""
    kind = COLUMNS.get(visit.ids["kind"])
    if kind is None:
        raise ApiError(404, "not-found", "There are no files of this kind.")
    return csv_file(template(kind), f"{kind.name}.csv")


@form(PATH, "import_rows", largest=LARGEST_FORM)
def give_file(visit: Visit) -> ResponseReturnValue:
    """Take a file, once however often the form is sent; what it would do is found out after the answer."""
    asked, proposal_id = Asked(visit.request.form), UUID(hex=key_sent(Asked(visit.request.form)))
    content, name = file_sent(visit.request, "file")
    table = _table(visit, asked, content)
    if table is None:
        return _list(visit, asked)
    file = file_given(table, asked.text("bad_rows") == "good")
    request = request_sent(visit, asked, {"kind": file.kind, "partial": file.partial, "file": file.digest.hex()})
    proposals = ImportProposals(visit.council)
    given = proposals.give(
        proposal_id, file, name, content, by=visit.identity.caller, now=visit.now, request=request
    ).proposal
    if given.proposal_id == proposal_id:
        go_and_find_out(visit, given)
    else:
        flash("This very file waits here already. Giving it again changed nothing.")
    return redirect(GIVEN.format(proposal_id=given.proposal_id), 303)


def go_and_find_out(visit: Visit, proposal: Proposal) -> None:
    """Have what a file would do found out once this request is answered."""
    council, clock = visit.council, visit.installation.settings.now
    afterwards(f"check of {proposal.proposal_id} of {council.code}", lambda: find_out(council, proposal, clock))


def kinds_for(role: Role) -> dict[str, str]:
    """The kinds of rows that a role may record one by one, and so may give in a file."""
    return {name: words for name, words in KINDS.items() if may(role, "import_rows") and may(role, COLUMNS[name].verb)}


def shown(template_: str, title: str, asked: Asked | None = None, **more: Any) -> Response:
    """A page about imports, with the mistakes of its form where there are any."""
    errors, done = asked.errors if asked else {}, next(iter(get_flashed_messages()), None)
    page_ = render_template(template_, page_title=title, errors=errors, done=done, kinds=KINDS, **more)
    return make_response(page_, 422 if errors else 200)


def _table(visit: Visit, asked: Asked, content: bytes) -> Table | None:
    """The rows of the file; None where something is to be mended, and then the mistakes are kept."""
    kind = _kind(visit, asked)
    if not content:
        asked.errors["file"] = "Choose the file, which is not empty"
    if not asked.one_of("bad_rows", tuple(BAD_ROWS), ""):
        asked.errors["bad_rows"] = "Choose what happens if a row is wrong"
    if kind is None or asked.errors:
        return None
    try:
        return read_table(content, kind)
    except NotATable as fault:
        asked.errors["file"] = " ".join(fault.lines)
        return None


def _kind(visit: Visit, asked: Asked) -> Kind | None:
    name = asked.one_of("kind", tuple(kinds_for(visit.identity.role)), "")
    if not name:
        asked.errors["kind"] = "Choose what each row of the file is"
    return COLUMNS.get(name)


def _list(visit: Visit, asked: Asked) -> ResponseReturnValue:
    return shown(
        "importing/imports.html",
        "Imports",
        asked,
        may_give=kinds_for(visit.identity.role),
        kind=asked.text("kind"),
        bad_rows=asked.text("bad_rows") or "none",
        ways=BAD_ROWS,
        given=ImportProposals(visit.council).rows.standings(MOST_LISTED),
        runs=Imports(visit.council).rows.standings(2**31 - 1, MOST_LISTED),
        states=STATES,
        statuses=STATUSES,
        largest=LARGEST_FILE // 2**20,
        key=uuid4().hex,
    )
