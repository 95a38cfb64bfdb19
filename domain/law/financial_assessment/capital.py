"""What of an adult's capital counts? (SI 2014/2672 reg 18, R20, R22 to R24, Sch 2)"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from domain.law.financial_assessment.amounts import AmountsOfTheDay
from domain.law.financial_assessment.asked import Holding
from domain.law.financial_assessment.home import home_ignored
from domain.law.financial_assessment.treatment import Treated
from domain.law.financial_assessment.weekly import DOWN, to_pence
from domain.law.financial_assessment.working import PENCE, Line
from domain.words import day as day_in_words

LAND = frozenset({"main_home", "second_property"})


class Counted(NamedTuple):
    """One holding's line, whether it is land that counts, and what will change by itself."""

    line: Line
    land: bool
    warning: str | None = None


def capital_counted(
    holdings: Iterable[Holding], treatments: Mapping[str, Treated], upper_limit: Decimal, amounts: AmountsOfTheDay
) -> list[Counted]:
    """Each holding, in one order whatever the order in the request."""
    valued = ((holding, value_of(holding), treatments[holding.kind]) for holding in holdings)
    in_order = sorted(valued, key=lambda each: (each[2].place, each[1], each[0].value))
    others = sum((value for held, value, how in in_order if how.how.counts and held.kind != "main_home"), start=PENCE)
    helped = others <= upper_limit  # whom the council does not help to pay has no use for the twelve weeks
    return [_counted(holding, value, treatment, helped, amounts) for holding, value, treatment in in_order]


def value_of(holding: Holding) -> Decimal:
    """The adult's share of what a sale would leave, fractions of a penny dropped.

    A tenth of the value is taken off where selling would cost something, and what is secured on the holding; a debt
    lowers no other holding (R20). Joint holdings are the holders' in equal shares unless said otherwise (R24).
    """
    costs = holding.value / 10 if holding.selling_costs_10_percent else PENCE
    left = max(PENCE, holding.value - costs - (holding.secured_debt or PENCE))
    if holding.share is not None:
        return to_pence(left * holding.share, DOWN)
    return to_pence(left / (holding.joint_holders or 1), DOWN)


def _counted(holding: Holding, value: Decimal, treatment: Treated, helped: bool, amounts: AmountsOfTheDay) -> Counted:
    label = _label(holding, treatment.label, value)
    if not treatment.how.counts:
        return Counted(_ignored(holding, label, value, "", treatment.authority), False)
    reason = home_ignored(holding, helped, amounts) if holding.kind == "main_home" else None
    if reason is None:
        line = Line("capital", label, value, treatment.authority, None, treatment.certainty, holding.kind)
        return Counted(line, holding.kind in LAND)
    warning = reason.ending_before and (
        f"The home is left out up to {day_in_words(reason.ending_before)}; from that day on it counts as capital."
    )
    line = _ignored(holding, label, value, f", because {reason.reason}", reason.authority, reason.parameter)
    return Counted(line, False, warning or None)


def _ignored(
    holding: Holding, label: str, value: Decimal, why: str, authority: str, parameter: str | None = None
) -> Line:
    label = f"{label}: £{value:,.2f}, which do not count{why}"
    return Line("capital", label, PENCE, authority, parameter, of=holding.kind)


def _label(holding: Holding, label: str, value: Decimal) -> str:
    """What the holding is, and how its value comes about where that is not the whole of it."""
    parts = []
    if holding.selling_costs_10_percent:
        parts.append("less a tenth for the cost of selling")
    if holding.secured_debt:
        parts.append(f"less £{holding.secured_debt:,.2f} secured on it")
    if holding.share is not None:
        parts.append(f"times {holding.share:f}")
    elif holding.joint_holders and holding.joint_holders > 1:
        parts.append(f"divided by {holding.joint_holders}")
    return f"{label}, £{holding.value:,.2f} {', '.join(parts)}" if parts else label
