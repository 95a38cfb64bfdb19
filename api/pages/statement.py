"""The web form of a statement: the same words and figures as on paper."""

from dataclasses import dataclass
from datetime import datetime

from api.pages.changes import Changes, changes
from api.pages.law import ILLUSTRATION
from api.pages.paper import on_paper, post_to
from api.pages.words import day
from domain.account.facts import FINANCIAL_ASSESSMENTS, BudgetSet, StatementIssued
from domain.account.figures import StatementFigures
from domain.account.in_force import entry_on, stretches
from domain.account.state import CareAccount, Entry
from ledger.council import Council
from ledger.vault.person import Person


@dataclass(frozen=True)
class StatementWords:
    """A statement ready to be written: its figures as they were frozen, and what has to be said of them."""

    figures: StatementFigures
    changes: Changes
    reference: str
    number: int
    kind: str
    known_at: datetime
    made_at: datetime
    check_code: str
    budget_kinds: list[str]
    cap_before: str | None
    budget: Entry | None
    money_check: Entry | None
    name: str | None
    post_to: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"Statement to {day(self.figures.to)}"

    @property
    def law_words(self) -> str | None:
        """What was true of the law when it was made, which a later law does not change."""
        return None if self.figures.cap is None or self.figures.provisions_in_force else ILLUSTRATION


def statement_html(council: Council, account: CareAccount, entry: Entry, person: Person | None) -> str:
    """A statement as a page that stands by itself: the same entry gives the same bytes, whatever was recorded since.

    Without a person it is written under the reference alone.
    """
    return on_paper("statement.html", council, statement=statement_words(council, account, entry, person))


def statement_words(council: Council, account: CareAccount, entry: Entry, person: Person | None) -> StatementWords:
    """What the statement of an entry says. Only what was recorded before it is looked at."""
    issued = entry.fact
    assert isinstance(issued, StatementIssued)  # the caller found the entry among the statements
    figures = issued.figures
    then = CareAccount(account.entries[: figures.version])
    return StatementWords(
        figures=figures,
        changes=changes(figures, then, council.scheme_at(issued.known_at)),
        reference=account.opened.reference,
        number=1 + len(then.of(StatementIssued)),
        kind=issued.kind,
        known_at=issued.known_at,
        made_at=entry.recorded_at,
        check_code=f"{issued.digest[:4]}-{issued.digest[4:8]}".upper(),
        budget_kinds=budget_kinds(then, figures),
        cap_before=_cap_before(figures, then),
        budget=entry_on(then, BudgetSet, figures.to),
        money_check=entry_on(then, FINANCIAL_ASSESSMENTS, figures.to),
        name=person.name if person else None,
        post_to=post_to(person),
    )


def budget_kinds(account: CareAccount, figures: StatementFigures) -> list[str]:
    """Who met the needs in the days of some figures: "independent", "personal", both in this order, or nobody."""
    within = (s for s in stretches(account, BudgetSet) if s.first <= figures.to and s.ending_before > figures.from_)
    return sorted({s.value.fact.kind for s in within if isinstance(s.value.fact, BudgetSet)})


def _cap_before(figures: StatementFigures, account: CareAccount) -> str | None:
    """The cap of the statement before, where it was another."""
    for entry, issued in account.of(StatementIssued):
        if str(entry.id) == figures.previous_statement and issued.figures.cap not in (None, figures.cap):
            return str(issued.figures.cap)
    return None
