"""How many financial assessments a second, every line included? `python -m tests.performance.estimates`."""

import time
from collections.abc import Iterable

from api.bench.means_test import AT_HOME, IN_A_CARE_HOME
from api.memory import look_seldom
from domain import parameters
from domain.law.financial_assessment import CannotBeAssessed, ToAssess, assess
from domain.parameters import NotInForce
from tests.properties.means import request_of
from tests.rules.means import asked_of

ESTIMATES = 100_000
PART = 1_000
"""So many at a time, since on a shared machine only the best part shows what one core can do."""


def drawn(number: int) -> list[ToAssess]:
    """Random requests that can be answered, as the reference is held against."""
    found: list[ToAssess] = []
    seed = 0
    while len(found) < number:
        asked = asked_of(request_of(seed := seed + 1))
        try:
            assess(asked, parameters.load)
        except (CannotBeAssessed, NotInForce):
            continue
        found.append(asked)
    return found


def make(requests: Iterable[ToAssess]) -> None:
    """The assessments, one after the other."""
    for asked in requests:
        assess(asked, parameters.load)


def rate(requests: list[ToAssess]) -> float:
    """Assessments a second of this process's time."""
    began = time.process_time()
    make(requests)
    return len(requests) / (time.process_time() - began)


if __name__ == "__main__":
    look_seldom()  # as a process does that serves
    for name, requests in (
        ("the specification's example", [IN_A_CARE_HOME] * ESTIMATES),
        ("somebody at home, 16 lines", [AT_HOME] * ESTIMATES),
        ("random requests", drawn(ESTIMATES // 100) * 100),
    ):
        parts = [rate(requests[first : first + PART]) for first in range(0, ESTIMATES, PART)]
        words = f"{ESTIMATES / sum(PART / part for part in parts):,.0f} a second, {max(parts):,.0f} in the best part"
        print(f"{name}: {words} of {ESTIMATES:,}")
