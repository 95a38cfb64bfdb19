"""Which facts are recorded and corrected by a form, by whom, and what does each form ask?"""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from api.pages.finance.recording.fields import Field
from api.pages.recorded.codes import BREAKS, CLOSURES, SETTINGS
from api.policy import Verb
from api.v1.bodies import BODIES
from domain.account.facts import (
    AccountClosed,
    AccountReopened,
    AdjustmentProposed,
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    Fact,
    NeedsAssessed,
    OpeningCarriedIn,
)

_KINDS = {
    "personal": "Personal budget: the council arranges the care",
    "independent": "Independent personal budget: somebody else arranges it",
}
_ORIGINS = {"transfer": "Another council", "migration": "The system used before"}
ADJUSTED_BECAUSE = {
    "complaint": "A complaint",
    "ombudsman-decision": "A decision of the Ombudsman",
    "court-order": "An order of a court",
    "rate-error": "A wrong rate",
}
_REOPENED_BECAUSE = {"came-back": "The person came back", "closed-in-error": "It was closed by mistake"}
_END = Field("ending_before", "The day after the last", "day", "Leave it empty if there is no end yet")


@dataclass(frozen=True)
class Form:
    """A fact that is asked for by a form: what it is called, who may record it, and its questions."""

    name: str
    title: str
    fact: type[Fact]
    verb: Verb
    fields: tuple[Field, ...]

    @property
    def body(self) -> type[BaseModel]:
        """The body by which the API takes it."""
        return BODIES[self.fact]


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form(
            "needs-assessment",
            "Needs assessment",
            NeedsAssessed,
            "record_needs",
            (
                Field("assessed_on", "When were the needs assessed?", "day"),
                Field("eligible", "Are there eligible needs?", "yes_or_no"),
                Field("eligible_from", "Eligible from", "day", "Only where there are eligible needs"),
                Field("duty_arose_on", "When did the duty to assess arise?", "day", "Leave it empty if the same day"),
                Field("review_due", "Review due", "day", "Leave it empty for a year from now"),
                _END,
            ),
        ),
        Form(
            "budget",
            "Budget",
            BudgetSet,
            "record_needs",
            (
                Field("kind", "Who arranges the care?", "one_of", options=_KINDS),
                Field("setting", "Where is the care given?", "one_of", options=SETTINGS),
                Field("weekly_cost", "What does a week cost the council?", "pounds", "Without top-ups and fees"),
                Field("effective_from", "From which day?", "day"),
                _END,
            ),
        ),
        Form(
            "break",
            "Break in care",
            BreakRecorded,
            "record_costs",
            (
                Field("from", "First day without care", "day"),
                _END,
                Field("reason", "Why is there no care?", "one_of", options=BREAKS),
            ),
        ),
        Form(
            "charge",
            "Charge",
            ChargeRaised,
            "record_costs",
            (
                Field("reference", "Reference of the invoice", "code", "Letters and figures, no names"),
                Field("period_from", "First day it is for", "day"),
                Field("period_ending_before", "The day after the last", "day"),
                Field("amount", "Amount", "pounds", "Daily living costs included"),
            ),
        ),
        Form(
            "balance-carried-in",
            "Balance carried in",
            OpeningCarriedIn,
            "record_costs",
            (
                Field("on", "At the start of which day?", "day"),
                Field("accrued_costs", "What had accrued", "pounds"),
                Field("daily_living_costs", "Daily living costs so far", "pounds"),
                Field("provenance.kind", "Where does it come from?", "one_of", options=_ORIGINS),
                Field("provenance.council", "Code of the council", "code", "Such as E10000012"),
                Field("provenance.system", "Code of the system", "code"),
                Field("provenance.reference", "Their reference", "code"),
            ),
        ),
        Form(
            "adjustment",
            "Adjustment",
            AdjustmentProposed,
            "propose_adjustment",
            (
                Field("on", "For which day?", "day"),
                Field("amount", "Amount", "signed", "With a minus before it to take it off: -25.00"),
                Field("reason_code", "Why?", "one_of", options=ADJUSTED_BECAUSE),
                Field("note", "Note", "words", "Kept apart from the figures"),
            ),
        ),
        Form(
            "closure",
            "Closure",
            AccountClosed,
            "close_account",
            (
                Field("on", "Last day of the account", "day", "That day still counts"),
                Field("reason", "Why is it closed?", "one_of", options=CLOSURES),
            ),
        ),
        Form(
            "reopening",
            "Reopening",
            AccountReopened,
            "close_account",
            (
                Field("on", "Kept again from", "day"),
                Field("reason_code", "Why?", "one_of", options=_REOPENED_BECAUSE),
            ),
        ),
    )
}
BY_FACT: Mapping[type[Fact], Form] = {form.fact: form for form in FORMS.values()}
