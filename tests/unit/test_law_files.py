"""Dated amounts as they are written down: complete, exact, in order, and never borrowed."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from domain import parameters
from domain.parameters import NotInForce, Parameter
from domain.parameters.files import read_yaml


def test_the_published_amounts_are_the_ones_in_force() -> None:
    assert parameters.load("cap_on_care_costs").on(date(2025, 12, 12)) == Decimal("86000.00")
    assert parameters.load("daily_living_costs").on(date(2023, 10, 1)) == Decimal("200.00")


def test_a_null_amount_is_refused_and_the_earlier_one_is_not_borrowed() -> None:
    parameter = _parameter(("2023-10-01", "200.00"), ("2024-10-01", None), ("2025-10-01", "210.00"))
    assert [parameter.on(date(2024, 9, 30)), parameter.on(date(2025, 10, 1))] == [Decimal(200), Decimal(210)]
    with pytest.raises(NotInForce):
        parameter.on(date(2024, 10, 1))
    assert [s.first.year for s in parameter.stretches()] == [2023, 2025]


def test_amounts_out_of_order_or_twice_on_a_day_are_refused() -> None:
    for days in (("2024-10-01", "2023-10-01"), ("2023-10-01", "2023-10-01")):
        with pytest.raises(ValidationError, match="rise from one value to the next"):
            _parameter(*((day, "1.00") for day in days))


def test_an_amount_of_law_without_any_amount_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least one amount"):
        _parameter()


def test_an_amount_is_read_as_it_is_written_never_as_a_float() -> None:
    assert read_yaml("values:\n  - amount: 86000.00\n    note: null\n") == {
        "values": ({"amount": "86000.00", "note": None},)
    }


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("- a list", "expected a mapping"),
        ("", "expected a mapping"),
        ("values:\n  - {from: 2023-10-01, from: 2024-10-01}", "line 2: from is given twice"),
        ("title: [one", "line 1: "),
        ("first: &amount 1.00\nsecond: *amount", "line 2: a reference to another place"),
        ("[a, b]: 1\n[a, b]: 2", r"line 1: found unhashable key|line 2: .* is given twice"),
        ("title: \x00", "cannot be read as YAML"),
        ("[" * 5000, "cannot be read as YAML"),
    ],
    ids=["list", "nothing", "twice", "not closed", "reference", "strange key", "strange character", "far too deep"],
)
def test_what_yaml_would_let_pass_in_silence_is_refused_with_its_line(text: str, mistake: str) -> None:
    with pytest.raises(ValueError, match=mistake):
        read_yaml(text)


def test_an_unknown_parameter_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        parameters.load("cap_on_care_cost")


def _parameter(*values: tuple[str, str | None]) -> Parameter:
    words = {"authority": "a test", "certainty": "official", "status": "in force"}
    given = tuple({"from": first, "amount": amount, **words} for first, amount in values)
    about = {"name": "test", "description": "a test", "unit": "pounds", "checked_on": "2026-01-01"}
    return Parameter.model_validate({**about, "values": given})
