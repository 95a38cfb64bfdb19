"""What may be asked of a care account: each request with the terms it carries."""

from pydantic import Field

from domain.account.facts import Break, Budget, Closure, FinancialAssessment, NeedsAssessment
from domain.account.figures import StatementKind
from domain.dates import Day, Instant
from domain.terms import Code, Terms


class OpenAccount(Terms):
    """Begin to keep a care account (Care Act 2014 s 29(1))."""

    reference: Code
    opened_on: Day


class RecordNeedsAssessment(NeedsAssessment):
    """Record the outcome of a needs assessment."""


class SetBudget(Budget):
    """Set the weekly cost of meeting eligible needs."""


class ImportFinancialAssessment(FinancialAssessment):
    """Take over the result of a financial assessment made elsewhere."""


class RecordBreak(Break):
    """Record a time without paid care."""


class CloseAccount(Closure):
    """Close the account; its last day still counts."""


class IssueStatement(Terms):
    """Make a statement to the close of a day, resting on what is known at `known_at`."""

    to: Day
    kind: StatementKind
    known_at: Instant = Field(description="the moment of asking")


Command = (
    OpenAccount
    | RecordNeedsAssessment
    | SetBudget
    | ImportFinancialAssessment
    | RecordBreak
    | CloseAccount
    | IssueStatement
)
