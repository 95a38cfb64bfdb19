"""What may be asked of a care account: each request with the terms it carries."""

from pydantic import Field

from domain.account.facts import (
    AdjustmentReturn,
    Break,
    Budget,
    Charge,
    Closure,
    ContactChoice,
    Deferral,
    DeferredPaymentEnding,
    DisputedThing,
    DisputeOutcome,
    ImportedAssessment,
    ManualAdjustment,
    NeedsAssessment,
    Opening,
    Paper,
    Reopening,
    Repayment,
    Representation,
    RepresentationEnding,
    SecuredDeferredPayment,
    WorkedOutAssessment,
)
from domain.account.figures import StatementKind
from domain.dates import Day, Instant
from domain.law.deferred_interest import HalfYear
from domain.terms import Code, EntryId, Terms


class OpenAccount(Terms):
    """Begin to keep a care account (Care Act 2014 s 29(1))."""

    reference: Code
    opened_on: Day


class RecordNeedsAssessment(NeedsAssessment):
    """Record the outcome of a needs assessment."""


class SetBudget(Budget):
    """Set the weekly cost of meeting eligible needs."""


class ImportFinancialAssessment(ImportedAssessment):
    """Take over the result of a financial assessment made elsewhere."""


class RecordFinancialAssessment(WorkedOutAssessment):
    """Record a financial assessment that was worked out here."""


class RaiseCharge(Charge):
    """Record what the council charged for a period."""


class RetractCharge(Terms):
    """Take a charge back, by its reference."""

    reference: Code
    reason_code: Code


class RecordBreak(Break):
    """Record a time without paid care."""


class CarryInOpening(Opening):
    """Carry in what had accrued with another council or in an earlier system."""


class EvidenceOpening(Terms):
    """Say which evidence proves a carried-in balance."""

    opening: EntryId
    on: Day
    evidence: Code


class ProposeAdjustment(ManualAdjustment):
    """Ask for an amount to be added to, or taken off, accrued costs."""


class ApproveAdjustment(Terms):
    """Approve an adjustment that somebody else proposed."""

    adjustment: EntryId
    approver: str


class ReturnAdjustment(AdjustmentReturn):
    """Send an adjustment back that somebody else proposed."""

    returner: str


class CloseAccount(Closure):
    """Close the account; its last day still counts."""


class ReopenAccount(Reopening):
    """Keep a closed account again."""


class AgreeDeferredPayment(SecuredDeferredPayment):
    """Make a deferred payment agreement."""


class DeferPayment(Deferral):
    """Defer a sum under an agreement. `highest_rates` are those known, from the first half-year there was."""

    reference: Code
    highest_rates: tuple[HalfYear, ...]


class RepayDeferredPayment(Repayment):
    """Take a repayment under an agreement."""

    reference: Code
    highest_rates: tuple[HalfYear, ...]


class EndDeferredPayment(DeferredPaymentEnding):
    """End an agreement."""

    reference: Code
    highest_rates: tuple[HalfYear, ...]


class NameRepresentative(Representation):
    """Name somebody who may see the account or act for the person."""


Replacement = (
    OpenAccount
    | RecordNeedsAssessment
    | SetBudget
    | ImportFinancialAssessment
    | RecordFinancialAssessment
    | RaiseCharge
    | RecordBreak
    | CarryInOpening
    | ProposeAdjustment
    | CloseAccount
    | ReopenAccount
    | AgreeDeferredPayment
    | DeferPayment
    | RepayDeferredPayment
    | EndDeferredPayment
    | NameRepresentative
)
"""What may stand in the place of an entry that was wrong."""


class Correct(Terms):
    """Void an entry that was wrong, and put another in its place where one is given."""

    entry_id: EntryId
    reason_code: Code
    replacement: Replacement | None = None


class PostPeriod(Terms):
    """Count the costs of the days up to and with `through` that have not been posted yet."""

    through: Day
    known_at: Instant = Field(description="the moment of asking")


class IssueStatement(Terms):
    """Make a statement to the close of a day, resting on what is known at `known_at`.

    `paper` is how it has been set on paper, where that was done; it is kept if it was made of the same figures.
    """

    to: Day
    kind: StatementKind
    known_at: Instant = Field(description="the moment of asking")
    paper: Paper | None = None


class GiveNotices(Terms):
    """Tell the person what they have to be told by the close of a day, resting on what is known at `known_at`."""

    on: Day
    known_at: Instant = Field(description="the moment of asking")


class RaiseDispute(Terms):
    """Question an entry or a line; `attachment` is the SHA-256, in hex, of a paper that shows what is wrong."""

    about: DisputedThing
    raised_on: Day
    attachment: Code | None = None


class AnswerDispute(DisputeOutcome):
    """Answer a dispute."""

    dispute: EntryId


class EndRepresentative(RepresentationEnding):
    """Say from which day on somebody no longer represents the person."""

    representative: EntryId


class ChooseContact(ContactChoice):
    """Say how the person wants to be reached from a day on."""

    on: Day


Command = (
    Replacement
    | RetractCharge
    | EvidenceOpening
    | ApproveAdjustment
    | ReturnAdjustment
    | Correct
    | PostPeriod
    | IssueStatement
    | GiveNotices
    | RaiseDispute
    | AnswerDispute
    | EndRepresentative
    | ChooseContact
)
