"""How notional capital falls week by week (SI 2014/2672 regs 22 and 23)."""

from typing import Any

import pytest

from domain.law.financial_assessment import CannotBeAssessed
from tests.rules.means import lines, weekly, worked_out


def left(on: str, given_away: str = "2024-05-06", **more: Any) -> str:
    found = worked_out(
        effective_from=on,
        setting="care_home_permanent",
        income=weekly(state_pension="300.00"),
        capital=[{"kind": "notional", "value": "24000.00", "diminishes_from": given_away}],
        **more,
    )
    return str(found.assessable_capital)


def test_notional_capital_counts_as_any_other_does() -> None:
    """16250.00 that was given away yields 8.00 a week, as if it were there (reg 22)."""
    found = worked_out(capital=[{"kind": "notional", "value": "16250.00"}])
    assert (str(found.assessable_capital), str(found.tariff_income)) == ("16250.00", "8.00")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2024-05-06", "24000.00"),
        ("2024-05-12", "24000.00"),
        ("2024-05-13", "23769.85"),
        ("2024-05-27", "23309.55"),
        ("2024-06-03", "23079.40"),
        ("2024-06-10", "23043.40"),
        ("2024-06-17", "23007.40"),
        ("2024-06-24", "22971.40"),
    ],
)
def test_it_falls_each_week_by_what_is_charged_because_of_it(on: str, expected: str) -> None:
    """With 24000.00 the full cost of 500.00 is paid, without it 269.85: it falls by 230.15 a week to 23079.40.

    From then on it yields 36.00 a week, and falls by that; the first week is over on the eighth day.
    """
    assert left(on) == expected


def test_the_weeks_of_its_fall_are_lines_of_the_working() -> None:
    """24000.00 on 6 May 2024, 4 weeks at 230.15 and 2 weeks at 36.00 leave 23007.40."""
    found = worked_out(
        effective_from="2024-06-17",
        setting="care_home_permanent",
        income=weekly(state_pension="300.00"),
        capital=[{"kind": "notional", "value": "24000.00", "diminishes_from": "2024-05-06"}],
    )
    assert [str(line.amount) for line in lines(found, "notional_capital")] == ["24000.00", "920.60", "72.00"]
    assert "4 weeks from 6 May 2024 at £230.15" in lines(found, "notional_capital")[1].label
    assert str(found.assessable_capital) == "23007.40"


@pytest.mark.parametrize(
    ("on", "expected"), [("2024-07-15", "14250.50"), ("2024-07-22", "14250.00"), ("2025-04-05", "14250.00")]
)
def test_it_falls_to_nothing_and_no_further(on: str, expected: str) -> None:
    """10.50 beside savings of 14250.00 costs a pound a week: after 10 weeks 0.50 is left, after 11 nothing."""
    found = worked_out(
        effective_from=on,
        setting="care_home_permanent",
        income=weekly(state_pension="300.00"),
        capital=[
            {"kind": "notional", "value": "10.50", "diminishes_from": "2024-05-06"},
            {"kind": "savings", "value": "14250.00"},
        ],
    )
    assert str(found.assessable_capital) == expected


def test_one_notional_capital_diminishes_and_only_up_to_the_day() -> None:
    """Two of 1.00 that diminish, or one from 7 May for 6 May 2024, are refused."""
    one = {"kind": "notional", "value": "1.00", "diminishes_from": "2024-05-06"}
    with pytest.raises(CannotBeAssessed, match="give diminishes_from once"):
        worked_out(capital=[one, one])
    with pytest.raises(CannotBeAssessed, match="has to be effective_from or an earlier day"):
        worked_out(capital=[{**one, "diminishes_from": "2024-05-07"}])
