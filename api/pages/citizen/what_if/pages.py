"""/account/if-things-change: what might become of your account if something changed?"""

from typing import Any

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from api.pages.asked import Asked
from api.pages.citizen.own import own_account, own_person
from api.pages.citizen.what_if.asked import WHATS, Supposed, incomes_of, supposed_by
from api.pages.citizen.what_if.band import band, closes
from api.pages.law import law_words
from api.pages.page import Visit, page
from domain.account.assessment_words import INCOME
from domain.account.facts import BudgetSet
from domain.account.in_force import entry_on
from domain.account.progress import cap_progress
from domain.account.reassessing import CannotBeReassessed, Occasion
from domain.account.state import CareAccount
from domain.account.supposing import MoreIncome, OtherIncome, Outlooks, other_costs, other_income
from domain.dates import ONE_DAY
from domain.parameters import NotInForce

PATH = "/account/if-things-change"


@page(PATH, "read_account", people=True)
def if_things_change(visit: Visit) -> ResponseReturnValue:
    """One question after the other, then the range. What was answered stands in the address and nowhere else."""
    account, asked = own_account(visit), Asked(visit.request.args)
    incomes = incomes_of(account, visit.today)
    supposed = supposed_by(asked, incomes)
    if supposed.ask or asked.errors:
        return _question(asked, supposed, {kind: INCOME[kind] for kind in incomes})
    found = _found(visit, account, supposed)
    return render_template(
        "citizen/what_if/answer.html",
        page_title="If things change",
        law_words=law_words(visit.council),
        path=PATH,
        supposed=supposed,
        income=INCOME[supposed.kind] if supposed.kind else None,
        today=visit.today,
        updated=account.entries[-1].recorded_at,
        now=cap_progress(account, visit.council.scheme, visit.today),
        **_shown(visit, found),
    )


def _question(asked: Asked, supposed: Supposed, incomes: dict[Any, str]) -> ResponseReturnValue:
    unknown = supposed.what == "income" and not incomes
    shown = render_template(
        "citizen/what_if/question.html",
        page_title="If things change",
        path=PATH,
        errors={} if unknown else asked.errors,
        ask="unknown" if unknown else supposed.ask or "amount",
        supposed=supposed,
        whats=WHATS,
        incomes=incomes,
        typed=asked.text("amount"),
    )
    return make_response(shown, 422 if asked.errors and not unknown else 200)


def _found(visit: Visit, account: CareAccount, supposed: Supposed) -> Outlooks | OtherIncome | None:
    """What is to come; None where it cannot be worked out from what is known of the account."""
    try:
        return _income(visit, account, supposed) if supposed.what == "income" else _costs(visit, account, supposed)
    except (CannotBeReassessed, NotInForce):
        return None


def _costs(visit: Visit, account: CareAccount, supposed: Supposed) -> Outlooks | None:
    held = entry_on(account, BudgetSet, visit.today)
    if held is None or account.closed or not isinstance(held.fact, BudgetSet):
        return None
    other: dict[str, object] = {
        "weekly_cost": supposed.amount,
        "effective_from": visit.today + ONE_DAY,
        "ending_before": None,
    }
    if supposed.what == "home":
        other["setting"] = "care_home"
    budget = held.fact.model_copy(update=other)
    return other_costs(account, visit.council.scheme, budget, closes(visit.today + ONE_DAY))


def _income(visit: Visit, account: CareAccount, supposed: Supposed) -> OtherIncome:
    assert supposed.kind is not None  # everything was said
    assert supposed.amount is not None
    person, tomorrow = own_person(visit), visit.today + ONE_DAY
    rise = MoreIncome(supposed.kind, incomes_of(account, visit.today)[supposed.kind], supposed.amount)
    return other_income(
        account,
        visit.council.scheme,
        person.date_of_birth if person else None,
        Occasion(tomorrow, visit.today, visit.council.amounts_now),
        rise,
        closes(tomorrow),
    )


def _shown(visit: Visit, found: Outlooks | OtherIncome | None) -> dict[str, Any]:
    """What the page is told of the range: what is paid, what counts, and the chart where there is a cap."""
    if found is None:
        return {"outlooks": None, "paying": None, "band": None}
    outlooks = found.outlooks if isinstance(found, OtherIncome) else found
    cap = outlooks.middle.progress.cap
    return {
        "outlooks": outlooks,
        "paying": found if isinstance(found, OtherIncome) else None,
        "band": band(outlooks, closes(visit.today + ONE_DAY), cap) if cap else None,
    }
