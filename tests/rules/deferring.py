"""Deferred payments in a line: the law with rates of one's own, an agreement, what is deferred and repaid under it."""

import json
from typing import Any

from domain import parameters
from domain.account.agreeing import AskedUnderAgreement, UnderAgreement, to_agree, under_agreement
from domain.account.commands import AgreeDeferredPayment
from domain.account.deferred import deferred_statement
from domain.account.deferred_figures import DeferredPaymentStatement
from domain.account.facts import Deferral, DeferredPayment, DeferredPaymentEnding, Repayment
from domain.account.state import CareAccount
from domain.law.deferred_interest import RATE
from domain.parameters import AmountsOfLaw, Measure, Parameter
from tests.rules.asking import asked
from tests.rules.build import account, day


def law(rates: dict[str, str | None]) -> AmountsOfLaw:
    """The national law with highest rates of the example's own, by the first days of their half-years."""
    words = {"authority": "a test", "certainty": "official", "status": "in force"}
    values = tuple({"from": first, "amount": rate, **words} for first, rate in rates.items())
    about = {"name": RATE, "description": "a test", "unit": "per cent a year", "checked_on": "2026-01-01"}
    ours = Measure.model_validate({**about, "values": values})

    def amounts(name: str) -> Parameter | Measure:
        return ours if name == RATE else parameters.load(name)

    return amounts


EVEN = law({"2019-01-01": "3.65", "2019-07-01": "3.65", "2020-01-01": "3.66", "2020-07-01": "3.66"})
"""A ten-thousandth of the sum for each day, in 2019 and in the leap year 2020."""


def agree(amounts: AmountsOfLaw = EVEN, **more: Any) -> AgreeDeferredPayment:
    """An agreement from 1 January 2019 on a home of 200000.00; simple interest that the person was told of."""
    given = {
        "reference": "DPA-1",
        "agreed_on": "2019-01-01",
        "effective_from": "2019-01-01",
        "property_value": "200000.00",
        "encumbrances": "0.00",
        "other_capital": "12000.00",
        "weekly_income_kept": "144.00",
        "compounding": "none",
        "interest": "deferred",
        "interest_told_on": "2018-12-20",
        "administration_fee": "deferred",
        **more,
    }
    return to_agree(DeferredPayment.model_validate_json(json.dumps(given)), amounts)


def defer(amount: str, due_on: str = "2019-01-01", kind: str = "care_costs", **more: Any) -> UnderAgreement:
    """A sum for care from the day on which it falls due; a fee is for no days."""
    weeks = {} if kind == "administration_fee" else {"period_from": due_on, "period_ending_before": "2199-12-31"}
    return _under(Deferral, {"kind": kind, "amount": amount, "due_on": due_on, **weeks, **more})


def repay(amount: str, on: str, **more: Any) -> UnderAgreement:
    return _under(Repayment, {"amount": amount, "on": on, **more})


def end(on: str, reason: str = "sold", **more: Any) -> UnderAgreement:
    return _under(DeferredPaymentEnding, {"on": on, "reason": reason, **more})


def _under(kind: type[AskedUnderAgreement], given: dict[str, Any]) -> UnderAgreement:
    reference, amounts = given.pop("reference", "DPA-1"), given.pop("amounts", EVEN)
    return under_agreement(kind.model_validate_json(json.dumps(given)), reference, amounts)


def deferring(*commands: Any, **terms: Any) -> CareAccount:
    """An account with an agreement, and what was asked under it."""
    return asked(account(), agree(**terms), *commands)


def statement(
    found: CareAccount, on: str, since: str | None = None, amounts: AmountsOfLaw = EVEN
) -> DeferredPaymentStatement:
    return deferred_statement(found, "DPA-1", amounts, day(on), day(since) if since else None)


def owed(found: CareAccount, on: str, amounts: AmountsOfLaw = EVEN) -> str:
    return str(statement(found, on, amounts=amounts).owed)


def interest(found: CareAccount, on: str, amounts: AmountsOfLaw = EVEN) -> str:
    return str(statement(found, on, amounts=amounts).total_interest)
