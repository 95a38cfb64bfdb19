"""/accounts/<id>/delayed-payments: which deferred payment agreements are there, and what is owed under each?"""

from flask.typing import ResponseReturnValue

from api.pages.delayed import delayed
from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, page
from api.pages.recorded.codes import COMPOUNDING, DEFERRED, ENDINGS
from domain.account.owed import ended


@page("/accounts/{account_id}/delayed-payments", "read_council", people=True)
def account_delayed_payments(visit: Visit) -> ResponseReturnValue:
    """Every agreement, each with its statement to the close of a day, as known at a moment."""
    shown = StaffAccount(visit, "/delayed-payments")
    found = delayed(visit.council, shown.account, shown.moment.on, shown.moment.known_at)
    return shown.page(
        "finance/delayed_payments.html",
        "Delayed payments",
        agreements=[(each, ended(shown.account, each.statement.reference)) for each in found],
        compounding=COMPOUNDING,
        kinds=DEFERRED,
        endings=ENDINGS,
    )
