"""/accounts/<id>/statements/<id>: what does one statement say?"""

from flask import get_flashed_messages
from flask.typing import ResponseReturnValue

from api.letters.document import StatementDocument
from api.letters.forms import handed_out, print_size
from api.pages.asked import Asked
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, page
from api.pages.paper import face_of
from api.pages.statement import statement_of
from api.v1.statements import statement_entry

_STATEMENT = "/accounts/{account_id}/statements/{statement_id}"


@page(_STATEMENT, "read_council", people=True)
def account_statement(visit: Visit) -> ResponseReturnValue:
    """The statement as the person sees it."""
    shown = StaffAccount(visit, "/statements")
    document, done = _document(shown), next(iter(get_flashed_messages()), None)
    return shown.page("finance/statement.html", document.title, statement=document, done=done)


@page(f"{_STATEMENT}/paper", "read_council", people=True)
def account_statement_on_paper(visit: Visit) -> ResponseReturnValue:
    """The statement as it is printed, with the address in the window, in the size that was asked for."""
    size = print_size(Asked(visit.request.args).text("print"))
    return handed_out("pdf", face_of(visit.council), _document(StaffAccount(visit, "/statements")), size)


@page(f"{_STATEMENT}/lines", "read_council", people=True)
def account_statement_lines(visit: Visit) -> ResponseReturnValue:
    """The lines that it adds up, for a spreadsheet."""
    return handed_out("csv", face_of(visit.council), _document(StaffAccount(visit, "/statements")))


def _document(shown: StaffAccount) -> StatementDocument:
    entry = statement_entry(shown.account, shown.visit.ids["statement_id"])
    return statement_of(shown.visit.council, shown.account, entry, shown.person)
