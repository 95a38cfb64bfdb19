"""/sign-out: how does a browser stop being somebody's?"""

from flask import redirect
from flask.typing import ResponseReturnValue

from api.pages import session
from api.pages.page import PUBLIC, Visit, form


@form("/sign-out", PUBLIC)
def sign_out(visit: Visit) -> ResponseReturnValue:
    """End the session, on the server too."""
    session.sign_out()
    return redirect("/", 303)
