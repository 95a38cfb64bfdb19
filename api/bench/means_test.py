"""W6: how many financial assessments a second are worked out, with every line of their working?"""

import json
import time
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from api.bench.figures import Goal, Shown, Trial
from api.bench.place import Place
from api.bench.sizes import Size
from domain import parameters
from domain.law.financial_assessment import ToAssess, assess

PART = 1_000
"""So many at a time: on a shared machine only the best part shows what one core can do."""

_ASKED: TypeAdapter[ToAssess] = TypeAdapter(ToAssess)


def _asked(on: str, setting: str, cost: str, **more: Any) -> ToAssess:
    who = {"date_of_birth": "1934-02-01", "household": "single", **more.pop("circumstances", {})}
    days = {"assessed_on": on, "effective_from": on}
    request = {"type": "full", "setting": setting, "circumstances": who, "cost_of_care": cost, **days, **more}
    return _ASKED.validate_json(json.dumps(request))


IN_A_CARE_HOME = _asked(
    "2024-05-06",
    "care_home_permanent",
    "685.37",
    income=[{"kind": "state_pension", "weekly": "227.55"}, {"kind": "savings_credit", "weekly": "7.25"}],
    capital=[{"kind": "savings", "value": "17050.91"}],
)
"""The specification's own example: 11 lines."""

AT_HOME = _asked(
    "2025-05-06",
    "own_home",
    "500.00",
    circumstances={"premiums": ["disability"]},
    income=[
        {"kind": "state_pension", "weekly": "227.55"},
        {"kind": "attendance_allowance", "weekly": "72.65"},
        {"kind": "pip_mobility", "weekly": "30.00"},
        {"kind": "private_pension", "frequency": "monthly", "amount": "700.25"},
    ],
    capital=[{"kind": "savings", "value": "17050.91"}, {"kind": "main_home", "value": "200000.00"}],
    outgoings=[{"kind": "council_tax", "frequency": "annual", "amount": "1800.00"}],
    disability_related_expenditure=[{"weekly": "20.00"}],
)
"""Somebody at home with four incomes, a home and costs: 16 lines."""


def trials(place: Place, size: Size, shown: Shown) -> Iterator[Trial]:
    """The best part of so many, of either kind of request."""
    for workload, what, asked in (
        ("W6", "means test, the specification's example, 11 lines", IN_A_CARE_HOME),
        ("W6-home", "means test, somebody at home, 16 lines", AT_HOME),
    ):
        yield Trial(
            workload,
            what,
            "assessments a second of one core",
            Goal(">=", 20_000),
            lambda asked=asked: best_part(asked, size.assessments),  # type: ignore[misc]
        )


def best_part(asked: ToAssess, number: int) -> float:
    """Assessments a second of this process's own time, in the best part of so many."""
    return max(_a_second(asked, min(PART, number)) for _ in range(max(1, number // PART)))


def _a_second(asked: ToAssess, number: int) -> float:
    began = time.process_time()
    for _ in range(number):
        assess(asked, parameters.load)
    return number / (time.process_time() - began)
