"""/accounts/<id>: where does one account stand, and what is in force?"""

from flask.typing import ResponseReturnValue

from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, page
from api.pages.recorded import Words, for_staff
from domain.account.facts import BreakRecorded, BudgetSet, Fact, FinancialAssessmentImported, NeedsAssessed
from domain.account.in_force import entry_on
from domain.account.progress import cap_progress
from domain.account.state import Entry

IN_FORCE: dict[str, type[Fact]] = {
    "Needs": NeedsAssessed,
    "Budget": BudgetSet,
    "Financial assessment": FinancialAssessmentImported,
    "Break": BreakRecorded,
}


@page("/accounts/{account_id}", "read_council", people=True)
def account_summary(visit: Visit) -> ResponseReturnValue:
    """The account at the close of a day, as known at a moment."""
    shown = StaffAccount(visit, "")
    return shown.page(
        "finance/account.html",
        "Account",
        scheme=visit.council.scheme,
        progress=cap_progress(shown.account, visit.council.scheme, shown.moment.on),
        in_force=in_force(shown),
    )


def in_force(shown: StaffAccount) -> list[tuple[str, Entry | None, Words | None]]:
    """What is in force on the day, kind by kind, with the entry it rests on."""
    found = [(name, entry_on(shown.account, kind, shown.moment.on)) for name, kind in IN_FORCE.items()]
    return [(name, entry, for_staff(entry.fact) if entry else None) for name, entry in found]
