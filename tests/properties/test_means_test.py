"""What always holds of a financial assessment, whatever somebody has, in every setting."""

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from domain import parameters
from domain.law.financial_assessment import CannotBeAssessed, FiguresWorkedOut, assess
from domain.law.financial_assessment.working import total
from domain.parameters import Measure, NotInForce, Parameter
from tests.properties.means import INCOME, Request, requests
from tests.rules.means import asked_of, lines

some = settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
PENNY = Decimal("0.01")


@cache
def whole(name: str) -> Parameter | Measure:
    """The national amounts, with their first known one on every day for which nobody has seen any."""
    found = parameters.load(name)
    known = [value for value in found.values if value.amount is not None]
    filled = [value.model_copy(update={"from_": date(1900, 1, 1)}) for value in known[:1]]
    return found.model_copy(update={"values": (*filled, *known)})


def assessed(request: Request, amounts: Callable[[str], Parameter | Measure] = whole) -> FiguresWorkedOut:
    try:
        return assess(asked_of(request), amounts)
    except (CannotBeAssessed, NotInForce):
        assume(False)
        raise


def with_more(request: Request, field: str, item: dict[str, Any]) -> Request:
    return {**request, field: [*request[field], item]}


full = requests().filter(lambda request: request["type"] == "full")
pounds = st.integers(0, 100_000).map(lambda pence: f"{pence // 100}.{pence % 100:02}")


@some
@given(request=full, kind=st.sampled_from(INCOME), more=pounds)
def test_more_income_never_lowers_the_contribution_but_where_it_brings_an_allowance(
    request: Request, kind: str, more: str
) -> None:
    """Benefits for disability let what disability costs be allowed, and help with housing takes the place of costs."""
    if kind in ("attendance_allowance", "dla_care", "pip_daily_living"):
        request = {**request, "disability_related_expenditure": []}
    before, after = assessed(request), assessed(with_more(request, "income", {"kind": kind, "weekly": more}))
    assert after.weekly_contribution >= before.weekly_contribution


@some
@given(request=full, more=pounds)
def test_more_capital_never_lowers_the_contribution(request: Request, more: str) -> None:
    before = assessed(request)
    after = assessed(with_more(request, "capital", {"kind": "savings", "value": more}))
    assert after.weekly_contribution >= before.weekly_contribution


@some
@given(request=requests())
def test_nobody_below_the_upper_limit_keeps_less_than_the_guarantee_or_pays_more_than_the_cost(
    request: Request,
) -> None:
    found = assessed(request)
    assert 0 <= found.weekly_contribution <= Decimal(request["cost_of_care"])
    if found.outcome != "full_cost":
        assert found.assessable_income is not None
        assert found.allowances is not None
        left = found.assessable_income - found.weekly_contribution
        assert left >= min(found.allowances, found.assessable_income)


@some
@given(request=full, seed=st.integers(0, 2**32))
def test_the_order_of_lines_in_the_request_changes_nothing(request: Request, seed: int) -> None:
    shuffled = {
        field: random.Random(seed).sample(said, len(said)) if isinstance(said, list) else said
        for field, said in request.items()
    }
    assert assessed(shuffled) == assessed(request)


@some
@given(request=requests())
def test_the_lines_add_up_with_a_pencil(request: Request) -> None:
    found = assessed(request)
    sums = {step: total(lines(found, step)) for step in ("capital", "tariff_income", "income", "allowance")}
    if found.assessable_capital is not None and request["capital"] != "below":
        assert found.assessable_capital == sums["capital"]
    if found.outcome != "full_cost":
        assert found.assessable_income == sums["income"] + sums["tariff_income"]
        assert found.allowances == sums["allowance"]
        (available,) = lines(found, "available")
        assert available.amount == max(Decimal(0), found.assessable_income - found.allowances)
    assert lines(found, "contribution")[0].amount == found.weekly_contribution
    assert found.lines[-1].step == "contribution"


@some
@given(request=requests())
def test_every_line_cites_its_authority_and_every_amount_of_law_how_sure_it_is(request: Request) -> None:
    found = assessed(request, parameters.load)
    for line in found.lines:
        assert line.authority
        assert line.amount == line.amount.quantize(PENNY)
        if line.parameter:
            assert line.certainty in ("official", "secondary", "recalled", None)


@some
@given(request=full, amount=st.integers(0, 1_000_000))
def test_a_sum_for_another_period_is_the_week_it_comes_to(request: Request, amount: int) -> None:
    """Four weeks of a whole number of pence, and a year of 52 of them, are that many pence a week."""
    week = f"{amount // 100}.{amount % 100:02}"
    for frequency, times in (("weekly", 1), ("four_weekly", 4), ("annual", 52)):
        whole_period = f"{amount * times // 100}.{amount * times % 100:02}"
        by_week = assessed(with_more(request, "income", {"kind": "other", "weekly": week}))
        by_period = {"kind": "other", "frequency": frequency, "amount": whole_period}
        assert assessed(with_more(request, "income", by_period)).weekly_contribution == by_week.weekly_contribution
