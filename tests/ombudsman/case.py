"""Complaints, each as what a council did day by day; told all together, since a council's ledger knows one order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from api.auth import Identity
from api.dossier.gathered import gathered
from api.dossier.made import dossier
from api.pages.statement import statement_of
from domain.account.commands import Command, IssueStatement, PostPeriod, SetBudget
from domain.account.facts import StatementIssued
from domain.account.state import entry_id
from ledger.council import Council
from ledger.outcomes import Caller
from tests.pages.office import APPROVER, ASSESSOR, FINANCE, Office, budget, money_check, needs

__all__ = ["APPROVER", "ASSESSOR", "FINANCE"]

FIRST = date(2024, 4, 1)
COMPLAINTS: list["Complaint"] = []
"""Those of every file that was collected."""

What = Command | Callable[[UUID], Command]
"""A command, or what makes it of the account, where it names an earlier entry."""


@dataclass(frozen=True)
class Act:
    """Something the council did: when, what, by whom, in which words."""

    at: datetime
    what: What
    by: Caller = ASSESSOR
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Complaint:
    """What a council did in one case. An act that has an earlier one's day comes after it."""

    opened_on: date
    acts: tuple[Act, ...]


def complaint(*acts: Act, opened_on: date = FIRST) -> Complaint:
    """A complaint that will have been recorded when the tests begin."""
    COMPLAINTS.append(Complaint(opened_on, acts))
    return COMPLAINTS[-1]


def did(on: str, what: What, by: Caller = ASSESSOR, **words: str) -> Act:
    return Act(ten_on(on), what, by, words)


def posted(through: str) -> Act:
    """A run counted a period, on the day after it ended."""
    at = ten_on(through) + timedelta(days=1)
    return Act(at, PostPeriod(through=date.fromisoformat(through), known_at=at), FINANCE)


def stated(on: str, to: str) -> Act:
    """A statement was made on a day."""
    issue = IssueStatement(to=date.fromisoformat(to), kind="annual", known_at=ten_on(on))
    return Act(issue.known_at, issue, FINANCE)


def at_home(cost: str, pays: str | None, first: date = FIRST) -> tuple[Act, ...]:
    """Care at home that the council arranges from a day, all of it recorded the day after."""
    next_day = (first + timedelta(days=1)).isoformat()
    begun = did(next_day, needs(first)), did(next_day, costs(cost, first))
    return (*begun, did(next_day, money_check(pays, first))) if pays else begun


def costs(weekly: str, first: date = FIRST) -> SetBudget:
    return budget(weekly, first, kind="personal", setting="own_home")


def entry(version: int) -> Callable[[UUID], str]:
    """The id of an entry of whichever account it is."""
    return lambda account: str(entry_id(account, version))


@dataclass(frozen=True)
class Told:
    """Every complaint as the council's ledger has it, by its account."""

    council: Council
    accounts: dict[int, UUID]

    @classmethod
    def all_in(cls, council: Council) -> "Told":
        """All complaints, recorded in the order of their days."""
        office = Office(council)
        accounts = {
            id(each): office.open(f"P-{number}", "Ada", "Ames", each.opened_on)
            for number, each in enumerate(COMPLAINTS, start=1)
        }
        every = [(act, accounts[id(each)]) for each in COMPLAINTS for act in each.acts]
        for act, account in sorted(every, key=lambda pair: pair[0].at):
            command = act.what(account) if callable(act.what) else act.what
            office.record(account, command, act.at, act.by, act.words)
        return cls(council, accounts)

    def statement(self, of: Complaint, number: int = -1) -> str:
        """The words of a statement, the last where it is not said which."""
        account = self.council.ledger.account(self.accounts[id(of)])
        made, _ = account.of(StatementIssued)[number]
        return " ".join(statement_of(self.council, account, made, None).texts())

    def dossier(self, of: Complaint, on: str, question: int | None = None) -> str:
        """The words of a dossier as finance took it on a day, about the question of an entry or about everything."""
        account_id, known_at = self.accounts[id(of)], ten_on(on)
        then = self.council.ledger.account(account_id).as_known_at(known_at)
        assert then is not None  # it was opened before
        asked = entry_id(account_id, question) if question else None
        finance = Identity(FINANCE.sub, self.council.code, "finance")
        return " ".join(dossier(gathered(self.council, finance, then, known_at, asked)).texts())


def ten_on(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(10), UTC)
