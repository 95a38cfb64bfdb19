"""What does a person read when a page cannot be shown?"""

from http import HTTPStatus
from typing import NamedTuple

from flask import Response, make_response, render_template, request

from api.kit.problems import ApiError


class Words(NamedTuple):
    """A heading, what it means, and what to do next."""

    heading: str
    sentences: tuple[str, ...]


_BY_SLUG = {
    "token-not-accepted": Words(
        "This sign-in link does not work",
        ("It may have run out, or part of it may be missing.", "Ask your council for a new link."),
    ),
    "permission-ended": Words("Your permission has ended", ()),
    "file-too-large": Words(
        "The file is too large",
        ("Nothing was changed.", "A file may have 25 MB at most. Split it into several, and give each by itself."),
    ),
    "form-not-ours": Words(
        "We could not use this form",
        ("Nothing was changed.", "Go back, load the page again, and send the form again."),
    ),
}
_BY_STATUS = {
    400: Words("We could not read that", ("Nothing was changed.", "Go back and try again.")),
    401: Words(
        "Sign in to see this page",
        (
            "You are not signed in. We sign you out when you have not used these pages for 30 minutes.",
            "Sign in again to go on. If you cannot, ask your council.",
        ),
    ),
    403: Words(
        "You cannot see this page",
        ("You are signed in, but this page is for somebody else.", "If you think you should see it, ask your council."),
    ),
    404: Words(
        "We cannot find this page",
        ("If you typed the address, check it.", "If you followed a link, tell us which one."),
    ),
    405: Words("We could not do that", ("This address does not take what was sent.", "Go back and try again.")),
    409: Words("This cannot be done", ()),
    412: Words("This account has changed", ("Nothing was changed.", "Go back, load the page again, and decide again.")),
    413: Words("That was too large", ("Nothing was changed.", "Send less at once.")),
    422: Words("We could not work this out", ("Nothing was changed.",)),
    429: Words(
        "You have tried too often",
        ("Nothing was changed.", "Wait a quarter of an hour, then try again.", "You can also ask us by phone."),
    ),
    500: Words(
        "Something went wrong",
        ("This is our mistake. It has been written down for us to mend.", "Try again later."),
    ),
    501: Words("We cannot make this kind of file here", ("Take it as Excel or as CSV instead.",)),
    503: Words(
        "These pages are not working now",
        ("Nothing that you sent was lost without our saying so.", "Try again in a few minutes."),
    ),
}


def told_in_words(error: ApiError) -> Response:
    """The page that tells an error. What the ledger refuses, and why a figure has no answer, it says itself."""
    words = _BY_SLUG.get(error.slug) or _BY_STATUS.get(error.status) or _BY_STATUS[500]
    itself = error.slug == "permission-ended" or (error.status in (409, 422) and error.slug not in _BY_SLUG)
    why = error.detail if itself else None
    text = render_template(
        "mistake.html",
        words=words,
        why=why,
        page_title=words.heading,
        sign_in=error.status == HTTPStatus.UNAUTHORIZED,
        typed=request.method == "POST",
    )
    page = make_response(text, error.status)
    page.headers.update({name: value for name, value in error.headers.items() if name != "WWW-Authenticate"})
    return page
