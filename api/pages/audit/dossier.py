"""/audit/accounts/<id>/dossier: everything that happened to one account, under its reference alone."""

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.dossier.document import Dossier
from api.pages.asked import Asked
from api.pages.dossier import as_files, dossier_asked, file_links, questions_of
from api.pages.law import law_words
from api.pages.moments import Moment, known_account, moment_asked
from api.pages.page import Visit, page
from domain.account.state import CareAccount

_PATH = "/audit/accounts/{account_id}/dossier"


@page(_PATH, "make_dossier")
def audit_dossier(visit: Visit) -> ResponseReturnValue:
    """The dossier as known at a moment, and the ways to take it away."""
    asked = Asked(visit.request.args)
    account, moment = _known(visit, asked)
    path = _PATH.format(account_id=account.id)
    shown = render_template(
        "audit/dossier.html",
        page_title=f"Dossier, {account.opened.reference}",
        wide=True,
        errors=asked.errors,
        typed=visit.request.args,
        past=None if asked.errors else moment.past,
        law_words=law_words(visit.council, moment.known_at),
        path=f"/audit/accounts/{account.id}",
        account=account,
        moment=moment,
        dossier=dossier_asked(visit, account, asked, moment),
        questions=questions_of(account),
        files=file_links(path, moment, asked),
    )
    return make_response(shown, 422 if asked.errors else 200)


@as_files(_PATH)
def audit_dossier_alone(visit: Visit, asked: Asked) -> Dossier:
    """The same by itself."""
    account, moment = _known(visit, asked)
    return dossier_asked(visit, account, asked, moment)


def _known(visit: Visit, asked: Asked) -> tuple[CareAccount, Moment]:
    """The account as it was known at the moment asked for."""
    newest = visit.council.ledger.account(visit.account_id)
    moment = moment_asked(visit, asked, _PATH.format(account_id=newest.id))
    return known_account(newest, moment, asked), moment
