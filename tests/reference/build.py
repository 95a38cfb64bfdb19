"""Lives of care accounts in the fewest words, and how the reference is asked about them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from .metering import Entry, Figures, Policy, figures

ACCOUNT = UUID("0d4e4c9a-0000-4000-8000-000000000001")

REFORM = Policy(
    commencement=date(2023, 10, 1),
    cap={date(2023, 10, 1): "86000.00"},
    daily_living_costs={date(2023, 10, 1): "200.00"},
)
RECORDED_EARLY = datetime(2023, 9, 1, 9, 0, tzinfo=UTC)
TODAY = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
NOTHING_IN_FORCE = (None, None, None)

Fact = tuple[str, dict[str, Any], datetime]


def opened(on: str = "2024-01-01") -> Fact:
    return "account-opened", {"reference": "CA-7K3M-92QX", "opened_on": on}, RECORDED_EARLY


def needs(eligible_from: str | None = "2024-01-01", at: datetime = RECORDED_EARLY, **more: Any) -> Fact:
    data = {"assessed_on": "2024-01-01", "eligible": True, "eligible_from": eligible_from} | more
    return "needs-assessed", data, at


def not_eligible(assessed_on: str, at: datetime = RECORDED_EARLY, **more: Any) -> Fact:
    return needs(None, at, assessed_on=assessed_on, eligible=False, **more)


def budget(weekly_cost: str, since: str = "2024-01-01", at: datetime = RECORDED_EARLY, **more: Any) -> Fact:
    """An independent personal budget for care at home, so that a week's cost all counts, unless more is said."""
    data = {"kind": "independent", "setting": "own_home", "weekly_cost": weekly_cost, "effective_from": since}
    return "budget-set", data | more, at


def assessment(contribution: str, since: str = "2024-01-01", at: datetime = RECORDED_EARLY, **more: Any) -> Fact:
    data = {"type": "imported", "assessed_on": since, "effective_from": since, "outcome": "contribution", "source": {}}
    return "financial-assessment-imported", data | {"weekly_contribution": contribution} | more, at


def away(since: str, ending_before: str | None, at: datetime = RECORDED_EARLY) -> Fact:
    return "break-recorded", {"from": since, "ending_before": ending_before, "reason": "hospital"}, at


def closed(on: str, at: datetime = RECORDED_EARLY) -> Fact:
    return "account-closed", {"on": on, "reason": "died"}, at


def history(*facts: Fact) -> list[Entry]:
    return [Entry(version, at, type_, data, ACCOUNT) for version, (type_, data, at) in enumerate(facts, start=1)]


def at_home(*more: Fact) -> list[Entry]:
    """A self-funder at home from 1 January 2024 whose care would cost the council 700.00 a week: 100.00 a day."""
    return history(opened(), needs(), budget("700.00"), *more)


def charged(*more: Fact) -> list[Entry]:
    """A person at home from 1 January 2024 whose needs the council meets for 700.00 a week, her charges to be added."""
    return history(opened(), needs(), budget("700.00", kind="personal"), *more)


def in_a_home(*more: Fact) -> list[Entry]:
    """A person in a care home from 1 January 2024, her budget and assessment still to be added."""
    return history(opened(), needs(), *more)


def ask(entries: list[Entry], on: str, policy: Policy = REFORM, known_at: datetime = TODAY) -> Figures:
    return figures(entries, policy, date.fromisoformat(on), known_at)


def accrued(entries: list[Entry], on: str, policy: Policy = REFORM, known_at: datetime = TODAY) -> str:
    return str(ask(entries, on, policy, known_at).accrued_costs)


def rates(found: Figures) -> tuple[str | None, ...]:
    week = (found.base, found.dlc_week, found.metered_week)
    return tuple(None if amount is None else str(amount) for amount in week)


def capped_at(amount: str, **switches: Any) -> Policy:
    return replace(REFORM, cap={date(2023, 10, 1): amount}, **switches)


def named(version: int) -> str:
    """The id of the entry with this version."""
    return str(uuid5(ACCOUNT, f"entry {version}"))


def charge(amount: str, since: str, ending_before: str, at: datetime = RECORDED_EARLY) -> Fact:
    data = {"reference": "INV-1", "period_from": since, "period_ending_before": ending_before, "amount": amount}
    return "charge-raised", data, at


def retracted(version: int, since: str, at: datetime = RECORDED_EARLY) -> Fact:
    data = {"reference": "INV-1", "charge": named(version), "effective_from": since, "reason_code": "raised_in_error"}
    return "charge-retracted", data, at


def voided(version: int, since: str, replaced_by: int | None = None, at: datetime = RECORDED_EARLY) -> Fact:
    """A correction of the entry with this version, which mattered from a day; versions name the entries."""
    data = {"entry_id": named(version), "version": version, "effective_from": since, "reason_code": "wrong_amount"}
    return "entry-voided", data | {"replaced_by": named(replaced_by) if replaced_by else None}, at


def proposed(amount: str, on: str, at: datetime = RECORDED_EARLY) -> Fact:
    return "adjustment-proposed", {"on": on, "amount": amount, "reason_code": "ombudsman"}, at


def approved(version: int, on: str, at: datetime = RECORDED_EARLY) -> Fact:
    return "adjustment-approved", {"adjustment": named(version), "on": on}, at


def carried_in(
    accrued_costs: str,
    on: str,
    rate: tuple[str, str] | None = None,
    living: str = "0.00",
    at: datetime = RECORDED_EARLY,
) -> Fact:
    """An opening from another council, with the metered part and the daily living costs of its weekly rate, if any."""
    data = {"on": on, "accrued_costs": accrued_costs, "daily_living_costs": living, "provenance": {"kind": "transfer"}}
    week = None if rate is None else {"metered": rate[0], "daily_living_costs": rate[1]}
    return "opening-carried-in", data | {"weekly_rate": week}, RECORDED_EARLY


def reopened(on: str, at: datetime = RECORDED_EARLY) -> Fact:
    return "account-reopened", {"on": on, "reason_code": "wrong_report_of_death"}, at
