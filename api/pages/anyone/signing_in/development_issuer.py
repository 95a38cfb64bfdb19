"""/development-issuer/...: the addresses of the embedded OpenID provider. In production, and elsewhere than on this
machine, there is nothing here.
"""

from uuid import UUID

from flask import jsonify, redirect, render_template
from flask.typing import ResponseReturnValue

from api.kit.problems import ApiError
from api.pages.page import PUBLIC, Visit, called, page
from api.signing_in.development import PLACE, AskedWrongly, Chosen, DevelopmentIssuer
from api.signing_in.providers import LOOPBACK, STAFF_ROLES, Provider, is_loopback
from api.signing_in.unproved import unproved
from ledger.council import Council, NoSuchCouncil
from ledger.vault.signing_in.letter_codes import LetIn

MOST_SHOWN = 12
_NO_CLIENT = "invalid_client: the development issuer knows no such client"
_STRANGER, _NOBODY = "somebody-new", "nobody"


@page(f"/{PLACE}/.well-known/openid-configuration", PUBLIC)
def discovery(visit: Visit) -> ResponseReturnValue:
    """What there is, and where."""
    here = _here(visit)
    return jsonify(
        {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "end_session_endpoint": f"{here}/end-session",
            "jwks_uri": f"{here}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


@page(f"/{PLACE}/keys", PUBLIC)
def keys(visit: Visit) -> ResponseReturnValue:
    """The public keys."""
    _here(visit)
    return jsonify(visit.installation.issuer.public_keys.as_dict(private=False))


@page(f"/{PLACE}/authorize", PUBLIC)
def authorize(visit: Visit) -> ResponseReturnValue:
    """Ask whom somebody wants to be, by links, and send them back as that."""
    asked = visit.request.args
    try:
        council, provider = _client(visit, asked.get("client_id", ""))
        issuer = _issuer(visit, council, provider)
        issuer.require_asked_rightly(asked, f"{visit.request.host_url}sign-in/back")
    except AskedWrongly as wrong:
        raise ApiError(400, "malformed", str(wrong)) from wrong
    if "as" not in asked:
        return render_template(
            "anyone/signing_in/development_issuer.html",
            page_title="Choose who you are",
            people=_people(council, provider),
            asked=asked.to_dict(),
            here=f"{_here(visit)}/authorize",
        )
    return redirect(issuer.sends_back(asked, _chosen(visit, council, provider, asked["as"])), 303)


@called(f"/{PLACE}/token")
def token(visit: Visit) -> ResponseReturnValue:
    """The tokens for a code."""
    here, form = _here(visit), visit.request.form.to_dict()
    try:
        council, provider = _client(visit, str(unproved(form.get("client_assertion", "")).get("sub")))
        return jsonify(_issuer(visit, council, provider).token(form, f"{here}/token"))
    except AskedWrongly as wrong:
        name, _, why = str(wrong).partition(": ")
        refused = jsonify({"error": name, "error_description": why})
        refused.status_code = 401 if name == "invalid_client" else 400
        return refused


@page(f"/{PLACE}/end-session", PUBLIC)
def end_session(visit: Visit) -> ResponseReturnValue:
    """Nobody stays signed in here, so there is nothing to end: back to where somebody came from."""
    _here(visit)
    back = visit.request.args.get("post_logout_redirect_uri", "")
    return redirect(back if back == visit.request.host_url else "/", 303)


def _here(visit: Visit) -> str:
    """Its address. Whoever asks from another machine finds nothing, whatever name they call this one by."""
    asks_from_here = visit.request.remote_addr in LOOPBACK and is_loopback(visit.request.host_url)
    if visit.installation.settings.mode == "production" or not asks_from_here:
        raise ApiError(404, "not-found", "There is nothing at this address.")
    return f"{visit.request.host_url}{PLACE}"


def _client(visit: Visit, client_id: str) -> tuple[Council, Provider]:
    _here(visit)
    code, _, audience = client_id.partition("-")
    try:
        council = visit.installation.council(code)
    except (NoSuchCouncil, ValueError):
        raise AskedWrongly(_NO_CLIENT) from None
    provider = visit.installation.sign_in.development(visit.request.host_url, code).get(audience)
    if provider is None:
        raise AskedWrongly(_NO_CLIENT)
    return council, provider


def _issuer(visit: Visit, council: Council, provider: Provider) -> DevelopmentIssuer:
    return DevelopmentIssuer(visit.installation.issuer, visit.installation.limits, council, provider)


def _people(council: Council, provider: Provider) -> dict[str, str]:
    """Whom one may be: each role of staff, or some of the council's people and somebody it does not know."""
    nobody = {_NOBODY: "Nobody: go back without signing in"}
    if provider.audience == "staff":
        return {role: role.replace("_", " ").capitalize() for role in STAFF_ROLES} | nobody
    accounts = council.people.by_name()[:MOST_SHOWN]
    people, references = council.people.of(accounts), council.ledger.references.of(accounts)
    named = {references[each]: f"{people[each].name}, {references[each]}" for each in accounts}
    return named | {_STRANGER: "Somebody this council has not linked to an account yet"} | nobody


def _chosen(visit: Visit, council: Council, provider: Provider, name: str) -> Chosen | None:
    """Whom they chose. The council's own people are linked here, as a letter would have done it before."""
    if name == _NOBODY:
        return None
    if provider.audience == "staff":
        return Chosen(f"{name}.demo", name)
    account: UUID | None = council.ledger.references.account(name)
    if account:
        council.issuer_subjects.link(provider.issuer, name, LetIn(account, None), now=visit.now)
    return Chosen(name)
