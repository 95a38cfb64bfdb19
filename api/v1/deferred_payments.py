"""/v1/care-accounts/{id}/deferred-payments: agreements to pay for care later, and what is owed under them."""

from typing import Any
from uuid import UUID

from pydantic import Field

from api.kit.call import Answer, Call, Write
from api.kit.endpoint import get, post
from api.kit.problems import invalid_field
from api.kit.recording import RECORDED_OR_WEIGHED, record
from api.v1.paging import Paged, Place, cursor, place_of
from api.v1.shared import ACCOUNT, OnDay, account_known, known_at, on_day, reference_in
from domain.account.agreeing import AskedUnderAgreement, to_agree, under_agreement
from domain.account.deferred import deferred_statement
from domain.account.deferred_figures import DeferredPaymentStatement
from domain.account.facts import Deferral, DeferredPayment, DeferredPaymentEnding, Repayment
from domain.account.owed import agreements
from domain.account.state import Entry
from domain.dates import Day, Instant
from domain.money import Money, SignedMoney
from domain.terms import Terms

_AGREEMENTS = f"{ACCOUNT}/deferred-payments"
_AGREEMENT = f"{_AGREEMENTS}/{{reference}}"


class DeferredPaymentListed(Terms):
    """An agreement, and what is owed under it at the close of the day. Pounds."""

    entry_id: UUID
    reference: str
    agreed_on: Day
    effective_from: Day
    equity_limit: Money
    owed: SignedMoney
    percent_of_limit: str
    ended_on: Day | None
    pay_by: Day | None


class DeferredPaymentsQuery(OnDay, Paged):
    """Both times, and which page."""


class DeferredPaymentsListed(Terms):
    """The deferred payment agreements of an account, in the order they were recorded."""

    account_id: UUID
    version: int
    on: Day
    known_at: Instant
    items: tuple[DeferredPaymentListed, ...]
    next: str | None


class DeferredPaymentQuery(OnDay):
    """Both times, and the first day of the statement: the agreement's own when it is left out."""

    from_: Day | None = Field(default=None, alias="from")


class DeferredPaymentStated(DeferredPaymentStatement):
    """The statement of an agreement to the close of `to`, and what it rests on."""

    account_id: UUID
    version: int
    known_at: Instant


@post(_AGREEMENTS, "record_costs", DeferredPayment, RECORDED_OR_WEIGHED)
def agree_deferred_payment(call: Call[DeferredPayment, Write]) -> Answer:
    """Record a deferred payment agreement (Care Act 2014 s 34). The equity limit follows from the law of its first day.

    None of what is deferred, no interest and no fee ever counts towards the cap.
    """
    return record(call, to_agree(call.body, call.council.amounts_now))


@post(f"{_AGREEMENT}/deferrals", "record_costs", Deferral, RECORDED_OR_WEIGHED)
def defer_payment(call: Call[Deferral, Write]) -> Answer:
    """Defer a sum under an agreement, as long as what is owed stays within the equity limit."""
    return _under_agreement(call)


@post(f"{_AGREEMENT}/repayments", "record_costs", Repayment, RECORDED_OR_WEIGHED)
def repay_deferred_payment(call: Call[Repayment, Write]) -> Answer:
    """Record a repayment, which may be made at any time (Care Act 2014 s 36)."""
    return _under_agreement(call)


@post(f"{_AGREEMENT}/end", "record_costs", DeferredPaymentEnding, RECORDED_OR_WEIGHED)
def end_deferred_payment(call: Call[DeferredPaymentEnding, Write]) -> Answer:
    """End an agreement. Nothing more is deferred; interest goes on until what is owed has been repaid."""
    return _under_agreement(call)


def _under_agreement(call: Call[Any, Write]) -> Answer:
    asked: AskedUnderAgreement = call.body
    return record(call, under_agreement(asked, reference_in(call), call.council.amounts_now))


@get(_AGREEMENTS, "read_account", DeferredPaymentsListed, DeferredPaymentsQuery)
def list_deferred_payments(call: Call[Any, DeferredPaymentsQuery]) -> Answer:
    """Every agreement there was by then, with what is owed under it."""
    account, known, on = account_known(call), known_at(call), on_day(call)
    made, amounts, start = agreements(account), call.council.amounts_at(known), place_of(call).offset
    end = start + call.query.limit
    listed = DeferredPaymentsListed(
        account_id=account.id,
        version=account.version,
        on=on,
        known_at=known,
        items=tuple(
            _listed(entry, deferred_statement(account, agreed.reference, amounts, on))
            for entry, agreed in made[start:end]
        ),
        next=cursor(Place(offset=end, on=on, known_at=known)) if end < len(made) else None,
    )
    return Answer(listed, version=account.version)


@get(f"{_AGREEMENT}/statement", "read_account", DeferredPaymentStated, DeferredPaymentQuery)
def read_deferred_payment(call: Call[Any, DeferredPaymentQuery]) -> Answer:
    """What is owed under an agreement, and how it came about, to the penny.

    Interest of a half-year whose highest rate is not known is not worked out: `warnings` says so.
    """
    account, known, on = account_known(call), known_at(call), on_day(call)
    if call.query.from_ and call.query.from_ > on:
        raise invalid_field("/from", f"This statement ends before it begins: give {on} or an earlier day.")
    amounts = call.council.amounts_at(known)
    found = deferred_statement(account, reference_in(call), amounts, on, call.query.from_)
    rests_on = {"account_id": account.id, "version": account.version, "known_at": known}
    return Answer(DeferredPaymentStated.model_validate({**dict(found), **rests_on}), version=account.version)


def _listed(entry: Entry, found: DeferredPaymentStatement) -> DeferredPaymentListed:
    return DeferredPaymentListed(
        entry_id=entry.id,
        reference=found.reference,
        agreed_on=found.agreement.agreed_on,
        effective_from=found.agreement.effective_from,
        equity_limit=found.agreement.equity_limit.amount,
        owed=found.owed,
        percent_of_limit=found.percent_of_limit,
        ended_on=found.ended_on,
        pay_by=found.pay_by,
    )
