"""Which figures does a statement name, each with what has to be said beside it?"""

from collections.abc import Collection, Iterator

from api.letters.document import NamedFigure
from api.pages.metering import METERING
from api.pages.words import day, pounds
from domain.account.facts import FINANCIAL_ASSESSMENTS, BudgetSet, StatementIssued
from domain.account.figures import StatementFigures
from domain.account.in_force import entry_on
from domain.account.state import CareAccount


def named(figures: StatementFigures, account: CareAccount, kinds: Collection[str]) -> Iterator[NamedFigure]:
    """The figures by name; `account` is as the statement knew it."""
    if figures.cap is not None and figures.remaining is not None:
        yield NamedFigure(name="Counted so far", value=pounds(figures.accrued_costs))
        yield NamedFigure(name="The cap", value=pounds(figures.cap), note=_cap_before(figures, account))
        yield NamedFigure(name="Left to reach the cap", value=pounds(figures.remaining))
    yield from _rate(figures)
    if figures.cap is not None:
        yield NamedFigure(name=_cost_of(kinds), value=pounds(figures.cost_of_meeting_needs))
        yield _living_costs(figures)
    else:
        yield from _decided(figures, account)
    if figures.expected_to_reach_cap_on:
        expected = day(figures.expected_to_reach_cap_on)
        yield NamedFigure(name="When you may reach the cap", value=expected, note="This is if nothing changes.")


def _cap_before(figures: StatementFigures, account: CareAccount) -> str:
    """What the cap was in the statement before."""
    issued = account.entry(figures.previous_statement) if figures.previous_statement else None
    if issued is None:
        return ""
    assert isinstance(issued.fact, StatementIssued)  # the decision named nothing else
    before = issued.fact.figures.cap
    if before is None:
        return ""
    if before == figures.cap:
        return "This has not changed since your last statement."
    return f"It was {pounds(before)} in your last statement."


def _rate(figures: StatementFigures) -> Iterator[NamedFigure]:
    if figures.metering != "metering":
        yield NamedFigure(name="What counts each week", value="£0.00", note=METERING[figures.metering].sentence)
    elif figures.weekly_rate:
        yield NamedFigure(name="What counts each week", value=pounds(figures.weekly_rate.metered))


def _cost_of(kinds: Collection[str]) -> str:
    if kinds == ["personal"]:
        return "What we charged you in this time"
    if kinds == ["independent"]:
        return "What your care would have cost us in this time"
    return "Your care costs in this time"


def _living_costs(figures: StatementFigures) -> NamedFigure:
    so_far = figures.daily_living_costs_so_far
    note = f"Since your account began: {pounds(so_far)}." if so_far else ""
    value = pounds(figures.daily_living_costs)
    return NamedFigure(name="Living costs that did not count in this time", value=value, note=note)


def _decided(figures: StatementFigures, account: CareAccount) -> Iterator[NamedFigure]:
    """What was decided of the care and of what is paid for it, where no cap is in force."""
    budget = entry_on(account, BudgetSet, figures.to)
    if budget and isinstance(budget.fact, BudgetSet):
        yield NamedFigure(name="What your care should cost", value=f"{pounds(budget.fact.weekly_cost)} a week")
    check = entry_on(account, FINANCIAL_ASSESSMENTS, figures.to)
    if check and isinstance(check.fact, FINANCIAL_ASSESSMENTS):
        in_full = check.fact.outcome == "full_cost"
        pays = "The full cost" if in_full else f"{pounds(check.fact.weekly_contribution)} a week"
        yield NamedFigure(
            name="What your money check says you pay", value=pays, note="Its full name is financial assessment."
        )
