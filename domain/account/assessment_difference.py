"""By how much do two financial assessments of a person differ, and what makes the difference?"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from pydantic import Field

from domain.account.assessment_words import name_of
from domain.account.facts import FinancialAssessed, FinancialAssessment
from domain.account.figures import Figures
from domain.dates import Day
from domain.law.financial_assessment import Line, effects
from domain.law.financial_assessment.working import Step
from domain.money import Money, SignedMoney
from domain.words import day, pounds

NIL = Decimal("0.00")

Whole = Literal["full_cost", "cost_of_care", "not_known"]
"""Where one cause is the whole difference: the full cost is paid by one of two, or by both, or a working is lacking."""


class AssessmentCause(Figures):
    """A part of the difference. Signed pounds a week: what it adds to what is paid, `before`, `after`, and the change.

    `step` and `of` are those of the lines it is made of; authority and parameter are those of the first line. The words
    are a clause for the person, without its full stop.
    """

    step: Step
    of: str | None
    name: str
    before: SignedMoney
    after: SignedMoney
    amount: SignedMoney
    authority: str | None = None
    parameter: str | None = None
    words: str


class AssessmentDifference(Figures):
    """What is paid a week by one assessment and by another, and the causes of the change, the largest first.

    The amounts of the causes add up to the change. `from` is the day on which the other takes effect.
    """

    before: Money
    after: Money
    change: SignedMoney
    from_: Day = Field(alias="from")
    causes: tuple[AssessmentCause, ...]
    words: str


def difference(before: FinancialAssessment, after: FinancialAssessment) -> AssessmentDifference:
    """What leads from one assessment to another, in pounds a week; turned round, every sign is turned."""
    found = [cause for cause in _causes(before, after) if cause.amount]
    causes = tuple(sorted(found, key=lambda cause: -abs(cause.amount)))
    return AssessmentDifference(
        before=before.weekly_contribution,
        after=after.weekly_contribution,
        change=after.weekly_contribution - before.weekly_contribution,
        from_=after.effective_from,
        causes=causes,
        words=_sentence(before, after, causes),
    )


def _causes(before: FinancialAssessment, after: FinancialAssessment) -> Iterator[AssessmentCause]:
    in_full = (before.outcome, after.outcome).count("full_cost")
    if in_full == 1:
        yield _whole("full_cost", before, after, _why_in_full(after))
    elif in_full == 2:
        change = after.weekly_contribution - before.weekly_contribution
        yield _whole("cost_of_care", before, after, f"your care costs {_by(change)} {_more(change)} a week")
    elif isinstance(before, FinancialAssessed) and isinstance(after, FinancialAssessed):
        yield from _line_by_line(_parts(before), _parts(after))
    else:
        here = isinstance(after, FinancialAssessed)
        words = "we worked it out here for the first time" if here else "a money check made elsewhere says so"
        yield _whole("not_known", before, after, words)


def _whole(of: Whole, before: FinancialAssessment, after: FinancialAssessment, words: str) -> AssessmentCause:
    then, now = before.weekly_contribution, after.weekly_contribution
    return AssessmentCause(
        step="contribution", of=of, name="what you pay", before=then, after=now, amount=now - then, words=words
    )


def _why_in_full(after: FinancialAssessment) -> str:
    if after.outcome != "full_cost":
        return "you no longer pay the full cost of your care"
    if not isinstance(after, FinancialAssessed):
        return "you now pay the full cost of your care"
    refused = after.asked.type == "refused"
    why = "you chose not to tell us about your money" if refused else "your savings and property are above the limit"
    return f"{why}, so you pay the full cost of your care"


class _Part(NamedTuple):
    """The lines that are of the same thing: the first of them, and what they all do to the contribution."""

    line: Line
    amount: Decimal


_Parts = Mapping[tuple[Step, str | None], _Part]


def _parts(found: FinancialAssessed) -> _Parts:
    parts: dict[tuple[Step, str | None], _Part] = {}
    for line, amount in effects(found.lines):
        first, so_far = parts.get((line.step, line.of), (line, NIL))
        parts[line.step, line.of] = _Part(first, so_far + amount)
    return parts


def _line_by_line(before: _Parts, after: _Parts) -> Iterator[AssessmentCause]:
    """What each part of both did then and does now, nothing where it is lacking."""
    for which, (line, _) in {**before, **after}.items():
        then, now = (parts[which].amount if which in parts else NIL for parts in (before, after))
        yield AssessmentCause(
            step=line.step,
            of=line.of,
            name=name_of(line),
            before=then,
            after=now,
            amount=now - then,
            authority=line.authority,
            parameter=line.parameter,
            words=_clause(line, then, now),
        )


_SHORT = (
    "{by} of your income only brings you up to what you keep",
    "we do not take the {by} that you are short of what you keep",
)
"""That less is lacking of what is kept than before, and more."""

_LIMITS: Mapping[str, tuple[str, str]] = {
    "council_percentage": ("we leave you {by} more of what is left", "we leave you {by} less of what is left"),
    "cost_of_care": (
        "the limit of what your care costs takes off {by} more",
        "the limit of what your care costs takes off {by} less",
    ),
    "minimum_weekly_charge": ("we do not ask for as little as {by}", "we ask for {by} that was too little before"),
}
"""What a limit takes off more than before, and less."""


def _clause(line: Line, then: Decimal, now: Decimal) -> str:
    change, by, name = now - then, _by(now - then), name_of(line)
    if line.step == "tariff_income":
        return f"we count {by} {_more(change)} a week for {name}"
    if line.step == "available":
        return _SHORT[change > 0].format(by=by)
    if line.step == "charged":
        return _LIMITS[line.of or ""][change > 0].format(by=by)
    does = "count" if line.step == "income" else "take off"
    if not then or not now:
        return f"we {'no longer' if then else 'now'} {does} {name} ({by} a week)"
    return f"{name} {'rose' if abs(now) > abs(then) else 'fell'} by {by}"


def _sentence(before: FinancialAssessment, after: FinancialAssessment, causes: Iterable[AssessmentCause]) -> str:
    """The whole difference in one sentence: what goes the same way, the largest first, then what goes against it."""
    change, since = after.weekly_contribution - before.weekly_contribution, f"from {day(after.effective_from)}"
    along = _joined(cause.words for cause in causes if cause.amount * change > 0)
    against = _joined(cause.words for cause in causes if cause.amount * change <= 0)
    although = f", although {against}" if against else ""
    if not change:
        pays = f"{pounds(after.weekly_contribution)} a week" if after.weekly_contribution else "nothing"
        return f"You still pay {pays} {since}{although}."
    return f"You pay {_by(change)} {_more(change)} a week {since} because {along}{although}."


def _joined(clauses: Iterable[str]) -> str:
    *others, last = [*clauses] or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _by(change: Decimal) -> str:
    return pounds(abs(change))


def _more(change: Decimal) -> str:
    return "more" if change > 0 else "less"
