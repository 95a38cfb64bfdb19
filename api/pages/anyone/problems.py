"""/problems/...: what does a problem type mean, and what does one do about it?"""

from collections.abc import Iterator
from typing import NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue

from api.errors import STATUSES, slug_of
from api.kit.problems import ApiError
from api.pages.page import PUBLIC, Visit, page
from domain.account.refusals import Refused
from ledger.import_proposal import ImportRefused
from ledger.letters import LetterRefused
from ledger.statement_run import StatementRunRefused


class Problem(NamedTuple):
    """A type of problem: its stable name, the status it is told with, and its sentence."""

    slug: str
    status: int
    sentence: str

    @property
    def title(self) -> str:
        return self.slug.replace("-", " ").capitalize()


_REQUESTS = (
    Problem("malformed", 400, "The request could not be read. Send well-formed JSON in UTF-8, no field named twice."),
    Problem("idempotency-key", 400, "A request that records needs an Idempotency-Key header, new for each request."),
    Problem("form-not-ours", 400, "A form is sent from the page it stands on. Load the page again, then send it."),
    Problem("not-found", 404, "There is nothing at this address, or nothing that you may see."),
    Problem("method-not-allowed", 405, "This address takes other methods: the Allow header names them."),
    Problem("too-large", 413, "The body is too large: send at most 1 MiB, or 25 MiB where a file is sent."),
    Problem("file-too-large", 413, "A file given on a page may have 25 MB at most. Split it into several."),
    Problem(
        "media-type",
        415,
        "Send JSON as application/json, or a file with the type that the address names.",
    ),
    Problem("not-a-table", 422, "The file cannot be read as rows of this kind. The answer says what to mend."),
    Problem("invalid-fields", 422, "Some fields are wrong. The answer names each with how to mend it."),
    Problem(
        "too-often", 429, "This was tried too often. Retry-After says how many seconds to wait until the next try."
    ),
    Problem("fault", 500, "Something went wrong here, and was logged. The same request sent again does nothing twice."),
    Problem("store-unavailable", 503, "The store does not answer. Send the same request again after a short while."),
)


@page("/problems", PUBLIC)
def problems(visit: Visit) -> ResponseReturnValue:
    """Every problem type there is."""
    return render_template("anyone/problems.html", page_title="Problem types", problems=known_problems())


@page("/problems/{slug}", PUBLIC)
def problem(visit: Visit) -> ResponseReturnValue:
    """One problem type."""
    found = next((each for each in known_problems() if each.slug == visit.ids["slug"]), None)
    if found is None:
        raise ApiError(404, "not-found", "There is no such problem type.")
    return render_template("anyone/problem.html", page_title=found.title, problem=found)


def known_problems() -> list[Problem]:
    """Every problem type, by status and name."""
    told = {each.slug: each for each in (*_REQUESTS, *_of_exceptions())}
    return sorted(told.values(), key=lambda each: (each.status, each.slug))


def _of_exceptions() -> Iterator[Problem]:
    """Those whose sentence is the docstring of what is raised."""
    for kind, (status, slug) in STATUSES.items():
        yield Problem(slug, status, kind.__doc__ or "")
    bases = (Refused, StatementRunRefused, LetterRefused, ImportRefused)
    for refusal in (each for base in bases for each in base.__subclasses__()):
        yield Problem(slug_of(refusal), 409, refusal.__doc__ or "")
