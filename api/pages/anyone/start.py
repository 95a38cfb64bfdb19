"""/: what is this, and how does one get in?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from api.pages.navigation import home
from api.pages.page import PUBLIC, Visit, page


@page("/", PUBLIC)
def start(visit: Visit) -> ResponseReturnValue:
    """What this is; for somebody signed in, the way to their pages."""
    return render_template(
        "anyone/start.html",
        page_title="Care accounts",
        home=home(visit.known.role) if visit.known else None,
        development=visit.installation.settings.mode == "development",
    )
