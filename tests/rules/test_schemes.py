"""Which rules a figure was worked out by: the law in force, a reform, or a scheme of a council's own."""

import pytest

from domain import schemes
from domain.parameters import NotInForce
from tests.rules.asking import ledger
from tests.rules.build import (
    NATIONAL,
    account,
    accrued,
    budget,
    charge,
    contribution,
    day,
    needs,
    opening,
    progress,
    self_funder,
)
from tests.rules.laws import reform


def test_before_the_cap_is_commenced_nothing_counts() -> None:
    """The cap of the reform of 2023 begins on 1 October: that day counts 100.00, the day before 0.00."""
    found = account(needs("2023-09-01"), budget("700.00", "2023-09-01"), opened_on="2023-09-01")
    assert [progress(found, on).metering for on in ("2023-09-30", "2023-10-01")] == ["not_commenced", "metering"]
    assert accrued(found, "2023-10-01") == "100.00"


def test_under_the_law_in_force_there_is_no_cap_and_nothing_counts() -> None:
    """Section 15 has never been commenced: no cap, no percentage, 0.00 accrued."""
    found = progress(self_funder(), "2026-11-22", NATIONAL)
    assert (found.metering, found.cap, found.remaining, found.percent) == ("not_commenced", None, None, None)
    assert found.accrued_costs == 0


def test_an_amount_that_nobody_knows_is_asked_for_by_name_and_day_and_never_guessed() -> None:
    """Daily living costs of another year are not taken in their place."""
    scheme = reform(costs=None)
    with pytest.raises(NotInForce, match="daily_living_costs is in force on 2023-10-02"):
        progress(self_funder(), "2023-10-10", scheme)


def test_a_cap_that_nobody_knows_is_asked_for_by_name_and_day_and_never_guessed() -> None:
    with pytest.raises(NotInForce, match="cap_on_care_costs is in force on 2023-10-02"):
        progress(self_funder(), "2023-10-10", reform(None))


def test_daily_living_costs_nobody_has_seen_do_not_matter_at_home() -> None:
    """700.00 of 700.00 a week counts."""
    assert accrued(account(needs(), budget("700.00")), "2023-10-08", reform(costs=None)) == "700.00"


def test_short_stays_set_nothing_apart_where_the_scheme_says_so() -> None:
    """950.00 of a short stay counts whole."""
    stay = account(needs(), budget("950.00", setting="care_home", short_stay=True))
    assert accrued(stay, "2023-10-08", reform(daily_living_costs_on_short_stays=False)) == "950.00"


def test_under_the_unamended_act_the_whole_cost_counts_whoever_pays() -> None:
    """700.00 a week, charged 350.00: 500.00 counts as enacted, 150.00 as amended."""
    found = account(needs(), budget("700.00", kind="personal", setting="care_home"), contribution("350.00"))
    assert accrued(found, "2023-10-08", reform(personal_base="weekly_cost")) == "500.00"
    assert accrued(found, "2023-10-08") == "150.00"


def test_under_the_unamended_act_charges_do_not_matter() -> None:
    """Charged 280.00 for four weeks of care at 700.00 a week: 700.00 for the first of them, as amended 70.00."""
    found = account(needs(), budget("700.00", kind="personal"), charge("280.00", "2023-10-02", "2023-10-30"))
    assert accrued(found, "2023-10-08", reform(personal_base="weekly_cost")) == "700.00"
    assert accrued(found, "2023-10-08") == "70.00"


def test_under_the_unamended_act_nobody_is_unassessed() -> None:
    """Care through the council at 700.00 a week, never assessed: 700.00 as enacted, 0.00 as amended."""
    found = account(needs(), budget("700.00", kind="personal"))
    shown = [progress(found, "2023-10-08", scheme) for scheme in (reform(personal_base="weekly_cost"), reform())]
    assert [(str(one.accrued_costs), one.metering) for one in shown] == [("700.00", "metering"), ("0.00", "unassessed")]


@pytest.mark.parametrize(
    ("scheme", "accrued_costs"),
    [
        ("reform-2023", "6750.00"),
        ("reform-2025", "0.00"),
        ("care-act-2014-unamended", "24750.00"),
        ("national", "0.00"),
    ],
)
def test_the_same_history_is_answered_under_every_scheme(scheme: str, accrued_costs: str) -> None:
    """45 weeks of a care home at 750.00, charged 350.00: 150.00 a week counts as amended, 550.00 as enacted."""
    found = account(needs(), budget("750.00", kind="personal", setting="care_home"), contribution("350.00"))
    assert accrued(found, "2024-08-11", schemes.load(scheme)) == accrued_costs


def test_a_reform_put_off_counts_from_its_own_first_day() -> None:
    """100.00 a day: 0.00 by 30 September 2025, 100.00 on 1 October 2025."""
    found = account(needs(), budget("700.00"))
    put_off = schemes.load("reform-2025")
    assert [accrued(found, on, put_off) for on in ("2025-09-30", "2025-10-01")] == ["0.00", "100.00"]


@pytest.mark.parametrize(("the_cap_begins", "accrued_costs"), [("2023-10-08", "100.00"), ("2023-10-09", "0.00")])
def test_the_first_day_of_the_cap_counts_and_the_day_before_it_does_not(
    the_cap_begins: str, accrued_costs: str
) -> None:
    """100.00 a day, asked for 8 October."""
    assert (
        accrued(account(needs(), budget("700.00")), "2023-10-08", reform(commencement=the_cap_begins)) == accrued_costs
    )


def test_a_cap_nobody_has_seen_does_not_matter_while_nothing_accrues() -> None:
    """No budget: the ledger shows 0.00 and does not ask for the cap."""
    (line,) = ledger(account(needs()), "2023-10-02", "2023-10-08", reform({"2024-10-01": "86000.00"}))
    assert str(line.metered) == "0.00"


def test_a_balance_carried_in_before_a_cap_is_known_comes_down_to_it_once_it_is() -> None:
    """100000.00 carried in; a cap of 86000.00 from 1 October 2024 is reached that day."""
    scheme = reform({"2024-10-01": "86000.00"})
    found = account(opening("100000.00", "2023-10-02"))
    shown = progress(found, "2024-10-01", scheme)
    assert (str(shown.accrued_costs), shown.cap_reached_on) == ("86000.00", day("2024-10-01"))
