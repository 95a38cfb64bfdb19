"""/account/statements/<id>/post: how does somebody have a statement of theirs sent by post?"""

from uuid import uuid4, uuid5

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.citizen.own import own_account, own_person
from api.pages.contact import SIZES
from api.pages.page import Visit, form, page
from api.pages.paper import post_to
from api.pages.sent import key_sent
from api.v1.statements import statement_entry
from domain.account.contact import contact_choice
from ledger.letters import Told
from ledger.store.letter_rows import Letters

PATH = "/account/statements/{statement_id}/post"


@page(PATH, "arrange_letters", people=True)
def check_post_me_one(visit: Visit) -> ResponseReturnValue:
    """Which statement would go where, in which print. Nothing is asked for yet."""
    account = own_account(visit)
    return render_template(
        "citizen/post_me_one.html",
        page_title="Get this statement by post",
        statement=statement_entry(account, visit.ids["statement_id"]),
        address=post_to(own_person(visit)),
        size=SIZES[contact_choice(account).print_size],
        key=uuid4().hex,
    )


@form(PATH, "arrange_letters", people=True)
def post_me_one(visit: Visit) -> ResponseReturnValue:
    """Put the letter in, once however often the form is sent, and only where somebody lives somewhere we know."""
    account, key = own_account(visit), key_sent(Asked(visit.request.form))
    entry = statement_entry(account, visit.ids["statement_id"])
    if not post_to(own_person(visit)):
        return check_post_me_one(visit)
    told = Told(account.id, "statement", entry.version)
    letters = Letters(visit.council.app, visit.council.names)
    letters.ask(uuid5(account.id, f"asked for {key}"), told, by=visit.identity.sub, now=visit.now)
    flash("We will send it to you by post.")
    return redirect("/account/statements", 303)
