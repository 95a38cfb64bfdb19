"""What would become of an account if something changed (nothing of it is recorded)"""

from decimal import Decimal

import pytest

from domain import parameters
from domain.account.facts import FinancialAssessed
from domain.account.progress import cap_progress
from domain.account.reassessing import CannotBeReassessed, Occasion
from domain.account.supposing import MoreIncome, Outlooks, other_costs, other_income, outlook, supposed
from tests.rules.assessing import full
from tests.rules.build import REFORM_2023, account, and_then, budget, contribution, day, needs, self_funder
from tests.rules.means import OLD

TODAY = "2024-05-06"
CLOSES = (day("2025-05-05"), day("2026-05-05"))


def rates(found: Outlooks) -> list[str]:
    """What would count each week, from the low end to the high."""
    return [str(each.progress.weekly_rate.metered) for each in found if each.progress.weekly_rate]


def test_without_a_change_what_is_to_come_is_what_the_account_itself_says_of_those_days() -> None:
    """950.00 a week in a care home, 200.00 of it living costs, from 2 October 2023."""
    found = self_funder()
    look = outlook(found, REFORM_2023, day(TODAY), CLOSES)
    assert look.progress == cap_progress(found, REFORM_2023, day(TODAY))
    assert look.balances == tuple(cap_progress(found, REFORM_2023, on).accrued_costs for on in CLOSES)


def test_another_weekly_cost_is_a_range_of_a_tenth_either_way() -> None:
    """1000.00 a week in a care home: 900.00 to 1100.00, so 700.00 to 900.00 a week count.

    23250.00 counted by 5 May 2024; the other 62750.00 take 628, 550 or 489 days.
    """
    look = other_costs(self_funder(), REFORM_2023, budget("1000.00", TODAY, setting="care_home"), CLOSES)
    assert rates(look) == ["700.00", "800.00", "900.00"]
    reached = [each.progress.expected_to_reach_cap_on for each in look]
    assert [str(on) for on in reached] == ["2026-01-23", "2025-11-06", "2025-09-06"]


def test_what_is_supposed_is_what_would_be_if_it_were_recorded() -> None:
    """A budget of 1000.00 recorded from 6 May 2024 gives the middle of the range, to the penny."""
    found, more = self_funder(), budget("1000.00", TODAY, setting="care_home")
    middle = other_costs(found, REFORM_2023, more, CLOSES).middle
    recorded = and_then(found, more)
    assert middle == outlook(recorded, REFORM_2023, day(TODAY), CLOSES)


def test_a_move_into_a_care_home_sets_living_costs_apart() -> None:
    """At home 500.00 a week, all of it counted; in a home 900.00, of which 200.00 are living costs."""
    at_home = account(needs(), budget("500.00"))
    look = other_costs(at_home, REFORM_2023, budget("900.00", TODAY, setting="care_home"), CLOSES)
    assert rates(look) == ["610.00", "700.00", "790.00"]


def test_nothing_is_added_to_the_account_that_is_asked_about() -> None:
    """One more entry in what is supposed; as many as before in the account."""
    found = self_funder()
    assert (supposed(found, budget("1.00")).version, found.version) == (4, 3)


def test_more_income_raises_what_is_paid_and_what_counts() -> None:
    """A state pension of 250.00 a week rises by 20.00, so by 18.00 to 22.00; care that the council arranges."""
    held = full({"state_pension": "250.00"}, "2025-04-07")
    found = account(needs(), budget("400.00", kind="personal"), held)
    occasion = Occasion(day("2025-06-02"), day("2025-06-02"), parameters.load)
    rise = MoreIncome("state_pension", Decimal("250.00"), Decimal("20.00"))
    look = other_income(found, REFORM_2023, day(OLD), occasion, rise, (day("2026-06-01"),))
    paid = [each.weekly_contribution - look.now.weekly_contribution for each in (look.low, look.middle, look.high)]
    assert [str(more) for more in paid] == ["18.00", "20.00", "22.00"]
    assert rates(look.outlooks) == [str(each.weekly_contribution) for each in (look.low, look.middle, look.high)]
    assert isinstance(look.now, FinancialAssessed)


def test_a_money_check_made_elsewhere_cannot_be_asked_about() -> None:
    """Nothing here says out of what it was worked out."""
    found = account(needs(), budget("400.00", kind="personal"), contribution("60.00"))
    occasion = Occasion(day(TODAY), day(TODAY), parameters.load)
    with pytest.raises(CannotBeReassessed, match="decided in another system"):
        other_income(found, REFORM_2023, None, occasion, MoreIncome("state_pension", Decimal(1), Decimal(1)), CLOSES)
