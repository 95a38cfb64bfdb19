"""How does a letter stand by itself: its own style, and no request, clock or browser?"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from api.letters import words as letter_words
from api.pages.dress import Absent, templates
from api.pages.face import CouncilFace
from api.pages.metering import METERING
from api.pages.words import FILTERS
from ledger.council import Council
from ledger.vault.person import Person

STYLE = (Path(__file__).parent / "paper.css").read_text("utf-8")
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
CONTENT_SECURITY_POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; form-action 'none'"
"""A letter that stands by itself brings its own style, known by its digest, and asks for nothing."""


def on_paper(template: str, council: CouncilFace, **shown: Any) -> str:
    """A letter of a council as a page that stands by itself."""
    return _paper().get_template(template).render(council=council, **shown)


def face_of(council: Council) -> CouncilFace:
    """How a council shows itself."""
    return CouncilFace(name=council.setup.name, **council.setup.face)


def post_to(person: Person | None) -> tuple[str, ...]:
    """The lines of a person's address, with the postcode last where they do not hold it already."""
    if person is None:
        return ()
    lines, postcode = person.contact.address, person.postcode
    return (*lines, postcode) if lines and postcode and not lines[-1].endswith(postcode) else tuple(lines)


@cache
def _paper() -> Environment:
    """The templates without a request: a letter knows no clock, no browser and nobody signed in."""
    paper = Environment(loader=templates(), autoescape=True, undefined=Absent, trim_blocks=True, lstrip_blocks=True)
    paper.filters.update(FILTERS)
    paper.globals.update(
        METERING=METERING,
        letter_words=letter_words,
        style=Markup(f"<style>{STYLE}</style>"),
        policy=CONTENT_SECURITY_POLICY,
    )
    return paper
