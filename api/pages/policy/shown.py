"""What do all pages about amounts of law have in common: their parts, and who may do what?"""

from typing import Any

from flask import Response, make_response, render_template

from api.pages.page import Visit
from api.policy import may

POLICY = "/policy"
CHANGES = f"{POLICY}/changes"
NEW = f"{POLICY}/new"


def policy_page(visit: Visit, template: str, title: str, **shown: Any) -> Response:
    """A page about amounts of law; 422 where something asked for could not be read."""
    errors = shown.setdefault("errors", {})
    html = render_template(template, page_title=title, parts=_parts(visit), may_propose=_may_propose(visit), **shown)
    return make_response(html, 422 if errors else 200)


def _parts(visit: Visit) -> list[dict[str, Any]]:
    places = {"Amounts": POLICY, "Changes": CHANGES} | ({"Enter an amount": NEW} if _may_propose(visit) else {})
    here = visit.request.path
    return [{"text": text, "href": href, "current": here == href} for text, href in places.items()]


def _may_propose(visit: Visit) -> bool:
    return may(visit.identity.role, "propose_amounts")
