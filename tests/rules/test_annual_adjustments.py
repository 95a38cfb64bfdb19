"""How accrued costs move with earnings every year (Care Act 2014 s 16)."""

from decimal import Decimal

import pytest

from domain.account.accrual import accrue
from domain.law.annual_adjustment import varied
from domain.money import Fraction
from tests.rules.asking import in_short, ledger
from tests.rules.build import account, accrued, away, budget, closed, day, needs, opening, progress, self_funder
from tests.rules.laws import reform

BEFORE, ON = "2024-09-30", "2024-10-01"


def test_accrued_costs_rise_by_the_percentage_at_the_start_of_its_day() -> None:
    """700.00 by 8 October; 10 % on 9 October makes 770.00, and that day's 100.00 comes on top: 870.00 (s 16(2))."""
    found, scheme = account(needs(), budget("700.00")), reform(adjustments={"2023-10-09": "10"})
    assert [accrued(found, on, scheme) for on in ("2023-10-08", "2023-10-09")] == ["700.00", "870.00"]


@pytest.mark.parametrize(
    ("percentage", "balance", "becomes"),
    [
        ("3", "43000.00", "44290.00"),
        ("-1", "43000.00", "42570.00"),
        ("0", "43000.00", "43000.00"),
        ("2.5", "0.20", "0.21"),
        ("2.4999", "0.20", "0.20"),
        ("-2.5", "0.20", "0.19"),
        ("-2.4999", "0.20", "0.20"),
        ("4.25", "19500.00", "20328.75"),
    ],
)
def test_the_change_is_rounded_to_the_penny_by_itself_halves_away_from_nil(
    percentage: str, balance: str, becomes: str
) -> None:
    """Half a penny up where costs rise, half a penny down where they fall."""
    assert varied(Decimal(balance), Decimal(percentage)) == Decimal(becomes)


def test_the_balance_is_rounded_to_pennies_before_the_percentage_is_applied() -> None:
    """One day of 100.00 a week is 14 2/7 pounds: 14.29, and with 100 % 28.58, where the exact sum would make 28.57."""
    found = account(needs(), budget("100.00"), away("2023-10-03"))
    scheme = reform(adjustments={"2023-10-03": "100"})
    assert accrue(found, scheme, day("2023-10-03")).through(day("2023-10-03")).metered == Fraction("28.58")


def test_the_adjustment_is_a_line_of_its_own_that_no_entry_caused() -> None:
    """700.00 accrued, 70.00 adjusted, 100.00 for the day itself."""
    found, scheme = account(needs(), budget("700.00")), reform(adjustments={"2023-10-09": "10"})
    lines = ledger(found, "2023-10-02", "2023-10-09", scheme)
    assert [in_short(line) for line in lines] == [
        ("accrual", "2023-10-02", "2023-10-08", "700.00"),
        ("annual_adjustment", "2023-10-09", "2023-10-09", "70.00"),
        ("accrual", "2023-10-09", "2023-10-09", "100.00"),
    ]
    assert {line.cause for line in lines} == {None}


def test_when_the_cap_moves_by_the_same_percentage_progress_stays_the_same() -> None:
    """Half way of 86000.00 is half way of 88580.00, 3 % later: 44290.00."""
    found = account(opening("43000.00", "2023-10-02"))
    scheme = reform({"2023-10-01": "86000.00", ON: "88580.00"}, adjustments={ON: "3"})
    assert [progress(found, on, scheme).percent for on in (BEFORE, ON)] == ["50.00", "50.00"]
    assert [accrued(found, on, scheme) for on in (BEFORE, ON)] == ["43000.00", "44290.00"]


def test_when_earnings_fall_accrued_costs_fall_with_them() -> None:
    """1 % less: a cap of 85140.00 and costs of 42570.00, still half way."""
    found = account(opening("43000.00", "2023-10-02"))
    scheme = reform({"2023-10-01": "86000.00", ON: "85140.00"}, adjustments={ON: "-1"})
    assert (accrued(found, ON, scheme), progress(found, ON, scheme).percent) == ("42570.00", "50.00")


def test_a_cap_moved_by_discretion_leaves_accrued_costs_alone() -> None:
    """A cap of 100000.00 from 1 October 2024 with no percentage: 43000.00 stays, and 50.00 % becomes 43.00 %."""
    found = account(opening("43000.00", "2023-10-02"))
    scheme = reform({"2023-10-01": "86000.00", ON: "100000.00"})
    assert accrued(found, ON, scheme) == "43000.00"
    assert [progress(found, on, scheme).percent for on in (BEFORE, ON)] == ["50.00", "43.00"]


def test_daily_living_costs_already_recorded_are_not_adjusted() -> None:
    """A week of 750.00 and 200.00: with 10 % the 750.00 become 825.00, the 200.00 stay."""
    found = self_funder("950.00", "2023-10-02", closed("2023-10-08"))
    shown = progress(found, "2023-10-09", reform(adjustments={"2023-10-09": "10"}))
    assert (str(shown.accrued_costs), str(shown.daily_living_costs)) == ("825.00", "200.00")


def test_every_year_adjusts_what_the_years_before_it_left() -> None:
    """1000.00, plus 10 % is 1100.00, plus 10 % is 1210.00, less 50 % is 605.00."""
    found = account(opening("1000.00", "2023-10-02"))
    scheme = reform(adjustments={ON: "10", "2025-10-01": "10", "2026-10-01": "-50"})
    by_year = [accrued(found, on, scheme) for on in (BEFORE, ON, "2025-10-01", "2026-10-01")]
    assert by_year == ["1000.00", "1100.00", "1210.00", "605.00"]


@pytest.mark.parametrize("why", ["in hospital", "after the last day", "with no budget"])
def test_costs_already_accrued_are_adjusted_also_while_nothing_accrues(why: str) -> None:
    """A balance is kept and adjusted in a break and after the last day alike: 1000.00 becomes 1030.00."""
    carried = opening("1000.00", "2023-10-02")
    more = {"in hospital": (away("2023-10-02"),), "after the last day": (closed("2024-01-01"),), "with no budget": ()}
    assert accrued(account(carried, needs(), *more[why]), ON, reform(adjustments={ON: "3"})) == "1030.00"


def test_a_late_change_before_an_adjustment_is_carried_through_it() -> None:
    """A day of 100.00 less in hospital takes off 110.00 once 10 % have been added."""
    scheme = reform(adjustments={"2023-10-09": "10"})
    found = [account(needs(), budget("700.00"), *late) for late in ((), (away("2023-10-04", "2023-10-05"),))]
    assert [accrued(one, "2023-10-09", scheme) for one in found] == ["870.00", "760.00"]


def test_an_adjustment_above_the_cap_stops_at_the_cap() -> None:
    """85000.00 plus 3 % would be 87550.00: 2550.00 are added, 1550.00 come off again, and 86000.00 is reached."""
    found = account(opening("85000.00", "2023-10-02"))
    scheme = reform(adjustments={ON: "3"})
    assert [in_short(line) for line in ledger(found, ON, ON, scheme)] == [
        ("annual_adjustment", ON, ON, "2550.00"),
        ("adjustment", ON, ON, "-1550.00"),
        ("accrual", ON, ON, "0.00"),
    ]
    assert progress(found, ON, scheme).cap_reached_on == day(ON)


def test_whoever_has_reached_the_cap_stays_there_when_it_moves() -> None:
    """Reached at 86000.00; with 3 % both are 88580.00, and nothing counts again. So with -1 %: 85140.00."""
    found = account(needs(), budget("700.00"), opening("86000.00", "2023-10-02"))
    up = reform({"2023-10-01": "86000.00", ON: "88580.00"}, adjustments={ON: "3"})
    down = reform({"2023-10-01": "86000.00", ON: "85140.00"}, adjustments={ON: "-1"})
    assert [accrued(found, "2024-12-01", scheme) for scheme in (up, down)] == ["88580.00", "85140.00"]
    reached = {progress(found, "2024-12-01", scheme).cap_reached_on for scheme in (up, down)}
    assert reached == {day("2023-10-02")}


def test_costs_that_fall_below_a_cap_already_reached_do_not_start_to_count_again() -> None:
    """Reached at 86000.00; 1 % less without a lower cap leaves 85140.00, and the cap stays reached (s 16)."""
    found = account(needs(), budget("700.00"), opening("86000.00", "2023-10-02"))
    scheme = reform(adjustments={ON: "-1"})
    shown = progress(found, "2024-12-01", scheme)
    assert (str(shown.accrued_costs), shown.metering) == ("85140.00", "capped")


def test_before_commencement_nothing_is_adjusted() -> None:
    found = account(opening("1000.00", "2023-10-02"))
    scheme = reform(adjustments={"2023-10-03": "10"}, commencement="2023-10-04")
    assert accrued(found, "2023-10-10", scheme) == "0.00"


def test_an_account_opened_after_an_adjustment_is_not_adjusted_by_it() -> None:
    """Opened on 2 October 2023 with 1000.00; 10 % of 1 October 2023 came before, 10 % of 2 October did not."""
    found = account(opening("1000.00", "2023-10-02"))
    schemes = [reform(adjustments={on: "10"}) for on in ("2023-10-01", "2023-10-02")]
    assert [accrued(found, "2023-10-02", scheme) for scheme in schemes] == ["1000.00", "1100.00"]
