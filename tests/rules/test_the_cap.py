"""When the cap is reached, and what holds from then on (Care Act 2014 s 15(1))."""

from datetime import date
from decimal import Decimal

import pytest

from domain.account.accrual import accrue
from domain.parameters import NotInForce, Parameter
from domain.schemes import CapRules, Scheme
from tests.rules.build import (
    NATIONAL,
    REFORM_2023,
    account,
    accrued,
    away,
    budget,
    closed,
    contribution,
    day,
    needs,
    progress,
    self_funder,
)


def test_the_day_that_reaches_the_cap_counts_only_what_remained() -> None:
    accrual = accrue(self_funder("950.00"), REFORM_2023, on=date(2025, 12, 12))
    last_day = accrual.counted[-1].daily
    assert accrual.cap_reached_on == date(2025, 12, 12)
    assert accrual.balance(date(2025, 12, 12)) - accrual.balance(date(2025, 12, 11)) == Decimal("71.43")
    assert round(float(last_day.metered), 2) == 71.43


def test_nothing_counts_after_the_cap_but_daily_living_costs_go_on() -> None:
    found = self_funder("950.00")
    before, after = progress(found, "2025-12-12"), progress(found, "2025-12-19")
    assert (before.accrued_costs, after.accrued_costs) == (Decimal("86000.00"), Decimal("86000.00"))
    assert after.daily_living_costs - before.daily_living_costs == Decimal("200.00")


def test_a_week_that_crosses_the_cap_counts_up_to_it_only() -> None:
    almost = account(
        needs(),
        budget("85800.00", ending_before="2023-10-09"),
        budget("700.00", "2023-10-09", setting="care_home"),
    )
    assert [accrued(almost, on) for on in ("2023-10-08", "2023-10-15")] == ["85800.00", "86000.00"]


def test_500_pounds_a_week_reach_86000_after_172_weeks() -> None:
    found = progress(self_funder("700.00"), "2023-10-02")
    assert found.expected_to_reach_cap_on == date(2027, 1, 17)  # the last day of the 172nd week


def test_the_percentage_is_rounded_down_so_that_100_is_never_shown_early() -> None:
    almost = account(needs(), budget("85999.99", ending_before="2023-10-09"))
    assert progress(almost, "2023-10-08").percent == "99.99"


def test_under_exceeds_the_cap_is_reached_a_day_later_than_under_reaches() -> None:
    found = account(needs(), budget("700.00"))
    dates = [progress(found, "2024-01-01", _with(amount="500.00", reached_when=w)).cap_reached_on for w in _WHEN]
    assert dates == [date(2023, 10, 6), date(2023, 10, 7)]


_WHEN = ("at_or_above", "above")


@pytest.mark.parametrize("days_needed", [1, 2, 3])
def test_every_day_up_to_the_cap_counts_however_near_it_is(days_needed: int) -> None:
    found, scheme = account(needs(), budget("700.00")), _with(amount=f"{days_needed * 100 - 50}.00")
    by_day = [accrued(found, f"2023-10-0{n}", scheme) for n in range(2, 6)]
    assert by_day == [f"{min(n * 100, days_needed * 100 - 50)}.00" for n in range(1, 5)]
    assert progress(found, "2024-01-01", scheme).cap_reached_on == date(2023, 10, 1 + days_needed)


def test_the_exact_total_stops_at_the_cap_whatever_was_counted_before_the_rate_changed() -> None:
    found = account(needs(), budget("700.00"), budget("1400.00", "2023-10-09"))
    accrual = accrue(found, _with(amount="1650.00"), on=date(2024, 1, 1))
    totals = [accrual.through(date(2023, 10, d)).metered for d in (8, 12, 13, 14)]
    assert totals == [700, 1500, 1650, 1650]
    assert accrual.cap_reached_on == date(2023, 10, 13)


def test_an_accrual_says_nothing_of_days_after_the_one_it_was_asked_for() -> None:
    accrual = accrue(self_funder(), REFORM_2023, on=date(2023, 10, 8))
    assert [accrual.at(date(2023, 10, d)) is None for d in (1, 2, 8, 9)] == [True, False, False, True]


def test_exactly_at_the_cap_no_more_than_the_cap_is_counted_under_either_reading() -> None:
    found = account(needs(), budget("700.00"))
    assert {accrued(found, "2024-01-01", _with(amount="500.00", reached_when=w)) for w in _WHEN} == {"500.00"}


def test_a_cap_of_nil_is_reached_on_the_first_day() -> None:
    found = progress(account(needs(), budget("700.00")), "2023-10-02", _with(amount="0.00"))
    assert (found.cap_reached_on, found.percent, found.metering) == (date(2023, 10, 2), "100.00", "capped")


def test_after_the_cap_a_break_is_still_told_as_capped_and_a_closure_as_closed() -> None:
    found = self_funder("950.00", "2023-10-02", away("2026-01-05", "2026-01-10"), closed("2026-02-01"))
    assert [progress(found, on).metering for on in ("2026-01-06", "2026-02-02")] == ["capped", "closed"]


def test_the_expected_day_goes_on_as_the_week_is_and_is_none_when_nothing_counts() -> None:
    found = self_funder("950.00", "2023-10-02", away("2024-01-05", "2024-01-10"))
    assert [progress(found, on).expected_to_reach_cap_on for on in ("2024-01-04", "2024-01-06")] == [
        date(2025, 12, 12),
        None,
    ]


def test_no_day_is_expected_when_it_lies_past_every_day_that_can_be_written() -> None:
    assert progress(account(needs(), budget("1.00")), "2023-10-02").expected_to_reach_cap_on is None


def test_no_day_is_expected_when_all_that_is_charged_is_daily_living_costs() -> None:
    found = account(needs(), budget("700.00", kind="personal", setting="care_home"), contribution("180.00"))
    assert progress(found, "2023-10-02").expected_to_reach_cap_on is None


def test_before_commencement_nothing_counts() -> None:
    found = account(needs("2023-09-01"), budget("700.00", "2023-09-01"), opened_on="2023-09-01")
    assert [progress(found, on).metering for on in ("2023-09-30", "2023-10-01")] == ["not_commenced", "metering"]
    assert accrued(found, "2023-10-01") == "100.00"


def test_under_the_law_in_force_there_is_no_cap_and_nothing_counts() -> None:
    found = progress(self_funder(), "2026-11-22", NATIONAL)
    assert (found.metering, found.cap, found.remaining, found.percent) == ("not_commenced", None, None, None)
    assert found.accrued_costs == 0


def test_an_amount_nobody_has_seen_is_refused_by_name_and_day() -> None:
    scheme = _with(costs=None)
    with pytest.raises(NotInForce, match="daily_living_costs is in force on 2023-10-02"):
        progress(self_funder(), "2023-10-10", scheme)


def test_a_cap_nobody_has_seen_is_refused_by_name_and_day() -> None:
    with pytest.raises(NotInForce, match="cap_on_care_costs is in force on 2023-10-02"):
        progress(self_funder(), "2023-10-10", _with(amount=None))


def test_daily_living_costs_nobody_has_seen_do_not_matter_at_home() -> None:
    assert accrued(account(needs(), budget("700.00")), "2023-10-08", _with(costs=None)) == "700.00"


def test_short_stays_set_nothing_apart_where_the_scheme_says_so() -> None:
    stay = account(needs(), budget("950.00", setting="care_home", short_stay=True))
    assert accrued(stay, "2023-10-08", _with(short_stays=False)) == "950.00"


def test_under_the_unamended_act_the_whole_cost_counts_whoever_pays() -> None:
    found = account(needs(), budget("700.00", kind="personal", setting="care_home"), contribution("350.00"))
    assert accrued(found, "2023-10-08", _with(base="weekly_cost")) == "500.00"
    assert accrued(found, "2023-10-08") == "150.00"


def test_a_cap_lowered_below_what_has_accrued_is_reached_that_day_and_never_exceeded() -> None:
    found = account(needs(), budget("700.00"))
    scheme = _with(amounts={"2023-10-01": "86000.00", "2023-10-09": "600.00"})
    assert [accrued(found, on, scheme) for on in ("2023-10-08", "2023-10-09")] == ["700.00", "600.00"]
    assert progress(found, "2023-10-09", scheme).cap_reached_on == day("2023-10-09")


def _with(
    amount: str | None = "86000.00",
    costs: str | None = "200.00",
    reached_when: str = "at_or_above",
    short_stays: bool = True,
    base: str = "charge",
    amounts: dict[str, str] | None = None,
) -> Scheme:
    """The 2023 reform with one thing changed."""
    cap = CapRules.model_validate(
        {
            "commencement": "2023-10-01",
            "amount": _parameter("cap_on_care_costs", amounts or {"2023-10-01": amount}),
            "reached_when": reached_when,
            "daily_living_costs": _parameter("daily_living_costs", {"2023-10-01": costs}),
            "daily_living_costs_on_short_stays": short_stays,
            "personal_base": base,
        }
    )
    return REFORM_2023.model_copy(update={"cap": cap})


def _parameter(name: str, amounts: dict[str, str] | dict[str, str | None]) -> Parameter:
    words = {"authority": "a test", "certainty": "official", "status": "announced, never in force"}
    values = tuple({"from": first, "amount": amount, **words} for first, amount in amounts.items())
    given = {"name": name, "description": "a test", "unit": "pounds", "checked_on": "2026-01-01", "values": values}
    return Parameter.model_validate(given)
