"""/accounts/<id>/letter-code: how does somebody at the office have a code to sign in sent by post?

Whoever may send people their statements may send them the way to read them.
"""

from uuid import UUID, uuid4

from flask import flash, get_flashed_messages, redirect
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, form, page
from api.pages.sent import key_sent, unreadable
from api.signing_in.letter_codes import NoBirthDate
from api.signing_in.posting import send_a_code
from api.signing_in.recipients import NoSuchRecipient, recipients

_PATH = "/accounts/{account_id}/letter-code"
THEM = "person"


@page(_PATH, "issue_statement", people=True)
def check_letter_code(visit: Visit) -> ResponseReturnValue:
    """To whom the letter would go, before a code is made."""
    return _checked(visit)


@form(_PATH, "issue_statement", people=True)
def send_letter_code(visit: Visit) -> ResponseReturnValue:
    """Make the letter once, however often the form is sent."""
    account = visit.council.ledger.account(visit.account_id)  # whether it is there is told before what was sent is read
    asked = Asked(visit.request.form)
    key = key_sent(asked)
    try:
        send_a_code(
            visit.installation,
            visit.council,
            account.id,
            _authority(asked.text("to")),
            key,
            site=visit.request.host_url,
            by=visit.identity.sub,
        )
    except NoBirthDate:
        return _checked(visit)
    except NoSuchRecipient:
        raise unreadable() from None
    flash("The letter with the code was put in. It goes out by itself, and then earlier codes of theirs stop working.")
    return redirect(_PATH.format(account_id=visit.account_id), 303)


def _authority(to: str) -> UUID | None:
    """The entry that lets somebody act to whom the letter goes; None for the person themselves."""
    try:
        return None if to in ("", THEM) else UUID(to)
    except ValueError:
        raise unreadable() from None


def _checked(visit: Visit) -> ResponseReturnValue:
    shown = StaffAccount(visit, "/letter-code")
    born = shown.person.date_of_birth if shown.person else None
    return shown.page(
        "finance/letter_code.html",
        "Send a code by post",
        done=next(iter(get_flashed_messages()), None),
        recipients=recipients(visit.council, shown.account, visit.today),
        them=THEM,
        can_be_sent=born is not None,
        key=uuid4().hex,
    )
