"""Which dossier was asked for, and how is it handed out as a file?"""

from collections.abc import Callable
from uuid import UUID

from flask import Response
from flask.typing import ResponseReturnValue

from api.dossier.document import Dossier
from api.dossier.forms import FORMS, Form
from api.dossier.gathered import gathered
from api.dossier.made import dossier
from api.pages.asked import Asked, address
from api.pages.exported import require_readable
from api.pages.moments import Moment
from api.pages.page import Visit, page
from api.pages.paper import face_of
from api.pages.words import day
from domain.account.facts import DisputeRaised
from domain.account.refusals import NoSuchEntry
from domain.account.state import CareAccount

DossierOf = Callable[[Visit, Asked], Dossier]


def dossier_asked(visit: Visit, account: CareAccount, asked: Asked, moment: Moment) -> Dossier:
    """The dossier of an account as known at a moment, for the question and the day that were asked for."""
    question = _dispute(asked.text("dispute"))
    found = gathered(visit.council, visit.identity, account, moment.known_at, question, moment.asked_on)
    return dossier(found)


def _dispute(text: str) -> UUID | None:
    """The question that a form names; none where it names none. Raises NoSuchEntry."""
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NoSuchEntry from None


def questions_of(account: CareAccount) -> dict[str, str]:
    """The questions that a dossier can be made for, by id, the newest first."""
    asked = reversed(account.of(DisputeRaised))
    return {str(entry.id): f"Question of {day(raised.raised_on)}" for entry, raised in asked}


def as_files(path: str, *, people: bool = False) -> Callable[[DossierOf], DossierOf]:
    """Serve a dossier as a file of each form, at an address below `path`."""

    def keep(dossier_of: DossierOf) -> DossierOf:
        for form in FORMS:

            def view(visit: Visit, form: Form = form) -> ResponseReturnValue:
                asked = Asked(visit.request.args)
                made = dossier_of(visit, asked)
                require_readable(asked)
                return _file(visit, form, made)

            page(f"{path}/{form.ending}", "make_dossier", people=people)(view)
        return dossier_of

    return keep


def file_links(path: str, moment: Moment, asked: Asked) -> list[dict[str, str]]:
    """The links to the same dossier as a file of each form."""
    kept = moment.pinned if moment.asked_on else {"known_at": moment.pinned["known_at"]}
    return [
        {"text": form.words, "href": address(f"{path}/{form.ending}", dispute=asked.text("dispute") or None, **kept)}
        for form in FORMS
    ]


def _file(visit: Visit, form: Form, made: Dossier) -> Response:
    """A dossier as a file. Its name says whose it is by the reference alone."""
    answer = Response(form.made(face_of(visit.council), made), mimetype=form.mimetype)
    name = made.reference.removeprefix("Reference ")
    answer.headers["Content-Disposition"] = f'attachment; filename="dossier-{name}.{form.ending}"'
    return answer
