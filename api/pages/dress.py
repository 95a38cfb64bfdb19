"""How do the pages get their templates, their words, their frame and their colour?"""

from collections.abc import Callable, Mapping
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, request, url_for
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader, Undefined

from api.letters import words as letter_words
from api.pages.face import CouncilFace
from api.pages.metering import METERING
from api.pages.navigation import bar
from api.pages.words import FILTERS

HERE = Path(__file__).parent
STATIC = HERE / "static"
MACROS = "govuk_frontend_jinja"

Viewer = Mapping[str, Any]


class Absent(Undefined):
    """A name no page was given. It may be asked for, but not shown: a gap where a figure should stand is a fault."""

    def __str__(self) -> str:
        self._fail_with_undefined_error()

    __html__ = __str__


def dress(app: Flask, council: Callable[[], CouncilFace], viewer: Callable[[], Viewer | None]) -> None:
    """Give an application the pages' look. The two callables say, for the request at hand, which council it
    belongs to and who is signed in: a mapping with at least "role", or None."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = Absent
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(asset=asset_address(), METERING=METERING, letter_words=letter_words)
    app.jinja_loader = templates()
    app.register_blueprint(look(council))

    @app.context_processor
    def frame() -> dict[str, Any]:
        seen_by = viewer()
        return {
            "council": council(),
            "viewer": seen_by,
            "navigation": bar(seen_by["role"] if seen_by else None, request.path),
            "brand_href": brand_address(council()),
        }


def templates() -> ChoiceLoader:
    """A page's template lies beside its module and is named from here: citizen/account.html."""
    return ChoiceLoader([FileSystemLoader(HERE), PrefixLoader({MACROS: PackageLoader(MACROS)})])


def look(council: Callable[[], CouncilFace]) -> Blueprint:
    """The addresses of what every page wears: the shared files and the council's colour."""
    blueprint = Blueprint("look", __name__, static_folder=str(STATIC), static_url_path="/static")

    @blueprint.after_request
    def let_go(answer: Response) -> Response:
        if answer.status_code == HTTPStatus.NOT_MODIFIED:
            answer.close()  # nothing is sent of the file that was opened, so nobody else closes it
        return answer

    @blueprint.get("/brand.css")
    def brand() -> Response:
        sheet = Response(council().stylesheet, mimetype="text/css")
        sheet.cache_control.private = True  # one address, another colour for another council
        sheet.cache_control.max_age = 3600
        return sheet

    return blueprint


def brand_address(council: CouncilFace) -> str:
    """The address of the council's colour; it names the colour, so that a kept copy is never the wrong one."""
    return url_for("look.brand", colour=council.brand_colour.removeprefix("#"))


def asset_address() -> Callable[[str], str]:
    """A function from the name of a shared file to its address, which changes whenever the file does."""
    digests = {path.name: sha256(path.read_bytes()).hexdigest()[:12] for path in STATIC.iterdir() if path.is_file()}

    def asset(name: str) -> str:
        return url_for("look.static", filename=name, v=digests[name])

    return asset
