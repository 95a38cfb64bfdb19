"""What was agreed, deferred and repaid under deferred payment agreements. None of it counts towards the cap.

A deferred sum counts as a charge when it is charged (Care Act 2014 s 15(2)(a)), which `ChargeRaised` says; that it is
paid later changes nothing, and interest and fees are no cost of meeting needs.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from domain.account.facts.fact import Fact
from domain.dates import Day
from domain.law.deferred_interest import Compounding
from domain.law.deferred_payments import EquityLimit
from domain.money import Money, SignedMoney
from domain.parameters.dated import each_later
from domain.parameters.quantity import Quantity
from domain.terms import Code, Terms, ends_after

DeferredKind = Literal["care_costs", "top_up", "administration_fee"]


class StatedRate(Terms):
    """A rate of interest that the agreement states, in per cent a year, from a day on."""

    from_: Day = Field(alias="from")
    per_cent: Quantity


def _told_beforehand(told_on: date | None, info: ValidationInfo) -> date | None:
    agreed_on = info.data.get("agreed_on")
    if told_on and agreed_on and told_on > agreed_on:
        raise PydanticCustomError(
            "told_too_late",
            "Interest runs only if the person was told beforehand: give {agreed_on} or an earlier day, or null.",
            {"agreed_on": agreed_on.isoformat()},
        )
    return told_on


def _from_the_first_day(rates: tuple[StatedRate, ...], info: ValidationInfo) -> tuple[StatedRate, ...]:
    try:
        each_later(rates)
    except ValueError:
        raise PydanticCustomError("rates_out_of_order", "Give the rates in order of their days, each once.") from None
    first = info.data.get("effective_from")
    if rates and first and rates[0].from_ > first:
        raise PydanticCustomError(
            "rates_begin_late",
            "Give a rate from {first}, the day the agreement takes effect, or leave all out for the highest rate.",
            {"first": first.isoformat()},
        )
    return rates


def _not_compounding(paid: Any, info: ValidationInfo) -> Any:
    if paid == "paid_separately" and info.data.get("compounding") not in ("none", None):
        raise PydanticCustomError(
            "paid_and_compounding", 'Interest that is paid is not added to what is owed: give "none" for compounding.'
        )
    return paid


class DeferredPayment(Terms):
    """A deferred payment agreement (Care Act 2014 ss 34 to 36; SI 2014/2671). Pounds.

    `interest_told_on` is null where the person was not told of interest beforehand, so that none runs. Without
    `stated_rates` the highest rate of each half-year is charged; a stated one only so far as it is not above that.
    """

    reference: Code
    agreed_on: Day
    effective_from: Day
    property_value: Money
    encumbrances: Money
    other_capital: Money
    weekly_income_kept: Money
    compounding: Compounding
    interest: Annotated[Literal["deferred", "paid_separately"], AfterValidator(_not_compounding)]
    interest_told_on: Annotated[Day | None, AfterValidator(_told_beforehand)] = None
    stated_rates: Annotated[tuple[StatedRate, ...], AfterValidator(_from_the_first_day)] = ()
    administration_fee: Literal["deferred", "paid_separately"]


class SecuredDeferredPayment(DeferredPayment):
    """An agreement with what the law of its first day makes of it. Pounds; the allowance is for a week."""

    equity_limit: EquityLimit
    disposable_income_allowance: Money


class DeferredPaymentAgreed(SecuredDeferredPayment, Fact):
    """The council and the person made a deferred payment agreement."""

    TOPIC = "deferred-payment-agreed.1"


def _not_nil(amount: Decimal) -> Decimal:
    if not amount:
        raise PydanticCustomError("amount_of_nothing", "An amount of 0.00 changes nothing: give another amount.")
    return amount


Positive = Annotated[Money, AfterValidator(_not_nil)]


def _care_has_a_period(period_from: date | None, info: ValidationInfo) -> date | None:
    if period_from is None and info.data.get("kind") in ("care_costs", "top_up"):
        raise PydanticCustomError("period_missing", "Give the first day of the care that this is for.")
    return period_from


def _both_ends(ending_before: date | None, info: ValidationInfo) -> date | None:
    if "period_from" in info.data and (ending_before is None) != (info.data["period_from"] is None):
        raise PydanticCustomError("period_in_half", "Give both ends of the period, or neither.")
    return ends_after("period_from")(ending_before, info)  # type: ignore[no-any-return]


class Deferral(Terms):
    """A sum that is not paid when it falls due on `due_on`, and bears interest from that day. Pounds.

    A fee has no period; care and extra that the person chose have one.
    """

    kind: DeferredKind
    amount: Positive
    due_on: Day
    period_from: Annotated[Day | None, AfterValidator(_care_has_a_period)] = Field(default=None, validate_default=True)
    period_ending_before: Annotated[Day | None, AfterValidator(_both_ends)] = Field(default=None, validate_default=True)


class PaymentDeferred(Deferral, Fact):
    """Payment of a sum was deferred. By the close of `due_on` interest had come to `interest`, and `owed` in all."""

    TOPIC = "payment-deferred.1"
    reference: Code
    interest: Money
    owed: SignedMoney

    @property
    def effective_from(self) -> date:
        return self.due_on


class Repayment(Terms):
    """A sum that was paid towards what is owed. Pounds."""

    on: Day
    amount: Positive


class DeferredPaymentRepaid(Repayment, Fact):
    """Something was repaid. By the close of `on` interest had come to `interest`, and `owed` was left."""

    TOPIC = "deferred-payment-repaid.1"
    reference: Code
    interest: Money
    owed: SignedMoney

    @property
    def effective_from(self) -> date:
        return self.on


class DeferredPaymentEnding(Terms):
    """The day after which nothing more is deferred, and why. What is owed then has still to be paid."""

    on: Day
    reason: Literal["sold", "repaid", "died"]


class DeferredPaymentEnded(DeferredPaymentEnding, Fact):
    """An agreement ended. By the close of `on` interest had come to `interest`; `owed` is to be paid by `pay_by`."""

    TOPIC = "deferred-payment-ended.1"
    reference: Code
    pay_by: Day
    interest: Money
    owed: SignedMoney

    @property
    def effective_from(self) -> date:
        return self.on
