"""What was recorded, in the words of the office."""

from functools import singledispatch
from typing import NamedTuple

from api.letters.notice import what_it_says
from api.pages.contact import CHANNELS, FORMATS
from api.pages.recorded.codes import (
    AUTHORITIES,
    BREAKS,
    CLOSURES,
    COMPOUNDING,
    DEFERRED,
    ENDINGS,
    OUTCOMES,
    PERMISSIONS,
    SETTINGS,
    STATEMENTS,
    said,
    since,
    within,
)
from api.pages.words import counted, day, pounds
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
    DisputedThing,
    DisputeRaised,
    EntryVoided,
    Fact,
    FinancialAssessed,
    FinancialAssessment,
    FinancialAssessmentImported,
    ManualAdjustment,
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
from domain.account.state import CareAccount, Entry
from domain.words import span


class Words(NamedTuple):
    """An entry for staff: what it is, and what it says."""

    heading: str
    sentence: str


@singledispatch
def for_staff(fact: Fact, among: CareAccount) -> Words:
    """What a fact says. `among` is the account it belongs to, whose other entries it may name."""
    raise TypeError(f"nobody has found words for {type(fact).__name__}")


@for_staff.register
def _(fact: AccountOpened, among: CareAccount) -> Words:
    return Words("Account opened", f"Reference {fact.reference}, opened on {day(fact.opened_on)}.")


@for_staff.register
def _(fact: NeedsAssessed, among: CareAccount) -> Words:
    by = "" if fact.confirmed else " A self-assessment that no professional has confirmed: it counts as nothing."
    if fact.eligible_from is None:
        return Words("Needs assessed: not eligible", f"Assessed on {day(fact.assessed_on)}.{by}")
    eligible = since(fact.eligible_from, fact.ending_before)
    return Words("Needs assessed: eligible", f"Eligible {eligible}, assessed on {day(fact.assessed_on)}.{by}")


@for_staff.register
def _(fact: BudgetSet, among: CareAccount) -> Words:
    where = f"{SETTINGS[fact.setting]}{', short stay' if fact.short_stay else ''}"
    kind = {"independent": "Independent personal budget", "personal": "Personal budget"}[fact.kind]
    days = since(fact.effective_from, fact.ending_before)
    return Words(f"{kind} set", f"{pounds(fact.weekly_cost)} a week {days}, {where}.")


@for_staff.register
def _(fact: FinancialAssessmentImported, among: CareAccount) -> Words:
    return Words("Financial assessment imported", f"{_contribution(fact)}, from {fact.source.system}.")


@for_staff.register
def _(fact: FinancialAssessed, among: CareAccount) -> Words:
    return Words(_ASSESSED[fact.asked.type], f"{_contribution(fact)}, made on {day(fact.assessed_on)}.")


_ASSESSED = {
    "full": "Financial assessment made",
    "light_touch": "Light-touch financial assessment made",
    "refused": "Financial assessment refused",
}


def _contribution(fact: FinancialAssessment) -> str:
    pays = "full cost" if fact.outcome == "full_cost" else f"{pounds(fact.weekly_contribution)} a week"
    return f"Contribution: {pays} {since(fact.effective_from, fact.ending_before)}"


@for_staff.register
def _(fact: ChargeRaised, among: CareAccount) -> Words:
    return Words("Charge raised", f"{_charge(fact)}, reference {fact.reference}.")


@for_staff.register
def _(fact: ChargeRetracted, among: CareAccount) -> Words:
    charge = _named(fact.charge, among).fact
    assert isinstance(charge, ChargeRaised)  # nothing else is retracted
    reason = f"Reason: {said(fact.reason_code)}."
    return Words("Charge retracted", f"{_charge(charge)}, reference {fact.reference}, counts as nothing. {reason}")


def _charge(charge: ChargeRaised) -> str:
    return f"{pounds(charge.amount)} for {within(charge.period_from, charge.period_ending_before)}"


@for_staff.register
def _(fact: BreakRecorded, among: CareAccount) -> Words:
    return Words("Break recorded", f"Paid care paused {since(fact.from_, fact.ending_before)}: {BREAKS[fact.reason]}.")


@for_staff.register
def _(fact: EntryVoided, among: CareAccount) -> Words:
    was = for_staff(_named(fact.entry_id, among).fact, among).heading
    instead = "The next entry stands in its place." if fact.replaced_by else "Nothing stands in its place."
    wrong = f'Entry {fact.version}, "{was}", counts as nothing'
    return Words(f"Entry {fact.version} corrected", f"{wrong}. Reason: {said(fact.reason_code)}. {instead}")


@for_staff.register
def _(fact: AdjustmentProposed, among: CareAccount) -> Words:
    return Words("Adjustment proposed", f"{_adjusted(fact)}. It counts once a second person approves it.")


@for_staff.register
def _(fact: AdjustmentApproved, among: CareAccount) -> Words:
    proposal = _named(fact.adjustment, among)
    assert isinstance(proposal.fact, AdjustmentProposed)  # nothing else is approved
    asked_by = f"asked for by {proposal.recorded_by} in entry {proposal.version}"
    return Words("Adjustment approved", f"{_adjusted(proposal.fact)}, {asked_by}.")


@for_staff.register
def _(fact: AdjustmentReturned, among: CareAccount) -> Words:
    proposal = _named(fact.adjustment, among)
    back = f"To {proposal.recorded_by}, who proposed it in entry {proposal.version}"
    return Words("Adjustment sent back", f"{back}, on {day(fact.on)}. Reason: {said(fact.reason_code)}.")


def _adjusted(terms: ManualAdjustment) -> str:
    change = "added to" if terms.amount > 0 else "taken off"
    reason = said(terms.reason_code)
    return f"{pounds(abs(terms.amount))} {change} accrued costs on {day(terms.on)}, reason: {reason}"


@for_staff.register
def _(fact: OpeningCarriedIn, among: CareAccount) -> Words:
    rate = fact.weekly_rate
    goes_on = f" Their rate of {pounds(rate.metered)} a week counts until needs are assessed here." if rate else ""
    return Words(
        "Opening carried in",
        f"{pounds(fact.accrued_costs)} accrued and {pounds(fact.daily_living_costs)} of daily living costs"
        f" at the start of {day(fact.on)}, from {_source(fact)}.{goes_on}",
    )


def _source(fact: OpeningCarriedIn) -> str:
    origin = fact.provenance
    kind, code = ("council", origin.council) if origin.kind == "transfer" else ("system", origin.system)
    under = f", reference {origin.reference}" if origin.reference else ""
    return (f"the {kind} {code}" if code else f"another {kind}") + under


@for_staff.register
def _(fact: OpeningEvidenced, among: CareAccount) -> Words:
    opening = _named(fact.opening, among)
    return Words(
        "Opening evidenced",
        f"Evidence {fact.evidence} for the balance of entry {opening.version} was seen on {day(fact.on)}.",
    )


@for_staff.register
def _(fact: AccountClosed, among: CareAccount) -> Words:
    return Words("Account closed", f"Last day {day(fact.on)}: {CLOSURES[fact.reason]}.")


@for_staff.register
def _(fact: AccountReopened, among: CareAccount) -> Words:
    return Words("Account reopened", f"Kept again from {day(fact.on)}. Reason: {said(fact.reason_code)}.")


@for_staff.register
def _(fact: PeriodPosted, among: CareAccount) -> Words:
    what = f"{counted(len(fact.lines), 'line')}, {pounds(fact.accrued_costs)} accrued"
    return Words("Period posted", f"To the close of {day(fact.through)}: {what}, under the scheme {fact.scheme}.")


@for_staff.register
def _(fact: StatementIssued, among: CareAccount) -> Words:
    total = pounds(fact.figures.accrued_costs)
    return Words("Statement made", f"{STATEMENTS[fact.kind]} to {day(fact.figures.to)}: {total} counted.")


@for_staff.register
def _(fact: DisputeRaised, among: CareAccount) -> Words:
    when = f"Raised on {day(fact.raised_on)}, to be answered by {day(fact.answer_due_on)}."
    paper = " A paper was sent with it." if fact.attachment else ""
    return Words("Dispute raised", f"About {_disputed(fact.about, among)}. {when}{paper}")


def _disputed(about: DisputedThing, among: CareAccount) -> str:
    if about.line is None:
        entry = _named(str(about.entry_id), among)
        return f'entry {entry.version}, "{for_staff(entry.fact, among).heading}"'
    stated = " of a statement" if about.line.statement_id else ""
    return f"the days {span(about.line.from_, about.line.to)}{stated}"


@for_staff.register
def _(fact: DisputeAnswered, among: CareAccount) -> Words:
    dispute = _named(fact.dispute, among)
    asked = f"the dispute of entry {dispute.version}"
    return Words(f"Dispute answered: {OUTCOMES[fact.outcome]}", f"Answered on {day(fact.on)}, {asked}.")


@for_staff.register
def _(fact: DeferredPaymentAgreed, among: CareAccount) -> Words:
    limit = f"equity limit {pounds(fact.equity_limit.amount)}"
    interest = COMPOUNDING[fact.compounding] if fact.interest_told_on else "none, for nobody was told of it beforehand"
    when = f"Agreement {fact.reference} from {day(fact.effective_from)}"
    return Words("Deferred payment agreed", f"{when}: {limit}, interest {interest}.")


@for_staff.register
def _(fact: PaymentDeferred, among: CareAccount) -> Words:
    what = f"{pounds(fact.amount)} of {DEFERRED[fact.kind]}, due on {day(fact.due_on)}, agreement {fact.reference}"
    return Words(
        "Payment deferred", f"{what}. Owed then: {pounds(fact.owed)}, with {pounds(fact.interest)} of interest."
    )


@for_staff.register
def _(fact: DeferredPaymentRepaid, among: CareAccount) -> Words:
    what = f"{pounds(fact.amount)} on {day(fact.on)}, agreement {fact.reference}"
    return Words("Deferred payment repaid", f"{what}. Left: {pounds(fact.owed)}.")


@for_staff.register
def _(fact: DeferredPaymentEnded, among: CareAccount) -> Words:
    why = f"Agreement {fact.reference} ended on {day(fact.on)}: {ENDINGS[fact.reason]}"
    return Words("Deferred payment ended", f"{why}. {pounds(fact.owed)} was owed, to be paid by {day(fact.pay_by)}.")


@for_staff.register
def _(fact: RepresentativeNamed, among: CareAccount) -> Words:
    may = ", ".join(PERMISSIONS[permission] for permission in fact.permissions)
    days = since(fact.effective_from, fact.ending_before)
    heading = f"Representative named: {AUTHORITIES[fact.authority]}"
    return Words(heading, f"{days[0].upper()}{days[1:]}. May: {may}. Evidence {fact.evidence}.")


@for_staff.register
def _(fact: RepresentativeEnded, among: CareAccount) -> Words:
    entry = _named(fact.representative, among).version
    when = f"Nothing more is shown to them from {day(fact.ending_before)} on"
    return Words("Representative ended", f"Of entry {entry}. {when}. Reason: {said(fact.reason_code)}.")


@for_staff.register
def _(fact: ContactChosen, among: CareAccount) -> Words:
    formats = ", ".join(FORMATS[each] for each in fact.formats)
    more = [f"also {formats}" if formats else "", f"language {fact.language}" if fact.language else ""]
    chosen = [f"{CHANNELS[fact.channel]}, letters in {fact.print_size} point", *filter(None, more)]
    return Words("Contact chosen", f"From {day(fact.on)}: {', '.join(chosen)}.")


@for_staff.register
def _(fact: NoticeGiven, among: CareAccount) -> Words:
    said, figures = what_it_says(fact), fact.figures
    counted_so_far = (
        "" if figures.cap is None else f" {pounds(figures.accrued_costs)} accrued, of {pounds(figures.cap)}."
    )
    return Words("Notice given", f"As of {day(figures.on)}: {said.title}.{counted_so_far}")


def _named(entry_id: str, among: CareAccount) -> Entry:
    entry = among.entry(entry_id)
    assert entry is not None  # a fact names only earlier entries of its own account
    return entry
