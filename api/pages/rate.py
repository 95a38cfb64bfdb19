"""Why does another amount count each week than before, in words for the person?"""

from datetime import date
from typing import Any

from api.pages.recorded.person import HOMES
from api.pages.unsettled import charged_on
from api.pages.words import day, pounds
from domain.account.assessment_difference import difference
from domain.account.facts import FINANCIAL_ASSESSMENTS, BudgetSet, FinancialAssessment
from domain.account.figures import StatementLine
from domain.account.in_force import Kind, entry_on
from domain.account.state import CareAccount


def another_rate(before: StatementLine | None, line: StatementLine, account: CareAccount) -> str | None:
    """£31.00 more a week from 7 April 2025, because your state pension rose by £31.00.

    None where the rate is the same, or where nothing that is known of the account changed between the two: then it was
    stated otherwise before, which the corrections tell.
    """
    if before is None or before.weekly_rate is None or line.weekly_rate is None:
        return None
    change = line.weekly_rate.metered - before.weekly_rate.metered
    because = _because(before, line, account) if change else None
    if because is None:
        return None
    return f"{pounds(abs(change))} {'more' if change > 0 else 'less'} a week from {day(line.from_)}, {because}"


def _because(before: StatementLine, line: StatementLine, account: CareAccount) -> str | None:
    then, now = before.to, line.from_
    if charged_on(account, then) != charged_on(account, now):
        charged = charged_on(account, now)
        return "because that is what we charged you" if charged else "because we go by your money check for these days"
    was, budget = _in_force(BudgetSet, account, then), _in_force(BudgetSet, account, now)
    if was and budget and (was.setting, was.kind) != (budget.setting, budget.kind):
        return _another_arrangement(was, budget)
    checks = [_in_force(FINANCIAL_ASSESSMENTS, account, on) for on in (then, now)]
    if budget and budget.kind == "personal" and all(checks) and checks[0] != checks[1]:
        return _another_check(before, line, *checks)
    if was and budget and was.weekly_cost != budget.weekly_cost:
        return f"because your care costs {pounds(budget.weekly_cost)} a week"
    assert before.weekly_rate is not None  # the caller has seen both
    assert line.weekly_rate is not None
    if before.weekly_rate.base == line.weekly_rate.base:
        return "because the amount for living costs changed"
    return None


def _another_arrangement(was: BudgetSet, budget: BudgetSet) -> str:
    if was.setting != budget.setting:
        return f"because you now live in {HOMES[budget.setting]}"
    return (
        f"because {'we now arrange your care' if budget.kind == 'personal' else 'you now arrange your care yourself'}"
    )


def _another_check(
    before: StatementLine, line: StatementLine, was: FinancialAssessment, now: FinancialAssessment
) -> str:
    """The largest cause of the difference, where the difference is all that changed what counts."""
    found = difference(was, now)
    assert before.weekly_rate is not None
    assert line.weekly_rate is not None
    if found.causes and found.change == line.weekly_rate.base - before.weekly_rate.base:
        return f"{'mostly ' if len(found.causes) > 1 else ''}because {found.causes[0].words}"
    return "because we looked at your money again"


def _in_force(kind: Kind, account: CareAccount, on: date) -> Any:
    """The fact of a kind in force on a day, if any."""
    entry = entry_on(account, kind, on)
    return entry.fact if entry else None
