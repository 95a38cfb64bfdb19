"""/accounts/<id>/dossier: everything that happened to one account, for whoever looks into a complaint."""

from flask.typing import ResponseReturnValue

from api.dossier.document import Dossier
from api.pages.asked import Asked
from api.pages.dossier import as_files, dossier_asked, file_links, questions_of
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, page

_PATH = "/accounts/{account_id}/dossier"


@page(_PATH, "make_dossier", people=True)
def account_dossier(visit: Visit) -> ResponseReturnValue:
    """The dossier as known at a moment, and the ways to take it away."""
    shown = StaffAccount(visit, "/dossier")
    return shown.page(
        "finance/dossier.html",
        "Dossier",
        dossier=dossier_asked(visit, shown.account, shown.asked, shown.moment),
        questions=questions_of(shown.account),
        files=file_links(f"{shown.path}/dossier", shown.moment, shown.asked),
    )


@as_files(_PATH, people=True)
def account_dossier_alone(visit: Visit, asked: Asked) -> Dossier:
    """The same by itself."""
    shown = StaffAccount(visit, "/dossier")
    asked.errors |= shown.asked.errors
    return dossier_asked(visit, shown.account, asked, shown.moment)
