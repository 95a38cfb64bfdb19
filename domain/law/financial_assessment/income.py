"""What of an adult's income counts, and what is left out? (SI 2014/2672 regs 13 to 15, Sch 1)"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from domain.law.financial_assessment.asked import Income
from domain.law.financial_assessment.treatment import How, Treated
from domain.law.financial_assessment.weekly import DOWN, said, weekly
from domain.law.financial_assessment.working import PENCE, Line

DISABILITY_BENEFITS = frozenset({"attendance_allowance", "dla_care", "pip_daily_living"})
_AS_CAPITAL = How(counts=False, first=PENCE)


class Received(NamedTuple):
    """The lines of income, all that comes in of each kind, and what of it counts. Pounds a week."""

    lines: list[Line]
    of_kind: Mapping[str, Decimal]
    counted: Decimal
    counts_disability_benefit: bool


def received(income: Iterable[Income], treatments: Mapping[str, Treated], lets_property: bool) -> Received:
    """A line for each income, in one order whatever the order in the request.

    `lets_property`: whether land is among the capital that counts. Its rent is then capital on the day it is due.
    """
    each_one = [(treatments[each.kind], weekly(each, DOWN), each) for each in income]
    if len(each_one) > 1:
        each_one.sort(key=_in_order)
    of_kind: dict[str, Decimal] = {}
    lines, counted, disability = [], PENCE, False
    for treatment, amount, each in each_one:
        kind, label = each.kind, said(treatment.label, each)
        if kind == "rental" and lets_property:
            treatment = treatment._replace(how=_AS_CAPITAL, authority="SI 2014/2672 reg 19(3)", certainty="official")
        before = of_kind.get(kind, PENCE)
        counts = _counts(treatment.how, before, amount)
        if counts != amount:
            label = _in_part(label, amount, counts)
        lines.append(Line("income", label, counts, treatment.authority, None, treatment.certainty, kind))
        of_kind[kind] = before + amount
        counted += counts
        disability = disability or (kind in DISABILITY_BENEFITS and counts > 0)
    return Received(lines, of_kind, counted, disability)


def _in_order(one: tuple[Treated, Decimal, Income]) -> tuple[int, Decimal, str]:
    treatment, amount, each = one
    return treatment.place, amount, each.frequency or ""


def _counts(how: How, before: Decimal, amount: Decimal) -> Decimal:
    """What counts of an amount, when so much of the same kind came before it: all but the first pounds, or nothing."""
    if not how.counts:
        return PENCE
    if not how.first:
        return amount
    return max(PENCE, before + amount - how.first) - max(PENCE, before - how.first)


def _in_part(label: str, amount: Decimal, counts: Decimal) -> str:
    if not counts:
        return f"{label}: £{amount:,.2f} a week, which does not count"
    return f"{label}: £{amount:,.2f} a week, of which £{amount - counts:,.2f} do not count"
