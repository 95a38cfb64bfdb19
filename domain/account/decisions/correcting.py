"""What follows from finding that something was wrong: its entry is voided, and replaced where something is given."""

from datetime import date

from domain.account.commands import (
    AgreeDeferredPayment,
    CarryInOpening,
    CloseAccount,
    Correct,
    DeferPayment,
    EndDeferredPayment,
    ImportFinancialAssessment,
    NameRepresentative,
    OpenAccount,
    ProposeAdjustment,
    RaiseCharge,
    RecordBreak,
    RecordFinancialAssessment,
    RecordNeedsAssessment,
    ReopenAccount,
    RepayDeferredPayment,
    Replacement,
    SetBudget,
)
from domain.account.decisions.decide import Facts, decide
from domain.account.decisions.keeping import open_account
from domain.account.facts import (
    AccountClosed,
    AccountOpened,
    AccountReopened,
    AdjustmentProposed,
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    DeferredPaymentAgreed,
    DeferredPaymentEnded,
    DeferredPaymentRepaid,
    DisputeAnswered,
    DisputeRaised,
    EntryVoided,
    Fact,
    FinancialAssessed,
    FinancialAssessmentImported,
    NeedsAssessed,
    NoticeGiven,
    OpeningCarriedIn,
    PaymentDeferred,
    PeriodPosted,
    RepresentativeNamed,
    StatementIssued,
)
from domain.account.owed import moves
from domain.account.posted import reaches_from
from domain.account.refusals import (
    AgreementInUse,
    AlreadyVoided,
    CannotBeReplaced,
    CannotBeVoided,
    ClosesBeforeItOpened,
    NoSuchEntry,
    OpeningNeedsReplacement,
    ReplacementOfAnotherKind,
    ReplacementWasCorrected,
)
from domain.account.state import CareAccount, Entry, entry_id
from domain.dates import FOREVER
from domain.schemes import Scheme

STAYS: tuple[type[Fact], ...] = (DisputeAnswered, DisputeRaised, NoticeGiven, PeriodPosted, StatementIssued)
"""What was reported and said stays as it was."""

REPLACED_BY: dict[type[Fact], type[Replacement]] = {
    AccountOpened: OpenAccount,
    NeedsAssessed: RecordNeedsAssessment,
    BudgetSet: SetBudget,
    FinancialAssessmentImported: ImportFinancialAssessment,
    FinancialAssessed: RecordFinancialAssessment,
    ChargeRaised: RaiseCharge,
    BreakRecorded: RecordBreak,
    OpeningCarriedIn: CarryInOpening,
    AdjustmentProposed: ProposeAdjustment,
    AccountClosed: CloseAccount,
    AccountReopened: ReopenAccount,
    DeferredPaymentAgreed: AgreeDeferredPayment,
    PaymentDeferred: DeferPayment,
    DeferredPaymentRepaid: RepayDeferredPayment,
    DeferredPaymentEnded: EndDeferredPayment,
    RepresentativeNamed: NameRepresentative,
}
"""For each kind of fact that another may stand in the place of, what is asked for to put it there."""


@decide.register
def correct(command: Correct, account: CareAccount, scheme: Scheme) -> Facts:
    """Void an entry, and decide on its replacement as if the entry had never counted. Both stay visible for ever."""
    wrong = account.entry(command.entry_id)
    if wrong is None:
        raise NoSuchEntry
    _require_voidable(wrong, account, command.replacement)
    replaced_by = str(entry_id(account.id, account.version + 2)) if command.replacement else None
    voided = EntryVoided(
        entry_id=command.entry_id,
        version=wrong.version,
        effective_from=_matters_from(wrong, account),
        reason_code=command.reason_code,
        replaced_by=replaced_by,
    )
    if command.replacement is None:
        return (voided,)
    return (voided, *_replacing(command.replacement, _after(account, voided), scheme))


def _require_voidable(wrong: Entry, account: CareAccount, replacement: Replacement | None) -> None:
    kind = type(wrong.fact)
    if kind in STAYS:
        raise CannotBeVoided
    if wrong.version in account.voided_by:
        raise AlreadyVoided
    if _replaced(wrong) and wrong.version + 1 in account.voided_by:
        raise ReplacementWasCorrected
    if replacement is None and kind is AccountOpened:
        raise OpeningNeedsReplacement
    if replacement is not None and kind not in REPLACED_BY:
        raise CannotBeReplaced
    if replacement is not None and type(replacement) is not REPLACED_BY[kind]:
        raise ReplacementOfAnotherKind
    if isinstance(wrong.fact, DeferredPaymentAgreed):
        _require_no_orphans(wrong.fact.reference, account, replacement)


def _require_no_orphans(reference: str, account: CareAccount, replacement: Replacement | None) -> None:
    """What was deferred under an agreement needs one to stand under."""
    keeps_it = isinstance(replacement, AgreeDeferredPayment) and replacement.reference == reference
    if moves(account, reference) and not keeps_it:
        raise AgreementInUse


def _matters_from(wrong: Entry, account: CareAccount) -> date:
    """The first day the entry mattered for. Undoing a correction takes its replacement out again as well."""
    undone = account.entries[wrong.version : wrong.version + 1] if _replaced(wrong) else ()
    first = min(reaches_from(entry.fact) for entry in (wrong, *undone))
    return first if first < FOREVER else wrong.fact.effective_from


def _replaced(wrong: Entry) -> bool:
    return isinstance(wrong.fact, EntryVoided) and wrong.fact.replaced_by is not None


def _after(account: CareAccount, voided: EntryVoided) -> CareAccount:
    """The account as it stands between a correction and its replacement, which nobody but the replacement sees."""
    last = account.entries[-1]
    entry = Entry(account.id, account.version + 1, voided, last.recorded_at, last.recorded_by, last.role)
    return CareAccount((*account.entries, entry))


def _replacing(replacement: Replacement, account: CareAccount, scheme: Scheme) -> Facts:
    if not isinstance(replacement, OpenAccount):
        return decide(replacement, account, scheme)
    if account.closed and account.closed.on < replacement.opened_on:
        raise ClosesBeforeItOpened
    return open_account(replacement)
