"""What follows from deferring payment: agreements, sums deferred within the equity limit, repayments, an end."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from domain.account.commands import AgreeDeferredPayment, DeferPayment, EndDeferredPayment, RepayDeferredPayment
from domain.account.decisions.decide import Facts, decide
from domain.account.facts import (
    DeferredPaymentAgreed,
    DeferredPaymentEnded,
    DeferredPaymentRepaid,
    Fact,
    PaymentDeferred,
)
from domain.account.owed import Move, agreement, agreements, ended, moves, owed_on, pounds, rates
from domain.account.refusals import (
    AccountIsClosed,
    AgreementEndedBefore,
    AgreementHasEnded,
    AgreementReferenceUsed,
    BeforeTheAgreement,
    FeeIsPaidSeparately,
    KeepsMoreThanTheAllowance,
    NotRepaidYet,
    OverTheEquityLimit,
    RepaysMoreThanIsOwed,
)
from domain.account.state import CareAccount
from domain.law.deferred_payments import DAYS_TO_PAY_AFTER_DEATH
from domain.schemes import Scheme
from domain.terms import Terms
from domain.words import pounds as in_words

Under = DeferPayment | RepayDeferredPayment | EndDeferredPayment


class _Reckoned(NamedTuple):
    """What interest has come to by the close of a day, and what is owed in all. Pounds."""

    interest: Decimal
    owed: Decimal


@decide.register
def agree_deferred_payment(command: AgreeDeferredPayment, account: CareAccount, scheme: Scheme) -> Facts:
    """Make an agreement (Care Act 2014 s 34). Its reference names one agreement of the account."""
    if account.closed and command.effective_from > account.closed.on:
        raise AccountIsClosed
    if any(agreed.reference == command.reference for _, agreed in agreements(account)):
        raise AgreementReferenceUsed
    if command.weekly_income_kept > command.disposable_income_allowance:
        raise KeepsMoreThanTheAllowance(f"It is {in_words(command.disposable_income_allowance)} a week.")
    return (DeferredPaymentAgreed.on_the_terms_of(command),)


@decide.register
def defer_payment(command: DeferPayment, account: CareAccount, scheme: Scheme) -> Facts:
    """Defer a sum, as long as what is owed stays within the equity limit, on that day and on every later one."""
    agreed, end = _agreement(command, account, command.due_on), ended(account, command.reference)
    if end and command.due_on > end.on:
        raise AgreementEndedBefore
    if account.closed and command.period_from and command.period_from > account.closed.on:
        raise AccountIsClosed
    if command.kind == "administration_fee" and agreed.administration_fee == "paid_separately":
        raise FeeIsPaidSeparately
    new = Move(command.due_on, command.amount)
    later = [move.on for move in moves(account, command.reference) if move.on > command.due_on]
    reckoned = _reckoned([command.due_on, *later], command, account, new)
    most, limit = max(each.owed for each in reckoned), agreed.equity_limit.amount
    if most > limit:
        raise OverTheEquityLimit(f"The limit is {in_words(limit)}, and {in_words(most)} would be owed.")
    return (_fact(PaymentDeferred, command, reckoned[0]),)


@decide.register
def repay_deferred_payment(command: RepayDeferredPayment, account: CareAccount, scheme: Scheme) -> Facts:
    """Take a repayment of at most what is owed, which may be made at any time (Care Act 2014 s 36)."""
    _agreement(command, account, command.on)
    (reckoned,) = _reckoned([command.on], command, account, Move(command.on, -command.amount))
    if reckoned.owed < 0:
        raise RepaysMoreThanIsOwed(f"On that day {in_words(reckoned.owed + command.amount)} was owed.")
    return (_fact(DeferredPaymentRepaid, command, reckoned),)


@decide.register
def end_deferred_payment(command: EndDeferredPayment, account: CareAccount, scheme: Scheme) -> Facts:
    """End an agreement. After a death the estate has 90 days to pay; otherwise what is owed is due that day."""
    _agreement(command, account, command.on)
    if ended(account, command.reference):
        raise AgreementHasEnded
    (reckoned,) = _reckoned([command.on], command, account)
    if command.reason == "repaid" and reckoned.owed > 0:
        raise NotRepaidYet(f"On that day {in_words(reckoned.owed)} was owed.")
    days = DAYS_TO_PAY_AFTER_DEATH if command.reason == "died" else 0
    return (_fact(DeferredPaymentEnded, command, reckoned, pay_by=command.on + timedelta(days=days)),)


def _agreement(command: Under, account: CareAccount, on: date) -> DeferredPaymentAgreed:
    """The agreement that a request is made under; raises NoSuchEntry, BeforeTheAgreement."""
    agreed = agreement(account, command.reference)
    if on < agreed.effective_from:
        raise BeforeTheAgreement
    return agreed


def _reckoned(days: list[date], command: Under, account: CareAccount, *new: Move) -> list[_Reckoned]:
    """What is owed at the close of each day, what is asked for included."""
    agreed = agreement(account, command.reference)
    moved = [*moves(account, command.reference), *new]
    found = owed_on(days, agreed, moved, [*rates(agreed, command.highest_rates)])
    return [_Reckoned(found[day].interest_so_far, pounds(found[day], agreed)) for day in days]


def _fact(kind: type[Fact], command: Terms, reckoned: _Reckoned, **more: object) -> Fact:
    """The fact on the terms of the request, with the figures it was decided on."""
    given = command.model_dump(exclude={"highest_rates"})
    return kind.model_validate({**given, **reckoned._asdict(), **more})
