"""Whether two moments can be compared over HTTP, and the causes add up to the difference."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.api.caller import ApiCaller
from tests.api.conftest import BREAK, BUDGET, id_of
from tests.api.test_strictness import pointers

LATE_RATE = BUDGET | {"weekly_cost": "995.00", "effective_from": "2024-02-01"}


@pytest.fixture
def told_late(mrs_a: str, finance: ApiCaller, assessor: ApiCaller) -> list[str]:
    """Mrs A's account with a dearer rate and a stay in hospital, both told late: the instants of its entries."""
    assessor.post(f"{mrs_a}/budgets", LATE_RATE)
    finance.post(f"{mrs_a}/breaks", BREAK)
    return [entry["recorded_at"] for entry in finance.get(f"{mrs_a}/history").get_json()["items"]]


def added(found: dict[str, Any], what: str) -> Decimal:
    return sum((Decimal(cause[what]) for cause in found["causes"]), Decimal(0))


def test_what_was_learned_of_one_day_is_told_entry_by_entry(
    mrs_a: str, told_late: list[str], finance: ApiCaller
) -> None:
    asked = f"{mrs_a}/comparison?on=2024-02-25&known_at={told_late[2]}&other_known_at={told_late[4]}"
    found = finance.get(asked).get_json()
    assert (found["one"]["version"], found["other"]["version"], found["version"]) == (3, 5, 5)
    assert (found["one"]["on"], found["other"]["on"]) == ("2024-02-25", "2024-02-25")
    # 45.00 more a week on 25 days, and 7 days of 750.00 a week in hospital
    assert [(cause["type"], cause["amount"]) for cause in found["causes"]] == [
        ("budget-set", "160.71"),
        ("break-recorded", "-750.00"),
    ]
    assert found["difference"] == {
        "accrued_costs": "-589.29",
        "daily_living_costs": "-200.00",
        "cap": "0.00",
        "remaining": "589.29",
    }
    rate = found["causes"][0]
    today = "22 November 2026"
    assert rate == {
        "kind": "learned",
        "amount": "160.71",
        "daily_living_costs": "0.00",
        "first": "2024-02-01",
        "last": "2024-02-25",
        "words": f"On {today} we learned of a cost of care from 1 February 2024, which adds £160.71.",
        "entries": [id_of(mrs_a, 4)],
        "entry_id": id_of(mrs_a, 4),
        "version": 4,
        "type": "budget-set",
        "effective_from": "2024-02-01",
        "recorded_at": told_late[3],
        "recorded_by": "alice",
    }


@pytest.mark.parametrize("figure", ["accrued_costs", "daily_living_costs"])
@pytest.mark.parametrize(("one", "other"), [("2024-01-31", "2026-06-30"), ("2026-06-30", "2024-01-31")])
@pytest.mark.parametrize(("first", "second"), [(2, 4), (4, 2), (3, 3), (1, 4)])
def test_causes_add_up_between_any_two_moments(
    mrs_a: str,
    told_late: list[str],
    finance: ApiCaller,
    one: str,
    other: str,
    first: int,
    second: int,
    figure: str,
) -> None:
    found = finance.get(
        f"{mrs_a}/comparison?on={one}&known_at={told_late[first]}&other_on={other}&other_known_at={told_late[second]}"
    ).get_json()
    for asked, shown in (
        (f"on={one}&known_at={told_late[first]}", "one"),
        (f"on={other}&known_at={told_late[second]}", "other"),
    ):
        assert found[shown] == finance.get(f"{mrs_a}/cap-progress?{asked}").get_json()
    differing = Decimal(found["other"][figure]) - Decimal(found["one"][figure])
    assert Decimal(found["difference"][figure]) == differing
    assert added(found, "amount" if figure == "accrued_costs" else figure) == differing


def test_the_days_between_are_told_as_an_explanation_tells_them(
    mrs_a: str, told_late: list[str], finance: ApiCaller
) -> None:
    found = finance.get(f"{mrs_a}/comparison?on=2024-01-31&other_on=2025-12-31").get_json()
    told = finance.get(f"{mrs_a}/explanation?on=2025-12-31").get_json()["children"]
    days = ("figure", "first", "last", "amount", "words", "entries")
    assert [[cause["kind"], *(cause[each] for each in days[1:])] for cause in found["causes"]] == [
        [part[each] for each in days] for part in told if part["first"] > "2024-01-31"
    ]
    assert [cause["last"] for cause in found["causes"]] == ["2025-11-09", "2025-11-10", "2025-12-31"]
    back = finance.get(f"{mrs_a}/comparison?on=2025-12-31&other_on=2024-01-31").get_json()
    assert [Decimal(cause["amount"]) for cause in back["causes"]] == [
        -Decimal(cause["amount"]) for cause in found["causes"]
    ]
    assert back["causes"][0]["words"].startswith("Not counted yet at the other moment: 1 February 2024 to")


def test_now_does_not_differ_from_now(mrs_a: str, finance: ApiCaller) -> None:
    found = finance.get(f"{mrs_a}/comparison").get_json()
    assert (found["causes"], found["difference"]["accrued_costs"]) == ([], "0.00")


def test_two_schemes_differ_by_their_rules_alone(mrs_a: str, finance: ApiCaller) -> None:
    found = finance.get(f"{mrs_a}/comparison?on=2026-01-31&scheme=reform-2025&other_scheme=reform-2023").get_json()
    assert [(cause["kind"], cause["entry_id"]) for cause in found["causes"]] == [("rules", None)]
    assert found["causes"][0]["amount"] == found["difference"]["accrued_costs"]
    assert (found["one"]["scheme"], found["other"]["scheme"]) == ("reform-2025", "reform-2023")
    same = finance.get(f"{mrs_a}/comparison?on=2026-01-31&scheme=reform-2025").get_json()
    assert (same["other"]["scheme"], same["causes"]) == ("reform-2025", [])


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("on=never", "/on"),
        ("known_at=2099-01-01T00:00:00Z", "/known_at"),
        ("other_known_at=2099-01-01T00:00:00Z", "/other_known_at"),
        ("other_on=2024-02-30", "/other_on"),
        ("other_scheme=nowhere", "/other_scheme"),
        ("scheme=nowhere", "/scheme"),
        ("figure=cap", "/figure"),
    ],
)
def test_what_cannot_be_asked_is_named(mrs_a: str, finance: ApiCaller, query: str, pointer: str) -> None:
    assert pointers(finance.get(f"{mrs_a}/comparison?{query}")) == [pointer]


def test_before_the_account_was_opened_there_is_nothing_to_compare(
    mrs_a: str, told_late: list[str], finance: ApiCaller
) -> None:
    eve = (datetime.fromisoformat(told_late[0]) - timedelta(microseconds=1)).isoformat().replace("+00:00", "Z")
    for which in ("known_at", "other_known_at"):
        assert finance.get(f"{mrs_a}/comparison?{which}={eve}").status_code == 404
