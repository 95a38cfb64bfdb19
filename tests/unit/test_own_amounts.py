"""Does a council's own amount count exactly where the law leaves room for it, and is any other told with its day?"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from domain import parameters
from domain.dates import FOREVER, ONE_DAY
from domain.law.financial_assessment import assess
from domain.parameters import AmountsOfLaw, ApprovedAmount, Measure, NotInForce, OwnAmount, Parameter
from domain.parameters.compared import differences
from domain.parameters.leaving_more import least_of
from domain.parameters.own import with_own
from domain.parameters.proposed import Mistake, mistakes
from domain.parameters.quantity import quantity_text
from tests.rules.means import asked_of, said

PEA = "personal_expenses_allowance"
LOWER, UPPER = "capital_limit_lower_outside_care_homes", "capital_limit_upper_outside_care_homes"
APPROVED_ON = date(2026, 11, 22)


def own(parameter: str, first: str, amount: str, **more: Any) -> OwnAmount:
    given = {"unit": parameters.load(parameter).unit, "authority": "Cabinet, minute 17", "certainty": "official"}
    return OwnAmount.model_validate({"parameter": parameter, "from": first, "amount": amount, **given, **more})


def laid(*amounts: OwnAmount, national: AmountsOfLaw = parameters.load) -> AmountsOfLaw:
    """The national law with these amounts, approved in this order."""
    return with_own(national, [approved(each) for each in amounts])


def approved(amount: OwnAmount) -> ApprovedAmount:
    return ApprovedAmount.model_validate({**amount.model_dump(by_alias=True), "approved_on": APPROVED_ON})


def on(amounts: AmountsOfLaw, name: str, day: str) -> str | None:
    try:
        return quantity_text(amounts(name).on(date.fromisoformat(day)))
    except NotInForce:
        return None


def later_law(name: str, *values: tuple[str, str | None]) -> AmountsOfLaw:
    """The national law as a later version of the program may bring it: with other amounts of one parameter."""
    said = "authority: SI 2027/1, certainty: official, status: in force"
    rows = "".join(f"  - {{from: {first}, amount: {amount or 'null'}, {said}}}\n" for first, amount in values)
    about = parameters.load(name)
    text = f"description: {about.description}\nunit: {about.unit}\nchecked_on: 2027-05-01\nvalues:\n{rows}"
    return lambda asked: parameters.read(name, text) if asked == name else parameters.load(asked)


def told(*proposed: OwnAmount) -> list[tuple[int, str]]:
    return [(mistake.place, mistake.field) for mistake in mistakes(proposed, parameters.load)]


# --- what holds ---


def test_without_an_amount_of_its_own_a_council_has_the_national_law() -> None:
    amounts = laid(own("carer_premium", "2025-04-06", "53.20"))
    assert amounts(PEA) is parameters.load(PEA)


def test_an_amount_nobody_had_seen_holds_from_its_day_to_the_next_national_entry() -> None:
    amounts = laid(own("carer_premium", "2025-05-01", "53.20"))
    days = ("2025-04-05", "2025-04-30", "2025-05-01", "2026-04-05", "2026-04-06")
    assert [on(amounts, "carer_premium", day) for day in days] == ["52.35", None, "53.20", "53.20", None]


def test_an_amount_holds_to_the_next_of_the_councils_own() -> None:
    amounts = laid(own(PEA, "2026-10-01", "40.00"), own(PEA, "2026-07-01", "35.00"))
    days = ("2026-06-30", "2026-07-01", "2026-09-30", "2026-10-01", "2027-04-05", "2027-04-06")
    assert [on(amounts, PEA, day) for day in days] == ["31.80", "35.00", "35.00", "40.00", "40.00", None]


def test_of_two_amounts_from_one_day_the_one_approved_last_counts() -> None:
    amounts = laid(own(PEA, "2026-07-01", "40.00"), own(PEA, "2026-07-01", "35.00"))
    assert on(amounts, PEA, "2026-07-01") == "35.00"


def test_the_national_amount_entered_as_a_councils_own_ends_what_it_left_more() -> None:
    amounts = laid(own(PEA, "2026-07-01", "40.00"), own(PEA, "2026-10-01", "31.80"))
    ended = amounts(PEA).dated(date(2026, 10, 1))
    assert (on(amounts, PEA, "2026-09-30"), ended.amount) == ("40.00", Decimal("31.80"))
    assert (ended.from_, ended.approved_on) == (date(2026, 10, 1), None)
    assert ended.authority == parameters.load(PEA).dated(date(2026, 10, 1)).authority


def test_an_own_amount_says_where_it_is_written_and_when_it_was_approved() -> None:
    amounts = laid(own(PEA, "2026-07-01", "40.00", note="After the hardship review"))
    figure = amounts(PEA).dated(date(2026, 7, 1))
    assert (figure.authority, figure.certainty, figure.status) == ("Cabinet, minute 17", "official", "in force")
    assert (figure.note, figure.approved_on) == ("After the hardship review", APPROVED_ON)
    assert amounts(PEA).dated(date(2026, 6, 30)).approved_on is None


def test_a_figure_that_is_no_pounds_can_be_entered_too() -> None:
    name = "deferred_payment_interest_rate_charged"
    amounts = laid(own(name, "2026-07-01", "4.75"))
    assert isinstance(amounts(name), Measure)
    assert (on(amounts, name, "2026-06-30"), on(amounts, name, "2026-07-01")) == (None, "4.75")


def test_what_was_laid_over_can_be_kept_and_read_again() -> None:
    amounts = laid(own(PEA, "2026-07-01", "40.00"))(PEA)
    assert Parameter.model_validate_json(amounts.model_dump_json(by_alias=True)) == amounts


def test_an_amount_in_another_unit_than_the_law_counts_in_says_nothing() -> None:
    amounts = laid(own("carer_premium", "2026-04-06", "55.10", unit="pounds a year"))
    assert on(amounts, "carer_premium", "2026-04-06") is None


# --- when the law becomes known later ---


@pytest.mark.parametrize(
    ("by_law", "holds"), [("32.50", "33.00"), ("33.00", "33.00"), ("33.50", "33.50"), (None, "33.00")]
)
def test_a_law_that_becomes_known_later_wins_unless_the_councils_amount_leaves_more(
    by_law: str | None, holds: str
) -> None:
    national = later_law(PEA, ("2026-04-06", "31.80"), ("2027-04-06", by_law))
    assert on(laid(own(PEA, "2027-04-06", "33.00"), national=national), PEA, "2027-04-06") == holds


def test_where_nothing_may_be_added_the_law_that_becomes_known_always_wins() -> None:
    name = "savings_credit_disregard_single"
    entered = own(name, "2025-04-06", "9.00")
    assert on(laid(entered), name, "2025-04-06") == "9.00"
    national = later_law(name, ("2025-04-06", "7.50"))
    assert on(laid(entered, national=national), name, "2025-04-06") == "7.50"


def test_a_law_from_a_later_day_ends_the_councils_amount_even_if_that_is_higher() -> None:
    national = later_law(PEA, ("2027-04-06", None), ("2027-04-12", "32.00"))
    amounts = laid(own(PEA, "2027-04-06", "33.00"), national=national)
    assert [on(amounts, PEA, day) for day in ("2027-04-11", "2027-04-12")] == ["33.00", "32.00"]


# --- limits of a council's own outside care homes ---


def test_without_a_councils_own_limit_there_is_none_outside_care_homes() -> None:
    other = own("minimum_weekly_charge", "2026-04-06", "2.00")
    assert [on(laid(other), name, "2026-11-22") for name in (LOWER, UPPER)] == [None, None]


def test_a_councils_own_limit_holds_until_it_decides_otherwise() -> None:
    amounts = laid(own(UPPER, "2024-04-01", "30000.00"), own(UPPER, "2026-04-06", "23250.00"))
    days = ("2024-03-31", "2024-04-01", "2026-04-05", "2026-04-06", "2199-12-31")
    assert [on(amounts, UPPER, day) for day in days] == [None, "30000.00", "30000.00", "23250.00", "23250.00"]


def test_when_the_national_limit_rises_above_a_councils_own_it_counts_instead_and_only_so_long() -> None:
    national = later_law(
        "capital_limit_upper", ("2010-04-01", "23250.00"), ("2027-04-01", "35000.00"), ("2028-04-01", "28000.00")
    )
    amounts = laid(own(UPPER, "2024-04-01", "30000.00"), national=national)
    days = ("2027-03-31", "2027-04-01", "2028-03-31", "2028-04-01")
    assert [on(amounts, UPPER, day) for day in days] == ["30000.00", "35000.00", "35000.00", "30000.00"]
    assert amounts(UPPER).dated(date(2028, 4, 1)).approved_on == APPROVED_ON


def test_a_least_that_nobody_has_seen_leaves_the_councils_own() -> None:
    amounts = laid(own(LOWER, "2005-04-01", "12000.00"))
    assert [on(amounts, LOWER, day) for day in ("2005-04-01", "2010-04-01")] == ["12000.00", "14250.00"]


# --- what the means test makes of them ---


def paid(amounts: AmountsOfLaw, income: str, savings: str = "0.00", **more: str) -> str:
    """What somebody pays a week whose income and savings are these, from 6 May 2024."""
    money: dict[str, Any] = {
        "income": [{"kind": "state_pension", "weekly": income}],
        "capital": [{"kind": "savings", "value": savings}],
    }
    return str(assess(asked_of(said(**money, **more)), amounts).weekly_contribution)


@pytest.mark.parametrize(("least", "charge"), [("4.99", "5.00"), ("5.00", "5.00"), ("5.01", "0.00")])
def test_less_than_the_councils_minimum_weekly_charge_is_not_charged(least: str, charge: str) -> None:
    """An income of 35.15 in a care home less the personal expenses allowance of 30.15 leaves 5.00."""
    amounts = laid(own("minimum_weekly_charge", "2024-04-06", least))
    assert paid(amounts, "35.15", setting="care_home_permanent") == charge


def test_somebody_at_home_has_the_councils_own_limits_and_somebody_in_a_care_home_the_national_ones() -> None:
    """Savings of 25000.00: too much by the national limit, and at home not by the council's."""
    amounts = laid(own(UPPER, "2024-04-06", "30000.00"), own(LOWER, "2024-04-06", "25000.00"))
    assert paid(amounts, "100.00", "25000.00", setting="care_home_permanent") == "500.00"
    assert paid(amounts, "100.00", "25000.00") == "0.00"
    assert paid(parameters.load, "100.00", "25000.00") == "500.00"


# --- what may not be entered ---


def test_what_the_law_leaves_room_for_is_no_mistake() -> None:
    entered = [
        own("carer_premium", "2025-04-06", "1.00"),
        own(PEA, "2026-04-06", "31.80"),
        own(PEA, "2026-07-01", "31.81"),
        own("deferred_payment_disposable_income_allowance", "2026-04-06", "150.00"),
        own("minimum_income_guarantee_single_pension_age", "2026-04-06", "300.00"),
        own("minimum_weekly_charge", "2026-04-06", "2.00"),
        own(LOWER, "2026-04-06", "14250.00"),
        own("deferred_payment_interest_rate_charged", "2026-07-01", "4.75"),
        own("savings_credit_disregard_single", "2025-04-06", "7.00"),
    ]
    assert told(*entered) == []


@pytest.mark.parametrize(
    ("parameter", "first", "amount", "sentence"),
    [
        (PEA, "2026-07-01", "31.79", "On 1 July 2026 national law leaves people £31.80 a week."),
        (PEA, "2023-04-06", "28.24", "On 6 April 2023 national law leaves people £28.25 a week."),
        (
            "deferred_payment_disposable_income_allowance",
            "2026-01-01",
            "143.99",
            "On 1 January 2026 national law leaves people £144.00 a week.",
        ),
        (
            LOWER,
            "2026-04-06",
            "14249.99",
            "On 6 April 2026 national law leaves people £14,250.00 (capital_limit_lower).",
        ),
        (
            UPPER,
            "2005-01-01",
            "23249.99",
            "On 1 April 2010 national law leaves people £23,250.00 (capital_limit_upper).",
        ),
    ],
)
def test_less_than_the_law_leaves_people_is_refused_with_the_day_and_the_amount(
    parameter: str, first: str, amount: str, sentence: str
) -> None:
    more = " A council may leave them more, never less: give that amount or more."
    assert mistakes([own(parameter, first, amount)], parameters.load) == [Mistake(0, "amount", sentence + more)]


def test_a_limit_is_held_against_every_national_limit_it_would_stand_in_place_of() -> None:
    national = later_law("capital_limit_upper", ("2010-04-01", "23250.00"), ("2027-04-01", "35000.00"))
    entered = own(UPPER, "2026-04-06", "30000.00")
    (mistake,) = mistakes([entered], national)
    assert mistake.sentence.startswith("On 1 April 2027 national law leaves people £35,000.00")
    assert mistakes([entered, own(UPPER, "2027-04-01", "35000.00")], national) == []
    assert len(mistakes([entered, own(UPPER, "2027-04-02", "35000.00")], national)) == 1


def test_a_national_entry_ends_what_an_amount_is_held_against() -> None:
    """From 6 April 2023 the law itself leaves more; the council's amount ends the day before."""
    assert told(own(PEA, "2022-04-06", "25.65")) == []


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        ("capital_limit_lower", "£14,250.00"),
        ("capital_limit_upper", "£23,250.00"),
        ("tariff_step", "£250.00 of capital for each pound a week"),
        ("deferred_payment_interest_margin", "0.15 percentage points"),
        ("property_disregard_weeks", "12 weeks"),
    ],
)
@pytest.mark.parametrize("by", ["0.01", "99999.00"])
def test_what_is_known_and_leaves_no_room_cannot_be_replaced_by_more_or_less(
    parameter: str, said: str, by: str
) -> None:
    (mistake,) = mistakes([own(parameter, "2026-07-01", by)], parameters.load)
    assert mistake == Mistake(
        0,
        "from",
        f"On 1 July 2026 national law says {said}. A council cannot put another amount in its place.",
    )


def test_the_cap_belongs_to_a_scheme() -> None:
    (mistake,) = mistakes([own("cap_on_care_costs", "2000-01-01", "1.00")], parameters.load)
    assert (mistake.field, "belong to a scheme" in mistake.sentence) == ("parameter", True)


def test_every_mistake_is_told_with_its_place_and_nothing_but_mistakes() -> None:
    entered = [
        own(PEA, "2026-07-01", "40.00"),
        own(PEA, "2026-07-01", "41.00"),
        OwnAmount.model_validate({**own(PEA, "2026-07-01", "40.00").model_dump(by_alias=True), "parameter": "PEA"}),
        own("minimum_weekly_charge", "2026-07-01", "2"),
        own("minimum_weekly_charge", "2026-08-01", "2.00", unit="pounds a year"),
        own("deferred_payment_interest_rate_charged", "2026-08-01", "4.5"),
        own(PEA, "2026-08-01", "1.00"),
    ]
    assert told(*entered) == [(1, "from"), (2, "parameter"), (3, "amount"), (4, "unit"), (6, "amount")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", None),
        ("amount", 40.0),
        ("amount", "-1.00"),
        ("authority", ""),
        ("authority", " "),
        ("authority", "one\ntwo"),
        ("authority", "a" * 201),
        ("authority", "seen\u202eotherwise"),
        ("certainty", "not seen"),
        ("from", "2026-02-30"),
        ("note", ""),
    ],
)
def test_an_amount_is_never_null_and_always_has_its_source(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as told:
        OwnAmount.model_validate({**own(PEA, "2026-07-01", "40.00").model_dump(by_alias=True), field: value})
    assert [error["loc"] for error in told.value.errors()] == [(field,)]


@pytest.mark.parametrize("field", ["parameter", "from", "amount", "unit", "authority", "certainty"])
def test_only_a_note_may_be_left_out(field: str) -> None:
    given = own(PEA, "2026-07-01", "40.00").model_dump(by_alias=True, exclude={"note"})
    assert OwnAmount.model_validate(given).note is None
    with pytest.raises(ValidationError, match="Field required"):
        OwnAmount.model_validate({name: value for name, value in given.items() if name != field})


def test_more_may_be_left_by_every_allowance_and_by_no_limit_or_benefit() -> None:
    more = {name for name in parameters.names() if least_of(name) == name}
    assert more == {
        PEA,
        "deferred_payment_disposable_income_allowance",
        *parameters.names("minimum_income_guarantee"),
    }
    assert {name: least for name in parameters.names() if (least := least_of(name)) not in (None, name)} == {
        LOWER: "capital_limit_lower",
        UPPER: "capital_limit_upper",
    }


# --- what a change comes to ---


def test_the_days_on_which_another_amount_holds_are_told_with_both() -> None:
    before, after = parameters.load(PEA), laid(own(PEA, "2026-07-01", "40.00"), own(PEA, "2027-04-06", "41.00"))(PEA)
    found = [
        (
            each.first,
            each.ending_before,
            *(figure and quantity_text(figure.amount or Decimal()) for figure in each.value),
        )
        for each in differences(before, after)
    ]
    assert found == [
        (date(2026, 7, 1), date(2027, 4, 6), "31.80", "40.00"),
        (date(2027, 4, 6), FOREVER, None, "41.00"),
    ]
    assert differences(before, before) == []


def test_the_same_amount_by_a_better_source_is_told_too() -> None:
    name = "carer_premium"
    once, again = own(name, "2026-04-06", "55.00"), own(name, "2026-04-06", "55.00", authority="SI 2026/1 reg 2")
    (change,) = differences(laid(once)(name), laid(once, again)(name))
    assert change.first - ONE_DAY == date(2026, 4, 5)
