"""What of an adult's income counts, and what is left out? (SI 2014/2672 reg 13 to R15, Sch 1)"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from domain.law.financial_assessment.asked import Income
from domain.law.financial_assessment.treatment import How, Treated
from domain.law.financial_assessment.weekly import DOWN, said, weekly
from domain.law.financial_assessment.working import PENCE, Line

DISABILITY_BENEFITS = frozenset({"attendance_allowance", "dla_care", "pip_daily_living"})
RENT_IS_CAPITAL = "SI 2014/2672 reg 19(3)"


def income_lines(income: Iterable[Income], treatments: Mapping[str, Treated], lets_property: bool) -> list[Line]:
    """A line for each income, in one order whatever the order in the request.

    `lets_property`: whether land is among the capital that counts. Its rent is then capital on the day it is due.
    """
    received = sorted(
        (treatments[each.kind].place, weekly(each, DOWN), said(treatments[each.kind].label, each), each.kind)
        for each in income
    )
    left = {kind: treatments[kind].how.first for *_, kind in received}
    lines = []
    for _, amount, label, kind in received:
        treatment = treatments[kind]
        if kind == "rental" and lets_property:
            treatment = treatment._replace(how=How(False, PENCE), authority=RENT_IS_CAPITAL)
        ignored = min(left[kind], amount) if treatment.how.counts else amount
        left[kind] -= min(left[kind], ignored)
        label = _label(label, amount, ignored)
        lines.append(Line("income", label, amount - ignored, treatment.authority, None, treatment.certainty))
    return lines


def received_of(kind: str, income: Iterable[Income]) -> Decimal:
    """What comes in of one kind, a week, counted or not."""
    return sum((weekly(each, DOWN) for each in income if each.kind == kind), start=PENCE)


def counts_disability_benefit(income: Iterable[Income], treatments: Mapping[str, Treated]) -> bool:
    """Whether a benefit for disability counts: what disability costs is then allowed (Sch 1 para 4)."""
    return any(
        each.kind in DISABILITY_BENEFITS and treatments[each.kind].how.counts and weekly(each, DOWN) for each in income
    )


def _label(label: str, amount: Decimal, ignored: Decimal) -> str:
    if not ignored:
        return label
    if ignored == amount:
        return f"{label}: £{amount:,.2f} a week, which does not count"
    return f"{label}: £{amount:,.2f} a week, of which £{ignored:,.2f} do not count"
