"""Deferred payments in a line: the law with rates of one's own, an agreement, what is deferred and repaid under it."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from domain import parameters
from domain.account.commands import AgreeDeferredPayment, DeferPayment, EndDeferredPayment, RepayDeferredPayment
from domain.account.deferred import deferred_statement
from domain.account.deferred_figures import DeferredPaymentStatement
from domain.account.state import CareAccount
from domain.law.deferred_interest import RATE, HalfYear, highest_rates
from domain.law.deferred_payments import ALLOWANCE, equity_limit
from domain.parameters import AmountsOfLaw, Measure, Parameter
from tests.rules.asking import asked
from tests.rules.build import account, day

LATER = date(2021, 12, 31)
"""Long enough after everything that happens in an example."""


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
    on = day(given["effective_from"])
    limit = equity_limit(Decimal(given["property_value"]), Decimal(given["encumbrances"]), on, amounts)
    of_law = {
        "equity_limit": limit.model_dump(mode="json"),
        "disposable_income_allowance": str(amounts(ALLOWANCE).on(on)),
    }
    return AgreeDeferredPayment.model_validate_json(json.dumps({**given, **of_law}))


def defer(amount: str, due_on: str = "2019-01-01", kind: str = "care_costs", **more: Any) -> DeferPayment:
    """A sum for the four weeks from the day on which it falls due; a fee has no weeks."""
    weeks = {} if kind == "administration_fee" else {"period_from": due_on, "period_ending_before": "2199-12-31"}
    return DeferPayment.model_validate_json(_under({"kind": kind, "amount": amount, "due_on": due_on, **weeks}, more))


def repay(amount: str, on: str, **more: Any) -> RepayDeferredPayment:
    return RepayDeferredPayment.model_validate_json(_under({"amount": amount, "on": on}, more))


def end(on: str, reason: str = "sold", **more: Any) -> EndDeferredPayment:
    return EndDeferredPayment.model_validate_json(_under({"on": on, "reason": reason}, more))


def _under(given: dict[str, Any], more: dict[str, Any]) -> str:
    rates: tuple[HalfYear, ...] = highest_rates(LATER, more.pop("amounts", EVEN))
    return json.dumps(
        {"reference": "DPA-1", "highest_rates": [rate.model_dump(mode="json") for rate in rates], **given, **more}
    )


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
