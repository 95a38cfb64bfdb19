"""The figures a care account answers with, in the shapes that every reader gets."""

from typing import Literal

from pydantic import ConfigDict, Field

from domain.dates import Day
from domain.money import Money, SignedMoney
from domain.terms import Code, Terms

Metering = Literal["metering", "paused", "not_eligible", "unassessed", "no_budget", "not_commenced", "capped", "closed"]
"""Why costs accrue on a day, or why they do not."""

StatementKind = Literal["annual", "on_request", "closing"]


class Figures(Terms):
    """Figures are made here and never read from a stranger, so a field may be named as Python allows."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)


class WeeklyRate(Figures):
    """What a week costs at the rate of a day, and how it divides. Pounds a week."""

    base: Money
    daily_living_costs: Money
    metered: Money


class CapProgress(Figures):
    """How far an account has come towards the cap at the close of a day. Pounds; `cap` is None before commencement."""

    on: Day
    cap: Money | None
    accrued_costs: Money
    remaining: Money | None
    percent: str | None = Field(description="accrued costs as a share of the cap, rounded down", examples=["99.91"])
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


class Adjustment(Figures):
    """What became known since the last statement about days that it covered, and the entries that brought it."""

    amount: SignedMoney
    causes: tuple[Code, ...]


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
