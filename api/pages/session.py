"""Who is signed in with this browser, and for how long?

The identity stands in a signed cookie. The clock is the installation's, so that what a fixed clock shows can be shown
for as long as it stands; a session from the future, left by another clock, is no session.
"""

import hmac
from dataclasses import asdict
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface

from api.auth import Identity
from api.policy import ROLES

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)
AHEAD = timedelta(minutes=1)
"""How far another server's clock may be ahead of ours."""
_NOTED_EVERY = timedelta(minutes=1)


class Cookies(SecureCookieSessionInterface):
    """The session cookie, kept to HTTPS wherever the page itself came by it."""

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure


def settings(secret: bytes) -> dict[str, object]:
    """How Flask keeps the cookie. The key follows from the installation's secret and serves nothing else."""
    return {
        "SECRET_KEY": hmac.new(secret, b"sessions of the pages", sha256).hexdigest(),
        "SESSION_COOKIE_NAME": "careledger",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }


def sign_in(identity: Identity, now: datetime) -> None:
    """Begin a session for somebody whose identity was proved; whatever the browser held before is forgotten."""
    session.clear()
    account = str(identity.account) if identity.account else None
    session["identity"] = asdict(identity) | {"account": account}
    session["since"] = session["seen"] = now.isoformat()


def sign_out() -> None:
    """Forget who was signed in."""
    session.clear()


def signed_in(now: datetime) -> Identity | None:
    """Who is signed in: nobody after half an hour without a page, nor eight hours after signing in."""
    kept = session.get("identity")
    if not kept or kept["role"] not in ROLES:
        return None
    idle, whole = (now - datetime.fromisoformat(session[name]) for name in ("seen", "since"))
    if not (-AHEAD <= idle <= IDLE and -AHEAD <= whole <= LONGEST):
        return None
    return Identity(kept["sub"], kept["council"], kept["role"], UUID(kept["account"]) if kept["account"] else None)


def note_use(now: datetime) -> None:
    """Count the half hour from now on."""
    if now - datetime.fromisoformat(session["seen"]) >= _NOTED_EVERY:
        session["seen"] = now.isoformat()
