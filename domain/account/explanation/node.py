"""What is told of a figure and of each part of it, and how parts add up."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from pydantic import Field

from domain.account.figures import Figures
from domain.dates import Day
from domain.law.financial_assessment import Line
from domain.money import SignedMoney, percentage_text
from domain.parameters.dated import Certainty, Status
from domain.parameters.parameter import DatedAmount, Parameter
from domain.schemes import AnnualAdjustment
from domain.terms import EntryId

NO_POUNDS = Decimal("0.00")

Figure = Literal[
    "accrued_costs", "daily_living_costs", "remaining", "cap", "percent", "weekly_rate", "expected_to_reach_cap_on"
]
"""The figures that can be asked about."""

What = Literal[
    "accrued_costs",
    "daily_living_costs",
    "remaining",
    "cap",
    "percent",
    "weekly_rate",
    "expected_to_reach_cap_on",
    "days",
    "weekly_cost",
    "assessed_charge",
    "assessed_line",
    "charge",
    "carried_rate",
    "beyond_the_cap",
    "opening",
    "carried_in",
    "replaced",
    "annual_adjustment",
    "adjustment",
    "limit",
    "lowered_cap",
    "posted",
    "rounding",
]
"""What a part of an explanation is. A part called `days` is a stretch of days that are all alike."""


class DatedLaw(Figures):
    """An amount of law in force on the days explained, and who says so. `unit` says what the amount is counted in."""

    name: str
    amount: str
    unit: str
    from_: Day = Field(alias="from")
    authority: str
    certainty: Certainty
    status: Status


class Explained(Figures):
    """A figure, or a part of one, and what it is made of.

    `amount` is what it adds to the figure, in signed pounds, null where the figure is no money; `value` is the figure
    then. The children of an amount add up to it, so the last parts of the tree add up to the figure. `words` are one
    plain sentence for the person; `entries` are the ids of the entries it rests on. `lines` are those of a financial
    assessment that it tells, as they were stored, pounds a week.
    """

    figure: What
    amount: SignedMoney | None
    words: str
    value: str | None = None
    arithmetic: str | None = None
    first: Day | None = None
    last: Day | None = None
    days: int | None = None
    entries: tuple[EntryId, ...] = ()
    provision: str | None = None
    parameter: DatedLaw | None = None
    lines: tuple[Line, ...] = ()
    children: tuple["Explained", ...] = ()


def adding_up(amount: Decimal, parts: Iterable[Explained]) -> tuple[Explained, ...]:
    """The parts of an amount. What they lack because each is rounded by itself becomes a part of its own."""
    found = [*parts]
    lacking = amount - sum((part.amount or NO_POUNDS for part in found), NO_POUNDS)
    if found and lacking:
        words = "Parts of a penny are rounded only once, in the total."
        found.append(Explained(figure="rounding", amount=lacking, words=words))
    return tuple(found)


def taken_off(part: Explained) -> Explained:
    """The same with every amount the other way round."""
    return part.model_copy(
        update={
            "amount": None if part.amount is None else NO_POUNDS - part.amount,
            "children": tuple(taken_off(child) for child in part.children),
        }
    )


def last_parts(whole: Explained) -> Iterable[Explained]:
    """The parts that are made of nothing else, in order."""
    if not whole.children:
        yield whole
    for child in whole.children:
        yield from last_parts(child)


def amount_of_law(parameter: Parameter, dated: DatedAmount) -> DatedLaw:
    """One dated amount, as it is told."""
    return _told(parameter.name, f"{dated.amount:.2f}", parameter.unit, dated)


def percentage_of_law(adjustment: AnnualAdjustment) -> DatedLaw:
    """The percentage of one year, as it is told."""
    return _told("annual_adjustment", percentage_text(adjustment.percentage), "per cent", adjustment)


def _told(name: str, amount: str, unit: str, dated: DatedAmount | AnnualAdjustment) -> DatedLaw:
    return DatedLaw(
        name=name,
        amount=amount,
        unit=unit,
        from_=dated.from_,
        authority=dated.authority,
        certainty=dated.certainty,
        status=dated.status,
    )
