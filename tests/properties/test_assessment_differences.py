"""Whatever two financial assessments are, what makes the difference between them adds up to it."""

import os
from collections import Counter
from decimal import Decimal
from functools import cache

from domain import parameters
from domain.account.assessing import assessed
from domain.account.assessment_difference import AssessmentDifference, difference
from domain.account.facts import FinancialAssessed
from domain.law.financial_assessment import CannotBeAssessed, effects
from domain.parameters import NotInForce
from tests.properties.means import Request, request_of
from tests.rules.means import asked_of

CASES = 1_000
HELD = ("setting", "cost_of_care", "circumstances")
"""What two assessments of one person mostly have in common."""


def fact_of(request: Request) -> FinancialAssessed | None:
    try:
        return FinancialAssessed.on_the_terms_of(assessed(asked_of(request), parameters.load))
    except (CannotBeAssessed, NotInForce):
        return None


@cache
def pairs() -> list[tuple[FinancialAssessed, FinancialAssessed]]:
    """Two assessments each; every other time of somebody whose home and care stayed as they were."""
    first = int(os.environ["CARELEDGER_SEED"]) << 16
    found = []
    for seed in range(first, first + 2 * CASES, 2):
        one, other = request_of(seed), request_of(seed + 1)
        if seed % 4 == 0 and other["type"] != "refused" != one["type"]:
            other |= {name: one[name] for name in HELD}
        before, after = fact_of(one), fact_of(other)
        if before and after:
            found.append((before, after))
    return found


def amounts(found: AssessmentDifference) -> Counter[tuple[str, str | None]]:
    return Counter({(cause.step, cause.of): int(cause.amount * 100) for cause in found.causes})


def test_the_causes_add_up_to_the_change_and_turned_round_every_sign_turns() -> None:
    seen: Counter[str] = Counter()
    for before, after in pairs():
        found, back = difference(before, after), difference(after, before)
        assert found.change == after.weekly_contribution - before.weekly_contribution == -back.change
        assert sum((cause.amount for cause in found.causes), Decimal(0)) == found.change
        assert {which: -amount for which, amount in amounts(found).items()} == amounts(back)
        assert [abs(cause.amount) for cause in found.causes] == sorted(
            (abs(cause.amount) for cause in found.causes), reverse=True
        )
        seen.update(cause.of or cause.step for cause in found.causes)
    assert set(seen) >= {"full_cost", "cost_of_care", "available", "tariff_income", "minimum_income_guarantee"}


def test_what_is_the_same_has_no_causes() -> None:
    for before, after in pairs():
        assert difference(before, before).causes == difference(after, after).causes == ()


def test_what_the_lines_do_adds_up_to_what_is_paid() -> None:
    for found in (each for pair in pairs() for each in pair):
        assert sum((effect.amount for effect in effects(found.lines)), Decimal(0)) == found.weekly_contribution
