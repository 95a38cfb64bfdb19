"""Whether what arrives late or out of order comes to the same figures, and what was believed can still be asked."""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from tests.api.caller import ApiCaller
from tests.api.conftest import BREAK, BUDGET, CHARGE, CLOSURE, NEEDS, OPENING

COMMUTING: list[tuple[str, dict[str, Any]]] = [
    ("budgets", BUDGET | {"kind": "personal"}),
    ("charges", CHARGE),
    ("breaks", BREAK),
    ("openings", OPENING | {"on": "2023-12-04"}),
]
"""Facts of which none says anything that another one says otherwise."""


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5], ids=str)
def test_facts_that_do_not_touch_each_other_come_to_the_same_in_any_order(
    order: tuple[int, ...], opened: str, assessor: ApiCaller, may_write: Callable[[str], ApiCaller]
) -> None:
    for address, body in (COMMUTING[n] for n in order):
        assert may_write(address).post(f"{opened}/{address}", body).status_code == 201
    assessor.post(f"{opened}/needs-assessments", NEEDS)
    progress = assessor.get(f"{opened}/cap-progress?on=2024-01-28").get_json()
    # three of the four charged weeks counted 150.00 each, the first was spent in hospital
    assert (progress["accrued_costs"], progress["daily_living_costs"]) == ("10450.00", "3100.00")


def test_a_rate_that_arrives_late_changes_what_is_known_now_and_not_what_was_known_then(
    mrs_a: str, finance: ApiCaller, assessor: ApiCaller
) -> None:
    """945.00 instead of 900.00 a week from 1 to 25 February: 160.71."""
    assessor.post(f"{mrs_a}/budgets", BUDGET | {"weekly_cost": "900.00"})
    known = finance.get(f"{mrs_a}/history").get_json()["items"][-1]["recorded_at"]
    assessor.post(f"{mrs_a}/budgets", BUDGET | {"weekly_cost": "945.00", "effective_from": "2024-02-01"})
    on = f"{mrs_a}/cap-progress?on=2024-02-25"
    now, then = (finance.get(f"{on}{query}").get_json() for query in ("", f"&known_at={known}"))
    assert (then["accrued_costs"], now["accrued_costs"]) == ("14700.00", "14860.71")


def test_a_charge_that_arrives_after_the_account_was_closed_counts_for_its_days(
    mrs_a: str, finance: ApiCaller, assessor: ApiCaller
) -> None:
    assessor.post(f"{mrs_a}/budgets", BUDGET | {"kind": "personal"})
    finance.post(f"{mrs_a}/closures", CLOSURE | {"on": "2024-01-14"})
    assert finance.post(f"{mrs_a}/charges", CHARGE).status_code == 201
    progress = finance.get(f"{mrs_a}/cap-progress?on=2024-02-29").get_json()
    assert (progress["accrued_costs"], progress["metering"]) == ("300.00", "closed")  # two of its four weeks


def test_a_death_that_is_reported_late_takes_out_what_was_counted_after_it(mrs_a: str, finance: ApiCaller) -> None:
    on = f"{mrs_a}/cap-progress?on=2024-06-30"
    before = finance.get(on).get_json()["accrued_costs"]
    finance.post(f"{mrs_a}/closures", CLOSURE | {"on": "2024-03-31"})
    assert (before, finance.get(on).get_json()["accrued_costs"]) == ("29250.00", "19500.00")


def test_an_opening_that_arrives_late_moves_every_day_from_its_own_on(mrs_a: str, finance: ApiCaller) -> None:
    finance.post(f"{mrs_a}/openings", OPENING | {"on": "2024-01-01", "accrued_costs": "50000.00"})
    found = [finance.get(f"{mrs_a}/cap-progress?on={on}").get_json() for on in ("2023-12-31", "2024-01-07")]
    assert [progress["accrued_costs"] for progress in found] == ["9750.00", "50750.00"]
