"""/account/contact: how does somebody want to be reached, and what can they read?"""

from uuid import uuid4

from flask import flash, get_flashed_messages, redirect, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.citizen.own import own_account, own_id, own_person
from api.pages.contacting import chosen_in, take_down, words_with
from api.pages.page import Visit, form, page
from api.pages.paper import post_to
from api.pages.representing import carried
from domain.account.contact import contact_choice
from domain.account.facts import ContactChoice

PATH = "/account/contact"


@page(PATH, "arrange_letters", people=True)
def how_we_contact_you(visit: Visit) -> ResponseReturnValue:
    """What is chosen now, in a form that changes it."""
    return _form(visit, contact_choice(own_account(visit)), uuid4().hex)


@form(PATH, "arrange_letters", people=True)
def choose_contact(visit: Visit) -> ResponseReturnValue:
    """What was chosen once more, and then it is taken down."""
    asked = Asked(visit.request.form)
    chosen = chosen_in(asked, contact_choice(own_account(visit)))
    if asked.text("do") == "change":
        return _form(visit, chosen, asked.text("key"))
    if asked.text("do") != "record":
        shown = {"choice": chosen, "carried": carried(visit), **words_with(chosen)}
        return render_template("citizen/contact_check.html", page_title="Check how we contact you", **shown)
    take_down(visit, own_id(visit), asked, chosen)
    flash("We will contact you in this way.")
    return redirect(PATH, 303)


def _form(visit: Visit, chosen: ContactChoice, key: str) -> ResponseReturnValue:
    return render_template(
        "citizen/contact.html",
        page_title="How we contact you",
        choice=chosen,
        address=post_to(own_person(visit)),
        done=next(iter(get_flashed_messages()), None),
        key=key,
        **words_with(chosen),
    )
