"""/audit/accounts/<id>/statements: which statements were made, and does each come out the same when made again?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from api.letters.reperforming import reperformed
from api.letters.typesetting import ENGINE
from api.pages.law import law_words
from api.pages.page import Visit, page
from api.pages.recorded import STATEMENTS
from api.v1.statements import statement_entry
from domain.account.facts import StatementIssued

_ACCOUNT = "/audit/accounts/{account_id}"


@page(f"{_ACCOUNT}/statements", "read_council")
def audit_statements(visit: Visit) -> ResponseReturnValue:
    """Every statement that was made, the newest first. Nothing of it is read from the vault."""
    account = visit.council.ledger.account(visit.account_id)
    return render_template(
        "audit/statements.html",
        page_title=f"Statements, {account.opened.reference}",
        wide=True,
        law_words=law_words(visit.council),
        path=_ACCOUNT.format(account_id=account.id),
        reference=account.opened.reference,
        version=account.version,
        kinds=STATEMENTS,
        statements=list(reversed(account.of(StatementIssued))),
    )


@page(f"{_ACCOUNT}/statements/{{statement_id}}/reperform", "read_council")
def reperform_statement(visit: Visit) -> ResponseReturnValue:
    """One statement made again now, and what of it differs."""
    account = visit.council.ledger.account(visit.account_id)
    entry = statement_entry(account, visit.ids["statement_id"])
    found = reperformed(visit.council, account, entry)
    return render_template(
        "audit/reperform.html",
        page_title=f"A statement made again, {found.reference}",
        wide=True,
        path=_ACCOUNT.format(account_id=account.id),
        version=account.version,
        found=found,
        kinds=STATEMENTS,
        engine=ENGINE,
        looked_at=visit.now,
    )
