"""/accounts/<id>/people: who represents the person, by which paper, and how is one taken down or ended?"""

from uuid import uuid4

from flask import flash, get_flashed_messages, redirect
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, form, page
from api.pages.recorded.codes import AUTHORITIES, PERMISSIONS
from api.pages.representing import asked_of, body_of, carried, end_them, helpers, name_them, one_of
from api.policy import may
from domain.law.representation import PROVISIONS

PATH = "/accounts/{account_id}/people"
NEW, END = f"{PATH}/new", f"{PATH}/{{entry_id}}/end"
_CHOICES = {"authority": tuple(AUTHORITIES), "permissions": tuple(PERMISSIONS)}
REASONS = {
    "revoked": "It was revoked",
    "person-asked": "The person asked for it",
    "replaced": "Somebody else has taken over",
    "concern": "There is a concern",
}


@page(PATH, "read_council", people=True)
def account_people(visit: Visit) -> ResponseReturnValue:
    """Everybody who was named."""
    shown = StaffAccount(visit, "/people")
    return shown.page(
        "finance/people.html",
        "People who represent them",
        helpers=helpers(shown.account, _words(visit), visit.today),
        today=visit.today,
        authorities=AUTHORITIES,
        permissions=PERMISSIONS,
        provisions=PROVISIONS,
        may_name=may(visit.identity.role, "record_representative") and not shown.moment.past,
        done=next(iter(get_flashed_messages()), None),
    )


@page(NEW, "record_representative", people=True)
def new_representative(visit: Visit) -> ResponseReturnValue:
    """The form, empty."""
    return _form(StaffAccount(visit, "/people"), Asked(visit.request.args), uuid4().hex)


@form(NEW, "record_representative", people=True)
def record_representative(visit: Visit) -> ResponseReturnValue:
    """The form again where it cannot be read, then what it says once more, then it is taken down."""
    shown, asked = StaffAccount(visit, "/people"), Asked(visit.request.form)
    body = body_of(asked, asked_of(asked, {}, _CHOICES))
    if body is None or asked.text("do") == "change":
        return _form(shown, asked, asked.text("key"))
    if asked.text("do") != "record":
        words = {"authorities": AUTHORITIES, "permissions": PERMISSIONS, "provisions": PROVISIONS}
        title = "Check before recording"
        return shown.page("finance/people_check.html", title, body=body, carried=carried(visit), **words)
    name_them(visit, visit.account_id, asked, body)
    flash("The representative was recorded.")
    return redirect(PATH.format(account_id=visit.account_id), 303)


@page(END, "record_representative", people=True)
def check_ending(visit: Visit) -> ResponseReturnValue:
    """Whose authority is to end, before it does."""
    shown = StaffAccount(visit, "/people")
    helper = one_of(visit, shown.account, _words(visit))
    title, words = "Check before ending", {"authorities": AUTHORITIES, "reasons": REASONS}
    return shown.page("finance/people_end.html", title, helper=helper, key=uuid4().hex, **words)


@form(END, "record_representative", people=True)
def end_authority(visit: Visit) -> ResponseReturnValue:
    """From now on they see nothing."""
    shown = StaffAccount(visit, "/people")
    end_them(visit, shown.account, Asked(visit.request.form), REASONS)
    flash("The authority has ended.")
    return redirect(PATH.format(account_id=visit.account_id), 303)


def _words(visit: Visit) -> dict[int, dict[str, str]]:
    return visit.council.people.texts(visit.account_id)


def _form(shown: StaffAccount, asked: Asked, key: str) -> ResponseReturnValue:
    shown.asked.errors.update(asked.errors)
    return shown.page(
        "finance/people_new.html",
        "Record a representative",
        boxes={name: asked.text(name) for name in ("name", "contact", "authority", "evidence")},
        address=asked.words("address"),
        chosen=asked.several("permissions"),
        first=asked.boxes("from"),
        last=asked.boxes("last"),
        authorities=AUTHORITIES,
        permissions=PERMISSIONS,
        key=key,
    )
