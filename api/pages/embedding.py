"""Which sites may show the pages inside their own, and what do the pages need for it?

A page that stands in a frame of such a site carries the one script there is: it tells the frame how tall the page is.
"""

from flask import Flask, Response, request

from api.pages.dress import STATIC

ALONE = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
"""No page has a script, a style of its own or anything from another house, so nothing of the kind is let in."""
NOBODY = "'none'"
KEPT_FOR = 3600
"""Seconds for which a council's site may keep the script that makes the frame."""


def framed(sites: tuple[str, ...]) -> bool:
    """Whether the page asked for is to stand in a frame; a browser that does not say so gets it without a script."""
    return bool(sites) and request.headers.get("Sec-Fetch-Dest") == "iframe"


def content_security_policy(sites: tuple[str, ...], *, in_frame: bool) -> str:
    """What a page lets in, and who may hold it: the sites that were named, or nobody."""
    script = "; script-src 'self'" if in_frame else ""
    return f"{ALONE}{script}; frame-ancestors {' '.join(sites) or NOBODY}"


def serve_embedding(app: Flask, sites: tuple[str, ...]) -> None:
    """Give an application the script that councils name in their own pages."""

    @app.get("/embed.js", endpoint="look.embed")
    def embed() -> Response:
        script = Response((STATIC / "embed.js").read_text("utf-8"), mimetype="text/javascript")
        script.cache_control.public = True
        script.cache_control.max_age = KEPT_FOR
        return script

    @app.context_processor
    def frame() -> dict[str, object]:
        return {"framed_by": " ".join(sites) if framed(sites) else None}
