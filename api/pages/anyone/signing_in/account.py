"""/sign-in/account, /sign-in/go and /sign-in/back: how does somebody sign in at an issuer, and come back?"""

import hmac
import logging
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

from flask import make_response, redirect, render_template, session
from flask.typing import ResponseReturnValue

from api.auth import Identity
from api.issuer import NotVouchedFor
from api.pages.anyone.signing_in.whose import council_asked_for, let_in, providers_of
from api.pages.page import PUBLIC, Visit, page
from api.signing_in.identity import NoRoleHere, SeveralRoles, of_citizen, of_staff
from api.signing_in.providers import Provider
from api.signing_in.relying import Begun, IssuerAway, NotTrusted, RelyingParty, Vouched
from ledger.council import Council

log = logging.getLogger(__name__)

GOOD_FOR = timedelta(minutes=10)
_BEGUN, TO_LINK = "sign-in", "to link"
WHY_NOT: dict[str, str] = {
    "again": "You began to sign in too long ago, or in another browser. Start again.",
    "not-done": "The sign-in was not finished. You can start again.",
    "not-let-in": "The sign-in service could not sign you in. Start again, or ask us by phone.",
    "away": IssuerAway.__doc__ or "",
    "not-trusted": NotTrusted.__doc__ or "",
    "no-role": NoRoleHere.__doc__ or "",
    "several-roles": SeveralRoles.__doc__ or "",
    "no-name": "The sign-in service did not say who you are in a way that we can write down. Ask who looks after it.",
}
_OF_FAULTS = {IssuerAway: "away", NotTrusted: "not-trusted", NoRoleHere: "no-role", SeveralRoles: "several-roles"}


@page("/sign-in/account", PUBLIC)
def to_account(visit: Visit) -> ResponseReturnValue:
    """Say where the way leads: a form may not lead to another site, but a link may."""
    council, provider = _asked_for(visit)
    if council is None or provider is None:
        return redirect("/sign-in", 303)
    return render_template(
        "anyone/signing_in/account.html",
        page_title="Sign in with your work account" if provider.audience == "staff" else "Sign in with your account",
        staff=provider.audience == "staff",
        go=f"/sign-in/go?council={council.code}&who={provider.audience}",
    )


@page("/sign-in/go", PUBLIC)
def go_to_issuer(visit: Visit) -> ResponseReturnValue:
    """Begin a sign-in, and lead to the issuer."""
    council, provider = _asked_for(visit)
    if council is None or provider is None:
        return redirect("/sign-in", 303)
    address, settings = visit.request.remote_addr or "", visit.installation.settings
    visit.installation.limits.require(council, "sign-in", settings.limit_sign_in, address)
    begun = Begun.new()
    try:
        leads_to = visit.installation.sign_in.relying(provider).address(begun, _back(visit))
    except (IssuerAway, NotTrusted) as fault:
        return _because_of(fault)
    session[_BEGUN] = {
        **begun._asdict(),
        "council": council.code,
        "audience": provider.audience,
        "until": (datetime.now(UTC) + GOOD_FOR).isoformat(),
    }
    return redirect(leads_to, 303)


@page("/sign-in/back", PUBLIC)
def back_from_issuer(visit: Visit) -> ResponseReturnValue:
    """Take what the issuer sends along, once, and only in the browser that began it."""
    kept, sent = session.pop(_BEGUN, None), visit.request.args
    if not _is_of(kept, sent.get("state", "")):
        return _not_signed_in("again")
    council = visit.installation.council(kept["council"])
    provider = providers_of(visit, council).get(kept["audience"])
    if provider is None or sent.get("iss", provider.issuer) != provider.issuer:
        return _not_signed_in("again")
    if "error" in sent or "code" not in sent:
        return _not_signed_in("not-done" if sent.get("error") == "access_denied" else "not-let-in")
    begun = Begun(kept["state"], kept["nonce"], kept["verifier"])
    relying = visit.installation.sign_in.relying(provider)
    try:
        return _recognise(visit, council, relying, relying.vouched(begun, sent["code"], _back(visit)))
    except (IssuerAway, NotTrusted, NoRoleHere, SeveralRoles, NotVouchedFor) as fault:
        return _because_of(fault)


@page("/sign-in/failed", PUBLIC)
def not_signed_in(visit: Visit) -> ResponseReturnValue:
    """Why nobody was signed in, in plain words."""
    why = visit.request.args.get("why", "")
    shown = render_template(
        "anyone/signing_in/failed.html",
        page_title="We did not sign you in",
        why=WHY_NOT.get(why) or WHY_NOT["again"],
    )
    return make_response(shown, HTTPStatus.SERVICE_UNAVAILABLE if why == "away" else HTTPStatus.UNAUTHORIZED)


@page("/sign-in/link", PUBLIC)
def link_account(visit: Visit) -> ResponseReturnValue:
    """What somebody does whom the issuer knows, and we do not yet."""
    kept = session.get(TO_LINK)
    if not kept:
        return redirect("/sign-in", 303)
    return render_template(
        "anyone/signing_in/link.html", page_title="We do not know yet which account is yours", code=kept["council"]
    )


def _recognise(visit: Visit, council: Council, relying: RelyingParty, vouched: Vouched) -> ResponseReturnValue:
    provider, at_issuer = relying.provider, vouched.at_issuer
    if provider.audience == "staff":
        return let_in(visit, council, of_staff(provider, vouched.claims), at_issuer)
    identity: Identity | None = of_citizen(council, at_issuer)
    if identity:
        return let_in(visit, council, identity, at_issuer)
    session[TO_LINK] = {"council": council.code, "issuer": at_issuer.issuer, "subject": at_issuer.subject}
    return redirect("/sign-in/link", 303)


def _asked_for(visit: Visit) -> tuple[Council | None, Provider | None]:
    council = council_asked_for(visit)
    who = visit.request.args.get("who", "citizens")
    return council, providers_of(visit, council).get(who) if council else None


def _back(visit: Visit) -> str:
    return f"{visit.request.host_url}sign-in/back"


def _is_of(kept: Any, state: str) -> bool:
    """Whether a sign-in was begun in this browser, not long ago, under this state."""
    if not kept or datetime.now(UTC) > datetime.fromisoformat(kept["until"]):
        return False
    return hmac.compare_digest(kept["state"].encode(), state.encode())


def _because_of(fault: Exception) -> ResponseReturnValue:
    """What was wrong with a token is for the log alone, and nothing of the token."""
    log.warning("nobody was signed in: %s, because of %s", type(fault).__name__, type(fault.__cause__).__name__)
    return _not_signed_in(_OF_FAULTS.get(type(fault), "no-name"))


def _not_signed_in(why: str) -> ResponseReturnValue:
    """Away from an address that holds a code."""
    return redirect(f"/sign-in/failed?why={why}", 303)
