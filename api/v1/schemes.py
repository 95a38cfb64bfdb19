"""/v1/schemes: the sets of rules that figures can be worked out under, and the one that the council has adopted."""

from typing import Any

from api.kit.call import Answer, Call
from api.kit.endpoint import get
from api.v1.shared import AsKnown, known_at
from domain.dates import Day, Instant
from domain.terms import Terms
from ledger.schemes import KnownSchemes


class KnownScheme(Terms):
    """A set of rules to ask figures under.

    `in_force` says whether it is the law as it stands, `commencement` from which day costs count towards a cap (null
    where none do), `own` whether it is the council's own, `edition` which rules and amounts go by the name now.
    """

    name: str
    title: str
    description: str
    authority: str
    in_force: bool
    commencement: Day | None
    edition: str
    adopted: bool
    own: bool


class SchemesKnown(Terms):
    """Every scheme that was known at a moment, in the order of their names."""

    known_at: Instant
    items: tuple[KnownScheme, ...]


@get("/v1/schemes", "read_parameters", SchemesKnown, AsKnown)
def read_schemes(call: Call[Any, AsKnown]) -> Answer:
    """The schemes that can be asked for, as known at a moment: those the program brings and the council's own."""
    known = known_at(call)
    schemes = call.council.schemes.known_at(known)
    return Answer(SchemesKnown(known_at=known, items=tuple(_shown(schemes, name) for name in schemes.names)))


def _shown(schemes: KnownSchemes, name: str) -> KnownScheme:
    scheme = schemes.named(name)
    return KnownScheme(
        name=name,
        title=scheme.title,
        description=scheme.description,
        authority=scheme.authority,
        in_force=scheme.in_force,
        commencement=scheme.cap.commencement if scheme.cap else None,
        edition=scheme.edition,
        adopted=name == schemes.adopted.name,
        own=name in schemes.own,
    )
