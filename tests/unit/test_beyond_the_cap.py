"""What care beyond the cap costs: of those past it, and of those who will get there."""

from domain.account.beyond_the_cap import beyond_the_cap
from domain.account.figures import CapProgress
from tests.rules.build import account, away, budget, needs, progress, self_funder
from tests.rules.laws import reform


def past_the_cap() -> CapProgress:
    """In a care home at 950.00 a week, 200.00 of it daily living costs; the cap was reached on 12 December 2025."""
    return progress(self_funder("950.00"), "2025-12-31")


def on_the_way() -> CapProgress:
    """At home at 100.00 a day, with 300.00 left to a cap of 1000.00."""
    return progress(account(needs(), budget("700.00")), "2023-10-08", reform("1000.00"))


def after(days: int, *everybody: CapProgress) -> str:
    return str(beyond_the_cap(everybody).after(days))


def test_each_day_past_the_cap_costs_a_seventh_of_the_week_without_daily_living_costs() -> None:
    assert [after(days, past_the_cap()) for days in (0, 1, 7)] == ["0.00", "107.14", "750.00"]


def test_somebody_on_the_way_costs_nothing_until_the_rest_is_used_up_and_then_all_of_it() -> None:
    assert [after(days, on_the_way()) for days in (0, 2, 3, 4, 10)] == ["0.00", "0.00", "0.00", "100.00", "700.00"]


def test_where_the_cap_must_be_exceeded_somebody_just_at_it_costs_all_from_the_next_day_on() -> None:
    at_it = progress(account(needs(), budget("700.00")), "2023-10-08", reform("700.00", reached_when="above"))
    assert (str(at_it.remaining), str(at_it.expected_to_reach_cap_on)) == ("0.00", "2023-10-09")
    assert after(1, at_it) == "100.00"


def test_what_all_of_them_cost_is_added_up_exactly_and_rounded_once() -> None:
    everybody = (past_the_cap(), past_the_cap(), on_the_way())
    assert [after(days, *everybody) for days in (1, 4, 7)] == ["214.29", "957.14", "1900.00"]


def test_somebody_who_is_past_the_cap_and_in_hospital_costs_nothing() -> None:
    in_hospital = progress(self_funder("950.00", "2023-10-02", away("2025-12-20")), "2025-12-31")
    assert in_hospital.metering == "capped"
    assert after(7, in_hospital) == "0.00"


def test_somebody_of_whom_no_day_is_expected_costs_nothing() -> None:
    assert after(7, progress(account(needs()), "2023-10-08")) == "0.00"
