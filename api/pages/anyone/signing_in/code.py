"""/sign-in/code: how does somebody get in with a code from a letter, and nobody else?"""

from datetime import date

from flask import make_response, redirect, render_template, session
from flask.typing import ResponseReturnValue

from api.pages.anyone.signing_in.account import TO_LINK
from api.pages.anyone.signing_in.whose import council_asked_for, let_in
from api.pages.asked import Asked
from api.pages.page import PUBLIC, Visit, form, page
from api.signing_in.identity import of_account
from api.signing_in.letter_codes import NoCode, read_code
from ledger.council import Council
from ledger.vault.signing_in.letter_codes import LetIn

CODE = "/sign-in/code"
NOT_RIGHT = "We could not sign you in with this code and this date of birth"
"""The same whatever was wrong."""


@page(CODE, PUBLIC)
def ask_for_code(visit: Visit) -> ResponseReturnValue:
    """Ask for the code and the date of birth."""
    council = council_asked_for(visit)
    return _form(council, Asked(visit.request.form)) if council else redirect("/sign-in?go=1&how=code", 303)


@form(CODE, PUBLIC)
def take_code(visit: Visit) -> ResponseReturnValue:
    """Let in whom the code is for."""
    council = council_asked_for(visit)
    if council is None:
        return redirect("/sign-in?go=1&how=code", 303)
    asked = Asked(visit.request.form)
    signs, born = _read(asked)
    if asked.errors or signs is None or born is None:
        return _form(council, asked)
    address, settings = visit.request.remote_addr or "", visit.installation.settings
    visit.installation.limits.require(council, "sign-in", settings.limit_sign_in, address)
    found = visit.installation.letter_codes.take(council, signs, born, now=visit.now)
    if found is None:
        asked.errors["code"] = NOT_RIGHT
        return _form(council, asked)
    _link(visit, council, found)
    return let_in(visit, council, of_account(council, found, "letter"))


def _read(asked: Asked) -> tuple[str | None, date | None]:
    signs, born = None, asked.day_in_boxes("born")
    if typed := asked.text("code"):
        try:
            signs = read_code(typed)
        except NoCode:
            asked.errors["code"] = "Check the code: it has 12 letters and numbers, and one of these does not fit"
    else:
        asked.errors["code"] = "Enter the code from our letter"
    if born is None:
        asked.errors.setdefault("born", "Enter the date of birth")
    return signs, born


def _link(visit: Visit, council: Council, found: LetIn) -> None:
    """Have an issuer's word be enough from now on, where somebody came from there and was not known yet."""
    kept = session.get(TO_LINK)
    if kept and kept["council"] == council.code:
        council.issuer_subjects.link(kept["issuer"], kept["subject"], found, now=visit.now)


def _form(council: Council, asked: Asked) -> ResponseReturnValue:
    shown = render_template(
        "anyone/signing_in/code.html",
        page_title="Enter the code from our letter",
        asked=asked,
        errors=asked.errors,
        born=asked.boxes("born"),
        code=council.code,
        not_right=asked.errors.get("code") == NOT_RIGHT,
    )
    return make_response(shown, 422 if asked.errors else 200)
