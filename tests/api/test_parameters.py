"""Are the amounts of law given as they are on a day, with their authority, and what nobody knows named?"""

from collections.abc import Callable

import pytest

from api.policy import ROLES, Role
from domain import parameters
from domain.dates import day_in_london
from tests.api.caller import ApiCaller
from tests.api.test_strictness import pointers
from tests.conftest import NOON


def test_an_amount_is_given_with_its_authority(finance: ApiCaller) -> None:
    answer = finance.get("/v1/parameters?on=2024-05-01").get_json()
    (allowance,) = [item for item in answer["items"] if item["name"] == "personal_expenses_allowance"]
    assert answer["on"] == "2024-05-01"
    assert allowance == {
        "name": "personal_expenses_allowance",
        "description": "What somebody in a care home keeps of their income for their own use",
        "unit": "pounds a week",
        "amount": "30.15",
        "from": "2024-04-06",
        "authority": "SI 2014/2672 reg 6, as given by Leeds and Knowsley councils",
        "certainty": "secondary",
        "status": "in force",
        "note": "The first day is inferred",
        "own": False,
        "checked_on": "2026-11-27",
    }


def test_a_figure_that_is_no_money_has_its_own_decimals(finance: ApiCaller) -> None:
    amounts = {item["name"]: item for item in finance.get("/v1/parameters?on=2024-05-01").get_json()["items"]}
    figures = [amounts[name] for name in ("property_disregard_weeks", "deferred_payment_interest_margin")]
    assert [(each["amount"], each["unit"]) for each in figures] == [("12", "weeks"), ("0.15", "percentage points")]


@pytest.mark.parametrize("day", ["1999-01-01", "2015-04-01", "2024-05-01", "2027-04-06"])
def test_every_parameter_is_either_given_or_named_as_unknown(day: str, finance: ApiCaller) -> None:
    answer = finance.get(f"/v1/parameters?on={day}").get_json()
    given = [item["name"] for item in answer["items"]]
    assert sorted([*given, *answer["unknown"]]) == parameters.names()
    assert all(item["from"] <= day for item in answer["items"])


def test_a_year_that_nobody_has_entered_is_unknown_from_its_first_day(finance: ApiCaller) -> None:
    unknown = [finance.get(f"/v1/parameters?on={day}").get_json()["unknown"] for day in ("2027-04-05", "2027-04-06")]
    assert ["personal_expenses_allowance" in names for names in unknown] == [False, True]


def test_without_a_day_it_is_today_in_london(finance: ApiCaller) -> None:
    answer = finance.get("/v1/parameters").get_json()
    assert answer["on"] == day_in_london(NOON).isoformat()


@pytest.mark.parametrize(
    ("query", "pointer"), [("on=today", "/on"), ("on=2026-02-30", "/on"), ("day=2026-01-01", "/day")]
)
def test_a_wrong_parameter_is_named(query: str, pointer: str, finance: ApiCaller) -> None:
    answer = finance.get(f"/v1/parameters?{query}")
    assert (answer.status_code, pointers(answer)) == (422, [pointer])


@pytest.mark.parametrize("role", ROLES)
def test_whoever_is_signed_in_may_read_them(role: Role, opened: str, as_role: Callable[..., ApiCaller]) -> None:
    assert as_role(role, account=opened.rpartition("/")[2]).get("/v1/parameters").status_code == 200
