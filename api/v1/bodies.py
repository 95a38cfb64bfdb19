"""What a body asks of the account, and which of its words are kept in the vault, apart from the facts."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any, NamedTuple

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from api.kit.recording import words_given
from api.v1.assessment_bodies import AssessmentToWorkOut
from domain.account.commands import (
    CarryInOpening,
    CloseAccount,
    ImportFinancialAssessment,
    NameRepresentative,
    ProposeAdjustment,
    RaiseCharge,
    RecordBreak,
    RecordNeedsAssessment,
    ReopenAccount,
    Replacement,
    SetBudget,
)
from domain.account.facts import (
    AccountClosed,
    AccountOpened,
    AccountReopened,
    AdjustmentProposed,
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    Deferral,
    DeferredPayment,
    DeferredPaymentAgreed,
    DeferredPaymentEnded,
    DeferredPaymentEnding,
    DeferredPaymentRepaid,
    Fact,
    FinancialAssessed,
    FinancialAssessmentImported,
    NeedsAssessed,
    OpeningCarriedIn,
    PaymentDeferred,
    Provider,
    Repayment,
    RepresentativeNamed,
)
from domain.dates import Day
from domain.terms import Code, Terms
from ledger.vault.words import Text, Words

IN_WORDS = "in-words"
"""The reason code of a reason that was given in words: the words themselves stand in the vault."""

_CODE: TypeAdapter[str] = TypeAdapter(Code)


class NamedProvider(Provider):
    """Who gives the care. The name is kept in the vault, apart from the facts."""

    name: Text | None = None


class BudgetOfProvider(SetBudget):
    """The weekly cost of meeting eligible needs, and who meets them."""

    provider: NamedProvider | None = Field(default=None)


class NotedAdjustment(ProposeAdjustment):
    """An amount to be added to, or taken off, accrued costs, and what there is to say about it."""

    note: Words | None = None


class NamedRepresentative(NameRepresentative):
    """Who may see the account or act for the person. Name, contact and whom they sign in as are kept in the vault.

    `address` is where letters reach them, line by line: copies, for those who may have them, and codes to sign in.
    """

    name: Text
    contact: Text | None = None
    address: Words | None = None
    sign_in: Text | None = None


class DayOfOpening(Terms):
    """The day on which an account was opened, where another had been written down."""

    opened_on: Day


BODIES: Mapping[type[Fact], type[BaseModel]] = {
    AccountOpened: DayOfOpening,
    NeedsAssessed: RecordNeedsAssessment,
    BudgetSet: BudgetOfProvider,
    FinancialAssessmentImported: ImportFinancialAssessment,
    FinancialAssessed: AssessmentToWorkOut,
    ChargeRaised: RaiseCharge,
    BreakRecorded: RecordBreak,
    AdjustmentProposed: NotedAdjustment,
    OpeningCarriedIn: CarryInOpening,
    AccountClosed: CloseAccount,
    AccountReopened: ReopenAccount,
    DeferredPaymentAgreed: DeferredPayment,
    PaymentDeferred: Deferral,
    DeferredPaymentRepaid: Repayment,
    DeferredPaymentEnded: DeferredPaymentEnding,
    RepresentativeNamed: NamedRepresentative,
}
"""How each fact is asked for, where there is a body for it: also what may be given in its place."""


class Asked(NamedTuple):
    """A request as the account decides it, and its words by field."""

    command: Replacement
    words: Mapping[str, str]


@singledispatch
def asked(body: Any) -> Asked:
    """What a body asks. Most are the request itself, and hold no words."""
    return Asked(body, {})


@asked.register
def _(body: BudgetOfProvider) -> Asked:
    command = SetBudget.model_validate(body.model_dump(exclude={"provider": {"name"}}))
    return Asked(command, words_given({"provider.name": body.provider.name if body.provider else None}))


@asked.register
def _(body: NotedAdjustment) -> Asked:
    command = ProposeAdjustment.model_validate(body.model_dump(exclude={"note"}))
    return Asked(command, words_given({"note": body.note}))


@asked.register
def _(body: NamedRepresentative) -> Asked:
    words = {"name": body.name, "contact": body.contact, "address": body.address, "sign_in": body.sign_in}
    return Asked(NameRepresentative.model_validate(body.model_dump(exclude=set(words))), words_given(words))


def is_code(reason: str) -> bool:
    """Whether a reason is a code, which a fact may hold, and not words."""
    try:
        _CODE.validate_python(reason)
    except ValidationError:
        return False
    return True
