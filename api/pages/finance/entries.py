"""/accounts/<id>/entries: what was recorded of an account, by whom and when?"""

from flask.typing import ResponseReturnValue

from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, page
from api.pages.recorded import for_staff
from api.v1.history import history_of


@page("/accounts/{account_id}/entries", "read_council", people=True)
def account_entries(visit: Visit) -> ResponseReturnValue:
    """Every entry known at the moment, the newest first."""
    shown = StaffAccount(visit, "/entries")
    entries = [(entry, for_staff(entry.data)) for entry in reversed(history_of(shown.account))]
    return shown.page("finance/entries.html", "Entries", entries=entries)
