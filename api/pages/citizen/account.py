"""/account: how much of your care costs counts so far, and what does that mean?"""

from flask import render_template
from flask.typing import ResponseReturnValue

from api.letters.statement import budget_kinds
from api.pages.changes import changes
from api.pages.citizen.own import may_also, own_account, own_person
from api.pages.citizen.questions.followed import questions
from api.pages.growth import growth
from api.pages.law import law_words
from api.pages.page import Visit, page
from api.pages.recorded.codes import within
from api.pages.recorded.late import proof
from api.pages.unsettled import carried_in, charged_on
from domain.account.facts import FINANCIAL_ASSESSMENTS, BudgetSet, StatementIssued
from domain.account.in_force import entry_on
from domain.account.owed import agreements
from domain.account.progress import cap_progress
from domain.account.statement import statement_figures

LATEST_STATEMENTS = 3


@page("/account", "read_account", people=True)
def your_account(visit: Visit) -> ResponseReturnValue:
    """The answer on one page."""
    account, person, scheme, today = own_account(visit), own_person(visit), visit.council.scheme, visit.today
    begun = account.opened.opened_on <= today
    figures = statement_figures(account, scheme, today) if begun else None
    charged = charged_on(account, today)
    return render_template(
        "citizen/account.html",
        may_arrange_letters=may_also(visit, "arrange_letters"),
        page_title="Your care account",
        law_words=law_words(visit.council),
        name=person.name if person else None,
        account=account,
        begun=begun,
        updated=account.entries[-1].recorded_at,
        progress=cap_progress(account, scheme, today),
        budget=entry_on(account, BudgetSet, today),
        money_check=entry_on(account, FINANCIAL_ASSESSMENTS, today),
        kinds=budget_kinds(account, figures) if figures else [],
        growth=growth(account, scheme, today),
        changes=changes(figures, account, scheme) if figures else None,
        carried_in=[(found.opening, proof(found.entry, account)) for found in carried_in(account)],
        charges=[(charge, within(charge.period_from, charge.period_ending_before)) for _, charge in charged],
        questions=questions(visit, account),
        may_ask=may_also(visit, "raise_dispute"),
        today=today,
        pays_later=agreements(account),
        statements=list(reversed(account.of(StatementIssued)))[:LATEST_STATEMENTS],
    )
