"""What an address of the pages takes and who may open it, said once for each."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final, Literal
from uuid import UUID

from flask import Flask, Request, Response, g, make_response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import validate_csrf

from api.auth import Forbidden, Identity, NotSignedIn
from api.kit.problems import ApiError
from api.looking import Looking
from api.pages.session import note_use, signed_in
from api.pages.upload import require_no_larger
from api.policy import SEES_PEOPLE, Role, Verb
from api.wiring import Installation
from domain.dates import day_in_london
from ledger.council import Council
from ledger.outcomes import NoSuchAccount

_OWN = r"/account(/|$)"
"""The pages of a person's own account, of which an officer has none."""

PUBLIC: Final = "public"
"""Declared where a page is for anybody, signed in or not."""

Allowed = Verb | Literal["public"]


@dataclass(frozen=True)
class Visit:
    """One request for a page, allowed: by whom, for what, at what time."""

    request: Request
    installation: Installation
    known: Identity | None
    now: datetime
    ids: Mapping[str, str]
    shown: set[UUID] = field(default_factory=set)

    def shows(self, account_ids: Iterable[UUID]) -> None:
        """Have it written down that the page shows these accounts, besides the one it is about."""
        self.shown.update(account_ids)

    @property
    def identity(self) -> Identity:
        """Who is signed in; raises NotSignedIn, which only a public page can meet."""
        if self.known is None:
            raise NotSignedIn(NotSignedIn.__doc__)
        return self.known

    @cached_property
    def council(self) -> Council:
        return self.installation.council(self.identity.council)

    @cached_property
    def latest(self) -> datetime:
        """The latest moment of which anything is known, also when the clock is fixed or behind another's."""
        return self.council.ledger.recorder.latest(self.now)

    @property
    def today(self) -> date:
        return day_in_london(self.now)

    @property
    def account_id(self) -> UUID:
        return as_id(self.ids["account_id"])


View = Callable[[Visit], ResponseReturnValue]


@dataclass(frozen=True)
class Page:
    """One method at one address of the pages. `people` says that it shows names, which not every role is shown;
    `by_programs` that what is sent comes from no form of ours, but proves itself otherwise; `largest` how many bytes
    it takes where a file is sent."""

    method: Literal["GET", "POST"]
    path: str
    allowed: Allowed
    people: bool
    view: View
    by_programs: bool = False
    largest: int | None = None

    def serve(self, installation: Installation, ids: Mapping[str, str]) -> Response:
        """Know who it is, allow, hand over, and write down who looked before the answer leaves."""
        visit = Visit(request, installation, signed_in(installation), installation.settings.now(), ids)
        if self.allowed == PUBLIC:
            return self._answer(visit)
        looking = Looking(visit.council, visit.identity, visit.now, self.allowed, f"{self.method} {self.path}", "page")
        admitted = self._admitted(visit, looking)
        return looking.answer(lambda: self._answer(admitted), admitted.shown)

    def _admitted(self, visit: Visit, looking: Looking) -> Visit:
        """The visit of somebody who may; raises Forbidden, NotYours."""
        about = visit.account_id if "account_id" in visit.ids else visit.identity.account
        identity = looking.admit(about, visit.today)
        if self.is_not_for(identity.role, about):
            raise Forbidden(Forbidden.__doc__)
        visit.shows([about] if about else [])
        return replace(visit, known=identity)

    def is_not_for(self, role: Role, about: UUID | None) -> bool:
        """Whether the page shows names to a role that is shown none, or a person's own account to who has none."""
        nobodys_own = about is None and re.match(_OWN, self.path) is not None
        return nobodys_own or (self.people and role not in SEES_PEOPLE)

    def _answer(self, visit: Visit) -> Response:
        if visit.known:
            note_use(visit.now)
        if self.largest:
            require_no_larger(request, self.largest)
        if self.method == "POST" and not self.by_programs:
            _require_own_form()
        g.visit = visit  # the frame says on whose account a representative looks
        return make_response(self.view(visit))


PAGES: list[Page] = []


def page(path: str, allowed: Allowed, *, people: bool = False) -> Callable[[View], View]:
    """Serve a view at GET `path` to whom a verb of the policy allows it, or to anybody where it is PUBLIC."""
    return _register("GET", path, allowed, people)


def form(path: str, allowed: Allowed, *, people: bool = False, largest: int | None = None) -> Callable[[View], View]:
    """Serve a view at POST `path`, which only a form of our own pages reaches."""
    return _register("POST", path, allowed, people, largest)


def called(path: str) -> Callable[[View], View]:
    """Serve a view at POST `path` to the program of an issuer, which knows no form of ours and is no browser."""

    def keep(view: View) -> View:
        PAGES.append(Page("POST", path, PUBLIC, False, view, by_programs=True))
        return view

    return keep


def _register(
    method: Literal["GET", "POST"], path: str, allowed: Allowed, people: bool, largest: int | None = None
) -> Callable[[View], View]:
    def keep(view: View) -> View:
        PAGES.append(Page(method, path, allowed, people, view, largest=largest))
        return view

    return keep


def serve_pages(app: Flask, installation: Installation) -> None:
    """Give the application every page there is."""
    for each in PAGES:

        def view(each: Page = each, **ids: str) -> Response:
            return each.serve(installation, ids)

        rule = re.sub(r"{(\w+)}", r"<\1>", each.path)
        app.add_url_rule(rule, f"page {each.method} {each.path}", view, methods=[each.method])


def as_id(text: str) -> UUID:
    """The account an address names; what is no id is no account either."""
    try:
        found = UUID(text)
    except ValueError:
        raise NoSuchAccount from None
    if str(found) != text.lower():
        raise NoSuchAccount
    return found


def _require_own_form() -> None:
    """Two locks on every form: the token of the session, and what the browser says of where it was sent from."""
    try:
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise ValueError("sent from another site")
        validate_csrf(request.form.get("csrf_token"))  # its ValidationError is a ValueError
    except ValueError as fault:
        raise ApiError(400, "form-not-ours", "Go back, load the page again, and send the form again.") from fault
