"""How are the pages hung into the application: their addresses, their frame, their locks?"""

from collections.abc import Callable
from importlib import import_module
from pkgutil import walk_packages

import psycopg2
from flask import Flask, Response, g, request
from flask_wtf.csrf import generate_csrf

from api.pages import anyone, assessing, audit, citizen, finance, importing, policy, sending, service, session
from api.pages.anyone import estimate, signing_in
from api.pages.anyone.estimate.answers import chosen_council
from api.pages.audit import samples
from api.pages.citizen import what_if
from api.pages.dress import Viewer, dress
from api.pages.embedding import content_security_policy, framed, serve_embedding
from api.pages.face import UNKNOWN, CouncilFace
from api.pages.page import serve_pages
from api.pages.paper import CONTENT_SECURITY_POLICY as LETTER_ALONE
from api.pages.represented import on_behalf_of
from api.pages.staying import warn_in_time
from api.wiring import Installation
from ledger.council import Council, NoSuchCouncil
from ledger.store.database import StoreUnavailable
from ledger.store.safety import UnsafeStore

_AWAY = (StoreUnavailable, UnsafeStore, psycopg2.Error)
AUDIENCES = (
    anyone,
    estimate,
    signing_in,
    citizen,
    finance,
    assessing,
    importing,
    sending,
    policy,
    audit,
    samples,
    service,
    what_if,
)


def mount(app: Flask, installation: Installation) -> None:
    """Give an application its pages."""
    app.config.update(session.settings(installation.secret), WTF_CSRF_TIME_LIMIT=None)  # a form lasts as a session does
    app.session_interface = session.Cookies()
    session.hand_out_cookies(app)
    app.jinja_env.globals["csrf_token"] = generate_csrf
    dress(app, council=_face_of(installation), viewer=lambda: _viewer(installation))
    serve_pages(app, installation)
    warn_in_time(app, installation)
    serve_embedding(app, installation.settings.embedded_in)
    _lock(app, installation.settings.embedded_in)


def load_pages() -> None:
    """Have every module that holds pages say which, in every room."""
    for audience in AUDIENCES:
        for module in walk_packages(audience.__path__, f"{audience.__name__}."):
            import_module(module.name)


def _viewer(installation: Installation) -> Viewer | None:
    """Who is signed in. A page that tells of a store that is away is shown to nobody in particular."""
    try:
        identity = session.signed_in(installation)
    except _AWAY:
        return None
    now = session.opened(installation)
    if not identity or not now:
        return None
    return {"role": identity.role, "until": now.until, "on_behalf_of": on_behalf_of(g.get("visit"))}


def _face_of(installation: Installation) -> Callable[[], CouncilFace]:
    """Whose face the request at hand wears, worked out once for each request."""

    def face() -> CouncilFace:
        if "face" not in g:
            council = _council(installation)
            g.face = CouncilFace(name=council.setup.name, **council.setup.face) if council else UNKNOWN
        found: CouncilFace = g.face
        return found

    return face


def _council(installation: Installation) -> Council | None:
    """The council of whoever is signed in, else the one whose estimate is made, else the only one there is. A page
    that tells of a store that is away needs a frame too, so what goes wrong here leaves it without a face."""
    try:
        identity = session.signed_in(installation)
        known = identity.council if identity else chosen_council()
        codes = [known] if known else installation.codes()
        council = installation.council(codes[0]) if len(codes) == 1 else None
        return council if council and council.setup else None
    except (NoSuchCouncil, *_AWAY):
        return None


def _lock(app: Flask, sites: tuple[str, ...]) -> None:
    """A page lets nothing in from elsewhere, and no site hold it but those that may. A letter that stands by itself
    brings its own style, and nothing else."""

    @app.after_request
    def lock(response: Response) -> Response:
        if response.mimetype == "text/html":
            alone = request.path.startswith("/v1/")
            page = content_security_policy(sites, in_frame=framed(sites))
            response.headers["Content-Security-Policy"] = f"{LETTER_ALONE}; frame-ancestors 'none'" if alone else page
            response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        return response
