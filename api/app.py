"""The web application: the API, the pages and what both need."""

import re
import secrets
from importlib import import_module, metadata
from pkgutil import iter_modules

from flask import Flask, Response, g, jsonify, request
from werkzeug.middleware.proxy_fix import ProxyFix

from api import v1
from api.delivery.callback import serve_callback
from api.errors import tell_errors
from api.kit.endpoint import serve_all
from api.kit.openapi import document
from api.pages.site import load_pages, mount
from api.wiring import Installation

TITLE = "Care account ledger"
LARGEST_BODY = 1024 * 1024


def create_app(installation: Installation) -> Flask:
    """The application of one installation, ready for any WSGI server."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.extensions["careledger"] = installation
    if proxies := installation.settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    load_resources()
    serve_all(app, installation)
    mount(app, installation)
    serve_callback(app, installation)
    _serve_health(app, installation)
    _mark_every_answer(app)
    tell_errors(app)
    return app


def load_resources() -> None:
    """Have every module that holds endpoints or pages say which. It takes a second, and is done once in a process: a
    server does it before it forks, so that none of its workers has to."""
    for module in iter_modules(v1.__path__):
        import_module(f"{v1.__name__}.{module.name}")
    load_pages()


def _serve_health(app: Flask, installation: Installation) -> None:
    description = document(TITLE, metadata.version("careledger"))

    @app.get("/openapi.json")
    def openapi() -> Response:
        return jsonify(description)

    @app.get("/livez")
    def livez() -> Response:
        return jsonify({"status": "alive"})

    @app.get("/readyz")
    def readyz() -> Response:
        return jsonify({"status": "ready", "councils": len(installation.codes())})


def _mark_every_answer(app: Flask) -> None:
    @app.before_request
    def name_request() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if re.fullmatch(r"[A-Za-z0-9._-]{1,128}", given) else secrets.token_hex(16)

    @app.after_request
    def mark(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers.setdefault("Cache-Control", "no-store")
        return response
