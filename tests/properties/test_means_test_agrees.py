"""The engine, and the reference written from the specification alone, give the same assessment to the penny."""

import json
import os
import random
from collections import Counter

from domain import parameters
from domain.law.financial_assessment import CannotBeAssessed, FiguresWorkedOut, assess
from domain.parameters import NotInForce
from tests.properties.means import Request, request_of
from tests.reference import means_test
from tests.reference.collected import collected
from tests.rules.means import asked_of

LONG = bool(os.environ.get("CARELEDGER_LONG"))
CASES = 200_000 if LONG else 5_000
AMOUNTS = means_test.Amounts(collected())
FIGURES = (
    "outcome", "weekly_contribution", "assessable_capital", "tariff_income", "assessable_income", "allowances"
)  # fmt: skip


def ours(request: Request) -> dict[str, str | None] | str:
    try:
        found = assess(asked_of(request), parameters.load)
    except CannotBeAssessed:
        return "refused"
    except NotInForce as missing:
        return f"no amount on {missing.day}"
    return {name: _written(found, name) for name in FIGURES}


def _written(found: FiguresWorkedOut, name: str) -> str | None:
    value = getattr(found, name)
    return None if value is None else str(value)


def theirs(request: Request) -> dict[str, str | None] | str:
    try:
        return means_test.assess(request, AMOUNTS).printed()
    except means_test.Refused:
        return "refused"
    except means_test.NoAmount as missing:
        return f"no amount on {missing.day}"


def test_both_give_the_same_figures_for_any_request() -> None:
    first = int(os.environ["CARELEDGER_SEED"]) << 16
    seen: Counter[str] = Counter()
    for seed in range(first, first + CASES):
        request = request_of(seed)
        found, expected = ours(request), theirs(request)
        assert found == expected, json.dumps(request, indent=1)
        seen[found if isinstance(found, str) else str(found["outcome"])] += 1
    assert min(seen[outcome] for outcome in ("nil", "contribution", "full_cost")) > CASES / 20
    assert seen["refused"] > 0


def test_a_seed_draws_the_same_request_again() -> None:
    seed = random.Random(os.environ["CARELEDGER_SEED"]).randrange(2**48)
    assert request_of(seed) == request_of(seed)
