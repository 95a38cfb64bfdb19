"""What can be recorded about a care account: each fact, its fields, and the name it is stored under for good.

The terms of a fact (`NeedsAssessment`) are shared by the request to record it and the fact itself (`NeedsAssessed`),
so that what is asked for, what is stored and what is answered cannot drift apart.
"""

from domain.account.facts.assessed import (
    FINANCIAL_ASSESSMENTS,
    Budget,
    BudgetSet,
    FinancialAssessed,
    FinancialAssessment,
    FinancialAssessmentImported,
    ImportedAssessment,
    NeedsAssessed,
    NeedsAssessment,
    Provider,
    Setting,
    Source,
    WorkedOutAssessment,
)
from domain.account.facts.charged import Break, BreakRecorded, Charge, ChargeRaised, ChargeRetracted
from domain.account.facts.corrected import AdjustmentApproved, AdjustmentProposed, EntryVoided, ManualAdjustment
from domain.account.facts.fact import Fact, type_of
from domain.account.facts.kept import (
    AccountClosed,
    AccountOpened,
    AccountReopened,
    CarriedRate,
    Closure,
    EarlierAdjustment,
    Opening,
    OpeningCarriedIn,
    OpeningEvidenced,
    Provenance,
    Reopening,
)
from domain.account.facts.told import (
    DisputeAnswered,
    DisputedLine,
    DisputedThing,
    DisputeOutcome,
    DisputeRaised,
    PeriodPosted,
    StatementIssued,
)

BY_TOPIC: dict[str, type[Fact]] = {
    fact.TOPIC: fact
    for fact in (
        AccountOpened,
        NeedsAssessed,
        BudgetSet,
        FinancialAssessmentImported,
        FinancialAssessed,
        ChargeRaised,
        ChargeRetracted,
        BreakRecorded,
        EntryVoided,
        AdjustmentProposed,
        AdjustmentApproved,
        OpeningCarriedIn,
        OpeningEvidenced,
        AccountClosed,
        AccountReopened,
        PeriodPosted,
        StatementIssued,
        DisputeRaised,
        DisputeAnswered,
    )
}
"""Every fact by the name it is stored under."""

__all__ = [
    "BY_TOPIC",
    "FINANCIAL_ASSESSMENTS",
    "AccountClosed",
    "AccountOpened",
    "AccountReopened",
    "AdjustmentApproved",
    "AdjustmentProposed",
    "Break",
    "BreakRecorded",
    "Budget",
    "BudgetSet",
    "CarriedRate",
    "Charge",
    "ChargeRaised",
    "ChargeRetracted",
    "Closure",
    "DisputeAnswered",
    "DisputeOutcome",
    "DisputeRaised",
    "DisputedLine",
    "DisputedThing",
    "EarlierAdjustment",
    "EntryVoided",
    "Fact",
    "FinancialAssessed",
    "FinancialAssessment",
    "FinancialAssessmentImported",
    "ImportedAssessment",
    "ManualAdjustment",
    "NeedsAssessed",
    "NeedsAssessment",
    "Opening",
    "OpeningCarriedIn",
    "OpeningEvidenced",
    "PeriodPosted",
    "Provenance",
    "Provider",
    "Reopening",
    "Setting",
    "Source",
    "StatementIssued",
    "WorkedOutAssessment",
    "type_of",
]
