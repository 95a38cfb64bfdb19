"""/account/changes: what changed since a statement, who decided it, and why?"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.letters.notice import what_it_says
from api.pages.asked import Asked
from api.pages.changes import changes
from api.pages.citizen.own import may_also, own_account, own_person
from api.pages.citizen.questions.about import name_of_days
from api.pages.law import law_words
from api.pages.money_check import fact_of
from api.pages.page import Visit, page
from api.pages.recorded.late import decided
from domain.account.assessment_difference import AssessmentDifference, difference
from domain.account.assessments import assessments, before
from domain.account.facts import FinancialAssessment, NoticeGiven, StatementIssued
from domain.account.state import CareAccount, Entry
from domain.account.statement import Stated, statement_figures

TEAMS = {"assessor": "our social care team", "finance": "our finance team", "finance_approver": "our finance team"}
"""Who decided, as a person is told: which team, never which colleague."""


class Paid(NamedTuple):
    """A money check that was made since, and what leads to it from the one before, if there was one."""

    entry: Entry
    fact: FinancialAssessment
    change: AssessmentDifference | None


@page("/account/changes", "read_account", people=True)
def your_changes(visit: Visit) -> ResponseReturnValue:
    """What changed since the last statement, or since any other; since the account began, where none was made."""
    account, person, asked = own_account(visit), own_person(visit), Asked(visit.request.args)
    statements = [each for each in account.of(StatementIssued) if each[1].figures.to < visit.today]
    since = _since(asked, statements)
    begun = account.opened.opened_on <= visit.today
    figures = statement_figures(account, visit.council.scheme, visit.today, since) if begun else None
    shown = render_template(
        "citizen/changes.html",
        page_title="What changed",
        law_words=law_words(visit.council),
        errors=asked.errors,
        name=person.name if person else None,
        account=account,
        today=visit.today,
        updated=account.entries[-1].recorded_at,
        since=since,
        statements=list(reversed(statements)),
        paid=list(_paid(account, since)),
        notices=[(entry, what_it_says(told)) for entry, told in _notices(account, since)],
        figures=figures,
        changes=changes(figures, account, visit.council.scheme) if figures else None,
        teams=TEAMS,
        decided=lambda cause: decided(cause, account),
        may_ask=may_also(visit, "raise_dispute"),
        name_of_days=name_of_days,
    )
    return make_response(shown, 422 if asked.errors else 200)


def _since(asked: Asked, statements: Sequence[Stated]) -> Stated | None:
    """The statement to begin with, the last where none was chosen; None where none was made yet."""
    chosen = asked.text("since")
    found = next((each for each in statements if str(each[0].id) == chosen), None)
    if chosen and found is None:
        asked.errors["since"] = "Choose one of the statements in the list"
    return found or (statements[-1] if statements else None)


def _paid(account: CareAccount, since: Stated | None) -> Iterator[Paid]:
    """The money checks that count and are news since the statement, the newest first."""
    for entry, fact in reversed(assessments(account)):
        if entry.version not in account.voided_by and _is_news(entry, since):
            earlier = before(account, entry)
            yield Paid(entry, fact, difference(fact_of(earlier), fact) if earlier else None)


def _notices(account: CareAccount, since: Stated | None) -> list[tuple[Entry, NoticeGiven]]:
    """What we wrote about since the statement, the newest first."""
    return [told for told in reversed(account.of(NoticeGiven)) if _is_news(told[0], since)]


def _is_news(entry: Entry, since: Stated | None) -> bool:
    """Whether no statement could tell of it: it was recorded later, or is true from a later day."""
    if since is None:
        return True
    statement, issued = since
    return entry.version > statement.version or entry.fact.effective_from > issued.figures.to
