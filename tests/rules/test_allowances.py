"""What an adult keeps before anything is charged (SI 2014/2672 regs 6 and 7, Sch 1)."""

from typing import Any

import pytest

from domain.law.financial_assessment import CannotBeAssessed
from tests.rules.means import alone, lines, weekly, worked_out
from tests.rules.means import contribution as pays

BENEFIT = weekly(state_pension="300.00", attendance_allowance="100.00")


def kept(on: str, born: str, **circumstances: Any) -> str:
    return str(worked_out(effective_from=on, born=born, circumstances=circumstances).allowances)


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        ("1994-05-07", "2024-05-06", "110.60"),
        ("1999-05-06", "2024-05-05", "87.65"),
        ("1999-05-06", "2024-05-06", "110.60"),
        ("2000-02-29", "2025-02-28", "87.65"),
        ("2000-02-29", "2025-03-01", "110.60"),
        ("1958-05-06", "2024-05-05", "110.60"),
        ("1958-05-06", "2024-05-06", "228.70"),
    ],
)
def test_the_guarantee_of_a_single_person_is_by_age_on_the_day(born: str, on: str, expected: str) -> None:
    """87.65 under 25, 110.60 from the 25th birthday (1 March for 29 February), 228.70 from pension age."""
    assert kept(on, born) == expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ({"over_pension_age": True}, "228.70"),
        ({"over_pension_age": False}, "110.60"),
        ({"date_of_birth": None, "over_pension_age": False}, "110.60"),
        ({"date_of_birth": None, "age_group": "18_to_24"}, "87.65"),
        ({"date_of_birth": None, "age_group": "18_to_24", "over_pension_age": False}, "87.65"),
    ],
)
def test_what_is_stated_of_somebodys_age_goes_before_the_date_of_birth(who: dict[str, Any], expected: str) -> None:
    """228.70 over pension age, 110.60 below it, 87.65 for the age group of 18 to 24."""
    assert kept("2024-05-06", "1950-01-01", **who) == expected


@pytest.mark.parametrize(
    ("born", "circumstances", "expected"),
    [
        ("1994-05-06", {"household": "couple"}, "71.80"),
        ("1930-01-01", {"household": "couple"}, "144.30"),
        ("1994-05-06", {"household": "lone_parent"}, "91.40"),
        ("1930-01-01", {"household": "lone_parent", "children": 2}, "258.70"),
        ("1994-05-06", {"children": 1}, "175.05"),
        ("1994-05-06", {"premiums": ["disability"]}, "131.75"),
        ("1994-05-06", {"premiums": ["disability", "disability"]}, "131.75"),
        ("1994-05-06", {"premiums": ["enhanced_disability"]}, "111.10"),
        ("1994-05-06", {"household": "couple", "premiums": ["disability"]}, "100.55"),
    ],
)
def test_the_guarantee_is_by_household_children_and_premiums(
    born: str, circumstances: dict[str, Any], expected: str
) -> None:
    """In 2019: of a couple 71.80, or 144.30 over pension age; a lone parent 91.40 and 83.65 for each child."""
    assert kept("2019-05-06", born, **circumstances) == expected


def test_the_carer_premium_is_added_where_it_is_known() -> None:
    """The carer premium of 2024 is 52.35, a line of its own beside the guarantee of 110.60."""
    found = worked_out(born="1994-05-06", circumstances={"premiums": ["carer"]})
    (carer,) = lines(found, "allowance")[1:]
    assert (carer.parameter, str(carer.amount)) == ("carer_premium", "52.35")


def test_a_council_may_leave_more_than_the_law_and_never_less() -> None:
    """Of 300.00 with 250.00 left 50.00 is paid; 228.70 may be left, 228.69 may not (s 14(7))."""
    income = weekly(state_pension="300.00")
    assert pays(income=income, minimum_income_guarantee={"amount": "250.00"}) == "50.00"
    assert pays(income=income, minimum_income_guarantee={"amount": "228.70"}) == "71.30"
    with pytest.raises(
        CannotBeAssessed, match=r"more than the amount of law, £228.70 a week, and never less"
    ) as refused:
        pays(income=income, minimum_income_guarantee={"amount": "228.69"})
    assert refused.value.field == ("minimum_income_guarantee", "amount")


def test_a_council_may_leave_more_for_personal_expenses_and_never_less() -> None:
    """Of 300.00 with 50.00 left 250.00 is paid; 30.14 is less than the 30.15 of law."""
    home: dict[str, Any] = {"setting": "care_home_permanent", "income": weekly(state_pension="300.00")}
    assert pays(personal_expenses_allowance={"amount": "50.00"}, **home) == "250.00"
    with pytest.raises(CannotBeAssessed, match=r"£30.15 a week, and never less"):
        pays(personal_expenses_allowance={"amount": "30.14"}, **home)


def test_what_a_council_leaves_holds_only_where_that_amount_does() -> None:
    """A guarantee of 1.00 or 250.00 says nothing in a care home: 269.85 of 300.00 is paid."""
    income = weekly(state_pension="300.00")
    assert pays(setting="care_home_permanent", income=income, minimum_income_guarantee={"amount": "1.00"}) == "269.85"


def test_an_amount_that_nobody_knows_may_be_stated_and_is_no_less_than_what_is_known() -> None:
    """A couple's amount of 2024 is not known: 180.00 may be stated; with 202.50 for two children it may not."""
    couple = {"household": "couple"}
    stated: dict[str, Any] = {"minimum_income_guarantee": {"amount": "180.00"}}
    assert pays(income=weekly(state_pension="200.00"), circumstances=couple, **stated) == "20.00"
    with pytest.raises(CannotBeAssessed, match=r"£202.50 a week, and never less"):
        pays(circumstances={**couple, "children": 2}, **stated)


HOUSING = {"own_home": "56.30", "care_home_temporary": "254.85", "care_home_permanent": "269.85"}


@pytest.mark.parametrize(("setting", "expected"), HOUSING.items())
def test_housing_costs_come_first_less_the_help_with_them_until_the_home_is_left_for_good(
    setting: str, expected: str
) -> None:
    """Rent of 100.00 less 90.00 of help and a mortgage of 5.00: 15.00 at home and in a temporary stay, else nothing."""
    income = weekly(state_pension="300.00", housing_benefit="90.00")
    assert pays(setting=setting, income=income, outgoings=weekly(rent="100.00", mortgage="5.00")) == expected


def test_help_of_more_than_the_cost_leaves_no_cost_and_nothing_over() -> None:
    """Council tax of 20.00 less a reduction of 25.00 is 0.00; service charges of 10.00 and ground rent of 2.00 stay."""
    income = weekly(state_pension="300.00", council_tax_reduction="25.00")
    found = worked_out(income=income, outgoings=weekly(service_charge="10.00", council_tax="20.00", ground_rent="2.00"))
    assert [str(line.amount) for line in lines(found, "allowance")] == ["2.00", "0.00", "10.00", "228.70"]


def test_costs_of_one_kind_are_one_line_and_rounded_up() -> None:
    """A mortgage of 100.00 a year is 1.93 a week, with another of 3.00 it is 4.93."""
    mortgages = [{"kind": "mortgage", "frequency": "annual", "amount": "100.00"}, *weekly(mortgage="3.00")]
    found = worked_out(outgoings=mortgages)
    assert [str(line.amount) for line in lines(found, "allowance")] == ["4.93", "228.70"]


@pytest.mark.parametrize(
    ("setting", "income", "expected"),
    [
        ("own_home", BENEFIT, "71.30"),
        ("own_home", weekly(state_pension="300.00"), "71.30"),
        ("care_home_permanent", BENEFIT, "369.85"),
        ("care_home_temporary", BENEFIT, "269.85"),
    ],
)
def test_what_disability_costs_is_allowed_where_a_benefit_for_it_counts(
    setting: str, income: list[dict[str, str]], expected: str
) -> None:
    """100.00 of Attendance Allowance at home with 100.00 of costs: 71.30; in a care home no costs are allowed."""
    assert pays(setting=setting, income=income, disability_related_expenditure=alone("100.00")) == expected


def test_why_what_disability_costs_is_not_allowed_is_said() -> None:
    """A line of 0.00 says "in a care home", or that no benefit for disability counts."""
    spent = {"disability_related_expenditure": alone("10.00", "20.00")}
    home, none, both = (
        worked_out(setting="care_home_permanent", income=BENEFIT, **spent),
        worked_out(income=weekly(state_pension="300.00"), **spent),
        worked_out(income=BENEFIT, **spent),
    )
    assert "not allowed in a care home" in lines(home, "allowance")[0].label
    assert "where no benefit for disability counts" in lines(none, "allowance")[0].label
    assert [str(line.amount) for line in lines(both, "allowance")][:2] == ["10.00", "20.00"]


@pytest.mark.parametrize(("received", "left"), [("5.00", "5.00"), ("6.95", "6.95"), ("6.96", "6.95")])
def test_savings_credit_is_left_up_to_the_amount_of_the_day(received: str, left: str) -> None:
    """At most 6.95 a week of savings credit in 2024, and no more than is received."""
    found = worked_out(setting="care_home_permanent", income=weekly(savings_credit=received))
    assert str(lines(found, "allowance")[0].amount) == left


def test_a_couples_savings_credit_has_an_amount_of_its_own() -> None:
    """In 2018 it is 8.60 for one of a couple and 5.75 for a single person."""
    found = worked_out(
        effective_from="2018-05-07",
        setting="care_home_permanent",
        circumstances={"household": "couple"},
        income=weekly(savings_credit="20.00"),
    )
    line = lines(found, "allowance")[0]
    assert (line.parameter, str(line.amount)) == ("savings_credit_disregard_couple", "8.60")


@pytest.mark.parametrize(
    ("setting", "household", "expected"),
    [
        ("care_home_permanent", "couple", "219.85"),
        ("care_home_temporary", "couple", "269.86"),
        ("care_home_permanent", "single", "269.86"),
    ],
)
def test_half_of_a_private_pension_is_for_the_partner_left_at_home(setting: str, household: str, expected: str) -> None:
    """Of 100.01 half is 50.01, to the adult's advantage: 300.01 less that and 30.15 is 219.85."""
    income = weekly(state_pension="200.00", private_pension="100.01")
    assert pays(setting=setting, circumstances={"household": household}, income=income) == expected


def test_a_couples_resident_without_a_private_pension_leaves_nothing() -> None:
    """Of a state pension of 200.00 nothing is halved: 169.85 is paid."""
    home: dict[str, Any] = {"setting": "care_home_permanent", "circumstances": {"household": "couple"}}
    assert pays(income=weekly(state_pension="200.00"), **home) == "169.85"
