"""/sign-out, and an issuer's word that somebody signed out there: how does a browser stop being somebody's?"""

from flask import Response, jsonify, redirect, render_template
from flask.typing import ResponseReturnValue

from api.pages import session
from api.pages.anyone.signing_in.whose import providers_of
from api.pages.page import PUBLIC, Visit, called, form
from api.signing_in.relying import IssuerAway, NotTrusted
from ledger.council import Council
from ledger.vault.signing_in.sessions import AtIssuer


@form("/sign-out", PUBLIC)
def sign_out(visit: Visit) -> ResponseReturnValue:
    """End the session, on the server too; who signed in at an issuer is shown the way out there, by a link."""
    found = session.opened(visit.installation)
    session.sign_out()
    there = _way_out(visit, found.council, found.kept.at_issuer) if found and found.kept.at_issuer else None
    if there is None:
        return redirect("/", 303)
    return render_template("anyone/signing_in/left.html", page_title="You are signed out here", there=there)


@called("/sign-in/back-channel-logout")
def signed_out_at_issuer(visit: Visit) -> ResponseReturnValue:
    """End the sessions that an issuer's logout token names (OpenID Connect Back-Channel Logout 1.0)."""
    token = visit.request.form.get("logout_token", "")
    for code in visit.installation.codes():
        council = visit.installation.council(code)
        for provider in providers_of(visit, council).values():
            try:
                subject, sid = visit.installation.sign_in.relying(provider).logged_out(token)
            except (NotTrusted, IssuerAway):
                continue
            council.sessions.end_at_issuer(provider.issuer, subject, sid)
            return Response(status=200)
    refused = jsonify({"error": "invalid_request", "error_description": "The logout token is not one for us."})
    refused.status_code = 400
    return refused


def _way_out(visit: Visit, council: Council, at_issuer: AtIssuer) -> str | None:
    """Where somebody signs out at their issuer too; None where it has no such place, or does not answer."""
    for provider in providers_of(visit, council).values():
        if provider.issuer == at_issuer.issuer:
            try:
                relying = visit.installation.sign_in.relying(provider)
                return relying.address_to_leave(at_issuer.id_token, visit.request.host_url)
            except (IssuerAway, NotTrusted):
                return None
    return None
