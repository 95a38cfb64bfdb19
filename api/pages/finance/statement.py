"""/accounts/<id>/statements/<id>: what does one statement say?"""

from flask import get_flashed_messages
from flask.typing import ResponseReturnValue

from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, page
from api.pages.statement import statement_of
from api.v1.statements import statement_entry


@page("/accounts/{account_id}/statements/{statement_id}", "read_council", people=True)
def account_statement(visit: Visit) -> ResponseReturnValue:
    """The statement as the person sees it."""
    shown = StaffAccount(visit, "/statements")
    words = statement_of(
        visit.council, shown.account, statement_entry(shown.account, visit.ids["statement_id"]), shown.person
    )
    done = next(iter(get_flashed_messages()), None)
    return shown.page("finance/statement.html", words.title, statement=words, done=done)
