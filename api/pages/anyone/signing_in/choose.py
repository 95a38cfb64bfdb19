"""/sign-in: which way in does somebody take?"""

from flask import make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.auth import of_sign_in_link
from api.issuer import NotVouchedFor
from api.pages.anyone.signing_in.whose import council_asked_for, councils, let_in, providers_of
from api.pages.page import PUBLIC, Visit, page

WAYS = {
    "account": "With the account I have with my council",
    "code": "With a code from our letter",
    "phone": "I want to ask by phone",
}


@page("/sign-in", PUBLIC)
def sign_in(visit: Visit) -> ResponseReturnValue:
    """Ask which way; a sign-in link of the development issuer is a way of its own."""
    if "token" in visit.request.args:
        return _by_link(visit)
    council, way = council_asked_for(visit), visit.request.args.get("how", "")
    there = providers_of(visit, council) if council else {}
    ways = {name: words for name, words in WAYS.items() if name != "account" or council is None or "citizens" in there}
    errors = {}
    if "how" in visit.request.args or "go" in visit.request.args:
        if council is None:
            errors["council"] = "Choose your council"
        if way not in ways:
            errors["how"] = "Choose how you want to sign in"
        if council and not errors:
            return redirect(f"/sign-in/{way}?council={council.code}", 303)
    shown = render_template(
        "anyone/signing_in/choose.html",
        page_title="How do you want to sign in?",
        ways=ways,
        way=way,
        councils=councils(visit),
        chosen=council.code if council else "",
        for_staff="staff" in there,
        errors=errors,
    )
    return make_response(shown, 422 if errors else 200)


@page("/sign-in/phone", PUBLIC)
def by_phone(visit: Visit) -> ResponseReturnValue:
    """What can be asked by phone."""
    return render_template("anyone/signing_in/phone.html", page_title="Ask us by phone")


def _by_link(visit: Visit) -> ResponseReturnValue:
    """Use a sign-in link of the development issuer; in production there is none, and no link is taken."""
    if visit.installation.settings.mode == "production":
        raise NotVouchedFor(NotVouchedFor.__doc__)
    identity = of_sign_in_link(visit.installation.issuer, visit.request.args.get("token", ""))
    return let_in(visit, visit.installation.council(identity.council), identity)
