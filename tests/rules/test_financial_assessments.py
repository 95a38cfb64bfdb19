"""What somebody pays a week: the whole financial assessment (Care Act 2014 s 17; SI 2014/2672)."""

from typing import Any

import pytest

from domain import parameters
from domain.account.assessing import assessed
from domain.account.progress import cap_progress
from domain.law.financial_assessment import CannotBeAssessed, assess
from domain.parameters import NotInForce
from tests.rules.asking import asked, request
from tests.rules.build import REFORM_2023, account, budget, contribution, day, needs
from tests.rules.means import IN_BETWEEN, OLD, YOUNG, alone, asked_of, lines, said, weekly, worked_out
from tests.rules.means import contribution as pays

BOTH_DISABILITY = ["disability", "enhanced_disability"]

THE_EXAMPLE: dict[str, Any] = {
    "setting": "care_home_permanent",
    "cost": "685.37",
    "income": weekly(state_pension="227.55", savings_credit="7.25"),
    "capital": [{"kind": "savings", "value": "17050.91"}],
}


def test_knowsley_2024_client_c_pays_209_70_in_a_care_home_and_every_line_says_why() -> None:
    """17050.91 of savings is 12.00 a week; with 234.80 of pensions that is 246.80.

    Less 6.95 of savings credit and the allowance of 30.15: 209.70, as published.
    """
    found = worked_out(**THE_EXAMPLE)
    assert [(line.step, str(line.amount), line.parameter) for line in found.lines] == [
        ("capital", "17050.91", None),
        ("assessable_capital", "17050.91", None),
        ("tariff_income", "12.00", "capital_limit_lower"),
        ("income", "227.55", None),
        ("income", "7.25", None),
        ("assessable_income", "246.80", None),
        ("allowance", "6.95", "savings_credit_disregard_single"),
        ("allowance", "30.15", "personal_expenses_allowance"),
        ("allowances", "37.10", None),
        ("available", "209.70", None),
        ("contribution", "209.70", None),
    ]
    assert found.outcome == "contribution"
    assert all(line.authority for line in found.lines)
    assert {line.certainty for line in found.lines if line.parameter} == {"official", "secondary"}


PUBLISHED: dict[str, tuple[dict[str, Any], str]] = {
    "devon-2023-peter": (
        {
            "effective_from": "2023-05-01", "born": "1986-01-01", "cost": "454.00",
            "circumstances": {"premiums": BOTH_DISABILITY},
            "income": weekly(esa="225.45", pip_daily_living="101.75", pip_mobility="26.90"),
            "outgoings": weekly(rent="10.00", council_tax="6.00"),
            "disability_related_expenditure": alone("20.00", "2.31", "5.77"),
            "local_disregards": alone("1.27"),  # contents insurance, which is not among the costs of Sch 1 para 2
        },
        "110.10",
    ),
    "knowsley-2024-client-a": (
        {
            "born": YOUNG, "setting": "supported_living", "cost": "391.95",
            "circumstances": {"premiums": BOTH_DISABILITY},
            "income": weekly(universal_credit="167.96", pip_daily_living="108.55", pip_mobility="75.75"),
            "disability_related_expenditure": alone("6.42", "6.18"),
            "local_disregards": alone("35.90"),  # the part for the night, for which no care is bought
        },
        "67.71",
    ),
    "knowsley-2024-client-c": (THE_EXAMPLE, "209.70"),
    "paperzz-2016-ex1a": (
        {
            "effective_from": "2016-05-02", "born": "1931-01-01", "circumstances": {"household": "couple"},
            "income": weekly(state_pension="122.00", private_pension="60.00", attendance_allowance="55.10"),
            "capital": [{"kind": "savings", "value": "9500.00", "joint_holders": 2}],
            "disability_related_expenditure": alone("25.00"),
            "minimum_income_guarantee": {"amount": "148.47"},  # that council left more than the 144.30 of law
        },
        "63.63",
    ),
    "kingston-joan-2025": (
        {
            "effective_from": "2025-05-05", "born": "1940-01-01", "cost": "206.00", "income": weekly(other="314.25"),
            "local_disregards": alone("105.00"),  # the rest of 337.60, beside the guarantee of 232.60
        },
        "0.00",
    ),
    "kingston-jenny-2025": (
        {
            "effective_from": "2025-05-05", "born": "1983-01-01", "cost": "206.00",
            "circumstances": {"premiums": BOTH_DISABILITY},
            "income": weekly(universal_credit="186.84", pip_daily_living="110.40", pip_mobility="77.05"),
            "disability_related_expenditure": alone("16.75"),
            "minimum_income_guarantee": {"amount": "342.60"},
        },
        "0.00",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("of", "expected"), PUBLISHED.values(), ids=PUBLISHED)
def test_a_published_contribution_is_reached_to_the_penny(of: dict[str, Any], expected: str) -> None:
    """Devon 110.10, Knowsley 67.71 and 209.70, a council of 2016 63.63, Kingston 0.00 twice, as published."""
    assert pays(**of) == expected


def test_liverpool_dorothy_pays_48_63_and_not_the_published_47_73() -> None:
    """310.00 less 184.44, 24.16, 20.52 and 26.85 is 54.03, of which 90 per cent is 48.63; they have 53.03 and 47.73."""
    found = worked_out(
        effective_from="2015-04-06",
        income=weekly(other="310.00"),
        minimum_income_guarantee={"amount": "189.00"},  # of law: theirs was 184.44, before there was a guarantee
        local_disregards=alone("24.16", "20.52", "22.29"),  # and 26.85, of which 4.56 are in the guarantee here
        council_percentage="90",
    )
    assert [str(line.amount) for line in lines(found, "available") + lines(found, "charged")] == ["54.03", "48.63"]


GUARANTEES: dict[str, tuple[dict[str, Any], str]] = {
    "mig-collinge-15145": ({"effective_from": "2019-05-06", "born": "1980-01-01"}, "151.45"),
    "mig-devon-17175": ({"effective_from": "2023-05-01", "born": "1986-01-01"}, "171.75"),
    "mig-knowsley-16030": ({"born": YOUNG}, "160.30"),
}


@pytest.mark.parametrize(("of", "guarantee"), GUARANTEES.values(), ids=GUARANTEES)
def test_a_published_guarantee_is_built_up_of_its_parts(of: dict[str, Any], guarantee: str) -> None:
    """With both premiums: 91.40 + 40.35 + 19.70 = 151.45 in 2019, 171.75 in 2023, 160.30 under 25 in 2024."""
    found = worked_out(circumstances={"premiums": BOTH_DISABILITY}, **of)
    assert (str(found.allowances), len(lines(found, "allowance"))) == (guarantee, 3)


def test_govt_2026_uplift_400_is_410_80_a_year_from_25_on_and_325_00_under_25() -> None:
    """From 112.50 to 120.40 is 410.80 in 52 weeks; under 25, 89.15 to 95.40, it is 325.00 and not "at least 400"."""
    both = {
        born: [worked_out(effective_from=on, born=born).allowances for on in ("2026-04-05", "2026-04-06")]
        for born in (IN_BETWEEN, YOUNG)
    }
    gains = {born: 52 * ((after or 0) - (before or 0)) for born, (before, after) in both.items()}
    assert [str(gains[born]) for born in (IN_BETWEEN, YOUNG)] == ["410.80", "325.00"]


def test_uprating_observed_2023_is_in_the_amounts_that_are_left_and_none_is_computed() -> None:
    """In April 2023 94.15 became 103.65, 25.65 became 28.25 and 74.60 became 82.15, as published: each is loaded."""
    of: list[dict[str, Any]] = [{"born": IN_BETWEEN}, {"setting": "care_home_permanent"}, {"born": YOUNG}]
    days = ("2023-04-05", "2023-04-06")
    found = [[str(worked_out(effective_from=on, **who).allowances) for on in days] for who in of]
    assert found == [["94.15", "103.65"], ["25.65", "28.25"], ["74.60", "82.15"]]


def test_leeds_grace_has_17_a_week_from_18436_and_pays_261_58_of_the_274_73_that_she_must_have() -> None:
    """18436.00 is 17.00 a week. Her income is not published: 274.73 less the allowance of 30.15 is the 261.58."""
    found = worked_out(
        setting="care_home_permanent",
        cost="854.00",
        income=weekly(other="274.73"),
        capital=[{"kind": "savings", "value": "18436.00"}],
    )
    assert (str(found.tariff_income), str(found.weekly_contribution)) == ("17.00", "261.58")


def test_wirral_12week_counts_the_property_from_the_thirteenth_week_of_permanent_residence() -> None:
    """A home of 200000.00 is left out for 84 days from 5 May 2025 and counts from 28 July, and on the day before."""
    home = [{"kind": "main_home", "value": "200000.00", "twelve_week_from": "2025-05-05"}]
    days = ("2025-05-04", "2025-05-05", "2025-07-27", "2025-07-28")
    found = [worked_out(effective_from=on, setting="care_home_permanent", capital=home).outcome for on in days]
    assert found == ["full_cost", "nil", "nil", "full_cost"]


SETTINGS = {
    "own_home": "71.30",
    "supported_living": "71.30",
    "extra_care": "71.30",
    "shared_lives": "71.30",
    "care_home_short_term": "71.30",
    "care_home_permanent": "269.85",
    "care_home_temporary": "269.85",
}


@pytest.mark.parametrize(("setting", "expected"), SETTINGS.items())
def test_in_a_care_home_the_allowance_is_left_and_elsewhere_the_guarantee(setting: str, expected: str) -> None:
    """Of 300.00 a week: 228.70 are left at home and in a short stay, so 71.30 is paid; 30.15 in a care home: 269.85."""
    assert pays(setting=setting, income=weekly(state_pension="300.00")) == expected


@pytest.mark.parametrize(
    ("more", "outcome", "expected"),
    [
        ({"type": "light_touch", "capital": "below", "consent": True}, "contribution", "71.30"),
        ({"type": "light_touch", "capital": "above", "consent": True}, "full_cost", "500.00"),
    ],
)
def test_a_light_touch_takes_capital_to_be_below_or_above_the_limit(
    more: dict[str, Any], outcome: str, expected: str
) -> None:
    """Of 300.00 a week with capital taken to be below the limits 71.30 is paid; above, the cost of 500.00 (reg 10)."""
    found = worked_out(income=weekly(state_pension="300.00"), **more)
    assert (found.outcome, str(found.weekly_contribution)) == (outcome, expected)
    assert {line.authority for line in found.lines if "taken to be" in line.label} in (
        {"SI 2014/2672 reg 10(2)"}, {"SI 2014/2672 reg 10(3)"}
    )  # fmt: skip


def test_a_light_touch_needs_consent() -> None:
    """Without the adult's consent there is no light touch (reg 10(2) and (3)), whatever 0.00 or more they pay."""
    with pytest.raises(ValueError, match="consent"):
        asked_of(said(type="light_touch", capital="below", consent=False))


def test_whoever_refuses_pays_the_full_cost_and_nothing_else_is_asked() -> None:
    """A refused assessment is treated as above the limit: the cost of 500.00, without any other amount (reg 10(1))."""
    refused = said(type="refused")
    del refused["circumstances"]
    found = assess(asked_of(refused), parameters.load)
    assert (found.outcome, str(found.weekly_contribution), found.assessable_capital) == ("full_cost", "500.00", None)
    assert [line.authority for line in found.lines] == ["SI 2014/2672 reg 10(1)"]


@pytest.mark.parametrize(
    ("pension", "cost", "outcome", "expected"),
    [
        ("228.69", "500.00", "nil", "0.00"),
        ("228.70", "500.00", "nil", "0.00"),
        ("228.71", "500.00", "contribution", "0.01"),
        ("278.69", "50.00", "contribution", "49.99"),
        ("278.70", "50.00", "contribution", "50.00"),
        ("278.71", "50.00", "contribution", "50.00"),
    ],
)
def test_nobody_pays_less_than_nothing_or_more_than_the_care_costs(
    pension: str, cost: str, outcome: str, expected: str
) -> None:
    """The guarantee is 228.70: a penny more is 0.01 to pay. Care for 50.00 is paid with 50.00 at most (s 14(4))."""
    found = worked_out(income=weekly(state_pension=pension), cost=cost)
    assert (found.outcome, str(found.weekly_contribution)) == (outcome, expected)


def test_a_council_may_take_a_part_of_what_is_available_before_the_cost_limits_it() -> None:
    """Of 71.30 available 50 per cent is 35.65, also where the care costs 40.00; of 0.25, 90 per cent is 0.23."""
    income = weekly(state_pension="300.00")
    assert pays(income=income, council_percentage="50") == "35.65"
    assert pays(income=income, council_percentage="50", cost="40.00") == "35.65"
    assert pays(income=weekly(state_pension="228.95"), council_percentage="90") == "0.23"


def test_a_percentage_of_more_than_a_hundred_is_no_percentage() -> None:
    """A council takes from 0 to 100 per cent of what is available."""
    with pytest.raises(ValueError, match="from 0 to 100"):
        asked_of(said(council_percentage="100.01"))


def test_the_order_of_what_is_said_changes_nothing() -> None:
    """Two incomes, two holdings and two costs, in either order: 103.08 a week, by the same lines."""
    things: dict[str, list[dict[str, str]]] = {
        "income": weekly(state_pension="300.00", other="100.00"),
        "capital": [{"kind": "savings", "value": "9000.00"}, {"kind": "savings", "value": "5250.01"}],
        "outgoings": weekly(rent="50.00", mortgage="19.22"),
    }
    found = worked_out(**things)
    assert found == worked_out(**{name: list(reversed(of)) for name, of in things.items()})
    assert str(found.weekly_contribution) == "103.08"


@pytest.mark.parametrize(
    ("of", "name", "on"),
    [
        (
            {"circumstances": {"household": "couple"}},
            "minimum_income_guarantee_couple_member_pension_age",
            "2024-05-06",
        ),
        ({"effective_from": "2027-04-06"}, "minimum_income_guarantee_single_pension_age", "2027-04-06"),
        (
            {"effective_from": "2025-05-05", "setting": "care_home_permanent", "income": weekly(savings_credit="5.00")},
            "savings_credit_disregard_single",
            "2025-05-05",
        ),
        (
            {"effective_from": "2015-03-31", "type": "light_touch", "capital": "below", "consent": True},
            "treatment of state_pension",
            "2015-03-31",
        ),
    ],
)
def test_a_day_for_which_nobody_knows_an_amount_is_refused_by_name_and_day(
    of: dict[str, Any], name: str, on: str
) -> None:
    """A couple's guarantee of 2024, 6 April 2027, savings credit in 2025, and the day before 1 April 2015."""
    with pytest.raises(NotInForce, match=f"No amount of {name} is in force on {on}"):
        worked_out(**of)


def test_an_amount_that_was_never_in_force_is_not_used() -> None:
    """The limit of 118000.00 that was drafted for 2016 has a day, and holds on none."""

    def drafted(name: str) -> parameters.Parameter | parameters.Measure:
        return parameters.load(f"{name}_reform_2016" if name == "capital_limit_upper" else name)

    with pytest.raises(NotInForce, match="No amount of capital_limit_upper is in force on 2024-05-06"):
        assess(asked_of(said()), drafted)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ({"date_of_birth": None}, "Give the date of birth"),
        ({"date_of_birth": "2006-05-07"}, "under 18 on effective_from"),
        ({"date_of_birth": "2006-05-07", "over_pension_age": True}, "under 18 on effective_from"),
    ],
)
def test_an_adult_is_assessed_whose_age_is_known(who: dict[str, Any], sentence: str) -> None:
    """Somebody born on 7 May 2006 is under 18 on 6 May 2024, whatever is stated; without any age nothing is guessed."""
    with pytest.raises(CannotBeAssessed, match=sentence) as refused:
        worked_out(circumstances=who)
    assert refused.value.field == ("circumstances", "date_of_birth")


def test_what_is_uncertain_near_a_limit_or_will_end_is_said_beside_the_figures() -> None:
    """14250.00 is near the limit, the 12 weeks from 6 May 2024 end on 29 July, a benefit stops after 4 weeks."""
    found = worked_out(
        setting="care_home_permanent",
        income=weekly(attendance_allowance="72.65"),
        capital=[
            {"kind": "savings", "value": "14250.00"},
            {"kind": "main_home", "value": "200000.00", "twelve_week_from": "2024-05-06"},
        ],
    )
    home, capital, benefit, amount = found.warnings
    assert "29 July 2024" in home
    assert capital.startswith("Capital of £14,250.00 is near the lower limit")
    assert benefit.startswith("Attendance Allowance")
    assert "30.15 from 6 April 2024 is known from a secondary source only" in amount
    assert worked_out(setting="care_home_permanent", effective_from="2019-05-06").warnings == ()


@pytest.mark.parametrize(
    ("capital", "near"),
    [("13249.99", []), ("13250.00", ["lower"]), ("15250.00", ["lower"]), ("15250.01", []), ("22250.00", ["upper"]),
     ("24250.00", ["upper"]), ("24250.01", [])],
)  # fmt: skip
def test_capital_within_a_thousand_pounds_of_a_limit_is_near_it(capital: str, near: list[str]) -> None:
    """From 13250.00 to 15250.00 it is near the lower limit, from 22250.00 to 24250.00 near the upper one."""
    found = worked_out(capital=[{"kind": "savings", "value": capital}])
    assert [
        limit for limit in ("lower", "upper") if any(f"the {limit} limit" in each for each in found.warnings)
    ] == near


def test_what_was_assessed_is_charged_until_charges_come() -> None:
    """209.70 a week of a care home that costs 685.37: of 9.70 above the living costs 9.70 counts after 7 days."""
    found = asked(
        account(needs(), budget("685.37", kind="personal", setting="care_home")),
        assessed(asked_of(said("2024-05-06", **THE_EXAMPLE)), parameters.load),
    )
    before, after = (cap_progress(found, REFORM_2023, day(on)) for on in ("2024-05-05", "2024-05-12"))
    assert (before.metering, after.metering) == ("unassessed", "metering")
    assert str(after.accrued_costs) == "9.70"


def test_of_an_imported_and_an_own_assessment_the_one_recorded_last_is_in_force() -> None:
    """70.00 a week were imported, then 71.30 worked out from 6 May 2024, then 35.00 imported from 13 May on: at home
    7 days of 71.30 and 7 of 35.00 are 106.30."""
    at_home = budget("500.00", kind="personal", setting="own_home", effective_from="2024-05-06")
    own = assessed(asked_of(said(income=weekly(state_pension="300.00"))), parameters.load)
    later = contribution("35.00", "2024-05-13")
    found = asked(account(needs(), at_home, contribution("70.00", "2024-05-06")), own)
    assert str(cap_progress(found, REFORM_2023, day("2024-05-12")).accrued_costs) == "71.30"
    found = asked(found, request(later))
    assert str(cap_progress(found, REFORM_2023, day("2024-05-19")).accrued_costs) == "106.30"


def test_the_fact_holds_an_age_group_and_no_date_of_birth() -> None:
    """Born on 1 February 1934, on 6 May 2024 "pension_age"; of a refusal there is nobody's age to hold."""
    command = assessed(asked_of(said()), parameters.load)
    assert command.asked.type == "full"
    assert (command.asked.circumstances.age_group, command.asked.circumstances.date_of_birth) == ("pension_age", None)
    assert OLD not in command.model_dump_json()
    again = assess(command.asked, parameters.load)
    assert again.lines == command.lines
    refused = assessed(
        asked_of({k: v for k, v in said(type="refused").items() if k != "circumstances"}), parameters.load
    )
    assert refused.asked.type == "refused"
