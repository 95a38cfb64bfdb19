"""Whether every figure is explained over HTTP by a tree whose last parts add up to it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.api.caller import ApiCaller
from tests.api.conftest import BREAK, id_of
from tests.api.test_strictness import pointers

MONEY = ("accrued_costs", "daily_living_costs", "remaining", "cap", "weekly_rate")


def parts(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every part that is made of nothing else."""
    if not tree["children"]:
        yield tree
    for child in tree["children"]:
        yield from parts(child)


@pytest.mark.parametrize("figure", MONEY)
@pytest.mark.parametrize("on", ["2023-10-01", "2024-01-04", "2025-12-11", "2025-12-12", "2026-11-22"])
def test_the_last_parts_add_up_to_the_figure_that_is_answered(
    mrs_a: str, finance: ApiCaller, figure: str, on: str
) -> None:
    finance.post(f"{mrs_a}/breaks", BREAK)
    shown = finance.get(f"{mrs_a}/cap-progress?on={on}").get_json()[figure]
    if figure == "weekly_rate":
        shown = shown and shown["metered"]
    tree = finance.get(f"{mrs_a}/explanation?figure={figure}&on={on}").get_json()
    assert (tree["figure"], tree["amount"]) == (figure, shown)
    if shown is not None:
        assert sum(Decimal(part["amount"]) for part in parts(tree)) == Decimal(shown)


def test_a_stretch_leads_to_its_arithmetic_its_entries_the_provision_and_the_dated_amount(
    mrs_a: str, finance: ApiCaller
) -> None:
    (stretch,) = finance.get(f"{mrs_a}/explanation?on=2024-03-31").get_json()["children"]
    cost, apart = stretch.pop("children")
    assert stretch == {
        "figure": "days",
        "amount": "19500.00",
        "value": None,
        "words": "2 October 2023 to 31 March 2024: 26 weeks at £750.00 a week.",
        "arithmetic": "750.00 ÷ 7 \u00d7 182 days",
        "first": "2023-10-02",
        "last": "2024-03-31",
        "days": 182,
        "entries": [id_of(mrs_a, 2), id_of(mrs_a, 3)],
        "provision": "Care Act 2014 s 15(2) as substituted by Health and Care Act 2022 s 166",
        "parameter": None,
        "lines": [],
    }
    assert (cost["figure"], cost["amount"], cost["entries"]) == ("weekly_cost", "24700.00", [id_of(mrs_a, 3)])
    assert cost["provision"] == "Care Act 2014 s 15(2)(b) as substituted by Health and Care Act 2022 s 166"
    assert (apart["figure"], apart["amount"], apart["provision"]) == (
        "daily_living_costs",
        "-5200.00",
        "Care Act 2014 s 15(6)",
    )
    law = {field: apart["parameter"][field] for field in ("name", "amount", "unit", "authority", "certainty", "status")}
    assert apart["parameter"]["from"] == "2023-10-01"
    (shown,) = [
        amount
        for amount in finance.get("/v1/parameters?on=2024-03-31").get_json()["items"]
        if amount["name"] == "daily_living_costs"
    ]
    assert law == {field: shown[field] for field in law}


def test_what_has_accrued_is_explained_where_no_figure_is_named(mrs_a: str, finance: ApiCaller) -> None:
    named = finance.get(f"{mrs_a}/explanation?on=2024-03-31&figure=accrued_costs").get_json()
    left_out = finance.get(f"{mrs_a}/explanation?on=2024-03-31").get_json()
    assert named.pop("known_at") <= left_out.pop("known_at")
    assert named == left_out


@pytest.mark.parametrize(
    ("figure", "value"), [("percent", "99.91"), ("expected_to_reach_cap_on", "2025-12-12"), ("accrued_costs", None)]
)
def test_a_figure_that_is_no_money_stands_beside_the_amounts(
    mrs_a: str, finance: ApiCaller, figure: str, value: str | None
) -> None:
    tree = finance.get(f"{mrs_a}/explanation?figure={figure}&on=2025-12-11").get_json()
    assert tree["value"] == value
    assert (tree["amount"] is None) == (value is not None)


def test_an_explanation_says_what_it_rests_on(mrs_a: str, finance: ApiCaller) -> None:
    answer = finance.get(f"{mrs_a}/explanation?on=2024-03-31")
    tree = answer.get_json()
    assert answer.headers["ETag"] == '"3"'
    assert (tree["account_id"] in mrs_a, tree["version"], tree["on"], tree["scheme"]) == (
        True,
        3,
        "2024-03-31",
        "reform-2023",
    )
    assert tree["basis"] == {"scheme": "reform-2023", "in_force": False}
    earlier = finance.get(f"{mrs_a}/history").get_json()["items"][1]["recorded_at"]
    then = finance.get(f"{mrs_a}/explanation?on=2024-03-31&known_at={earlier}").get_json()
    assert (then["version"], then["known_at"], then["amount"]) == (2, earlier, "0.00")
    assert then["children"][0]["words"].endswith("nothing, as we have not agreed what your care should cost.")


def test_under_the_law_in_force_nothing_counts_and_the_tree_says_why(mrs_a: str, finance: ApiCaller) -> None:
    tree = finance.get(f"{mrs_a}/explanation?on=2024-03-31&scheme=national").get_json()
    (days,) = tree["children"]
    assert (tree["amount"], days["amount"], days["days"]) == ("0.00", "0.00", 182)
    assert days["words"] == "2 October 2023 to 31 March 2024: nothing, as the cap was not in force."


def test_the_act_as_it_was_first_passed_is_named_where_it_is_asked_for(mrs_a: str, finance: ApiCaller) -> None:
    tree = finance.get(f"{mrs_a}/explanation?on=2024-03-31&scheme=care-act-2014-unamended").get_json()
    cost = tree["children"][0]["children"][0]
    assert cost["provision"] == "Care Act 2014 s 15(2) as enacted, before Health and Care Act 2022 s 166"


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("figure=metering", "/figure"),
        ("figure=", "/figure"),
        ("figure=cap&figure=cap", "/figure"),
        ("on=2024-02-30", "/on"),
        ("known_at=2099-01-01T00:00:00Z", "/known_at"),
        ("scheme=nowhere", "/scheme"),
        ("other_on=2024-01-01", "/other_on"),
    ],
)
def test_what_cannot_be_asked_is_named(mrs_a: str, finance: ApiCaller, query: str, pointer: str) -> None:
    assert pointers(finance.get(f"{mrs_a}/explanation?{query}")) == [pointer]
