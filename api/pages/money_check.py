"""What does a financial assessment say to the person it is about: in sentences, and in sums to follow with a pencil?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from api.pages.paper import face_of, on_paper, post_to
from api.pages.words import day
from api.pages.working import Row, Section, working
from domain.account.assessment_difference import AssessmentDifference, difference
from domain.account.assessment_words import name_of
from domain.account.assessments import before, in_force_to
from domain.account.facts import FINANCIAL_ASSESSMENTS, FinancialAssessed, FinancialAssessment
from domain.account.state import CareAccount, Entry
from domain.law.financial_assessment import Line
from ledger.council import Council
from ledger.vault.person import Person

HEADINGS = {
    "notional": "Money we count, though you no longer have it",
    "capital": "Your savings and property",
    "income": "What you have coming in each week",
    "allowances": "What you keep each week",
    "contribution": "What is left, and what you pay",
}
_TOTALS = {
    "assessable_capital": "Together",
    "assessable_income": "What you have coming in",
    "allowances": "What you keep",
    "available": "What is left",
    "contribution": "What you pay each week",
}
_NAMED = ("tariff_income", "income", "allowance")
_LEFT_OUT = ("capital", "income")
_LIMITS = "the limits for savings and property"


@dataclass(frozen=True)
class MoneyCheckWords:
    """A money check ready to be written.

    `to` is the last day it holds, `left_out` what does not count, `earlier` the check before and `changed` what has
    changed since, `unsure` the amounts of law that are not known from the law itself.
    """

    check: FinancialAssessment
    reference: str
    name: str | None
    post_to: tuple[str, ...]
    made_at: datetime
    counts: bool
    to: date | None
    sections: tuple[Section, ...]
    left_out: tuple[str, ...]
    earlier: FinancialAssessment | None
    changed: AssessmentDifference | None
    warnings: tuple[str, ...]
    unsure: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"Money check from {day(self.check.effective_from)}"

    @property
    def kind(self) -> str:
        """How it was made."""
        return self.check.asked.type if isinstance(self.check, FinancialAssessed) else "imported"


def money_check_html(council: Council, account: CareAccount, entry: Entry, person: Person | None) -> str:
    """The money check of an entry as a letter that stands by itself; without a person, under the reference alone."""
    return on_paper("money_check.html", face_of(council), letter=money_check_words(account, entry, person))


def money_check_words(account: CareAccount, entry: Entry, person: Person | None) -> MoneyCheckWords:
    """What the money check of an entry says, as the account is known."""
    check, previous = fact_of(entry), before(account, entry)
    earlier = fact_of(previous) if previous else None
    worked_out = check if isinstance(check, FinancialAssessed) else None
    return MoneyCheckWords(
        check=check,
        reference=account.opened.reference,
        name=person.name if person else None,
        post_to=post_to(person),
        made_at=entry.recorded_at,
        counts=entry.version not in account.voided_by,
        to=in_force_to(account, entry),
        sections=tuple(map(_plainly, working(worked_out))) if worked_out else (),
        left_out=tuple(line.label for line in worked_out.lines if _does_not_count(line)) if worked_out else (),
        earlier=earlier,
        changed=difference(earlier, check) if earlier else None,
        warnings=tuple(warning for warning in worked_out.warnings if not tells_of_an_amount(warning))
        if worked_out
        else (),
        unsure=unsure_of(worked_out.lines) if worked_out else (),
    )


def fact_of(entry: Entry) -> FinancialAssessment:
    """The financial assessment that an entry recorded."""
    assert isinstance(entry.fact, FINANCIAL_ASSESSMENTS)  # the caller found the entry among them
    return entry.fact


def _plainly(section: Section) -> Section:
    """A section of the working in the person's words, without what does not count."""
    rows = [_row(row) for row in section.rows if row.line is None or not _does_not_count(row.line)]
    if section.name == "contribution" and rows:
        income, kept, *others = rows
        rows = [_called("assessable_income", income), _called("allowances", kept), *others]
    return Section(section.name, HEADINGS[section.name], tuple(rows), section.total and _row(section.total))


def _row(row: Row) -> Row:
    """A row under its plain name; what its label says more is a note."""
    line = row.line
    if line is None or line.step not in (*_NAMED, *_TOTALS):
        return row
    note = row.note or (line.label if {"£", ":"} & set(line.label) else "")
    if line.step in _TOTALS:
        return _called(line.step, row._replace(note=note))
    name = name_of(line)
    return row._replace(label=name[0].upper() + name[1:], note=note)


def _called(step: str, row: Row) -> Row:
    return row._replace(label=_TOTALS[step])


def _does_not_count(line: Line) -> bool:
    """Whether a line is of something that is left out: what it came to stands in its label."""
    return line.step in _LEFT_OUT and not line.amount and "£" in line.label


def tells_of_an_amount(warning: str) -> bool:
    """Whether a warning tells how an amount of law is known, which a letter tells in its own words."""
    return warning.endswith((" from a secondary source only.", " from memory only."))


def unsure_of(lines: Iterable[Line]) -> tuple[str, ...]:
    """Of what the amounts are that are not known from an official source, each once."""
    return tuple(dict.fromkeys(_unsure(lines)))


def _unsure(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        if line.parameter and line.certainty in ("secondary", "recalled"):
            yield name_of(line) if line.step in ("allowance", "charged") else _LIMITS
