"""What does the cap keep from being charged, and in which financial year?"""

from datetime import date
from decimal import Decimal

import pytest

from domain.account.accrual import accrue
from domain.account.relief import financial_year, relief_by_year
from domain.account.state import CareAccount
from domain.schemes import Scheme
from tests.rules.build import NATIONAL, REFORM_2023, account, away, budget, closed, day, needs, self_funder


def relief(found: CareAccount, on: str, scheme: Scheme = REFORM_2023) -> dict[int, str]:
    accrual = accrue(found, scheme, day(on))
    return {year: str(pounds) for year, pounds in relief_by_year(accrual, day(on)).items()}


@pytest.mark.parametrize(
    ("on", "year"),
    [(date(2026, 3, 31), 2025), (date(2026, 4, 1), 2026), (date(2026, 12, 31), 2026), (date(2027, 1, 1), 2026)],
)
def test_a_financial_year_begins_on_1_april(on: date, year: int) -> None:
    assert financial_year(on) == year


def test_before_the_cap_nothing_is_kept_off() -> None:
    assert relief(self_funder(), "2025-12-11") == {}


def test_the_day_that_reaches_the_cap_keeps_off_what_it_does_not_count() -> None:
    # 750.00 a week above daily living costs is 107.142857... a day, of which 71.428571... still counts: 35.71
    assert relief(self_funder(), "2025-12-12") == {2025: "35.71"}


def test_after_it_every_day_keeps_off_a_seventh_of_the_week_without_daily_living_costs() -> None:
    # to 31 March 2026 109 days more: 35.714285... + 109 x 107.142857... = 11,714.285714...; a year later 365 more
    assert relief(self_funder(), "2026-03-31") == {2025: "11714.29"}
    assert relief(self_funder(), "2027-03-31") == {2025: "11714.29", 2026: "39107.14"}
    assert relief(self_funder(), "2026-04-01") == {2025: "11714.29", 2026: "107.14"}


def test_the_years_add_up_to_the_whole_rounded_once() -> None:
    years = relief(self_funder(weekly_cost="951.37"), "2030-12-31")
    # (751.37 / 7) for each day from 2 October 2023 to 31 December 2030, less the cap
    days = (date(2030, 12, 31) - date(2023, 10, 2)).days + 1
    exact = Decimal("751.37") * days / 7 - 86000
    assert len(years) == 6
    assert sum(map(Decimal, years.values())) == exact.quantize(Decimal("0.01"))


def test_a_day_without_care_keeps_nothing_off_and_nor_does_one_after_the_last() -> None:
    at_home = account(needs(), budget("8600.00"), away("2024-01-01"), closed("2024-02-01"))
    # 8,600 / 7 a day reaches 86,000 on day 70, 10 December 2023, exactly; 21 days at 1,228.571428... follow
    assert relief(at_home, "2025-01-01") == {2023: "25800.00"}


def test_where_there_is_no_cap_there_is_no_relief() -> None:
    assert relief(self_funder(), "2027-03-31", NATIONAL) == {}
