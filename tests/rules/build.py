"""Accounts in a line or two, so that a worked example reads as a finance officer would tell it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain import schemes
from domain.account.facts import (
    AccountClosed,
    AccountOpened,
    AccountReopened,
    AdjustmentProposed,
    BreakRecorded,
    BudgetSet,
    ChargeRaised,
    Fact,
    FinancialAssessmentImported,
    NeedsAssessed,
    OpeningCarriedIn,
)
from domain.account.figures import CapProgress
from domain.account.progress import cap_progress
from domain.account.state import CareAccount, Entry, entry_id
from domain.schemes import Scheme

REFORM_2023 = schemes.load("reform-2023")
NATIONAL = schemes.load("national")
ACCOUNT = UUID("00000000-0000-4000-8000-00000000000a")
RECORDED = datetime(2023, 10, 2, 9, tzinfo=UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


def account(*facts: Fact, opened_on: str = "2023-10-02") -> CareAccount:
    """An account whose facts were recorded in this order, a day apart."""
    return and_then(CareAccount(()), opened(opened_on), *facts)


def and_then(found: CareAccount, *facts: Fact, by: str = "tester") -> CareAccount:
    """The account with some more facts, each recorded a day after the one before it."""
    return CareAccount(
        (
            *found.entries,
            *(
                Entry(ACCOUNT, n, fact, RECORDED + timedelta(days=n), by, "finance")
                for n, fact in enumerate(facts, start=len(found.entries) + 1)
            ),
        )
    )


def the_id(version: int) -> str:
    """The id of the account's first, second, third entry."""
    return str(entry_id(ACCOUNT, version))


def opened(on: str = "2023-10-02") -> AccountOpened:
    return AccountOpened(reference="CA-0000-0000", opened_on=day(on))


def needs(eligible_from: str | None = "2023-10-02", **more: Any) -> NeedsAssessed:
    days = {name: day(value) for name, value in more.items() if isinstance(value, str)}
    given = {"assessed_on": day("2023-10-02"), **more, **days}
    return NeedsAssessed(
        eligible=eligible_from is not None, eligible_from=day(eligible_from) if eligible_from else None, **given
    )


def budget(weekly_cost: str, effective_from: str = "2023-10-02", **more: Any) -> BudgetSet:
    given = {"kind": "independent", "setting": "own_home", **more}
    if isinstance(given.get("ending_before"), str):
        given["ending_before"] = day(given["ending_before"])
    return BudgetSet.model_validate({"weekly_cost": weekly_cost, "effective_from": day(effective_from), **given})


def contribution(weekly: str, effective_from: str = "2023-10-02", **more: Any) -> FinancialAssessmentImported:
    return FinancialAssessmentImported.model_validate(
        {
            "type": "imported",
            "assessed_on": day(effective_from),
            "effective_from": day(effective_from),
            "outcome": "contribution",
            "weekly_contribution": weekly,
            "source": {"system": "charging"},
            **more,
        }
    )


def away(first: str, ending_before: str | None = None, reason: str = "hospital") -> BreakRecorded:
    return BreakRecorded.model_validate(
        {"from": day(first), "ending_before": day(ending_before) if ending_before else None, "reason": reason}
    )


def closed(on: str, reason: str = "died") -> AccountClosed:
    return AccountClosed.model_validate({"on": day(on), "reason": reason})


def reopened(on: str) -> AccountReopened:
    return AccountReopened(on=day(on), reason_code="not-deceased")


def charge(amount: str, first: str, ending_before: str, reference: str = "INV-1") -> ChargeRaised:
    return ChargeRaised.model_validate(
        {"reference": reference, "period_from": first, "period_ending_before": ending_before, "amount": amount}
    )


def adjustment(amount: str, on: str) -> AdjustmentProposed:
    return AdjustmentProposed.model_validate({"on": on, "amount": amount, "reason_code": "ombudsman"})


def opening(accrued_costs: str, on: str, daily_living_costs: str = "0.00", **more: Any) -> OpeningCarriedIn:
    """What had accrued with another council; `weekly_rate` is what a week there counted, net of daily living costs."""
    if isinstance(rate := more.get("weekly_rate"), str):
        more["weekly_rate"] = {"metered": rate, "daily_living_costs": "200.00"}
    fixed = {"on": on, "accrued_costs": accrued_costs, "daily_living_costs": daily_living_costs}
    return OpeningCarriedIn.model_validate(
        {**fixed, "provenance": {"kind": "transfer", "council": "E10000001"}, **more}
    )


def self_funder(weekly_cost: str = "950.00", since: str = "2023-10-02", *more: Fact) -> CareAccount:
    """Somebody who arranges a care home for themselves."""
    return account(needs(since), budget(weekly_cost, since, setting="care_home"), *more, opened_on=since)


def progress(found: CareAccount, on: str, scheme: Scheme = REFORM_2023) -> CapProgress:
    return cap_progress(found, scheme, day(on))


def accrued(found: CareAccount, on: str, scheme: Scheme = REFORM_2023) -> str:
    return str(progress(found, on, scheme).accrued_costs)
