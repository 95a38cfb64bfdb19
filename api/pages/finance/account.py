"""/accounts/<id>: where does one account stand, what is in force, and what is not settled?"""

from collections.abc import Iterator

from flask.typing import ResponseReturnValue

from api.pages.finance.shown import StaffAccount
from api.pages.page import Visit, page
from api.pages.recorded import OUTCOMES, Words, for_staff
from api.pages.unsettled import carried_in, charged_on, disputes, not_approved
from api.policy import may
from domain.account.facts import FINANCIAL_ASSESSMENTS, BreakRecorded, BudgetSet, NeedsAssessed
from domain.account.in_force import Kind, entry_on
from domain.account.progress import cap_progress
from domain.account.state import Entry

IN_FORCE: dict[str, Kind] = {
    "Needs": NeedsAssessed,
    "Budget": BudgetSet,
    "Financial assessment": FINANCIAL_ASSESSMENTS,
    "Break": BreakRecorded,
}


@page("/accounts/{account_id}", "read_council", people=True)
def account_summary(visit: Visit) -> ResponseReturnValue:
    """The account at the close of a day, as known at a moment."""
    shown = StaffAccount(visit, "")
    scheme = visit.council.scheme_at(shown.moment.known_at)
    return shown.page(
        "finance/account.html",
        "Account",
        scheme=scheme,
        progress=cap_progress(shown.account, scheme, shown.moment.on),
        in_force=list(in_force(shown)),
        carried_in=carried_in(shown.account),
        disputes=disputes(shown.account),
        not_approved=not_approved(shown.account),
        outcomes=OUTCOMES,
        may_record_contact=may(visit.identity.role, "record_contact"),
        may_send_code=may(visit.identity.role, "issue_statement"),
        may_assess=may(visit.identity.role, "record_needs") and not shown.moment.past,
    )


def in_force(shown: StaffAccount) -> Iterator[tuple[str, list[tuple[Entry, Words]]]]:
    """What is in force on the day, kind by kind, with the entries it rests on."""
    account, on = shown.account, shown.moment.on
    for name, kind in IN_FORCE.items():
        entry = entry_on(account, kind, on)
        yield name, [(entry, for_staff(entry.fact, account))] if entry else []
    yield "Charges", [(entry, for_staff(charge, account)) for entry, charge in charged_on(account, on)]
