"""Whether the forecast says what the council's list leads to, for any pair of times, and takes nothing else."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ledger.council import Council
from tests.api.caller import ApiCaller
from tests.api.conftest import BUDGET, NEEDS, opening
from tests.api.test_strictness import pointers


@pytest.fixture(scope="module")
def foreseen(new_council: Callable[..., Council], as_role: Callable[..., ApiCaller]) -> ApiCaller:
    """A council of Mrs A, of two whose weeks cost less, and of one nobody has assessed. Its finance officer."""
    code = new_council().code
    finance, assessor = as_role("finance", council=code), as_role("assessor", council=code)
    for cost in ("950.00", "700.00", "400.00", None):
        made = finance.post("/v1/care-accounts", opening()).get_json()
        path = f"/v1/care-accounts/{made['account_id']}"
        if cost:
            assessor.post(f"{path}/needs-assessments", NEEDS)
            assessor.post(f"{path}/budgets", BUDGET | {"weekly_cost": cost})
    return finance


def forecast(finance: ApiCaller, query: str = "") -> dict[str, Any]:
    answer = finance.get(f"/v1/forecast?{query}")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def test_mrs_a_is_foreseen_to_the_penny(foreseen: ApiCaller) -> None:
    found = forecast(foreseen, "on=2025-12-11&quarters=2")
    assert found["quarters"] == [
        {
            "quarter": "2025-Q4",
            "first": "2025-12-12",
            "last": "2025-12-31",
            "reaching": 1,
            "past_cap": 1,
            "cost": "2071.43",
        },
        {
            "quarter": "2026-Q1",
            "first": "2026-01-01",
            "last": "2026-03-31",
            "reaching": 0,
            "past_cap": 1,
            "cost": "9642.85",
        },
    ]
    assert found["totals"] == {"reaching": 1, "cost": "11714.28"}
    assert (found["accounts"], found["past_cap"], found["expected"], found["later"]) == (4, 0, 3, 2)
    assert found["without_date"] == {"not_eligible": 1}
    assert (found["on"], found["scheme"]) == ("2025-12-11", "reform-2023")
    assert found["basis"] == {"scheme": "reform-2023", "in_force": False}


@pytest.mark.parametrize("on", ["2023-09-30", "2024-03-31", "2025-12-12", "2026-11-22", "2030-06-30"])
def test_it_is_what_the_list_of_the_same_day_leads_to(foreseen: ApiCaller, on: str) -> None:
    items = foreseen.get(f"/v1/cap-progress?on={on}").get_json()["items"]
    found = forecast(foreseen, f"on={on}&quarters=40")
    expected = [item["expected_to_reach_cap_on"] for item in items if item["expected_to_reach_cap_on"]]
    assert found["past_cap"] == sum(item["metering"] == "capped" for item in items)
    assert found["expected"] == len(expected)
    assert found["accounts"] == found["past_cap"] + found["expected"] + sum(found["without_date"].values())
    past = found["past_cap"]
    for quarter in found["quarters"]:
        assert quarter["reaching"] == sum(quarter["first"] <= day <= quarter["last"] for day in expected)
        past += quarter["reaching"]
        assert quarter["past_cap"] == past
    assert found["later"] == sum(day > found["quarters"][-1]["last"] for day in expected)
    assert Decimal(found["totals"]["cost"]) == sum(Decimal(quarter["cost"]) for quarter in found["quarters"])


def test_it_takes_eight_quarters_from_today_when_nothing_is_said(foreseen: ApiCaller) -> None:
    found = forecast(foreseen)
    assert (found["on"], len(found["quarters"])) == ("2026-11-22", 8)
    assert found["quarters"][0]["first"] == "2026-11-23"


def test_it_is_as_known_at_the_moment_asked_for(
    new_council: Callable[..., Council], as_role: Callable[..., ApiCaller]
) -> None:
    finance = as_role("finance", council=new_council().code)
    finance.post("/v1/care-accounts", opening())
    before = forecast(finance, "on=2025-12-11")
    finance.post("/v1/care-accounts", opening())
    assert (before["accounts"], forecast(finance, "on=2025-12-11")["accounts"]) == (1, 2)
    assert forecast(finance, f"on=2025-12-11&known_at={before['known_at']}") == before
    assert forecast(finance, "known_at=2020-01-01T00:00:00Z")["accounts"] == 0


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("quarters=0", "/quarters"),
        ("quarters=41", "/quarters"),
        ("quarters=1.0", "/quarters"),
        ("quarters=+8", "/quarters"),
        ("quarters=", "/quarters"),
        ("quarters=8&quarters=9", "/quarters"),
        ("on=2025-02-30", "/on"),
        ("known_at=2027-01-01T00:00:00Z", "/known_at"),
        ("scheme=national", "/scheme"),
        ("limit=5", "/limit"),
    ],
)
def test_what_is_asked_wrongly_is_named(finance: ApiCaller, query: str, pointer: str) -> None:
    assert pointers(finance.get(f"/v1/forecast?{query}")) == [pointer]


def test_under_the_law_in_force_nothing_is_foreseen(
    new_council: Callable[..., Council], as_role: Callable[..., ApiCaller]
) -> None:
    finance = as_role("finance", council=new_council("national").code)
    finance.post("/v1/care-accounts", opening())
    found = forecast(finance)
    assert (found["without_date"], found["totals"]) == ({"not_commenced": 1}, {"reaching": 0, "cost": "0.00"})


def test_the_last_day_there_is_has_no_quarter_after_it(finance: ApiCaller) -> None:
    assert forecast(finance, f"on={date(2199, 12, 31)}")["quarters"] == []
