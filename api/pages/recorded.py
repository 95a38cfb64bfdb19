"""What was recorded, in words: for staff, and for the person."""

from datetime import date
from functools import singledispatch
from typing import NamedTuple

from api.pages.words import day, day_of, pounds
from domain.account.facts import (
    AccountClosed,
    AccountOpened,
    BreakRecorded,
    BudgetSet,
    Fact,
    FinancialAssessmentImported,
    NeedsAssessed,
    StatementIssued,
)
from domain.account.state import Entry
from domain.dates import ONE_DAY

SETTINGS = {
    "care_home": "care home",
    "own_home": "own home",
    "supported_living": "supported living",
    "extra_care": "extra care",
    "shared_lives": "shared lives",
}
BREAKS = {
    "hospital": "in hospital",
    "away": "away",
    "respite": "respite",
    "no_care": "no care",
}
CLOSURES = {
    "died": "the person has died",
    "moved": "moved to another council's area",
    "no_eligible_needs": "no eligible needs",
    "entered_in_error": "entered in error",
}
STATEMENTS = {"annual": "Yearly statement", "on_request": "Statement on request", "closing": "Closing statement"}


class Words(NamedTuple):
    """An entry for staff: what it is, and what it says."""

    heading: str
    sentence: str


@singledispatch
def for_staff(fact: Fact) -> Words:
    """What a fact says, in the words of the office."""
    raise TypeError(f"nobody has found words for {type(fact).__name__}")


@for_staff.register
def _(fact: AccountOpened) -> Words:
    return Words("Account opened", f"Reference {fact.reference}, opened on {day(fact.opened_on)}.")


@for_staff.register
def _(fact: NeedsAssessed) -> Words:
    by = "" if fact.confirmed else " A self-assessment that no professional has confirmed: it counts as nothing."
    if fact.eligible_from is None:
        return Words("Needs assessed: not eligible", f"Assessed on {day(fact.assessed_on)}.{by}")
    span = since(fact.eligible_from, fact.ending_before)
    return Words("Needs assessed: eligible", f"Eligible {span}, assessed on {day(fact.assessed_on)}.{by}")


@for_staff.register
def _(fact: BudgetSet) -> Words:
    stay = ", short stay" if fact.short_stay else ""
    where = f"{SETTINGS[fact.setting]}{stay}"
    span = since(fact.effective_from, fact.ending_before)
    kind = {"independent": "Independent personal budget", "personal": "Personal budget"}[fact.kind]
    return Words(f"{kind} set", f"{pounds(fact.weekly_cost)} a week {span}, {where}.")


@for_staff.register
def _(fact: FinancialAssessmentImported) -> Words:
    pays = "full cost" if fact.outcome == "full_cost" else f"{pounds(fact.weekly_contribution)} a week"
    span = since(fact.effective_from, fact.ending_before)
    return Words("Financial assessment imported", f"Contribution: {pays} {span}, from {fact.source.system}.")


@for_staff.register
def _(fact: BreakRecorded) -> Words:
    return Words("Break recorded", f"Paid care paused {since(fact.from_, fact.ending_before)}: {BREAKS[fact.reason]}.")


@for_staff.register
def _(fact: AccountClosed) -> Words:
    return Words("Account closed", f"Last day {day(fact.on)}: {CLOSURES[fact.reason]}.")


@for_staff.register
def _(fact: StatementIssued) -> Words:
    counted = pounds(fact.figures.accrued_costs)
    return Words("Statement made", f"{STATEMENTS[fact.kind]} to {day(fact.figures.to)}: {counted} counted.")


@singledispatch
def for_the_person(fact: Fact) -> str:
    """What a fact says, in the words of a letter, to stand after "because of" and before a comma."""
    raise TypeError(f"nobody has found words for {type(fact).__name__}")


@for_the_person.register
def _(fact: AccountOpened) -> str:
    return f"the start of your account on {day(fact.opened_on)}"


@for_the_person.register
def _(fact: NeedsAssessed) -> str:
    if fact.eligible_from is None:
        return f"a decision of {day(fact.assessed_on)} that you do not need care we must meet"
    return f"a decision that you need care {since(fact.eligible_from, fact.ending_before)}"


@for_the_person.register
def _(fact: BudgetSet) -> str:
    return f"a budget of {pounds(fact.weekly_cost)} a week {since(fact.effective_from, fact.ending_before)}"


@for_the_person.register
def _(fact: FinancialAssessmentImported) -> str:
    pays = "the full cost" if fact.outcome == "full_cost" else f"{pounds(fact.weekly_contribution)} a week"
    return f"a money check that says you pay {pays} {since(fact.effective_from, fact.ending_before)}"


@for_the_person.register
def _(fact: BreakRecorded) -> str:
    return f"a time without paid care {since(fact.from_, fact.ending_before)}"


@for_the_person.register
def _(fact: AccountClosed) -> str:
    return f"the end of your account on {day(fact.on)}"


def recorded_late(entry: Entry) -> str:
    """What was recorded, and when: a budget of £945.00 a week from 1 February 2026, recorded on 20 February 2026."""
    return f"{for_the_person(entry.fact)}, recorded on {day_of(entry.recorded_at)}"


def since(first: date, ending_before: date | None) -> str:
    """A span in words: from 1 February 2026 to 31 March 2026."""
    return f"from {day(first)}" + (f" to {day(ending_before - ONE_DAY)}" if ending_before else "")
