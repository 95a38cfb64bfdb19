"""/accounts/<id>/entries: what was recorded of an account, by whom and when?"""

from flask import get_flashed_messages
from flask.typing import ResponseReturnValue

from api.pages.finance.shown import StaffAccount
from api.pages.listed import listed
from api.pages.page import Visit, page


@page("/accounts/{account_id}/entries", "read_council", people=True)
def account_entries(visit: Visit) -> ResponseReturnValue:
    """Every entry known at the moment, the newest first."""
    shown = StaffAccount(visit, "/entries")
    words = visit.council.people.texts(visit.account_id)
    done = next(iter(get_flashed_messages()), None)
    return shown.page("finance/entries.html", "Entries", entries=listed(shown.account, words), done=done)
