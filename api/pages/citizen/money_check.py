"""/account/money-check: what do you pay for your care, and how did we work that out?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.citizen.own import own_account, own_person
from api.pages.money_check import money_check_words
from api.pages.page import Visit, page
from api.v1.assessments import assessment_entry
from domain.account.assessments import assessments
from domain.account.facts import FINANCIAL_ASSESSMENTS
from domain.account.in_force import entry_on
from domain.account.state import CareAccount, Entry


@page("/account/money-check", "read_account", people=True)
def your_money_check(visit: Visit) -> ResponseReturnValue:
    """The check in force today, or another that was asked for."""
    account, asked = own_account(visit), Asked(visit.request.args).text("entry")
    entry = assessment_entry(account, asked) if asked else _latest(visit, account)
    return render_template(
        "citizen/money_check.html",
        page_title="Your money check",
        account=account,
        letter=money_check_words(account, entry, own_person(visit)) if entry else None,
        others=[(other, check) for other, check in reversed(assessments(account)) if other is not entry],
        voided=account.voided_by,
    )


def _latest(visit: Visit, account: CareAccount) -> Entry | None:
    """The check in force today; where none is, the last that was made and counts."""
    counting = [entry for entry, _ in assessments(account) if entry.version not in account.voided_by]
    return entry_on(account, FINANCIAL_ASSESSMENTS, visit.today) or (counting[-1] if counting else None)
