"""Draws what somebody says of their money: any request that makes sense, and some that do not."""

import random
from datetime import date, timedelta
from typing import Any, get_args

from hypothesis import strategies as st

from domain.law.financial_assessment.asked import AssessmentSetting, CapitalKind, IncomeKind, OutgoingKind

INCOME, CAPITAL, OUTGOINGS = get_args(IncomeKind), get_args(CapitalKind), get_args(OutgoingKind)
SETTINGS = get_args(AssessmentSetting)
LIMITS = (14250, 23250)
FIRST, LAST = date(2015, 4, 1), date(2027, 4, 5)
BORN_FIRST, BORN_LAST = date(1920, 1, 1), date(2010, 1, 1)

Request = dict[str, Any]


def request_of(seed: int) -> Request:
    """The request that a seed stands for."""
    draw = random.Random(seed)
    day = _day(draw, FIRST, LAST)
    found: Request = {
        "type": "full",
        "assessed_on": day.isoformat(),
        "effective_from": day.isoformat(),
        "setting": draw.choice(SETTINGS),
        "circumstances": _circumstances(draw),
        "cost_of_care": _pounds(draw, 1500),
        "income": [{"kind": draw.choice(INCOME), **_sum(draw, 400)} for _ in range(draw.randint(0, 6))],
        "capital": [_holding(draw, day) for _ in range(draw.randint(0, 3))],
        "outgoings": [{"kind": draw.choice(OUTGOINGS), **_sum(draw, 120)} for _ in range(draw.randint(0, 3))],
        "disability_related_expenditure": [_sum(draw, 40) for _ in range(draw.randint(0, 2))],
        "local_disregards": [_sum(draw, 30) for _ in range(draw.choice((0, 0, 0, 1, 2)))],
    }
    _sometimes_otherwise(draw, found)
    return found


def requests(**kept: Any) -> st.SearchStrategy[Request]:
    """Any request, with some of its fields as given."""
    return st.integers(0, 2**48).map(lambda seed: {**request_of(seed), **kept})


def _sometimes_otherwise(draw: random.Random, found: Request) -> None:
    """Now and then a light touch, a refusal, a percentage, or a council that leaves more than the law."""
    kind = draw.random()
    if kind < 0.05:
        found |= {"type": "light_touch", "capital": draw.choice(("below", "above")), "consent": True}
    elif kind < 0.08:
        for field in set(found) - {"assessed_on", "effective_from", "setting", "cost_of_care"}:
            del found[field]
        found["type"] = "refused"
        return
    if draw.random() < 0.1:
        found["council_percentage"] = draw.choice(("0", "50", "90", "95.5", "100"))
    if draw.random() < 0.1:
        found["minimum_income_guarantee"] = {"amount": _pounds(draw, 400)}
    if draw.random() < 0.1:
        found["personal_expenses_allowance"] = {"amount": _pounds(draw, 80)}


def _circumstances(draw: random.Random) -> Request:
    found: Request = {"household": draw.choice(("single", "single", "single", "couple", "lone_parent"))}
    found["date_of_birth"] = _day(draw, BORN_FIRST, BORN_LAST).isoformat()
    if draw.random() < 0.2:
        found["over_pension_age"] = draw.random() < 0.5
    found["children"] = draw.choice((0, 0, 0, 1, 3))
    found["premiums"] = [p for p in ("disability", "enhanced_disability", "carer") if draw.random() < 0.3]
    return found


def _holding(draw: random.Random, day: date) -> Request:
    kind = draw.choice(CAPITAL)
    near = draw.choice(LIMITS)
    value = draw.choice((f"{near}.00", f"{near}.01", f"{near - 1}.99", _pounds(draw, 40000), _pounds(draw, 12000)))
    found: Request = {"kind": kind, "value": value}
    if draw.random() < 0.2:
        found["joint_holders"] = draw.randint(1, 4)
    if draw.random() < 0.1:
        found["share"] = draw.choice(("0", "0.25", "0.3333", "1"))
    if draw.random() < 0.2:
        found["secured_debt"] = _pounds(draw, 15000)
    if draw.random() < 0.3:
        found["selling_costs_10_percent"] = True
    if kind == "main_home" and draw.random() < 0.3:
        relatives = ("partner", "relative_aged_60_or_over", "incapacitated_relative", "child_under_18")
        found["occupied_by"] = draw.choice(relatives)
    if kind == "main_home" and draw.random() < 0.5:
        found["twelve_week_from"] = (day - timedelta(days=draw.choice((-1, 0, 1, 83, 84, 85, 200)))).isoformat()
    return found


def _sum(draw: random.Random, most: int) -> Request:
    if draw.random() < 0.6:
        return {"weekly": _pounds(draw, most)}
    frequency, times = draw.choice((("weekly", 1), ("four_weekly", 4), ("monthly", 4), ("annual", 52)))
    return {"frequency": frequency, "amount": _pounds(draw, most * times)}


def _pounds(draw: random.Random, most: int) -> str:
    pence = draw.choice((0, draw.randint(0, most * 100), draw.randint(0, most) * 100, draw.randint(0, most) * 100))
    return f"{pence // 100}.{pence % 100:02}"


def _day(draw: random.Random, first: date, last: date) -> date:
    """Any day, and more often one on which amounts change or the day before."""
    day = first + timedelta(days=draw.randint(0, (last - first).days))
    if draw.random() < 0.2:
        day = day.replace(month=4, day=draw.choice((5, 6)))
    return min(day, last)
