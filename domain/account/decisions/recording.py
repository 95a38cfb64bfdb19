"""What follows from being told what happened: the fact, on the terms of the request."""

from domain.account.commands import (
    CarryInOpening,
    ImportFinancialAssessment,
    RaiseCharge,
    RecordBreak,
    RecordFinancialAssessment,
    RecordNeedsAssessment,
    RetractCharge,
    SetBudget,
)
from domain.account.decisions.decide import Facts, decide
from domain.account.facts import (
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    ChargeRetracted,
    Fact,
    FinancialAssessed,
    FinancialAssessmentImported,
    NeedsAssessed,
    OpeningCarriedIn,
)
from domain.account.in_force import charges_raised
from domain.account.refusals import (
    AccountIsClosed,
    AlreadyRetracted,
    BeforeItOpened,
    ChargeReferenceUsed,
    NoSuchEntry,
)
from domain.account.state import CareAccount
from domain.schemes import Scheme
from domain.terms import Terms

_RECORDED_AS: dict[type[Terms], type[Fact]] = {
    RecordNeedsAssessment: NeedsAssessed,
    SetBudget: BudgetSet,
    ImportFinancialAssessment: FinancialAssessmentImported,
    RecordFinancialAssessment: FinancialAssessed,
    RecordBreak: BreakRecorded,
    RaiseCharge: ChargeRaised,
    CarryInOpening: OpeningCarriedIn,
}


@decide.register(RecordNeedsAssessment)
@decide.register(SetBudget)
@decide.register(ImportFinancialAssessment)
@decide.register(RecordFinancialAssessment)
@decide.register(RecordBreak)
def record(command: Terms, account: CareAccount, scheme: Scheme) -> Facts:
    """Take down what happened, also late, but not of days after the account's last."""
    fact = _RECORDED_AS[type(command)].on_the_terms_of(command)
    if account.closed and fact.effective_from > account.closed.on:
        raise AccountIsClosed
    return (fact,)


@decide.register
def raise_charge(command: RaiseCharge, account: CareAccount, scheme: Scheme) -> Facts:
    """Count what the council charged. Its reference names one charge of the account for good."""
    if any(charge.reference == command.reference for _, charge in account.of(ChargeRaised)):
        raise ChargeReferenceUsed
    return record(command, account, scheme)


@decide.register
def retract_charge(command: RetractCharge, account: CareAccount, scheme: Scheme) -> Facts:
    """Let a charge count as nothing."""
    named = [(entry, charge) for entry, charge in account.of(ChargeRaised) if charge.reference == command.reference]
    if not named:
        raise NoSuchEntry
    entry, charge = named[-1]
    if charge not in [counts for _, counts in charges_raised(account)]:
        raise AlreadyRetracted
    return (
        ChargeRetracted(
            reference=charge.reference,
            charge=str(entry.id),
            effective_from=charge.period_from,
            reason_code=command.reason_code,
        ),
    )


@decide.register
def carry_in_opening(command: CarryInOpening, account: CareAccount, scheme: Scheme) -> Facts:
    """Begin with what had accrued elsewhere."""
    if command.on < account.opened.opened_on:
        raise BeforeItOpened
    return record(command, account, scheme)
