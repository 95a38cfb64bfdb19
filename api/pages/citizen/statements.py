"""/account/statements: which statements were made for you, and what does each say?"""

from flask import get_flashed_messages, render_template
from flask.typing import ResponseReturnValue

from api.letters.forms import handed_out, print_size
from api.pages.asked import Asked
from api.pages.citizen.own import may_also, own_account, own_person
from api.pages.page import Visit, page
from api.pages.paper import face_of
from api.pages.statement import statement_of
from api.v1.statements import statement_entry
from domain.account.facts import StatementIssued

KINDS = {"annual": "Yearly statement", "on_request": "You asked for this", "closing": "Last statement"}


@page("/account/statements", "read_account", people=True)
def your_statements(visit: Visit) -> ResponseReturnValue:
    """Every statement, the newest first."""
    account = own_account(visit)
    return render_template(
        "citizen/statements.html",
        page_title="Your statements",
        account=account,
        kinds=KINDS,
        may_ask=may_also(visit, "arrange_letters"),
        done=next(iter(get_flashed_messages()), None),
        statements=list(reversed(account.of(StatementIssued))),
    )


@page("/account/statements/{statement_id}", "read_account", people=True)
def your_statement(visit: Visit) -> ResponseReturnValue:
    """One statement, with the same words and figures as on paper."""
    account = own_account(visit)
    entry = statement_entry(account, visit.ids["statement_id"])
    words = statement_of(visit.council, account, entry, own_person(visit))
    return render_template("citizen/statement.html", page_title=words.title, law_words=words.law, statement=words)


@page("/account/statements/{statement_id}/paper", "read_account", people=True)
def your_statement_on_paper(visit: Visit) -> ResponseReturnValue:
    """The statement as it is printed, to keep or to print, in the size that was asked for."""
    account = own_account(visit)
    document = statement_of(
        visit.council, account, statement_entry(account, visit.ids["statement_id"]), own_person(visit)
    )
    return handed_out("pdf", face_of(visit.council), document, print_size(Asked(visit.request.args).text("print")))
