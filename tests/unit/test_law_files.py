"""Dated amounts and schemes as they are written down: complete, exact, in order, and never borrowed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pydantic import ValidationError

from domain import parameters, schemes
from domain.parameters import NotInForce, Parameter
from domain.parameters.parameter import read_yaml
from domain.schemes import UnknownScheme


def test_the_published_amounts_are_the_ones_in_force() -> None:
    assert parameters.load("cap_on_care_costs").on(date(2025, 12, 12)) == Decimal("86000.00")
    assert parameters.load("daily_living_costs").on(date(2023, 10, 1)) == Decimal("200.00")


@pytest.mark.parametrize("name", parameters.names())
def test_the_day_before_the_first_amount_has_none(name: str) -> None:
    parameter = parameters.load(name)
    with pytest.raises(NotInForce, match=f"No amount of {name} is in force on"):
        parameter.on(parameter.values[0].from_ - timedelta(days=1))


def test_a_null_amount_is_refused_and_the_earlier_one_is_not_borrowed() -> None:
    parameter = _parameter(("2023-10-01", "200.00"), ("2024-10-01", None), ("2025-10-01", "210.00"))
    assert [parameter.on(date(2024, 9, 30)), parameter.on(date(2025, 10, 1))] == [Decimal(200), Decimal(210)]
    with pytest.raises(NotInForce):
        parameter.on(date(2024, 10, 1))
    assert [s.first.year for s in parameter.stretches()] == [2023, 2025]


def test_amounts_out_of_order_or_twice_on_a_day_are_refused() -> None:
    for days in (("2024-10-01", "2023-10-01"), ("2023-10-01", "2023-10-01"), ()):
        with pytest.raises(ValidationError, match="rise from one value to the next"):
            _parameter(*((day, "1.00") for day in days))


def test_an_amount_is_read_as_it_is_written_never_as_a_float() -> None:
    assert read_yaml("values:\n  - amount: 86000.00\n    note: null\n") == {
        "values": ({"amount": "86000.00", "note": None},)
    }


def test_a_law_file_is_a_mapping() -> None:
    with pytest.raises(ValueError, match="expected a mapping"):
        read_yaml("- a list")


def test_an_unknown_parameter_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        parameters.load("cap_on_care_cost")


def test_an_unknown_scheme_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownScheme, match=r'no scheme "reform"\. Use one of: national, reform-2023'):
        schemes.load("reform")


def test_no_scheme_shipped_so_far_has_a_cap_in_force() -> None:
    assert [schemes.load(name).provisions_in_force for name in schemes.names()] == [False, False]


def test_an_edition_names_the_rules_and_amounts_it_was_made_of() -> None:
    reform = schemes.load("reform-2023")
    assert reform.cap is not None
    other = reform.model_copy(update={"cap": reform.cap.model_copy(update={"reached_when": "above"})})
    assert reform.edition != other.edition
    assert reform.edition == reform.model_copy().edition


def _parameter(*values: tuple[str, str | None]) -> Parameter:
    words = {"authority": "a test", "certainty": "official", "status": "in force"}
    given = tuple({"from": first, "amount": amount, **words} for first, amount in values)
    about = {"name": "test", "description": "a test", "unit": "pounds", "checked_on": "2026-01-01"}
    return Parameter.model_validate({**about, "values": given})
