"""Does the reference of the means test say what was published, and what a person with a pencil says?"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from .collected import collected
from .means_test import Amounts, NoAmount, Refused, assess
from .means_test.pension_age import has_reached_pension_age

YEARS = {year: (f"{year}-04-06", f"{year + 1}-04-05") for year in (2022, 2023, 2024, 2025)}
FROZEN = ("2015-04-01", "2022-04-05")
FROM_2010, FROM_2015 = ("2010-04-01", None), ("2015-04-01", None)


def row(name: str, value: str | None, days: tuple[str, str | None]) -> dict[str, str | None]:
    return {"name": name, "value": value, "effective_from": days[0], "effective_to": days[1], "status": "in force"}


AMOUNTS = Amounts(
    [
        row("capital_limit_upper", "23250.00", FROM_2010),
        row("capital_limit_lower", "14250.00", FROM_2010),
        row("tariff_step", "250.00", FROM_2015),
        row("property_disregard_weeks", "12", FROM_2015),
        row("PEA", "24.90", FROZEN),
        row("PEA", "30.15", YEARS[2024]),
        row("PEA", "30.65", YEARS[2025]),
        row("savings_credit_disregard_single", "6.95", YEARS[2024]),
        row("savings_credit_disregard_couple", "8.60", ("2018-04-01", "2019-03-31")),
        row("MIG_single_18_24", "87.65", YEARS[2024]),
        row("MIG_single_25_to_pca", "91.40", FROZEN),
        row("MIG_single_25_to_pca", "103.65", YEARS[2023]),
        row("MIG_single_25_to_pca", "110.60", YEARS[2024]),
        row("MIG_single_25_to_pca", "112.50", YEARS[2025]),
        row("MIG_single_pca", "189.00", FROZEN),
        row("MIG_single_pca", "228.70", YEARS[2024]),
        row("MIG_single_pca", "232.60", YEARS[2025]),
        row("MIG_lone_parent", "91.40", FROZEN),
        row("MIG_lone_parent", "94.15", YEARS[2022]),
        row("MIG_lone_parent", None, YEARS[2024]),
        row("MIG_couple_member_18_plus", "71.80", FROZEN),
        row("MIG_couple_member_pca", "144.30", FROZEN),
        row("MIG_couple_member_pca", None, YEARS[2024]),
        row("MIG_child", "83.65", FROZEN),
        row("MIG_child", "101.25", YEARS[2024]),
        row("MIG_premium_disability_single", "40.35", FROZEN),
        row("MIG_premium_disability_single", "45.75", YEARS[2023]),
        row("MIG_premium_disability_single", "48.80", YEARS[2024]),
        row("MIG_premium_disability_single", "49.65", YEARS[2025]),
        row("MIG_premium_disability_couple", "28.75", FROZEN),
        row("MIG_premium_enhanced_disability_single", "19.70", FROZEN),
        row("MIG_premium_enhanced_disability_single", "22.35", YEARS[2023]),
        row("MIG_premium_enhanced_disability_single", "23.85", YEARS[2024]),
        row("MIG_premium_enhanced_disability_single", "24.25", YEARS[2025]),
        row("MIG_premium_carer", "52.35", YEARS[2024]),
    ]
)

BOTH_DISABILITY = ["disability", "enhanced_disability"]
OLD, IN_BETWEEN, YOUNG = "1934-02-01", "1984-02-01", "2002-03-01"


def body(
    effective_from: str = "2024-05-06", setting: str = "own_home", born: str = OLD, cost: str = "500.00", **more: Any
) -> dict[str, Any]:
    """A full assessment of a single person, at home and over pension age unless more is said."""
    circumstances = {"date_of_birth": born, "household": "single", "premiums": [], "children": 0}
    return {
        "type": "full",
        "assessed_on": effective_from,
        "effective_from": effective_from,
        "setting": setting,
        "circumstances": circumstances | more.pop("circumstances", {}),
        "cost_of_care": cost,
        "income": [],
        "capital": [],
    } | more


def weekly(**items: str) -> list[dict[str, str]]:
    return [{"kind": kind, "weekly": amount} for kind, amount in items.items()]


def described(**items: str) -> list[dict[str, str]]:
    return [{"description": description, "weekly": amount, "reason": "-"} for description, amount in items.items()]


def savings(value: str, **more: Any) -> list[dict[str, Any]]:
    return [{"kind": "savings", "value": value} | more]


def contribution(**more: Any) -> str:
    return str(assess(body(**more), AMOUNTS).weekly_contribution)


def capital_of(capital: list[dict[str, Any]], **more: Any) -> str | None:
    return assess(body(capital=capital, **more), AMOUNTS).printed()["assessable_capital"]


def permanent(**more: Any) -> dict[str, Any]:
    return body(setting="care_home_permanent", **more)


KNOWSLEY_C = permanent(
    cost="685.37", capital=savings("17050.91"), income=weekly(state_pension="227.55", savings_credit="7.25")
)


# What others have published.


def test_the_specifications_own_example_is_209_70() -> None:
    assert assess(KNOWSLEY_C, AMOUNTS).printed() == {
        "outcome": "contribution",
        "weekly_contribution": "209.70",
        "assessable_capital": "17050.91",
        "tariff_income": "12.00",
        "assessable_income": "246.80",
        "allowances": "37.10",
    }


EXAMPLES = {
    "devon-2023-peter": (
        body(
            "2023-05-01", born="1986-01-01", cost="454.00", circumstances={"premiums": BOTH_DISABILITY},
            income=weekly(esa="225.45", pip_daily_living="101.75", pip_mobility="26.90"),
            outgoings=weekly(rent="10.00", council_tax="6.00"),
            disability_related_expenditure=described(cleaner="20.00", mobile="2.31", broadband="5.77"),
            local_disregards=described(contents_insurance="1.27"),
        ),
        "110.10",
    ),
    "knowsley-2024-client-a": (
        body(
            born=YOUNG, setting="supported_living", cost="391.95", circumstances={"premiums": BOTH_DISABILITY},
            income=weekly(universal_credit="167.96", pip_daily_living="108.55", pip_mobility="75.75"),
            disability_related_expenditure=described(laundry="6.42", clothing="6.18"),
            local_disregards=described(no_care_at_night="35.90"),
        ),
        "67.71",
    ),
    "paperzz-2016-ex1a": (  # that council left 148.47, more than the 144.30 of law; cost of care not published
        body(
            "2016-05-02", born="1931-01-01", circumstances={"household": "couple"},
            income=weekly(state_pension="122.00", private_pension="60.00", attendance_allowance="55.10"),
            capital=savings("9500.00", joint_holders=2),
            disability_related_expenditure=described(and_housing="25.00"),
            minimum_income_guarantee={"amount": "148.47", "reason": "local policy"},
        ),
        "63.63",
    ),
    "knowsley-2024-client-c": (KNOWSLEY_C, "209.70"),
    "kingston-joan-2025": (  # 337.60 of allowances, of which 105.00 is more than the guarantee; kinds not published
        body(
            "2025-05-05", born="1940-01-01", cost="206.00", income=weekly(other="314.25"),
            local_disregards=described(all_but_the_guarantee="105.00"),
        ),
        "0.00",
    ),
    "kingston-jenny-2025": (  # 342.60 is what they left, more than the 186.40 of law
        body(
            "2025-05-05", born="1983-01-01", cost="206.00", circumstances={"premiums": BOTH_DISABILITY},
            income=weekly(universal_credit="186.84", pip_daily_living="110.40", pip_mobility="77.05"),
            disability_related_expenditure=described(as_published="16.75"),
            minimum_income_guarantee={"amount": "342.60", "reason": "local policy"},
        ),
        "0.00",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("request_", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_a_published_contribution_is_reached_to_the_penny(request_: dict[str, Any], expected: str) -> None:
    assert str(assess(request_, AMOUNTS).weekly_contribution) == expected


TARIFFS = {
    "tariff-sthelens-15000-nonres": ("15000.00", "own_home", 3),
    "tariff-sthelens-15000-res": ("15000.00", "care_home_permanent", 3),
    "tariff-bucks-15000": ("15000.00", "care_home_permanent", 3),
    # Her income is not published, so 261.58 cannot be reached: it would have to be 274.73.
    "leeds-grace": ("18436.00", "care_home_permanent", 17),
    "tariff-careaware-23250": ("23250.00", "care_home_permanent", 36),
    "18450": ("18450.00", "own_home", 17),
    "17050.91": ("17050.91", "own_home", 12),
}


@pytest.mark.parametrize(("value", "setting", "pounds"), TARIFFS.values(), ids=TARIFFS)
def test_a_published_tariff_is_reached(value: str, setting: str, pounds: int) -> None:
    assert assess(body(setting=setting, capital=savings(value)), AMOUNTS).tariff_income == pounds


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        pytest.param(body("2019-05-06", born="1980-01-01"), "151.45", id="mig-collinge-15145"),
        pytest.param(body("2023-05-01", born="1986-01-01"), "171.75", id="mig-devon-17175"),
        pytest.param(body(born=YOUNG), "160.30", id="mig-knowsley-16030"),
    ],
)
def test_a_published_guarantee_is_built_up_of_its_parts(request_: dict[str, Any], expected: str) -> None:
    request_["circumstances"]["premiums"] = BOTH_DISABILITY
    assert assess(request_, AMOUNTS).printed()["allowances"] == expected


def test_wirral_12week_counts_the_property_from_week_13() -> None:
    home = [{"kind": "main_home", "value": "200000.00", "twelve_week_from": "2025-05-05"}]
    days = ("2025-05-05", "2025-07-27", "2025-07-28", "2025-05-04")
    outcomes = [assess(permanent(effective_from=on, capital=home), AMOUNTS).outcome for on in days]
    assert outcomes == ["nil", "nil", "full_cost", "full_cost"]


def test_liverpool_dorothy_is_48_63_and_not_47_73() -> None:
    """They take 184.44, 24.16, 20.52 and 26.85 from 310.00 and have 53.03; it is 54.03, and 90 % of that is 48.63."""
    kept = described(expenditure="24.16", savings_credit="20.52", no_care_at_night="26.85")
    guarantee = {"amount": "184.44", "reason": "pension credit and 25 %"}
    more: dict[str, Any] = {"local_disregards": kept, "minimum_income_guarantee": guarantee, "council_percentage": 90}
    assert contribution(effective_from="2014-05-05", income=weekly(other="310.00"), **more) == "48.63"


PUBLISHED = {
    "devon-2023-peter",
    "kingston-jenny-2025",
    "kingston-joan-2025",
    "knowsley-2024-client-a",
    "knowsley-2024-client-c",
    "leeds-grace",
    "paperzz-2016-ex1a",
    "reading-A-100",
    "reading-A-2010s-110",
    "tariff-bucks-15000",
    "tariff-careaware-23250",
    "tariff-sthelens-15000-nonres",
    "tariff-sthelens-15000-res",
}
"""Every means test that was published with arithmetic that holds."""

NOT_REPRODUCED = {
    "reading-A-2010s-110": "only the nil result is published, without an income",
    "reading-A-100": "only the nil result is published, without an income",
}


def test_every_consistent_published_means_test_is_here_or_cannot_be() -> None:
    assert {*EXAMPLES, *TARIFFS, *NOT_REPRODUCED} - {"18450", "17050.91"} == PUBLISHED


def test_the_amounts_here_are_those_collected() -> None:
    theirs = [{name: found[name] for name in AMOUNTS.rows[0]} for found in collected()]
    assert [ours for ours in AMOUNTS.rows if ours not in theirs] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_collected_amounts_give_the_same(example: str) -> None:
    request_, expected = EXAMPLES[example]
    assert str(assess(request_, Amounts(collected())).weekly_contribution) == expected


# Capital.


@pytest.mark.parametrize(
    ("value", "outcome", "tariff"),
    [
        pytest.param("14249.99", "nil", "0.00", id="a penny below the lower limit"),
        pytest.param("14250.00", "nil", "0.00", id="at the lower limit"),
        pytest.param("14250.01", "nil", "1.00", id="a penny above the lower limit"),
        pytest.param("14500.00", "nil", "1.00", id="a whole step"),
        pytest.param("14500.01", "nil", "2.00", id="a penny into the next step"),
        pytest.param("23249.99", "contribution", "36.00", id="a penny below the upper limit"),
        pytest.param("23250.00", "contribution", "36.00", id="at the upper limit"),
        pytest.param("23250.01", "full_cost", None, id="a penny above the upper limit"),
    ],
)
def test_the_limits_hold_to_the_penny(value: str, outcome: str, tariff: str | None) -> None:
    found = assess(permanent(capital=savings(value)), AMOUNTS).printed()
    assert (found["outcome"], found["tariff_income"]) == (outcome, tariff)


@pytest.mark.parametrize("setting", ["own_home", "extra_care", "care_home_temporary", "care_home_short_term"])
def test_capital_above_the_limit_is_full_cost_in_every_setting_and_needs_no_allowance(setting: str) -> None:
    known = Amounts([row for row in AMOUNTS.rows if row["name"].startswith("capital")])
    found = assess(body(setting=setting, cost="612.34", capital=savings("23250.01")), known)
    assert (found.outcome, str(found.weekly_contribution), found.allowances) == ("full_cost", "612.34", None)


@pytest.mark.parametrize(
    ("holding", "expected"),
    [
        pytest.param({}, "20000.00", id="whole"),
        pytest.param({"joint_holders": 2}, "10000.00", id="half of two"),
        pytest.param({"joint_holders": 3}, "6666.66", id="a third, a part of a penny left out"),
        pytest.param({"share": "0.25", "joint_holders": 2}, "5000.00", id="a share stated wins"),
        pytest.param({"selling_costs_10_percent": True}, "18000.00", id="less a tenth for the sale"),
        pytest.param({"selling_costs_10_percent": True, "secured_debt": "8000.00"}, "10000.00", id="less the debt too"),
        pytest.param({"secured_debt": "8000.00", "joint_holders": 2}, "6000.00", id="half of what the debt leaves"),
        pytest.param({"secured_debt": "30000.00"}, "0.00", id="never less than nil"),
        pytest.param({"kind": "notional"}, "20000.00", id="notional"),
        pytest.param({"kind": "business"}, "20000.00", id="business"),
        pytest.param({"kind": "bond_with_life_cover"}, "0.00", id="life cover is ignored"),
        pytest.param({"kind": "personal_injury_trust"}, "0.00", id="an injury trust is ignored"),
        pytest.param({"kind": "personal_possessions"}, "0.00", id="possessions are ignored"),
    ],
)
def test_a_holding_is_worth(holding: dict[str, Any], expected: str) -> None:
    assert capital_of(savings("20000.00", **holding)) == expected


@pytest.mark.parametrize(
    ("setting", "home", "expected"),
    [
        pytest.param("own_home", {}, "0.00", id="at home"),
        pytest.param("care_home_short_term", {}, "0.00", id="short-term"),
        pytest.param("care_home_temporary", {}, "0.00", id="temporary"),
        pytest.param("care_home_permanent", {}, "20000.00", id="permanent"),
        pytest.param("care_home_permanent", {"occupied_by": None}, "20000.00", id="nobody there"),
        pytest.param("care_home_permanent", {"occupied_by": "partner"}, "0.00", id="a partner there"),
        pytest.param("care_home_permanent", {"twelve_week_from": "2024-02-13"}, "0.00", id="the 84th day"),
        pytest.param("care_home_permanent", {"twelve_week_from": "2024-02-12"}, "20000.00", id="the 85th day"),
    ],
)
def test_the_home_counts_only_for_a_permanent_resident(setting: str, home: dict[str, Any], expected: str) -> None:
    assert capital_of([{"kind": "main_home", "value": "20000.00"} | home], setting=setting) == expected


@pytest.mark.parametrize(("others", "outcome"), [("23250.00", "contribution"), ("23250.01", "full_cost")])
def test_the_twelve_weeks_need_other_capital_not_above_the_limit(others: str, outcome: str) -> None:
    home = {"kind": "main_home", "value": "200000.00", "twelve_week_from": "2024-05-06"}
    assert assess(permanent(capital=[home, *savings(others)]), AMOUNTS).outcome == outcome


# Income.


@pytest.mark.parametrize(
    ("income", "expected"),
    [
        pytest.param({"frequency": "weekly", "amount": "100.00"}, "100.00", id="weekly"),
        pytest.param({"frequency": "four_weekly", "amount": "100.00"}, "25.00", id="four_weekly"),
        pytest.param({"frequency": "monthly", "amount": "100.00"}, "23.07", id="monthly"),
        pytest.param({"frequency": "annual", "amount": "100.00"}, "1.92", id="annual"),
    ],
)
def test_a_sum_is_turned_into_a_week_and_a_part_of_a_penny_is_the_adults(income: dict[str, str], expected: str) -> None:
    assert assess(body(income=[{"kind": "other"} | income]), AMOUNTS).printed()["assessable_income"] == expected


def test_what_is_allowed_is_rounded_up() -> None:
    yearly = [{"kind": "mortgage", "frequency": "annual", "amount": "100.00"}]
    without = assess(body(), AMOUNTS).allowances or Fraction(0)
    assert (assess(body(outgoings=yearly), AMOUNTS).allowances or 0) - without == Fraction("1.93")


def test_war_pensions_were_ignored_only_in_part_before_april_2017() -> None:
    income = weekly(war_pension="90.00")
    found = [assess(body(on, income=income), AMOUNTS).assessable_income for on in ("2017-04-09", "2017-04-10")]
    assert found == [80, 0]


IGNORED_EVERYWHERE = [
    "earnings",
    "dla_mobility",
    "pip_mobility",
    "housing_benefit",
    "council_tax_reduction",
    "guaranteed_income_payment",
    "war_pension",
    "charitable_payment",
    "child_benefit",
]


@pytest.mark.parametrize("kind", IGNORED_EVERYWHERE)
def test_what_is_ignored_is_no_income(kind: str) -> None:
    assert assess(body(income=weekly(**{kind: "400.00"})), AMOUNTS).assessable_income == 0


def test_the_first_ten_pounds_of_a_war_widows_pension_are_no_income() -> None:
    pensions = [body(income=weekly(war_widows_pension=amount)) for amount in ("8.00", "90.00")]
    assert [assess(found, AMOUNTS).assessable_income for found in pensions] == [0, 80]


@pytest.mark.parametrize(
    ("setting", "expected"),
    [("own_home", "71.30"), ("care_home_short_term", "71.30"), ("care_home_permanent", "369.85")],
)
def test_disability_benefits_count_except_in_a_temporary_stay(setting: str, expected: str) -> None:
    income = weekly(state_pension="300.00", attendance_allowance="100.00")
    spent: dict[str, Any] = {"disability_related_expenditure": described(laundry="100.00")}
    assert contribution(setting=setting, income=income, **spent) == expected
    assert contribution(setting="care_home_temporary", income=income, **spent) == "269.85"


def test_disability_related_expenditure_needs_a_disability_benefit() -> None:
    spent = described(laundry="10.00")
    assert contribution(income=weekly(state_pension="300.00"), disability_related_expenditure=spent) == "71.30"


@pytest.mark.parametrize("setting", ["own_home", "care_home_permanent"])
def test_of_savings_credit_no_more_is_ignored_than_is_received(setting: str) -> None:
    some, more = (body(setting=setting, income=weekly(savings_credit=w)) for w in ("5.00", "9.00"))
    without = assess(body(setting=setting), AMOUNTS).allowances or Fraction(0)
    assert [(assess(found, AMOUNTS).allowances or 0) - without for found in (some, more)] == [5, Fraction("6.95")]


def test_half_a_pension_is_for_the_partner_left_at_home() -> None:
    income = weekly(state_pension="200.00", private_pension="100.00")
    couple: dict[str, Any] = {"income": income, "circumstances": {"household": "couple"}}
    assert contribution(setting="care_home_permanent", **couple) == "219.85"
    assert contribution(setting="care_home_temporary", **couple) == "269.85"
    assert contribution(setting="care_home_permanent", income=income) == "269.85"


def test_rent_from_land_that_counts_is_no_income() -> None:
    let = {"kind": "second_property", "value": "10000.00"}
    assert assess(body(income=weekly(rental="50.00"), capital=[let]), AMOUNTS).assessable_income == 0
    assert assess(body(income=weekly(rental="50.00")), AMOUNTS).assessable_income == 50


# What is left to the adult.


@pytest.mark.parametrize(
    ("born", "circumstances", "expected"),
    [
        pytest.param("1994-05-07", {}, None, id="24"),
        pytest.param("1994-05-07", {"over_pension_age": True}, "189.00", id="over pension age, as stated"),
        pytest.param("1994-05-06", {}, "91.40", id="25 today"),
        pytest.param("1930-01-01", {}, "189.00", id="over pension age"),
        pytest.param("1930-01-01", {"over_pension_age": False}, "91.40", id="not over pension age, as stated"),
        pytest.param("1930-01-01", {"household": "couple"}, "144.30", id="of a couple, over pension age"),
        pytest.param("1994-05-06", {"household": "couple"}, "71.80", id="of a couple"),
        pytest.param("1994-05-06", {"household": "lone_parent", "children": 2}, "258.70", id="a lone parent of two"),
        pytest.param("1994-05-06", {"premiums": ["disability"]}, "131.75", id="a disability premium"),
        pytest.param(
            "1994-05-06", {"household": "couple", "premiums": ["disability"]}, "100.55", id="of a couple, with it"
        ),
    ],
)
def test_the_guarantee_is_by_age_household_children_and_premiums(
    born: str, circumstances: Mapping[str, Any], expected: str | None
) -> None:
    request_ = body("2019-05-06", born=born, circumstances=circumstances)
    if expected is None:
        with pytest.raises(NoAmount, match="MIG_single_18_24"):
            assess(request_, AMOUNTS)
    else:
        assert assess(request_, AMOUNTS).printed()["allowances"] == expected


@pytest.mark.parametrize(
    ("born", "first_day"),
    [
        pytest.param("1950-04-05", "2010-04-05", id="at 60"),
        pytest.param("1950-04-06", "2010-05-06", id="the first who waited"),
        pytest.param("1953-04-05", "2016-03-06", id="the last of the first steps"),
        pytest.param("1953-04-06", "2016-07-06", id="the first of the quicker steps"),
        pytest.param("1953-12-05", "2018-11-06", id="the last before 65 was passed"),
        pytest.param("1953-12-06", "2019-03-06", id="the first towards 66"),
        pytest.param("1954-10-05", "2020-09-06", id="the last towards 66"),
        pytest.param("1954-10-06", "2020-10-06", id="at 66"),
        pytest.param("1960-04-05", "2026-04-05", id="the last at 66"),
        pytest.param("1960-04-06", "2026-05-06", id="66 and a month"),
        pytest.param("1960-07-31", "2026-11-30", id="66 and four months, which have no 31st"),
        pytest.param("1961-03-05", "2028-02-05", id="66 and eleven months"),
        pytest.param("1961-03-06", "2028-03-06", id="at 67"),
        pytest.param("1977-04-06", "2044-05-06", id="towards 68"),
        pytest.param("1978-04-05", "2046-03-06", id="the last towards 68"),
        pytest.param("1978-04-06", "2046-04-06", id="at 68"),
    ],
)
def test_pension_age_is_reached_on_the_day_of_the_table(born: str, first_day: str) -> None:
    day = date.fromisoformat(first_day)
    reached = [
        has_reached_pension_age(date.fromisoformat(born), date.fromordinal(day.toordinal() + off)) for off in (-1, 0)
    ]
    assert reached == [False, True]


def test_a_council_may_leave_more_and_never_less() -> None:
    income = weekly(state_pension="300.00")
    more = {"amount": "250.00", "reason": "local policy"}
    assert contribution(income=income, minimum_income_guarantee=more) == "50.00"
    assert contribution(setting="care_home_permanent", income=income, personal_expenses_allowance=more) == "50.00"
    with pytest.raises(Refused, match="never less"):
        contribution(income=income, minimum_income_guarantee={"amount": "228.69", "reason": "-"})


def test_housing_costs_are_net_of_help_and_end_with_a_permanent_stay() -> None:
    income = weekly(state_pension="300.00", housing_benefit="90.00")
    outgoings = weekly(rent="100.00", mortgage="5.00")
    found = {
        s: contribution(setting=s, income=income, outgoings=outgoings)
        for s in ("own_home", "care_home_temporary", "care_home_permanent")
    }
    assert found == {"own_home": "56.30", "care_home_temporary": "254.85", "care_home_permanent": "269.85"}


# The contribution.


def test_a_charge_is_never_more_than_the_cost_nor_less_than_nil() -> None:
    income = weekly(state_pension="300.00")
    found = assess(body(income=income, cost="50.00"), AMOUNTS)
    assert (found.outcome, str(found.weekly_contribution)) == ("contribution", "50.00")
    found = assess(body(income=weekly(state_pension="228.70")), AMOUNTS)
    assert (found.outcome, str(found.weekly_contribution)) == ("nil", "0.00")


def test_a_council_may_take_a_percentage_before_the_cost_limits_it() -> None:
    income = weekly(state_pension="300.00")  # of which 71.30 is available
    assert contribution(income=income, council_percentage=50) == "35.65"
    assert contribution(income=income, council_percentage=50, cost="40.00") == "35.65"


@pytest.mark.parametrize(
    ("amount", "percentage", "expected"),
    [
        pytest.param("915.80", 100, "0.25", id="0.25 exactly"),
        pytest.param("915.82", 100, "0.25", id="228.955 a week are 228.95"),
        pytest.param("915.82", 90, "0.23", id="90 % of 0.25 is 0.225"),
    ],
)
def test_rounding_takes_no_part_of_a_penny_out_of_the_guarantee(amount: str, percentage: int, expected: str) -> None:
    income = [{"kind": "other", "frequency": "four_weekly", "amount": amount}]
    assert contribution(income=income, council_percentage=percentage) == expected


@pytest.mark.parametrize(
    ("more", "outcome", "expected"),
    [
        pytest.param({"type": "refused"}, "full_cost", "500.00", id="refused"),
        pytest.param({"type": "light_touch", "capital": "above", "consent": True}, "full_cost", "500.00", id="above"),
        pytest.param({"type": "light_touch", "capital": "below", "consent": True}, "contribution", "71.30", id="below"),
    ],
)
def test_without_a_full_assessment_the_capital_is_treated_as(more: dict[str, Any], outcome: str, expected: str) -> None:
    found = assess(body(income=weekly(state_pension="300.00"), **more), AMOUNTS)
    assert (found.outcome, str(found.weekly_contribution)) == (outcome, expected)


def test_a_light_touch_that_lists_no_income_is_nil_and_needs_consent() -> None:
    request_ = body(type="light_touch", capital="below", consent=True)
    del request_["income"]
    assert assess(request_, AMOUNTS).outcome == "nil"
    with pytest.raises(Refused, match="consent"):
        assess(request_ | {"consent": False}, AMOUNTS)


# Amounts that nobody knows.


@pytest.mark.parametrize(
    ("request_", "name", "day"),
    [
        pytest.param(
            body(circumstances={"household": "couple"}), "MIG_couple_member_pca", date(2024, 5, 6),
            id="an amount that nobody has seen",
        ),
        pytest.param(permanent(effective_from="2022-04-06"), "PEA", date(2022, 4, 6), id="the first day after a year"),
        pytest.param(permanent(effective_from="2015-03-31"), "PEA", date(2015, 3, 31), id="the day before the first"),
        pytest.param(
            permanent(effective_from="2025-05-05", income=weekly(savings_credit="5.00")),
            "savings_credit_disregard_single", date(2025, 5, 5),
            id="a year that nobody has entered",
        ),
    ],
)  # fmt: skip
def test_a_missing_amount_is_named_with_its_day(request_: dict[str, Any], name: str, day: date) -> None:
    with pytest.raises(NoAmount) as refused:
        assess(request_, AMOUNTS)
    assert (refused.value.name, refused.value.day) == (name, day)


def test_a_missing_guarantee_may_be_stated() -> None:
    stated: dict[str, Any] = {"minimum_income_guarantee": {"amount": "180.00", "reason": "the council's own table"}}
    couple: dict[str, Any] = {"circumstances": {"household": "couple"}}
    assert contribution(income=weekly(state_pension="200.00"), **couple, **stated) == "20.00"
    couple["circumstances"]["children"] = 2  # 202.50 for them is known, whatever the rest is
    with pytest.raises(Refused, match="never less"):
        contribution(**couple, **stated)


def test_no_collected_guarantee_reaches_back_before_the_regulations() -> None:
    found = Amounts(collected())
    names = {each["name"] for each in found.rows if each["name"].startswith(("MIG", "PEA"))}
    assert [name for name in sorted(names) if found.knows(name, date(2015, 3, 31))] == []


# What it refuses.


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"setting": "hospital"}, id="a setting"),
        pytest.param({"income": weekly(lottery="1.00")}, id="a kind of income"),
        pytest.param({"capital": savings("1.00", kind="gold")}, id="a kind of capital"),
        pytest.param({"capital": savings("1.00", share="1.5")}, id="more than the whole"),
        pytest.param(
            {
                "setting": "care_home_permanent",
                "capital": savings("1.00", kind="main_home", occupied_by="a lodger"),
            },
            id="whom the home is for",
        ),
        pytest.param({"income": [{"kind": "other", "amount": "1.00", "frequency": "daily"}]}, id="a frequency"),
        pytest.param({"council_percentage": 101}, id="more than all"),
        pytest.param({"born": "2010-01-01"}, id="a child"),
        pytest.param({"circumstances": {"date_of_birth": None}}, id="no age"),
        pytest.param({"type": "imported"}, id="what was decided elsewhere"),
        pytest.param({"type": "light_touch", "consent": True, "capital": "unsure"}, id="neither below nor above"),
    ],
)
def test_what_the_specification_does_not_know_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        assess(body(**wrong), AMOUNTS)


def test_money_that_is_not_a_string_is_refused() -> None:
    with pytest.raises(TypeError, match="string of pounds"):
        assess(body(cost=500.0), AMOUNTS)  # type: ignore[arg-type]
