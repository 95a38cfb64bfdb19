"""A scheme is a file: how it is read, what is refused, and which of its editions leave a figure where it was."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from domain import schemes
from domain.dates import EARLIEST, FOREVER, ONE_DAY
from domain.money import percentage_text
from domain.parameters import NotInForce
from domain.schemes import AnnualAdjustment, CapRules, NotAScheme, Scheme, UnknownScheme

START = date(2023, 10, 1)
OWN: dict[str, Any] = {
    "title": "Example Council's own",
    "description": "A cap of our own",
    "authority": "a resolution of the council",
    "in_force": "false",
    "cap": {
        "commencement": "2023-10-01",
        "amount": "cap_on_care_costs",
        "reached_when": "above",
        "daily_living_costs": "daily_living_costs",
        "daily_living_costs_on_short_stays": "false",
        "personal_base": "weekly_cost",
    },
}


def test_an_unknown_scheme_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownScheme, match=r'no scheme "reform"\. Use one of: care-act-2014-unamended, national, ref'):
        schemes.load("reform")


def test_the_schemes_shipped_are_those_that_councils_argue_about() -> None:
    assert schemes.names() == ("care-act-2014-unamended", "national", "reform-2023", "reform-2025")


def test_no_scheme_shipped_so_far_has_a_cap_in_force() -> None:
    assert not any(schemes.load(name).provisions_in_force for name in schemes.names())


def test_the_reform_put_off_differs_from_the_reform_as_planned_in_its_first_day_alone() -> None:
    planned, put_off = rules_of("reform-2023"), rules_of("reform-2025")
    assert put_off == planned.model_copy(update={"commencement": date(2025, 10, 1)})


def test_the_act_as_first_passed_differs_from_the_reform_in_what_counts_alone() -> None:
    unamended = rules_of("care-act-2014-unamended")
    assert unamended == rules_of("reform-2023").model_copy(update={"personal_base": "weekly_cost"})


# --- reading a file ---


def test_a_scheme_is_read_as_it_is_written() -> None:
    own = read(OWN)
    assert (own.name, own.title, own.in_force) == ("our-own", "Example Council's own", False)
    assert own.cap is not None
    assert (own.cap.commencement, own.cap.reached_when, own.cap.annual_adjustments) == (START, "above", ())
    assert own.cap_on(START - ONE_DAY) is None
    assert own.cap_on(START) == rules_of("reform-2023").amount.values[0]


def test_a_scheme_without_a_cap_never_has_one() -> None:
    assert read({**OWN, "cap": "null"}).cap_on(date(2030, 1, 1)) is None


def test_amounts_may_be_written_in_the_scheme_itself_and_are_called_as_the_rule_is() -> None:
    cap = read(with_cap(amount=amounts("50000.00"), daily_living_costs=amounts("237.65"))).cap
    assert cap is not None
    assert (cap.amount.name, cap.amount.on(START)) == ("cap_on_care_costs", Decimal("50000.00"))
    assert (cap.daily_living_costs.name, cap.daily_living_costs.on(START)) == ("daily_living_costs", Decimal("237.65"))


@pytest.mark.parametrize("name", schemes.names())
def test_what_a_scheme_came_to_can_be_kept_and_read_again(name: str) -> None:
    scheme = (
        changed(schemes.load(name), annual_adjustments=(adjustment(),)) if name != "national" else schemes.load(name)
    )
    again = Scheme.model_validate_json(scheme.model_dump_json(by_alias=True))
    assert (again, again.edition) == (scheme, scheme.edition)


def test_the_file_of_a_scheme_can_be_read_as_it_is_written() -> None:
    assert schemes.read("reform-2023", schemes.text_of("reform-2023")) == schemes.load("reform-2023")
    with pytest.raises(UnknownScheme):
        schemes.text_of("../parameters/cap_on_care_costs")


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ({"name": "another"}, "name: leave this out, for a scheme is called by the name it is kept under"),
        ({"title": ...}, "title: this is missing"),
        ({"colour": "blue"}, "colour: a scheme has no such field"),
        ({"title": ["a", "b"]}, "title: write this as text"),
        ({"in_force": "perhaps"}, "in_force: write true or false"),
        ({"in_force": ["true"]}, "in_force: write true or false"),
        ({"cap": "none"}, "cap: write this as a mapping of fields"),
    ],
    ids=str,
)
def test_a_mistake_in_a_scheme_names_its_field(file: dict[str, Any], line: str) -> None:
    assert refusal_of({**OWN, **file}) == line


@pytest.mark.parametrize(
    ("rules", "line"),
    [
        ({"commencement": "2023-02-30"}, "commencement: There is no such day: check the month and the day."),
        ({"reached_when": "at"}, "reached_when: Input should be 'at_or_above' or 'above'"),
        (
            {"amount": "the_cap"},
            "amount: no amount of the cap in national law is called the_cap: use one of cap_on_care_costs,"
            " cap_on_care_costs_reform_2016, cap_on_care_costs_under_25_reform_2016, daily_living_costs,"
            " daily_living_costs_reform_2016",
        ),
        (
            {"amount": "capital_limit_upper"},
            "amount: no amount of the cap in national law is called capital_limit_upper: use one of cap_on_care_costs,"
            " cap_on_care_costs_reform_2016, cap_on_care_costs_under_25_reform_2016, daily_living_costs,"
            " daily_living_costs_reform_2016",
        ),
        ({"amount": ["86000.00"]}, "amount: write this as a mapping of fields"),
        ({"annual_adjustments": "4.25"}, "annual_adjustments: write this as a list"),
        ({"annual_adjustments": [{}]}, "annual_adjustments.0.from: this is missing"),
    ],
    ids=str,
)
def test_a_mistake_in_the_rules_names_its_field(rules: dict[str, Any], line: str) -> None:
    assert refusal_of(with_cap(**rules)).splitlines()[0] == f"cap.{line}"


def test_every_mistake_is_told_at_once() -> None:
    mistakes = refusal_of({"title": ["a"], "cap": {"amount": amounts("1.5")}}).splitlines()
    assert [mistake.split(":")[0] for mistake in mistakes] == [
        "title",
        "description",
        "authority",
        "in_force",
        "cap.commencement",
        "cap.amount.values.0.amount",
        "cap.reached_when",
        "cap.daily_living_costs",
        "cap.daily_living_costs_on_short_stays",
        "cap.personal_base",
    ]


def test_what_is_not_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(NotAScheme, match="line 2: title is given twice"):
        schemes.read("our-own", "title: one\ntitle: two")


@pytest.mark.parametrize("name", ["", "Our own", "our_own", "-own", "own-", "../own", "o" * 65, "ówn", "1own"])
def test_a_name_that_could_not_stand_in_an_address_is_refused(name: str) -> None:
    with pytest.raises(NotAScheme, match="small letters and digits"):
        schemes.read(name, yaml.safe_dump(OWN))


# --- annual adjustments (Care Act 2014 s 16) ---


@pytest.mark.parametrize("written", ["4.25", "-1.5", "0", "-99.9999", "1000", "1000.0000", "0.0001"])
def test_a_percentage_is_exact(written: str) -> None:
    assert adjustment(percentage=written).percentage == Decimal(written)
    assert adjustment(percentage=Decimal(written)).percentage == Decimal(written)


@pytest.mark.parametrize(
    "written",
    [4.25, 4, True, None, "", "4,25", "4.25%", "+4", "04", "4.", ".5", "1e2", "4.00001", " 4", "NaN", "\u0664"],
    ids=repr,
)
def test_a_percentage_that_is_not_written_exactly_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="Write the percentage as text with at most four decimals"):
        adjustment(percentage=written)


@pytest.mark.parametrize("exact", ["NaN", "Infinity", "4.00001"])
def test_a_number_that_is_no_such_percentage_is_refused(exact: str) -> None:
    with pytest.raises(ValidationError, match="Write the percentage as text with at most four decimals"):
        adjustment(percentage=Decimal(exact))


@pytest.mark.parametrize("written", ["-100", "-100.0001", "1000.0001", "9999", Decimal("1e50")], ids=str)
def test_a_percentage_that_would_take_all_or_make_eleven_of_one_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="more than -100 and at most 1000"):
        adjustment(percentage=written)


@pytest.mark.parametrize(
    ("written", "text"), [("4.50", "4.5"), ("4.5", "4.5"), ("1000", "1000"), ("-0", "0"), ("100.0000", "100")]
)
def test_a_percentage_has_one_way_of_being_written(written: str, text: str) -> None:
    assert percentage_text(Decimal(written)) == text
    assert adjustment(percentage=written).model_dump(mode="json")["percentage"] == text


def test_annual_adjustments_stand_in_order_each_day_once() -> None:
    made = [entry("percentage", first, "1.00") for first in ("2025-04-06", "2024-04-06")]
    assert "annual_adjustments: the days must rise" in refusal_of(with_cap(annual_adjustments=made))
    assert "annual_adjustments: the days must rise" in refusal_of(with_cap(annual_adjustments=[*made[:1], {**made[0]}]))
    cap = read(with_cap(annual_adjustments=made[::-1])).cap
    assert cap is not None
    assert [each.from_.year for each in cap.annual_adjustments] == [2024, 2025]


# --- editions ---


def test_an_edition_names_the_rules_and_amounts_it_was_made_of() -> None:
    reform = schemes.load("reform-2023")
    assert reform.edition != changed(reform, reached_when="above").edition
    assert reform.edition == reform.model_copy().edition


def test_the_editions_that_statements_were_given_with_are_the_same_for_good() -> None:
    assert [schemes.load(name).edition for name in ("national", "reform-2023")] == [
        "43753bdc3ba2384d",
        "2ad8353b5a51de6d",
    ]


# A posted past must not move with a new version of the program. When one of these changes, every period that was posted
# under the scheme would be worked out again: find what moved the digest instead of writing the new one here.
@pytest.mark.parametrize(
    ("name", "edition"),
    [
        ("care-act-2014-unamended", "5e58b8d4cc9c8bc2"),
        ("national", "74234e98afe7498f"),
        ("reform-2023", "4a1002fb0ba13180"),
        ("reform-2025", "6b3c3540681a86fb"),
    ],
)
def test_the_past_under_a_shipped_scheme_does_not_move(name: str, edition: str) -> None:
    assert schemes.load(name).edition_through(date(2026, 1, 1)) == edition


def test_what_a_later_day_brings_leaves_the_days_before_it_alone() -> None:
    first, later = ("2023-10-01", "86000.00"), ("2026-04-06", "90000.00")
    before = read(with_cap(amount=amounts(first), daily_living_costs=amounts(("2023-10-01", "200.00"))))
    after = read(
        with_cap(
            amount=amounts(first, later),
            daily_living_costs=amounts(("2023-10-01", "200.00"), ("2025-04-06", None)),
            annual_adjustments=[entry("percentage", "2024-04-06", "4.25"), entry("percentage", "2027-04-06", "-1")],
        )
    )
    assert days_of_change(after) == [START, date(2024, 4, 6), date(2025, 4, 6), date(2026, 4, 6), date(2027, 4, 6)]
    assert days_of_change(before) == [START]
    upto = date(2024, 4, 5)
    assert before.edition_through(upto) == after.edition_through(upto) == before.edition_through(FOREVER)
    assert before.edition_through(upto + ONE_DAY) != after.edition_through(upto + ONE_DAY)


@pytest.mark.parametrize(
    "rules",
    [
        {"reached_when": "above"},
        {"daily_living_costs_on_short_stays": False},
        {"personal_base": "weekly_cost"},
        {"commencement": date(2023, 9, 30)},
    ],
    ids=str,
)
def test_a_switch_is_in_every_edition_from_the_first_day_on(rules: Mapping[str, Any]) -> None:
    reform = schemes.load("reform-2023")
    assert changed(reform, **rules).edition_through(START) != reform.edition_through(START)


def test_before_commencement_nothing_accrues_under_whatever_rules() -> None:
    nothing = schemes.load("national").edition_through(FOREVER)
    reform = schemes.load("reform-2023")
    assert reform.edition_through(EARLIEST) == reform.edition_through(START - ONE_DAY) == nothing
    assert reform.edition_through(START) != nothing


def test_words_move_no_figure() -> None:
    reform, day = schemes.load("reform-2023"), date(2026, 1, 1)
    assert reform.cap is not None
    reworded = changed(
        reform.model_copy(update={"title": "Other", "description": "Other", "authority": "Other"}),
        amount=reform.cap.amount.model_copy(update={"checked_on": date(2030, 1, 1), "description": "Other"}),
    )
    assert reworded.edition != reform.edition
    assert reworded.edition_through(day) == reform.edition_through(day)


def test_an_amount_that_nobody_has_seen_yet_is_another_edition_than_none_at_all() -> None:
    known = read(with_cap(amount=amounts("86000.00"))).edition_through(START)
    assert read(with_cap(amount=amounts(None))).edition_through(START) != known


# --- amounts that are missing ---


@pytest.mark.parametrize("name", [name for name in schemes.names() if name != "national"])
def test_a_scheme_shipped_knows_its_amounts_from_commencement_on(name: str) -> None:
    rules_of(name).require_amounts()


@pytest.mark.parametrize("field", ["amount", "daily_living_costs"])
@pytest.mark.parametrize(
    ("values", "day"),
    [
        ([("2023-10-02", "1.00")], "2023-10-01"),
        ([("2023-10-01", "1.00"), ("2024-10-01", None)], "2024-10-01"),
        ([("2023-09-01", "1.00"), ("2023-09-30", None), ("2023-10-02", "1.00")], "2023-10-01"),
    ],
)
def test_a_day_from_commencement_on_without_an_amount_is_named(
    field: str, values: list[tuple[str, str | None]], day: str
) -> None:
    cap = read(with_cap(**{field: amounts(*values)})).cap
    assert cap is not None
    with pytest.raises(NotInForce, match=f"is in force on {day}"):
        cap.require_amounts()


def test_a_day_before_commencement_needs_no_amount() -> None:
    cap = read(with_cap(amount=amounts(("2022-10-01", None), ("2023-10-01", "1.00")))).cap
    assert cap is not None
    cap.require_amounts()


# --- what these tests are made of ---


def entry(kind: str, first: str, value: object) -> dict[str, Any]:
    words = {"authority": "a test", "certainty": "official", "status": "announced, never in force"}
    return {"from": first, kind: value, **words}


def amounts(*values: str | tuple[str, str | None] | None) -> dict[str, Any]:
    """Amounts written in a scheme's own file, from commencement unless a day is given."""
    dated = [value if isinstance(value, tuple) else ("2023-10-01", value) for value in values]
    shown = [entry("amount", first, amount or "null") for first, amount in dated]
    return {"description": "of our own", "unit": "pounds", "checked_on": "2026-01-01", "values": shown}


def adjustment(**given: object) -> AnnualAdjustment:
    return AnnualAdjustment.model_validate({**entry("percentage", "2024-04-06", "1"), **given})


def with_cap(**rules: object) -> dict[str, Any]:
    return {**OWN, "cap": {**OWN["cap"], **rules}}


def read(file: Mapping[str, Any]) -> Scheme:
    """The scheme of a file that says this, fields given as `...` left out."""
    return schemes.read("our-own", yaml.safe_dump({key: value for key, value in file.items() if value is not ...}))


def refusal_of(file: Mapping[str, Any]) -> str:
    with pytest.raises(NotAScheme) as refused:
        read(file)
    return str(refused.value)


def rules_of(name: str) -> CapRules:
    cap = schemes.load(name).cap
    assert cap is not None
    return cap


def changed(scheme: Scheme, **rules: object) -> Scheme:
    assert scheme.cap is not None
    return scheme.model_copy(update={"cap": scheme.cap.model_copy(update=rules)})


def days_of_change(scheme: Scheme) -> list[date]:
    """The days on which the edition is another than the day before."""
    days = [START + timedelta(days=n) for n in range(-400, 2000)]
    return [day for day in days if scheme.edition_through(day) != scheme.edition_through(day - ONE_DAY)]
