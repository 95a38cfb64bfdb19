"""At which council does somebody sign in, of whom nothing is known yet?"""

from collections.abc import Mapping

from flask import redirect
from flask.typing import ResponseReturnValue

from api.auth import Identity
from api.pages import session
from api.pages.anyone.estimate.answers import choose_council, chosen_council
from api.pages.navigation import home
from api.pages.page import Visit
from api.signing_in.providers import Provider
from api.strangers import council_named
from ledger.council import Council, NoSuchCouncil
from ledger.vault.signing_in.sessions import AtIssuer


def council_asked_for(visit: Visit) -> Council | None:
    """The council that is named, that was named before, or the only one there is; None where nobody can tell."""
    named = visit.request.values.get("council")
    try:
        found = council_named(visit.installation, named or chosen_council())
    except NoSuchCouncil:
        return None
    if named and found:
        choose_council(found.code)  # so that the pages after this one wear its face
    return found


def councils(visit: Visit) -> dict[str, str]:
    """Every council's name, by its code, where there is one to choose."""
    codes = visit.installation.codes()
    names = {code: _name_of(visit.installation.council(code)) for code in codes} if len(codes) > 1 else {}
    return dict(sorted(names.items(), key=lambda each: each[1]))


def _name_of(council: Council) -> str:
    """Its name, which is read once. What that took is given back: there may be more councils than connections."""
    opened = "setup" not in vars(council)
    name = council.setup.name
    if opened:
        council.close()
    return name


def providers_of(visit: Visit, council: Council) -> Mapping[str, Provider]:
    """Who vouches for the council's staff and citizens."""
    return visit.installation.sign_in.providers(council.code, visit.request.host_url)


def let_in(
    visit: Visit, council: Council, identity: Identity, at_issuer: AtIssuer | None = None
) -> ResponseReturnValue:
    """Sign somebody in whose identity was proved, and go where their pages begin."""
    session.sign_in(council, identity, visit.now, at_issuer)
    place = home(identity.role)
    return redirect(place.href if place else "/", 303)
