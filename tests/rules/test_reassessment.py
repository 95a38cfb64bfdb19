"""Reassessment when amounts change"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from domain import parameters
from domain.account.assessing import assessed
from domain.account.assessment_difference import difference
from domain.account.facts import Fact, FinancialAssessed
from domain.account.reassessing import CannotBeReassessed, Occasion, Reassessed, reassess
from domain.account.state import CareAccount
from domain.account.taking_back import CannotBeTakenBack, taking_back
from domain.account.uprating import Rise
from domain.law.financial_assessment import RefusedAssessment
from tests.rules.asking import asked, correct
from tests.rules.build import account, and_then, closed, contribution, day
from tests.rules.means import IN_BETWEEN, OLD, asked_of, said, weekly

APRIL_2025, APRIL_2026 = "2025-04-06", "2026-04-06"
PENSION: dict[str, Any] = {"income": weekly(state_pension="300.00")}
CARE_HOME = PENSION | {"setting": "care_home_permanent", "cost": "900.00"}


def assessment(effective_from: str = "2024-05-06", **more: Any) -> FinancialAssessed:
    """A financial assessment as it is recorded: of somebody over pension age, at home, unless more is said."""
    return _recorded(said(effective_from, **more))


def _recorded(request: dict[str, Any]) -> FinancialAssessed:
    return FinancialAssessed.on_the_terms_of(assessed(asked_of(request), parameters.load))


def again(found: CareAccount, on: str = APRIL_2025, born: str | None = OLD, rises: Sequence[Rise] = ()) -> Reassessed:
    """The assessment made anew for a day, on 2 March before it."""
    occasion = Occasion(day(on), date(day(on).year, 3, 2), parameters.load, rises)
    return reassess(found, day(born) if born else None, occasion)


def change(found: CareAccount, on: str = APRIL_2025, **more: Any) -> tuple[str, str, str]:
    """What was to pay a week, what is, and the difference."""
    made = again(found, on, **more)
    before, after = made.before.weekly_contribution, made.after.weekly_contribution
    return str(before), str(after), str(made.change)


def why_not(found: CareAccount, on: str = APRIL_2025, **more: Any) -> tuple[str, str]:
    """Why there is none."""
    with pytest.raises(CannotBeReassessed) as refused:
        again(found, on, **more)
    return refused.value.reason, str(refused.value)


def recorded(found: CareAccount, on: str, **more: Any) -> CareAccount:
    """The account once the reassessment is recorded."""
    return asked(found, again(found, on, **more).after)


def why(found: CareAccount, on: str = APRIL_2025, **more: Any) -> list[str]:
    """What made the difference."""
    made = again(found, on, **more)
    return [cause.words for cause in difference(made.before, FinancialAssessed.on_the_terms_of(made.after)).causes]


def rise(kind: str = "state_pension", **more: str) -> Rise:
    return Rise.model_validate({"kind": kind, "source": "uprating-order", **more})


def test_in_april_2025_somebody_at_home_pays_3_90_less() -> None:
    """Income of 300.00 less the minimum income guarantee: 71.30 by 228.70, 67.40 by 232.60."""
    found = account(assessment(**PENSION))
    assert change(found) == ("71.30", "67.40", "-3.90")
    assert why(found) == ["the amount you keep to live on rose by £3.90"]


def test_in_april_2026_somebody_at_home_pays_8_85_less_than_after_april_2025() -> None:
    """67.40 by 232.60, 58.55 by 241.45."""
    assert change(recorded(account(assessment(**PENSION)), APRIL_2025), APRIL_2026) == ("67.40", "58.55", "-8.85")


def test_in_april_2025_somebody_in_a_care_home_pays_50_pence_less_and_in_april_2026_1_15() -> None:
    """Income of 300.00 less the personal expenses allowance of 30.15, 30.65 and 31.80."""
    found = account(assessment(**CARE_HOME))
    assert change(found) == ("269.85", "269.35", "-0.50")
    assert change(recorded(found, APRIL_2025), APRIL_2026) == ("269.35", "268.20", "-1.15")


def test_no_income_rises_unless_somebody_says_so_with_the_source() -> None:
    """4.1 per cent on 300.00 are 12.30 more: 79.70 by 232.60, of which the guarantee takes 3.90."""
    found = account(assessment(**PENSION))
    assert change(found, rises=[rise(percent="4.1")]) == ("71.30", "79.70", "8.40")
    assert why(found, rises=[rise(percent="4.1")]) == [
        "your state pension rose by £12.30",
        "the amount you keep to live on rose by £3.90",
    ]


def test_a_part_of_a_penny_of_a_rise_goes_to_the_adult() -> None:
    """1.7 per cent on 230.23 are 3.91391."""
    found = account(assessment(**CARE_HOME | {"income": weekly(state_pension="230.23")}))
    assert again(found, rises=[rise(percent="1.7")]).after.assessable_income == Decimal("234.14")


def test_a_rise_of_what_is_paid_by_another_period_rises_that() -> None:
    """400.00 every four weeks, 10 per cent more, are 440.00: 110.00 a week."""
    paid = [{"kind": "state_pension", "amount": "400.00", "frequency": "four_weekly"}]
    found = account(assessment(**CARE_HOME | {"income": paid}))
    made = again(found, rises=[rise(percent="10")]).after
    assert (made.assessable_income, made.asked.model_dump()["income"][0]["amount"]) == (Decimal("110.00"), "440.00")


def test_a_benefit_of_several_rates_becomes_the_new_rate_of_whoever_has_the_old_one() -> None:
    rates = [rise("attendance_allowance", was="72.65", weekly="73.90"), rise("attendance_allowance", weekly="110.40")]
    lower = account(assessment(income=weekly(attendance_allowance="72.65", state_pension="300.00")))
    higher = account(assessment(income=weekly(attendance_allowance="108.55", state_pension="300.00")))
    assert change(lower, rises=rates) == ("143.95", "141.30", "-2.65")  # 1.25 more to pay from, 3.90 more to keep
    assert change(higher, rises=rates) == ("179.85", "177.80", "-2.05")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Give percent, or weekly, and not both."),
        ({"percent": "4.1", "weekly": "312.30"}, "Give percent, or weekly, and not both."),
        ({"percent": "4.1", "was": "300.00"}, "was is said beside weekly alone"),
    ],
)
def test_a_rise_is_said_in_one_way(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        Rise.model_validate({"kind": "state_pension", "source": "uprating-order"} | given)


def test_whoever_turned_25_since_has_the_guarantee_of_their_new_age() -> None:
    """87.65 at 24 in 2024, 112.50 at 25 in 2025; born on 1 March 2000."""
    found = account(assessment(born="2000-03-01", income=weekly(other="200.00")))
    assert change(found, born="2000-03-01") == ("112.35", "87.50", "-24.85")
    assert why(found, born="2000-03-01") == ["the amount you keep to live on rose by £24.85"]


def test_whoever_reached_pension_age_since_has_the_guarantee_of_their_new_age() -> None:
    """110.60 in 2024 at 65, 232.60 in 2025 at 66; born on 1 February 1959."""
    found = account(assessment(born="1959-02-01", income=weekly(other="250.00")))
    assert change(found, born="1959-02-01") == ("139.40", "17.40", "-122.00")


def test_where_nobody_knows_a_date_of_birth_the_age_group_stays_as_it_was_said() -> None:
    found = account(assessment(born=IN_BETWEEN, income=weekly(other="200.00")))
    assert change(found, born=None) == ("89.40", "87.50", "-1.90")


def test_no_date_of_birth_is_recorded() -> None:
    who = again(account(assessment(**PENSION))).after.asked.model_dump()["circumstances"]
    assert (who["date_of_birth"], who["age_group"]) == (None, "pension_age")


def test_it_is_made_on_one_day_for_another_and_has_no_end_where_none_was_said() -> None:
    made = again(account(assessment(**PENSION))).after
    assert (made.assessed_on, made.effective_from, made.ending_before) == (date(2025, 3, 2), day(APRIL_2025), None)


def test_it_ends_where_the_one_before_it_was_to_end() -> None:
    assert again(account(assessment(ending_before="2025-09-01", **PENSION))).after.ending_before == day("2025-09-01")


def test_it_ends_where_another_assessment_was_recorded_to_follow() -> None:
    found = account(assessment(**PENSION), assessment("2025-06-02", income=weekly(state_pension="250.00")))
    made = again(found).after
    assert made.ending_before == day("2025-06-02")
    assert why_not(asked(found, made), "2025-06-02") == (
        "assessed_already",
        "It was assessed from 2 June 2025 already.",
    )


def test_whoever_refused_still_pays_what_the_care_costs() -> None:
    refused = {"type": "refused", "setting": "own_home", "cost_of_care": "500.00"}
    days = {"assessed_on": "2024-05-06", "effective_from": "2024-05-06"}
    made = again(account(_recorded(refused | days)))
    assert (str(made.after.weekly_contribution), made.differs) == ("500.00", False)
    assert isinstance(made.after.asked, RefusedAssessment)


def test_who_pays_the_same_for_another_reason_has_figures_that_differ() -> None:
    """The twelve weeks in which the home is ignored are over: 900.00 is the full cost, not the most of a charge."""
    home = [{"kind": "main_home", "value": "200000.00", "twelve_week_from": "2025-03-03"}]
    rich: dict[str, Any] = {
        "setting": "care_home_permanent",
        "cost": "900.00",
        "income": weekly(private_pension="2000.00"),
    }
    made = again(account(assessment("2025-03-03", capital=home, **rich)), "2025-07-01")
    assert (made.before.outcome, made.after.outcome, str(made.change)) == ("contribution", "full_cost", "0.00")
    assert made.differs


def test_nobody_is_reassessed_by_amounts_that_are_not_known() -> None:
    assert why_not(account(assessment(**PENSION)), "2027-04-06") == (
        "amount_unknown",
        "No amount of minimum_income_guarantee_single_pension_age is in force on 2027-04-06.",
    )


def test_what_another_system_decided_cannot_be_made_anew() -> None:
    assert why_not(account(contribution("120.00"))) == (
        "imported",
        "It was decided in another system, so nothing here says out of what.",
    )


def test_who_was_never_assessed_or_no_longer_is_cannot_be_assessed_anew() -> None:
    none = ("not_assessed", "No financial assessment is in force on 6 April 2025.")
    assert why_not(account()) == none
    assert why_not(account(assessment(ending_before=APRIL_2025, **PENSION))) == none


def test_nobody_is_reassessed_twice_for_a_day() -> None:
    found = recorded(account(assessment(**PENSION)), APRIL_2025)
    assert why_not(found) == ("assessed_already", "It was assessed from 6 April 2025 already.")


@pytest.mark.parametrize("last_day", ["2025-04-05", "2024-06-01"])
def test_a_closed_account_is_left_as_it_is(last_day: str) -> None:
    reason, sentence = why_not(account(assessment(**PENSION), closed(last_day)))
    assert (reason, sentence[:26]) == ("closed", "The account was closed on ")


def test_an_account_that_closes_on_the_day_or_later_is_reassessed() -> None:
    assert change(account(assessment(**PENSION), closed(APRIL_2025)))[2] == "-3.90"


def test_where_an_earlier_assessment_would_hold_again_later_nothing_is_made() -> None:
    """A stay in a care home for two weeks in June: what was said before it would hold after it, by its old amounts."""
    stay = assessment("2025-06-02", ending_before="2025-06-16", **CARE_HOME)
    assert why_not(account(assessment(**PENSION), stay)) == (
        "resumes_later",
        "An assessment of before then holds again from 16 June 2025.",
    )


def test_what_a_council_leaves_may_have_become_less_than_the_law() -> None:
    more: dict[str, Any] = {"minimum_income_guarantee": {"amount": "230.00"}}
    reason, sentence = why_not(account(assessment(**PENSION, **more)))
    assert reason == "not_assessable"
    assert "£232.60 a week, and never less" in sentence


def _made_again(*later: Fact) -> CareAccount:
    """An account whose third entry is its reassessment, and what was recorded since."""
    return and_then(recorded(account(assessment(**PENSION)), APRIL_2025), *later)


def in_force(found: CareAccount, on: str) -> str:
    """What is to pay a week by the assessment in force."""
    return str(again(found, on).before.weekly_contribution)


def test_taking_it_back_lets_the_assessment_before_it_hold_again_and_both_stay_to_be_seen() -> None:
    found = _made_again()
    back = asked(found, taking_back(found, 3))
    assert (in_force(found, "2025-05-01"), in_force(back, "2025-05-01")) == ("67.40", "71.30")
    assert [type(entry.fact).TOPIC for entry in back.entries[1:]] == [
        "financial-assessed.1",
        "financial-assessed.1",
        "entry-voided.1",
    ]
    assert change(back) == ("71.30", "67.40", "-3.90")  # and it can be made again


def left(found: CareAccount) -> tuple[str, str]:
    """Why a reassessment is not taken back."""
    with pytest.raises(CannotBeTakenBack) as refused:
        taking_back(found, 3)
    return refused.value.reason, str(refused.value)


def test_what_was_corrected_since_is_left() -> None:
    found = _made_again()
    assert left(asked(found, correct(3))) == ("corrected", "It was corrected since, by entry 4.")


def test_what_another_assessment_stands_on_since_is_left() -> None:
    since = "Another assessment, from 1 July 2025, was recorded since as entry 4."
    assert left(_made_again(assessment("2025-07-01", **PENSION))) == ("superseded", since)
    assert left(_made_again(contribution("10.00", "2025-07-01"))) == ("superseded", since)


def test_an_assessment_of_other_days_or_one_that_was_voided_does_not_stand_on_it() -> None:
    before = _made_again(assessment("2024-06-03", ending_before=APRIL_2025, **PENSION))
    voided = asked(_made_again(assessment("2025-07-01", **PENSION)), correct(4))
    assert all(taking_back(found, 3).reason_code == "reassessment-reversed" for found in (before, voided))
