"""/account: how much of your care costs counts so far, and what does that mean?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from api.pages.changes import changes
from api.pages.citizen.own import own_account, own_person
from api.pages.growth import growth
from api.pages.law import law_words
from api.pages.page import Visit, page
from api.pages.statement import budget_kinds
from domain.account.facts import BudgetSet, FinancialAssessmentImported, StatementIssued
from domain.account.in_force import entry_on
from domain.account.progress import cap_progress
from domain.account.statement import statement_figures

LATEST_STATEMENTS = 3


@page("/account", "read_account", people=True)
def your_account(visit: Visit) -> ResponseReturnValue:
    """The answer on one page."""
    account, person, scheme, today = own_account(visit), own_person(visit), visit.council.scheme, visit.today
    begun = account.opened.opened_on <= today
    figures = statement_figures(account, scheme, today) if begun else None
    return render_template(
        "citizen/account.html",
        page_title="Your care account",
        law_words=law_words(visit.council),
        name=person.name if person else None,
        account=account,
        begun=begun,
        updated=account.entries[-1].recorded_at,
        progress=cap_progress(account, scheme, today),
        budget=entry_on(account, BudgetSet, today),
        money_check=entry_on(account, FinancialAssessmentImported, today),
        kinds=budget_kinds(account, figures) if figures else [],
        growth=growth(account, scheme, today),
        changes=changes(figures, account) if figures else None,
        statements=list(reversed(account.of(StatementIssued)))[:LATEST_STATEMENTS],
    )
