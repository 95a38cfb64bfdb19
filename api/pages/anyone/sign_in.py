"""/sign-in and /sign-out: how a browser comes to be somebody's, and stops being so."""

from flask import redirect
from flask.typing import ResponseReturnValue

from api.auth import of_sign_in_link
from api.issuer import NotVouchedFor
from api.pages import session
from api.pages.navigation import home
from api.pages.page import PUBLIC, Visit, form, page


@page("/sign-in", PUBLIC)
def sign_in(visit: Visit) -> ResponseReturnValue:
    """Use a sign-in link of the development issuer; in production there is none, and no link is taken."""
    if visit.installation.settings.mode == "production":
        raise NotVouchedFor(NotVouchedFor.__doc__)
    identity = of_sign_in_link(visit.installation.issuer, visit.request.args.get("token", ""))
    council = visit.installation.council(identity.council)  # a link to one that is not kept here leads nowhere
    session.sign_in(council, identity, visit.now)
    place = home(identity.role)
    return redirect(place.href if place else "/", 303)


@form("/sign-out", PUBLIC)
def sign_out(visit: Visit) -> ResponseReturnValue:
    """Forget who was signed in."""
    session.sign_out()
    return redirect("/", 303)
