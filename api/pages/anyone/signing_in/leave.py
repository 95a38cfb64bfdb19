"""/sign-out, and an issuer's word that somebody signed out there: how does a browser stop being somebody's?"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify, redirect, render_template
from flask.typing import ResponseReturnValue

from api.pages import session
from api.pages.anyone.signing_in.whose import providers_of
from api.pages.page import PUBLIC, Visit, called, form
from api.signing_in.providers import Provider
from api.signing_in.relying import IssuerAway, NotTrusted
from api.signing_in.unproved import unproved
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
    councils = [visit.installation.council(code) for code in visit.installation.codes()]
    ended = [_ended(visit, council, token) for council in councils]  # one issuer may vouch for several of them
    if any(ended):
        return Response(status=HTTPStatus.OK)
    refused = jsonify({"error": "invalid_request", "error_description": "The logout token is not one for us."})
    refused.status_code = HTTPStatus.BAD_REQUEST
    return refused


def _ended(visit: Visit, council: Council, token: str) -> bool:
    """Whether the token was one of an issuer of this council's; its sessions are over then."""
    for provider in providers_of(visit, council).values():
        if not _is_named(provider, unproved(token)):
            continue  # nobody is asked for their keys about a token that is another's
        try:
            subject, sid = visit.installation.sign_in.relying(provider).logged_out(token)
        except (NotTrusted, IssuerAway):
            continue
        council.sessions.end_at_issuer(provider.issuer, subject, sid)
        return True
    return False


def _is_named(provider: Provider, said: Mapping[str, Any]) -> bool:
    """Whether a token says that it comes from an issuer and is for us, as that issuer knows us."""
    meant = said.get("aud")
    return said.get("iss") == provider.issuer and provider.client_id in (meant if isinstance(meant, list) else [meant])


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
