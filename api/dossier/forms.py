"""In which forms is a dossier handed out: a page by itself, paper, and a file for a computer?"""

from collections.abc import Callable
from typing import NamedTuple

from api.dossier.document import Dossier
from api.letters.typesetting import pdf
from api.pages.face import CouncilFace
from api.pages.paper import on_paper
from domain.account.statement import canonical


class Form(NamedTuple):
    """A way to take a dossier away: how its file ends, its words, the media type, and how it is made."""

    ending: str
    words: str
    mimetype: str
    made: Callable[[CouncilFace, Dossier], bytes]


def _page(council: CouncilFace, dossier: Dossier) -> bytes:
    return on_paper("dossier.html", council, dossier=dossier).encode()


def _paper(_: CouncilFace, dossier: Dossier) -> bytes:
    return pdf(dossier)


def _data(_: CouncilFace, dossier: Dossier) -> bytes:
    return canonical(dossier.model_dump(mode="json", by_alias=True))


FORMS = (
    Form("pdf", "PDF, to print or send", "application/pdf", _paper),
    Form("html", "A page that needs no other file", "text/html", _page),
    Form("json", "With the proof of each entry, for a computer", "application/json", _data),
)
