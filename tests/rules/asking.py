"""Requests in a line, and the account they leave, so that an example goes the way every request goes."""

from datetime import UTC, datetime

import pytest

from domain.account.accrual import accrue
from domain.account.commands import (
    ApproveAdjustment,
    Command,
    Correct,
    IssueStatement,
    PostPeriod,
    Replacement,
    ReturnAdjustment,
)
from domain.account.decisions import REPLACED_BY, decide
from domain.account.facts import Fact, PeriodPosted, StatementIssued
from domain.account.figures import LedgerLine, StatementFigures
from domain.account.lines import lines
from domain.account.refusals import NoSuchEntry, Refused
from domain.account.state import CareAccount
from domain.schemes import Scheme
from tests.rules.build import REFORM_2023, adjustment, and_then, day, the_id

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def request(fact: Fact) -> Replacement:
    """The request whose terms are this fact's."""
    return REPLACED_BY[type(fact)].model_validate_json(fact.model_dump_json(by_alias=True))


def asked(found: CareAccount, *commands: Command, by: str = "officer", scheme: Scheme = REFORM_2023) -> CareAccount:
    """The account after some requests, what followed from each recorded."""
    for command in commands:
        found = and_then(found, *decide(command, found, scheme), by=by)
    return found


def refusal(found: CareAccount, command: Command) -> type[Exception]:
    """Why the request is refused, after making sure that it is told in the words of that refusal."""
    with pytest.raises((Refused, NoSuchEntry)) as refused:
        decide(command, found, REFORM_2023)
    assert str(refused.value).startswith(str(refused.type.__doc__))  # figures may follow
    return refused.type


def correct(version: int, replacement: Fact | None = None) -> Correct:
    """Void the account's entry of this version, and put another fact in its place if one is given."""
    put = request(replacement) if replacement else None
    return Correct(entry_id=the_id(version), reason_code="entered-wrongly", replacement=put)


def propose(amount: str, on: str) -> Replacement:
    return request(adjustment(amount, on))


def approve(version: int, approver: str = "manager") -> ApproveAdjustment:
    return ApproveAdjustment(adjustment=the_id(version), approver=approver)


def send_back(version: int, returner: str = "manager") -> ReturnAdjustment:
    """Have whoever proposed an adjustment look at it again."""
    found = {"adjustment": the_id(version), "on": day("2023-10-10"), "reason_code": "not-shown", "returner": returner}
    return ReturnAdjustment.model_validate(found)


def adjusted(found: CareAccount, *amounts: tuple[str, str]) -> CareAccount:
    """The account after adjustments, (amount, day), each proposed by one person and approved by another."""
    for amount, on in amounts:
        found = asked(found, propose(amount, on))
        found = asked(found, approve(found.version), by="manager")
    return found


def post(found: CareAccount, *through: str, scheme: Scheme = REFORM_2023) -> CareAccount:
    """The account after its costs were posted through each of these days."""
    return asked(found, *(PostPeriod(through=day(on), known_at=NOW) for on in through), scheme=scheme)


def posted(found: CareAccount) -> PeriodPosted:
    """The account's last entry, which is a posting."""
    fact = found.entries[-1].fact
    assert isinstance(fact, PeriodPosted)
    return fact


def issue(found: CareAccount, to: str, kind: str = "annual", scheme: Scheme = REFORM_2023) -> StatementIssued:
    command = IssueStatement.model_validate({"to": day(to), "kind": kind, "known_at": NOW})
    (issued,) = decide(command, found, scheme)
    assert isinstance(issued, StatementIssued)
    return issued


def stated(found: CareAccount, to: str, scheme: Scheme = REFORM_2023) -> CareAccount:
    """The account after a statement to the close of a day."""
    return and_then(found, issue(found, to, scheme=scheme))


def figures(found: CareAccount, to: str, scheme: Scheme = REFORM_2023) -> StatementFigures:
    return issue(found, to, scheme=scheme).figures


def ledger(found: CareAccount, first: str, last: str, scheme: Scheme = REFORM_2023) -> list[LedgerLine]:
    """The lines from one day to another, days between two strokes taken together."""
    return list(lines(accrue(found, scheme, day(last)), day(first), day(last), "posting"))


def in_short(line: LedgerLine) -> tuple[str, str, str, str]:
    """A line's kind, its first and last day, and what it adds."""
    return line.kind, line.from_.isoformat(), line.to.isoformat(), str(line.metered)
