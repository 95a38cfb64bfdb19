"""What changed from one money check to the next"""

from decimal import Decimal
from typing import get_args

import pytest

from domain.account.assessment_difference import AssessmentDifference, difference
from domain.account.assessment_words import ALLOWANCES, INCOME, LIMITS
from domain.account.assessments import assessments, before, in_force_to
from domain.account.facts import FinancialAssessment
from domain.law.financial_assessment.allowances import _LABELS
from domain.law.financial_assessment.asked import IncomeKind, OutgoingKind
from tests.rules.asking import asked as after_asking
from tests.rules.asking import correct
from tests.rules.assessing import APRIL_2025, APRIL_2026, full, in_a_care_home, light_touch, refused, too_little
from tests.rules.build import account, contribution, day, needs

PENSION, LARGER = {"state_pension": "230.25"}, {"state_pension": "241.30"}


def parts(found: AssessmentDifference) -> dict[str, str]:
    """What each cause adds, by what it is of."""
    assert sum((cause.amount for cause in found.causes), Decimal(0)) == found.change
    assert all(cause.after - cause.before == cause.amount for cause in found.causes)
    return {cause.of or cause.step: str(cause.amount) for cause in found.causes}


def test_a_state_pension_that_rose_by_31_00_is_31_00_more_a_week() -> None:
    """In a care home, where the personal expenses allowance is left: 200.00 less 30.15, then 231.00 less 30.15."""
    then = in_a_care_home({"state_pension": "200.00"}, "2024-05-06")
    now = in_a_care_home({"state_pension": "231.00"}, "2025-04-01")
    found = difference(then, now)
    assert (str(found.before), str(found.after), str(found.change)) == ("169.85", "200.85", "31.00")
    assert found.words == "You pay £31.00 more a week from 1 April 2025 because your state pension rose by £31.00."


def test_what_goes_against_the_change_is_told_after_it() -> None:
    found = difference(
        full({**PENSION, "private_pension": "60.00"}), full({**LARGER, "private_pension": "60.00"}, APRIL_2026)
    )
    assert found.words == (
        "You pay £2.20 more a week from 7 April 2026 because your state pension rose by £11.05, "
        "although the amount you keep to live on rose by £8.85."
    )
    assert parts(found) == {"state_pension": "11.05", "minimum_income_guarantee": "-8.85"}


def test_the_largest_cause_is_told_first() -> None:
    found = difference(full({**PENSION, "private_pension": "60.00"}), full(LARGER, APRIL_2026, savings="16000.00"))
    assert found.words == (
        "You pay £50.80 less a week from 7 April 2026 because we no longer count your private or work pension "
        "(£60.00 a week) and the amount you keep to live on rose by £8.85, although your state pension rose by £11.05 "
        "and we count £7.00 more a week for your savings and property."
    )


def test_what_only_fills_a_gap_is_a_cause_of_its_own() -> None:
    """32.60 short of what is kept: of 60.00 more income 27.40 is left over, and 8.85 more is kept: 18.55 is paid."""
    found = difference(full({"state_pension": "200.00"}), full({"state_pension": "260.00"}, APRIL_2026))
    assert parts(found) == {"state_pension": "60.00", "available": "-32.60", "minimum_income_guarantee": "-8.85"}
    assert "although £32.60 of your income only brings you up to what you keep" in found.words
    back = difference(full({"state_pension": "260.00"}, APRIL_2026), full({"state_pension": "200.00"}))
    assert parts(back)["available"] == "32.60"
    assert "we do not take the £32.60 that you are short of what you keep" in back.words


def test_the_limit_of_what_the_care_costs_is_a_cause_of_its_own() -> None:
    found = difference(full({"state_pension": "700.00"}), full({"state_pension": "800.00"}, APRIL_2026))
    assert parts(found) == {"state_pension": "100.00", "cost_of_care": "-91.15", "minimum_income_guarantee": "-8.85"}
    assert found.words == (
        "You still pay £400.00 a week from 7 April 2026, although your state pension rose by £100.00, "
        "the limit of what your care costs takes off £91.15 more and the amount you keep to live on rose by £8.85."
    )


def test_a_dearer_care_package_lifts_that_limit() -> None:
    found = difference(full({"state_pension": "700.00"}), full({"state_pension": "700.00"}, cost="420.00"))
    assert found.words == (
        "You pay £20.00 more a week from 7 April 2025 because the limit of what your care costs takes off £20.00 less."
    )


def test_the_part_of_what_is_left_that_a_council_does_not_ask_for_is_a_cause_of_its_own() -> None:
    income = {"state_pension": "332.60"}
    found = difference(full(income), full(income, council_percentage="90"))
    assert parts(found) == {"council_percentage": "-10.00"}
    assert found.words.endswith("because we leave you £10.00 more of what is left.")
    back = difference(full(income, council_percentage="90"), full(income))
    assert back.words.endswith("because we leave you £10.00 less of what is left.")


def test_what_is_too_little_to_ask_for_is_a_cause_of_its_own() -> None:
    asked_for, not_asked_for = full({"state_pension": "235.60"}), too_little("1.50")
    found = difference(asked_for, not_asked_for)
    assert parts(found) == {"state_pension": "-1.50", "minimum_weekly_charge": "-1.50"}
    assert "we do not ask for as little as £1.50" in found.words
    assert "we ask for £1.50 that was too little before" in difference(not_asked_for, asked_for).words


@pytest.mark.parametrize(
    ("income", "why"),
    [
        ({"attendance_allowance": "110.40"}, "we now count your Attendance Allowance (£110.40 a week)"),
        ({"earnings": "50.00"}, None),
    ],
    ids=["a benefit that counts", "earnings, which do not"],
)
def test_income_that_does_not_count_is_no_cause(income: dict[str, str], why: str | None) -> None:
    found = difference(full({"state_pension": "300.00"}), full({"state_pension": "300.00", **income}))
    assert [cause.words for cause in found.causes] == ([why] if why else [])


def test_costs_of_a_home_are_taken_off_and_no_longer_taken_off() -> None:
    at_home = full({"state_pension": "300.00"}, outgoings=[{"kind": "rent", "weekly": "40.00"}])
    found = difference(full({"state_pension": "300.00"}), at_home)
    assert found.words == (
        "You pay £40.00 less a week from 7 April 2025 because we now take off your rent (£40.00 a week)."
    )
    back = difference(at_home, full({"state_pension": "300.00"}))
    assert back.words.endswith("because we no longer take off your rent (£40.00 a week).")


PAYS = full({"state_pension": "300.00"})
IN_FULL: dict[str, tuple[FinancialAssessment, str]] = {
    "more capital than the limit": (
        full(PENSION, APRIL_2026, savings="23250.01"),
        "your savings and property are above the limit, so you pay the full cost of your care",
    ),
    "capital taken to be above the limit": (
        light_touch("above", PENSION, APRIL_2026),
        "your savings and property are above the limit, so you pay the full cost of your care",
    ),
    "a check that was refused": (
        refused(APRIL_2026),
        "you chose not to tell us about your money, so you pay the full cost of your care",
    ),
    "a check made elsewhere": (
        contribution("400.00", APRIL_2026, outcome="full_cost"),
        "you now pay the full cost of your care",
    ),
}


@pytest.mark.parametrize("why", IN_FULL)
def test_the_full_cost_is_the_one_cause_where_one_of_two_pays_it(why: str) -> None:
    now, words = IN_FULL[why]
    found = difference(PAYS, now)
    assert parts(found) == {"full_cost": "332.60"}
    assert found.words == f"You pay £332.60 more a week from 7 April 2026 because {words}."
    assert difference(now, PAYS).words.endswith("because you no longer pay the full cost of your care.")


def test_who_pays_the_full_cost_twice_pays_what_the_care_costs_more() -> None:
    found = difference(refused(), full(PENSION, APRIL_2026, savings="30000.00", cost="412.50"))
    assert parts(found) == {"cost_of_care": "12.50"}
    assert found.words == "You pay £12.50 more a week from 7 April 2026 because your care costs £12.50 more a week."
    assert "your care costs £12.50 less a week" in difference(refused(cost="412.50"), refused()).words


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (contribution("50.00"), PAYS, "because we worked it out here for the first time."),
        (PAYS, contribution("85.00"), "because a money check made elsewhere says so."),
        (contribution("50.00"), contribution("60.00"), "because a money check made elsewhere says so."),
    ],
    ids=["elsewhere, then here", "here, then elsewhere", "both elsewhere"],
)
def test_of_a_check_made_elsewhere_only_the_result_is_known(
    then: FinancialAssessment, now: FinancialAssessment, words: str
) -> None:
    found = difference(then, now)
    assert list(parts(found)) == ["not_known"]
    assert found.words.endswith(words)


@pytest.mark.parametrize(
    "found",
    [PAYS, full({}), refused(), contribution("50.00")],
    ids=["a contribution", "nothing to pay", "a refusal", "made elsewhere"],
)
def test_what_is_the_same_twice_has_no_causes(found: FinancialAssessment) -> None:
    same = difference(found, found)
    assert same.change == 0
    assert same.causes == ()
    pays = f"£{found.weekly_contribution} a week" if found.weekly_contribution else "nothing"
    assert same.words.startswith(f"You still pay {pays} from ")


def test_the_check_before_is_the_one_last_in_force_before_it() -> None:
    first, second, third = contribution("50.00", APRIL_2025), full(PENSION, APRIL_2026), full(LARGER, APRIL_2026)
    found = account(needs(), first, second, third)
    entries = [entry for entry, _ in assessments(found)]
    assert [before(found, entry) for entry in entries] == [None, entries[0], entries[0]]


def test_what_was_corrected_is_listed_and_came_before_nothing() -> None:
    found = account(needs(), contribution("50.00", APRIL_2025), full(LARGER, APRIL_2026))
    found = after_asking(found, correct(3))
    listed = assessments(found)
    assert len(listed) == 2
    assert before(found, listed[1][0]) is None


def test_a_check_holds_to_the_eve_of_the_next_and_one_that_was_corrected_on_no_day() -> None:
    found = account(needs(), contribution("50.00", APRIL_2025), full(PENSION, APRIL_2026), full(LARGER, APRIL_2026))
    found = after_asking(found, correct(4))
    days = [in_force_to(found, entry) for entry, _ in assessments(found)]
    assert days == [day("2026-04-06"), None, None]


def test_everything_that_can_do_something_to_a_contribution_has_a_plain_name() -> None:
    assert set(INCOME) == set(get_args(IncomeKind))
    of_law = {name for name in _LABELS if not name.startswith(("minimum_income_guarantee_", "disability", "enhanced"))}
    assert set(ALLOWANCES) >= {*get_args(OutgoingKind), *of_law}
    assert set(LIMITS) == {"council_percentage", "cost_of_care", "minimum_weekly_charge"}
