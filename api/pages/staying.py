"""How does somebody who is signed in learn in time that they will be signed out, and lose nothing?

A page that takes nothing is turned over to a warning two minutes before the end, which leads back to it. A page with a
form is left alone, whatever was typed into it, and says until when its sender stays signed in.
"""

import re
from datetime import timedelta
from urllib.parse import urlencode

from flask import Flask, Response, request

from api.pages.session import STILL_THERE, opened
from api.wiring import Installation

WARNED_BEFORE = timedelta(minutes=2)
_OWN = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*", re.ASCII)
_THE_BUTTON_TO_SIGN_OUT = 1


def own_path(text: str) -> str | None:
    """A path of these pages as it was given, or None for anything that a browser might take for another site."""
    return text if _OWN.fullmatch(text) and len(text) <= 2000 else None


def warn_in_time(app: Flask, installation: Installation) -> None:
    """Have every page that nobody can have typed into lead to the warning when its time has come."""

    @app.after_request
    def warn(response: Response) -> Response:
        if _is_a_page_to_read(response) and (found := opened(installation)):
            wait = found.until - WARNED_BEFORE - installation.settings.now()
            if wait > timedelta() and response.get_data().count(b"<form") <= _THE_BUTTON_TO_SIGN_OUT:
                here = request.full_path if request.query_string else request.path
                back = urlencode({"from": here}) if own_path(here) else ""
                response.headers["Refresh"] = f"{int(wait.total_seconds())}; url={STILL_THERE}?{back}"
        return response


def _is_a_page_to_read(response: Response) -> bool:
    shown = response.status_code == 200 and response.mimetype == "text/html" and not response.direct_passthrough
    return shown and request.method == "GET" and request.path != STILL_THERE and not request.path.startswith("/v1/")
