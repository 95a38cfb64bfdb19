"""/accounts/<id>/contact: how does somebody at the office take down how a person wants to be reached?"""

from uuid import uuid4

from flask import flash, get_flashed_messages, redirect
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.contacting import chosen_in, take_down, words_with
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, form, page
from api.pages.paper import post_to
from api.pages.representing import carried
from domain.account.contact import contact_choice
from domain.account.facts import ContactChoice

PATH = "/accounts/{account_id}/contact"


@page(PATH, "record_contact", people=True)
def account_contact(visit: Visit) -> ResponseReturnValue:
    """What is chosen now, in a form that changes it."""
    shown = StaffAccount(visit, "/contact")
    return _form(shown, contact_choice(shown.account), uuid4().hex)


@form(PATH, "record_contact", people=True)
def record_contact(visit: Visit) -> ResponseReturnValue:
    """What was chosen once more, and then it is taken down."""
    shown, asked = StaffAccount(visit, "/contact"), Asked(visit.request.form)
    chosen = chosen_in(asked, contact_choice(shown.account))
    if asked.text("do") == "change":
        return _form(shown, chosen, asked.text("key"))
    if asked.text("do") != "record":
        words = {"choice": chosen, "carried": carried(visit), **words_with(chosen)}
        return shown.page("finance/contact_check.html", "Check before recording", **words)
    take_down(visit, visit.account_id, asked, chosen)
    flash("It was recorded how the person wants to be contacted.")
    return redirect(PATH.format(account_id=visit.account_id), 303)


def _form(shown: StaffAccount, chosen: ContactChoice, key: str) -> ResponseReturnValue:
    return shown.page(
        "finance/contact.html",
        "How to contact them",
        choice=chosen,
        address=post_to(shown.person),
        done=next(iter(get_flashed_messages()), None),
        key=key,
        **words_with(chosen),
    )
