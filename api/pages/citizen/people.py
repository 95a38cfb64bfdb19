"""/account/people: who helps you, what may they see, until when, and how do you add or remove somebody?"""

from typing import Any
from uuid import uuid4

from flask import flash, get_flashed_messages, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.citizen.own import own_account, own_id, own_words
from api.pages.page import Visit, form, page
from api.pages.representing import asked_of, body_of, carried, end_them, helpers, name_them, one_of
from domain.law.representation import NAMED_BY_THE_PERSON

PATH = "/account/people"
NEW, REMOVE = f"{PATH}/new", f"{PATH}/{{entry_id}}/remove"
AS_WHAT = {
    "lpa_property": "Your attorney for money, by a lasting power of attorney",
    "deputy": "Your deputy, named by a court",
    "appointee": "Looks after your benefits for you",
    "advocate": "Your advocate",
    "informal": "Helps you",
}
MAY = {
    "view_finance": "See your figures and statements",
    "view_care": "See what we wrote about your care",
    "act": "Ask us questions for you",
    "correspond": "Get copies of your letters",
}
GIVEN = {name: MAY[name] for name in ("view_finance", "correspond")}
REASONS = {"person-asked": "You asked for this"}
_CHOICES = {"authority": ("informal",), "permissions": tuple(GIVEN)}


@page(PATH, "read_account", people=True)
def people_who_help(visit: Visit) -> ResponseReturnValue:
    """A card for each."""
    account = own_account(visit)
    return render_template(
        "citizen/people.html",
        page_title="People who help you",
        account=account,
        today=visit.today,
        helpers=helpers(account, own_words(visit), visit.today),
        as_what=AS_WHAT,
        may=MAY,
        may_change=visit.identity.role == "citizen",
        removable=NAMED_BY_THE_PERSON,
        done=next(iter(get_flashed_messages()), None),
    )


@page(NEW, "name_representative", people=True)
def new_helper(visit: Visit) -> ResponseReturnValue:
    """The form, empty."""
    own_account(visit)
    return _form(Asked(visit.request.args), uuid4().hex)


@form(NEW, "name_representative", people=True)
def add_helper(visit: Visit) -> ResponseReturnValue:
    """The form again where it cannot be read, then what it says once more, then it is taken down."""
    own_account(visit)
    asked = Asked(visit.request.form)
    known = {"authority": "informal", "effective_from": visit.today, "evidence": "named-by-the-person"}
    body = body_of(asked, asked_of(asked, known, _CHOICES))
    if body is None or asked.text("do") == "change":
        return _form(asked, asked.text("key"))
    if asked.text("do") != "record":
        shown = {"body": body, "may": MAY, "carried": carried(visit)}
        return render_template("citizen/people_check.html", page_title="Check who helps you", **shown)
    name_them(visit, own_id(visit), asked, body)
    flash(f"{body.name} can now help you.")
    return redirect(PATH, 303)


@page(REMOVE, "name_representative", people=True)
def check_removing(visit: Visit) -> ResponseReturnValue:
    """Who is to be removed, before they are."""
    helper = one_of(visit, own_account(visit), own_words(visit))
    shown: dict[str, Any] = {"helper": helper, "as_what": AS_WHAT, "key": uuid4().hex}
    return render_template("citizen/people_remove.html", page_title="Check before you remove someone", **shown)


@form(REMOVE, "name_representative", people=True)
def remove_helper(visit: Visit) -> ResponseReturnValue:
    """From now on they see nothing."""
    end_them(visit, own_account(visit), Asked(visit.request.form), REASONS)
    flash("They can no longer see your account.")
    return redirect(PATH, 303)


def _form(asked: Asked, key: str) -> ResponseReturnValue:
    shown = render_template(
        "citizen/people_new.html",
        page_title="Add someone who helps you",
        errors=asked.errors,
        name=asked.text("name"),
        contact=asked.text("contact"),
        address=asked.words("address"),
        chosen=asked.several("permissions"),
        last=asked.boxes("last"),
        given=GIVEN,
        key=key,
    )
    return make_response(shown, 422 if asked.errors else 200)
