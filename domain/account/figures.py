"""The figures a care account answers with, in the shapes that every reader gets."""

from typing import Any, Literal

from pydantic import ConfigDict, Field

from domain.dates import Day
from domain.money import Exact, Money, SignedMoney
from domain.terms import Code, Terms

Metering = Literal["metering", "paused", "not_eligible", "unassessed", "no_budget", "not_commenced", "capped", "closed"]
"""Why costs accrue on a day, or why they do not."""

StatementKind = Literal["annual", "on_request", "closing"]

PrintSize = Literal[14, 18, 22]
"""How large the letters of a statement are, in points: 18 and 22 are large print."""


class Figures(Terms):
    """Figures are made here and never read from a stranger, so a field may be named as Python allows."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)


class WeeklyRate(Figures):
    """What a week costs at the rate of a day, and how it divides. Pounds a week."""

    base: Money
    daily_living_costs: Money
    metered: Money


class ExactTotals(Figures):
    """What had been added up by the close of a day, before any rounding. Pounds as fractions."""

    base: Exact
    daily_living_costs: Exact
    metered: Exact


class CapProgress(Figures):
    """How far an account has come towards the cap at the close of a day. Pounds; `cap` is None before commencement."""

    on: Day
    cap: Money | None
    accrued_costs: Money
    remaining: Money | None
    percent: Code | None = Field(description="accrued costs as a share of the cap, rounded down", examples=["99.91"])
    daily_living_costs: Money
    weekly_rate: WeeklyRate | None
    metering: Metering
    cap_reached_on: Day | None
    expected_to_reach_cap_on: Day | None


class LedgerLine(Figures):
    """What some days added. `to` is the last of them; the metered amounts add up to the change of the balance."""

    from_: Day = Field(alias="from")
    to: Day
    base: SignedMoney
    daily_living_costs: SignedMoney
    metered: SignedMoney
    kind: Literal["accrual", "annual_adjustment", "adjustment", "opening"] = "accrual"
    cause: Code | None = None
    posted: bool = False
    balance: Money


class StatementLine(Figures):
    """Days of a statement on which everything stayed the same."""

    from_: Day = Field(alias="from")
    to: Day
    days: int
    metering: Metering
    weekly_rate: WeeklyRate | None
    daily_living_costs: SignedMoney
    metered: SignedMoney


AdjustmentKind = Literal["late", "opening", "annual", "manual", "cap_lowered"]
"""Why a statement's total is not the one before and what was counted since: something known late, or one stroke."""


def _not_said(value: Any) -> bool:
    """Statements of an earlier shape lack some fields. Left out where nothing is said, they read as they always did."""
    return value is None


class Adjustment(Figures):
    """One cause that changed the total otherwise than by a day's costs, the entries that brought it, and its days.

    Where no entry brought it, it was the law: an annual adjustment, or another amount.
    """

    amount: SignedMoney
    causes: tuple[Code, ...]
    kind: AdjustmentKind | None = Field(default=None, exclude_if=_not_said)
    from_: Day | None = Field(default=None, alias="from", exclude_if=_not_said)
    to: Day | None = Field(default=None, exclude_if=_not_said)


class StatementFigures(Figures):
    """Every figure of a statement, so that it can be given again without working anything out.

    opening + counted + the adjustments = accrued_costs, to the penny.
    """

    from_: Day = Field(alias="from")
    to: Day
    version: int
    scheme: Code
    edition: Code
    provisions_in_force: bool
    previous_statement: Code | None
    opening: Money
    counted: SignedMoney
    adjustments: tuple[Adjustment, ...]
    accrued_costs: Money
    cap: Money | None
    remaining: Money | None
    percent: Code | None
    cost_of_meeting_needs: SignedMoney
    daily_living_costs: SignedMoney
    daily_living_costs_so_far: Money
    metering: Metering
    weekly_rate: WeeklyRate | None
    cap_reached_on: Day | None
    expected_to_reach_cap_on: Day | None
    lines: tuple[StatementLine, ...]
