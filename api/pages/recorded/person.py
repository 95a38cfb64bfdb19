"""What was recorded, in the words of a letter: as a thing that was written down, and as news that came late.

Each clause of news stands after "On 9 July 2024", so that a sentence of it stays short enough to be read aloud.
"""

from functools import singledispatch

from api.pages.recorded.codes import REPRESENTS, since, within
from api.pages.words import day, day_of, pounds
from domain.account.facts import (
    AccountClosed,
    AccountOpened,
    AccountReopened,
    AdjustmentApproved,
    AdjustmentProposed,
    AdjustmentReturned,
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    ChargeRetracted,
    ContactChosen,
    DeferredPaymentAgreed,
    DeferredPaymentEnded,
    DeferredPaymentRepaid,
    DisputeAnswered,
    DisputeRaised,
    EntryVoided,
    Fact,
    FinancialAssessed,
    FinancialAssessment,
    FinancialAssessmentImported,
    NeedsAssessed,
    NoticeGiven,
    OpeningCarriedIn,
    OpeningEvidenced,
    PaymentDeferred,
    PeriodPosted,
    RepresentativeEnded,
    RepresentativeNamed,
    StatementIssued,
)
from domain.account.state import CareAccount

HOMES = {
    "care_home": "a care home",
    "own_home": "your own home",
    "supported_living": "supported living",
    "extra_care": "extra care housing",
    "shared_lives": "a Shared Lives home",
}
AWAY = {
    "hospital": "you were in hospital",
    "away": "you were away",
    "respite": "you had other care for a while",
    "no_care": "you had no care",
}
_ENDS = {
    "moved": "we learned that you moved away on {day}",
    "no_eligible_needs": "we recorded that you did not need care we must meet after {day}",
    "entered_in_error": "we found that this account was opened by mistake",
    "died": "we learned of the death on {day}",
}


@singledispatch
def thing(fact: Fact, among: CareAccount) -> str:
    """What was written down: a weekly cost of £294.00 from 3 April 2024."""
    raise TypeError(f"nobody has found words for {type(fact).__name__}")


@thing.register
def _(fact: AccountOpened, among: CareAccount) -> str:
    return f"the start of your account on {day(fact.opened_on)}"


@thing.register
def _(fact: NeedsAssessed, among: CareAccount) -> str:
    if fact.eligible_from is None:
        return f"a decision of {day(fact.assessed_on)} that you do not need care we must meet"
    return f"a decision that you need care {since(fact.eligible_from, fact.ending_before)}"


@thing.register
def _(fact: BudgetSet, among: CareAccount) -> str:
    return f"a weekly cost of {pounds(fact.weekly_cost)} {since(fact.effective_from, fact.ending_before)}"


@thing.register(FinancialAssessmentImported)
@thing.register(FinancialAssessed)
def _(fact: FinancialAssessment, among: CareAccount) -> str:
    return f"a money check of {pays(fact)} {since(fact.effective_from, fact.ending_before)}"


@thing.register
def _(fact: ChargeRaised, among: CareAccount) -> str:
    return f"a charge of {pounds(fact.amount)} for {within(fact.period_from, fact.period_ending_before)}"


@thing.register
def _(fact: ChargeRetracted, among: CareAccount) -> str:
    return f"the end of {thing(_earlier(fact.charge, among), among)}"


@thing.register
def _(fact: BreakRecorded, among: CareAccount) -> str:
    return f"a time without paid care {since(fact.from_, fact.ending_before)}"


@thing.register
def _(fact: EntryVoided, among: CareAccount) -> str:
    return f"a correction of {thing(among.entries[fact.version - 1].fact, among)}"


@thing.register
def _(fact: AdjustmentProposed, among: CareAccount) -> str:
    return f"a correction of {pounds(fact.amount)} on {day(fact.on)}"


@thing.register
def _(fact: AdjustmentReturned, among: CareAccount) -> str:
    return f"a second look at {thing(_earlier(fact.adjustment, among), among)}"


@thing.register
def _(fact: AdjustmentApproved, among: CareAccount) -> str:
    return thing(_earlier(fact.adjustment, among), among)


@thing.register
def _(fact: OpeningCarriedIn, among: CareAccount) -> str:
    return f"a total of {pounds(fact.accrued_costs)} from before {day(fact.on)}"


@thing.register
def _(fact: OpeningEvidenced, among: CareAccount) -> str:
    return f"proof of {thing(_earlier(fact.opening, among), among)}"


@thing.register
def _(fact: AccountClosed, among: CareAccount) -> str:
    of = "a report of the death" if fact.reason == "died" else "the end of your account"
    return f"{of} on {day(fact.on)}"


@thing.register
def _(fact: AccountReopened, among: CareAccount) -> str:
    return f"the new start of your account on {day(fact.on)}"


@thing.register
def _(fact: PeriodPosted, among: CareAccount) -> str:
    return f"the costs up to {day(fact.through)}"


@thing.register
def _(fact: StatementIssued, among: CareAccount) -> str:
    return f"your statement to {day(fact.figures.to)}"


@thing.register
def _(fact: DisputeRaised, among: CareAccount) -> str:
    return f"your question of {day(fact.raised_on)}"


@thing.register
def _(fact: DisputeAnswered, among: CareAccount) -> str:
    return f"our answer of {day(fact.on)}"


@thing.register
def _(fact: DeferredPaymentAgreed, among: CareAccount) -> str:
    return f"a delayed payment agreement from {day(fact.effective_from)}"


@thing.register
def _(fact: PaymentDeferred, among: CareAccount) -> str:
    return f"a payment of {pounds(fact.amount)} put off on {day(fact.due_on)}"


@thing.register
def _(fact: DeferredPaymentRepaid, among: CareAccount) -> str:
    return f"a payment back of {pounds(fact.amount)} on {day(fact.on)}"


@thing.register
def _(fact: DeferredPaymentEnded, among: CareAccount) -> str:
    return f"the end of your delayed payment agreement on {day(fact.on)}"


@thing.register
def _(fact: RepresentativeNamed, among: CareAccount) -> str:
    return f"the name of your {REPRESENTS[fact.authority]} {since(fact.effective_from, fact.ending_before)}"


@thing.register
def _(fact: RepresentativeEnded, among: CareAccount) -> str:
    return f"the end of {thing(_earlier(fact.representative, among), among)}"


@thing.register
def _(fact: ContactChosen, among: CareAccount) -> str:
    return f"your choice of how we contact you from {day(fact.on)}"


@thing.register
def _(fact: NoticeGiven, among: CareAccount) -> str:
    return f"our letter of {day_of(fact.known_at)}"


@singledispatch
def news(fact: Fact, before: CareAccount) -> str:
    """What became known, where nothing has to be said of what was thought until then: `before` is the account then."""
    return f"we wrote down {thing(fact, before)}"


@news.register
def _(fact: NeedsAssessed, before: CareAccount) -> str:
    if fact.eligible_from is None:
        return f"we decided that you did not need care we must meet from {day(fact.assessed_on)}"
    return f"we decided that you needed care {since(fact.eligible_from, fact.ending_before)}"


@news.register
def _(fact: ChargeRetracted, before: CareAccount) -> str:
    return f"we took back {thing(_earlier(fact.charge, before), before)}"


@news.register
def _(fact: BreakRecorded, before: CareAccount) -> str:
    return f"we learned that {AWAY[fact.reason]} {since(fact.from_, fact.ending_before)}"


@news.register
def _(fact: OpeningCarriedIn, before: CareAccount) -> str:
    return f"we took over {thing(fact, before)}"


@news.register
def _(fact: AccountClosed, before: CareAccount) -> str:
    return _ENDS[fact.reason].format(day=day(fact.on))


@news.register
def _(fact: AccountReopened, before: CareAccount) -> str:
    return f"we opened your account again from {day(fact.on)}"


def pays(fact: FinancialAssessment) -> str:
    """What a money check says the person pays."""
    return "the full cost" if fact.outcome == "full_cost" else f"{pounds(fact.weekly_contribution)} a week"


def _earlier(entry_id: str, among: CareAccount) -> Fact:
    entry = among.entry(entry_id)
    assert entry is not None  # a fact names only earlier entries of its own account
    return entry.fact
