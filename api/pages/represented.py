"""On whose account does a representative look, and as what? Said on top of every page they see."""

from typing import NamedTuple

from api.pages.page import Visit
from api.pages.recorded.codes import REPRESENTS


class OnBehalfOf(NamedTuple):
    """Whose account it is, and what the reader is to them."""

    name: str | None
    as_what: str


def on_behalf_of(visit: Visit | None) -> OnBehalfOf | None:
    """Whose account a representative looks at; None for everybody else, and where nothing is shown to them."""
    if visit is None or visit.known is None or visit.known.mandate is None or visit.known.account is None:
        return None
    person = visit.council.people.of([visit.known.account]).get(visit.known.account)
    return OnBehalfOf(person.name if person else None, REPRESENTS[visit.known.mandate.authority])
