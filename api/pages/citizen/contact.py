"""/account/contact: how does somebody want to be reached, and what can they read?"""

from uuid import uuid4

from flask import flash, get_flashed_messages, redirect, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.citizen.own import own_account, own_id, own_person
from api.pages.contact import CHANNELS, FORMATS, LANGUAGES, SIZES
from api.pages.page import Visit, form, page
from api.pages.paper import post_to
from api.pages.representing import carried
from api.pages.sent import request_sent
from domain.account.commands import ChooseContact
from domain.account.contact import contact_choice
from domain.account.facts import ContactChoice

PATH = "/account/contact"
WORDS = {"channels": CHANNELS, "sizes": SIZES, "formats": FORMATS, "languages": LANGUAGES}


@page(PATH, "arrange_letters", people=True)
def how_we_contact_you(visit: Visit) -> ResponseReturnValue:
    """What is chosen now, in a form that changes it."""
    return _form(visit, contact_choice(own_account(visit)), uuid4().hex)


@form(PATH, "arrange_letters", people=True)
def choose_contact(visit: Visit) -> ResponseReturnValue:
    """What was chosen once more, and then it is taken down."""
    asked, chosen = Asked(visit.request.form), _chosen(visit)
    if asked.text("do") == "change":
        return _form(visit, chosen, asked.text("key"))
    if asked.text("do") != "record":
        shown = {"choice": chosen, "carried": carried(visit), **WORDS}
        return render_template("citizen/contact_check.html", page_title="Check how we contact you", **shown)
    command = ChooseContact(on=visit.today, **chosen.model_dump())
    request, by = request_sent(visit, asked, chosen.model_dump(mode="json")), visit.identity.caller
    visit.council.ledger.handle(own_id(visit), command, by=by, now=visit.now, request=request)
    flash("We will contact you in this way.")
    return redirect(PATH, 303)


def _chosen(visit: Visit) -> ContactChoice:
    """What the form says; what it does not offer stays as it was chosen before."""
    asked, before = Asked(visit.request.form), contact_choice(own_account(visit))
    return ContactChoice(
        channel=next((each for each in CHANNELS if each == asked.text("channel")), before.channel),
        print_size=next((each for each in SIZES if str(each) == asked.text("print_size")), before.print_size),
        formats=tuple(each for each in FORMATS if each in asked.several("formats")),
        language=asked.one_of("language", tuple(LANGUAGES), before.language or "") or None,
    )


def _form(visit: Visit, chosen: ContactChoice, key: str) -> ResponseReturnValue:
    languages = dict(LANGUAGES)
    if chosen.language:
        languages.setdefault(chosen.language, chosen.language)
    return render_template(
        "citizen/contact.html",
        page_title="How we contact you",
        choice=chosen,
        address=post_to(own_person(visit)),
        done=next(iter(get_flashed_messages()), None),
        key=key,
        **{**WORDS, "languages": languages},
    )
