"""Who is signed in with this browser, and for how long?

The browser holds a random id and the council's code; the session itself stands in that council's vault, so that it can
be ended from here. The clock is the installation's, so that what a fixed clock shows can be shown for as long as it
stands; a session from the future, left by another clock, is no session.
"""

import hmac
import re
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from flask import Flask, Response, g, request, session
from flask.sessions import SecureCookieSessionInterface

from api.auth import Identity
from api.policy import ROLES, Role
from api.wiring import Installation
from ledger.council import Council, NoSuchCouncil
from ledger.vault.signing_in.sessions import ID_PATTERN, AtIssuer, Session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
AHEAD = timedelta(minutes=1)
"""How far another server's clock may be ahead of ours."""
_NOTED_EVERY = timedelta(minutes=1)
STILL_THERE = "/still-there"
"""Where a page leads that nobody has used: being led there is no use."""
_COOKIE = re.compile(rf"(?P<council>E[0-9]{{8}})\.(?P<id>{ID_PATTERN})", re.ASCII)
_FORGET = ""
_FORMS = "csrf_token"
"""Under which name Flask-WTF keeps what the tokens of forms are made from."""


class Cookies(SecureCookieSessionInterface):
    """What somebody who is not signed in keeps: the token of their forms, and the answers of an estimate, signed."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure

    def get_cookie_name(self, app: Flask) -> str:
        return _named("careledger")


class Open(NamedTuple):
    """The session that the browser's id leads to, and where it is kept."""

    council: Council
    id: str
    kept: Session

    @property
    def until(self) -> datetime:
        """When it ends if no page is used before."""
        return min(self.kept.seen + IDLE, self.kept.ends)

    def lasts_at(self, now: datetime) -> bool:
        """Whether it is neither over nor of another clock."""
        return now <= self.until and now >= max(self.kept.seen, self.kept.since) - AHEAD


def settings(secret: bytes) -> dict[str, object]:
    """How Flask keeps its own cookie. The key follows from the installation's secret and serves nothing else."""
    return {
        "SECRET_KEY": hmac.new(secret, b"sessions of the pages", sha256).hexdigest(),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }


def hand_out_cookies(app: Flask) -> None:
    """Have the browser keep, or forget, the id of its session with the answer that begins or ends it."""

    @app.after_request
    def hand_out(response: Response) -> Response:
        given = g.get("cookie")
        if given is not None:
            response.set_cookie(
                _named("careledger-session"),
                given,
                max_age=None if given else 0,
                secure=request.is_secure,
                httponly=True,
                samesite="Lax",
            )
        return response


def sign_in(council: Council, identity: Identity, now: datetime, at_issuer: AtIssuer | None = None) -> None:
    """Begin a session for somebody whose identity was proved; whatever the browser held before is forgotten, its
    earlier session and id with it. Who signs in again when their time ran out may still send what they had typed.
    """
    token_of_forms = session.get(_FORMS) if _is_again(council, identity) else None
    sign_out()
    if token_of_forms:
        session[_FORMS] = token_of_forms
    kept = Session(
        identity.sub, identity.role, identity.account, identity.authority, now, now, now + LONGEST, at_issuer
    )
    opened = Open(council, council.sessions.begin(kept), kept)
    g.opened, g.cookie = opened, f"{council.code}.{opened.id}"


def sign_out() -> None:
    """End the session, on the server too, and forget who was signed in."""
    session.clear()
    before: Open | None = g.get("held")
    if before:
        before.council.sessions.end(before.id)
    g.opened, g.cookie = None, _FORGET


def opened(installation: Installation) -> Open | None:
    """The session at hand, if there is one that lasts: nobody's after half an hour without a page, nor eight hours
    after signing in. It is looked up once for each request.
    """
    if "opened" not in g:
        g.held = found = _looked_up(installation)
        g.opened = found if found and found.lasts_at(installation.settings.now()) else None
    found_before: Open | None = g.opened
    return found_before


def signed_in(installation: Installation) -> Identity | None:
    """Who is signed in, if anybody is."""
    found = opened(installation)
    role = _role(found.kept.role) if found else None
    if not found or not role:
        return None
    return Identity(found.kept.sub, found.council.code, role, found.kept.account_id, found.kept.authority)


def note_use(now: datetime) -> None:
    """Count the half hour from now on."""
    found: Open | None = g.get("opened")
    if request.path == STILL_THERE and request.method == "GET":
        return
    if found and now - found.kept.seen >= _NOTED_EVERY:
        found.council.sessions.note_use(found.id, now)
        g.opened = found._replace(kept=found.kept._replace(seen=now))


def _is_again(council: Council, identity: Identity) -> bool:
    """Whether the browser holds an id, over or not, of the very person who signs in."""
    before: Open | None = g.get("held")
    if before is None or before.council.code != council.code:
        return False
    kept = before.kept
    held = kept.sub, kept.role, kept.account_id, kept.authority
    return held == (identity.sub, identity.role, identity.account, identity.authority)


def _looked_up(installation: Installation) -> Open | None:
    held = _COOKIE.fullmatch(request.cookies.get(_named("careledger-session"), ""))
    if held is None:
        return None
    try:
        council = installation.council(held["council"])
    except NoSuchCouncil:
        return None
    kept = council.sessions.of(held["id"])
    return Open(council, held["id"], kept) if kept else None


def _role(name: str) -> Role | None:
    """A role that there is still: a session may be older than the program."""
    return next((role for role in ROLES if role == name), None)


def _named(cookie: str) -> str:
    """A browser keeps what is named __Host- only from this very host, and by HTTPS."""
    return f"__Host-{cookie}" if request.is_secure else cookie
