"""What income capital is treated as yielding, and when it is too much for help (SI 2014/2672 regs 12 and 25)."""

from decimal import Decimal
from typing import Any, get_args

import pytest

from domain.law.capital import CapitalLimits, is_above_upper_limit, tariff_income
from domain.law.financial_assessment.asked import AssessmentSetting
from tests.rules.means import asked_of, lines, said, weekly, worked_out

NOW = CapitalLimits(lower=Decimal(14250), upper=Decimal(23250))


@pytest.mark.parametrize(
    ("capital", "income"),
    [
        ("14250.00", 0),
        ("14250.01", 1),
        ("14500.00", 1),
        ("14500.01", 2),
        ("15000.00", 3),
        ("17050.91", 12),
        ("18450.00", 17),
        ("23250.00", 36),
        ("0.00", 0),
    ],
)
def test_capital_above_the_lower_limit_counts_as_a_pound_a_week_for_every_250_or_part_of_it(
    capital: str, income: int
) -> None:
    """Limits of 14250 and 23250 (SI 2014/2672 reg 25): nothing up to the lower one, 36 pounds at the upper one."""
    assert tariff_income(Decimal(capital), NOW) == income


@pytest.mark.parametrize(
    ("capital", "above"),
    [("23249.99", False), ("23250.00", False), ("23250.01", True)],
)
def test_at_the_upper_limit_the_council_still_helps_and_above_it_no_longer(capital: str, above: bool) -> None:
    """The upper limit is 23250: "exceeds" means above it (SI 2014/2672 reg 12)."""
    assert is_above_upper_limit(Decimal(capital), NOW) is above


TARIFFS = {
    "tariff-sthelens-15000-nonres": ("own_home", "15000.00", "3.00"),
    "tariff-sthelens-15000-res": ("care_home_permanent", "15000.00", "3.00"),
    "tariff-bucks-15000": ("care_home_permanent", "15000.00", "3.00"),
    "tariff-careaware-23250": ("care_home_permanent", "23250.00", "36.00"),
}


@pytest.mark.parametrize(("setting", "capital", "tariff"), TARIFFS.values(), ids=TARIFFS)
def test_a_published_tariff_is_reached(setting: str, capital: str, tariff: str) -> None:
    """15000.00 yields 3.00 a week at home and in a care home; at 23250.00 it is 36.00 and the council still helps."""
    found = worked_out(effective_from="2018-05-07", setting=setting, capital=[{"kind": "savings", "value": capital}])
    assert str(found.tariff_income) == tariff
    assert found.outcome in ("nil", "contribution")


@pytest.mark.parametrize(
    ("capital", "outcome", "tariff"),
    [
        ("14249.99", "contribution", "0.00"),
        ("14250.00", "contribution", "0.00"),
        ("14250.01", "contribution", "1.00"),
        ("23249.99", "contribution", "36.00"),
        ("23250.00", "contribution", "36.00"),
        ("23250.01", "full_cost", None),
    ],
)
def test_the_limits_hold_to_the_penny_in_every_setting(capital: str, outcome: str, tariff: str | None) -> None:
    """A penny below, at and above 14250.00 and 23250.00: above the upper limit the full cost is paid everywhere."""
    for setting in get_args(AssessmentSetting):
        held = [{"kind": "savings", "value": capital}]
        found = worked_out(setting=setting, income=weekly(state_pension="300.00"), capital=held)
        assert found.outcome == outcome
        assert (None if found.tariff_income is None else str(found.tariff_income)) == tariff


WORTH: dict[str, tuple[dict[str, Any], str]] = {
    "the whole": ({}, "20000.00"),
    "half of what two hold": ({"joint_holders": 2}, "10000.00"),
    "a third, a part of a penny left out": ({"joint_holders": 3}, "6666.66"),
    "held alone": ({"joint_holders": 1}, "20000.00"),
    "a share that is stated": ({"share": "0.25", "joint_holders": 2}, "5000.00"),
    "no share": ({"share": "0"}, "0.00"),
    "less a tenth for the sale": ({"selling_costs_10_percent": True}, "18000.00"),
    "less a tenth and the debt": ({"selling_costs_10_percent": True, "secured_debt": "8000.00"}, "10000.00"),
    "half of what the debt leaves": ({"secured_debt": "8000.00", "joint_holders": 2}, "6000.00"),
    "never less than nothing": ({"secured_debt": "30000.00"}, "0.00"),
    "investments": ({"kind": "investments"}, "20000.00"),
    "a second property": ({"kind": "second_property"}, "20000.00"),
    "a business": ({"kind": "business"}, "20000.00"),
    "notional": ({"kind": "notional"}, "20000.00"),
    "other": ({"kind": "other"}, "20000.00"),
    "a bond with life cover does not count": ({"kind": "bond_with_life_cover"}, "0.00"),
    "a personal injury trust does not count": ({"kind": "personal_injury_trust"}, "0.00"),
    "possessions do not count": ({"kind": "personal_possessions"}, "0.00"),
}


@pytest.mark.parametrize(("holding", "expected"), WORTH.values(), ids=WORTH)
def test_a_holding_of_20000_counts_with_what_the_adult_would_have_of_it(holding: dict[str, Any], expected: str) -> None:
    """Of 20000.00: a share, less a tenth where selling costs something, less what is secured on it (regs 20 and 24)."""
    found = worked_out(capital=[{"kind": "savings", "value": "20000.00", **holding}])
    assert str(found.assessable_capital) == expected


def test_a_debt_lowers_no_other_holding() -> None:
    """A second property of 5000.00 with a debt of 9000.00 counts with nothing, and savings of 6000.00 as they are."""
    land = {"kind": "second_property", "value": "5000.00", "secured_debt": "9000.00"}
    found = worked_out(capital=[land, {"kind": "savings", "value": "6000.00"}])
    assert str(found.assessable_capital) == "6000.00"


def test_a_share_of_more_than_the_whole_is_refused() -> None:
    """Nobody holds 1.0001 of 20000.00."""
    with pytest.raises(ValueError, match="Write the share as part of the whole"):
        asked_of(said(capital=[{"kind": "savings", "value": "20000.00", "share": "1.0001"}]))


def test_how_a_value_comes_about_is_said() -> None:
    """20000.00 less a tenth, less 8000.00, divided by 2, is 5000.00, and the line says each step."""
    held = {"kind": "savings", "value": "20000.00", "selling_costs_10_percent": True, "secured_debt": "8000.00"}
    shared, own = (worked_out(capital=[{**held, **part}]) for part in ({"joint_holders": 2}, {"share": "0.5"}))
    assert [lines(found, "capital")[0].label.partition("secured on it")[2] for found in (shared, own)] == [
        ", divided by 2",
        ", times 0.5",
    ]
    assert [str(found.assessable_capital) for found in (shared, own)] == ["5000.00", "5000.00"]
