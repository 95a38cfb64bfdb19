"""An office that records what tests of the pages show: Mrs A, and people whose accounts went otherwise."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from domain.account.commands import (
    CloseAccount,
    Command,
    ImportFinancialAssessment,
    IssueStatement,
    OpenAccount,
    RecordBreak,
    RecordNeedsAssessment,
    SetBudget,
)
from domain.account.facts import Source
from ledger.council import Council
from ledger.outcomes import Caller
from ledger.receipts import Request
from ledger.reference import new_reference
from ledger.vault.person import Contact, Person

ASSESSOR, FINANCE = Caller("p.shah", "assessor"), Caller("alice", "finance")
BEGAN = date(2023, 10, 2)
ADDRESS = ("1 High Street", "Example Town", "EX1 1AB")


@dataclass(frozen=True)
class Office:
    """Records facts of one council at the moments it is told."""

    council: Council

    def open(self, local_id: str, given_name: str, family_name: str, opened_on: date = BEGAN) -> UUID:
        """Open an account."""
        person = Person(
            local_id=local_id,
            given_name=given_name,
            family_name=family_name,
            date_of_birth=date(1941, 5, 2),
            postcode="EX1 1AB",
            contact=Contact(address=ADDRESS),
        )
        command = OpenAccount(reference=new_reference(), opened_on=opened_on)
        at = datetime(2023, 10, 2, 9, tzinfo=UTC)
        return self.council.ledger.open(person, command, by=FINANCE, now=at, request=_new()).account.id

    def record(self, account_id: UUID, command: Command, at: datetime, by: Caller = ASSESSOR) -> UUID:
        """Record a fact at a moment; the id of its entry."""
        return self.council.ledger.handle(account_id, command, by=by, now=at, request=_new()).entries[0].id

    def mrs_a(self, local_id: str = "P-1001", name: tuple[str, str] = ("Ada", "Ames")) -> UUID:
        """The worked example: a self-funder in a care home, 950.00 a week from 2 October 2023."""
        account_id, at = self.open(local_id, *name), datetime(2023, 10, 3, 9, 30, tzinfo=UTC)
        self.record(account_id, needs(), at)
        self.record(account_id, budget("950.00"), at)
        return account_id

    def statement(self, account_id: UUID, to: date, at: datetime, kind: Any = "annual") -> UUID:
        """Make a statement at a moment."""
        return self.record(account_id, IssueStatement(to=to, kind=kind, known_at=at), at, FINANCE)


def needs(since: date = BEGAN) -> RecordNeedsAssessment:
    return RecordNeedsAssessment(assessed_on=since, eligible=True, eligible_from=since)


def budget(weekly_cost: str, since: date = BEGAN, **other: Any) -> SetBudget:
    """A self-funder's care home, unless said otherwise."""
    given = {"kind": "independent", "setting": "care_home"} | other
    return SetBudget(weekly_cost=Decimal(weekly_cost), effective_from=since, **given)


def money_check(weekly_contribution: str, since: date = BEGAN) -> ImportFinancialAssessment:
    return ImportFinancialAssessment(
        type="imported",
        assessed_on=since,
        effective_from=since,
        outcome="contribution",
        weekly_contribution=Decimal(weekly_contribution),
        source=Source(system="charging"),
    )


def in_hospital(first: date, ending_before: date) -> RecordBreak:
    return RecordBreak.model_validate({"from": first, "ending_before": ending_before, "reason": "hospital"})


def died(on: date) -> CloseAccount:
    return CloseAccount(on=on, reason="died")


def _new() -> Request:
    return Request(FINANCE.sub, uuid4().hex, sha256(b"told by a test").digest())
