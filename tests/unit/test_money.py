"""How pounds are read, written and rounded."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from domain.money import Exact, Fraction, Money, SignedMoney, a_day_of, percent_of, to_the_penny

money: TypeAdapter[Decimal] = TypeAdapter(Money)
signed: TypeAdapter[Decimal] = TypeAdapter(SignedMoney)
exact: TypeAdapter[Fraction] = TypeAdapter(Exact)


@pytest.mark.parametrize("text", ["0.00", "0.01", "750.00", "999999999.99"])
def test_pounds_and_pence_are_read_and_written_back_as_they_were(text: str) -> None:
    assert money.dump_json(money.validate_python(text)) == f'"{text}"'.encode()


@pytest.mark.parametrize(
    "value",
    [750, 750.0, "750", "750.0", "750.000", "1e3", "1E+2", "+1.00", " 1.00", "1.00 ", "1,000.00", "01.00", ".50",
     "NaN", "Infinity", "", None, True, Decimal("0.001"), Decimal("NaN"), Decimal("Infinity"),
     "\u0661.\u0660\u0660", "1000000000.00"],
)  # fmt: skip
def test_anything_else_is_refused_with_an_example_of_how_to_write_it(value: Any) -> None:
    with pytest.raises(ValidationError, match=r"Write pounds and pence as text with two decimals"):
        money.validate_python(value)


def test_less_than_nothing_is_refused_where_it_makes_no_sense() -> None:
    assert signed.validate_python("-5.00") == Decimal("-5.00")
    with pytest.raises(ValidationError, match=r"Give an amount of 0\.00 or more"):
        money.validate_python("-5.00")


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [
        (Fraction(1, 200), "0.01"),
        (Fraction(1, 201), "0.00"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction(3, 200), "0.02"),
        (Fraction(601500, 7), "85928.57"),
    ],
)
def test_a_total_is_rounded_half_up(exact: Fraction, rounded: str) -> None:
    assert str(to_the_penny(exact)) == rounded


@given(st.fractions(-(10**12), 10**12))
def test_rounding_moves_a_total_by_half_a_penny_at_most(exact: Fraction) -> None:
    assert abs(Fraction(to_the_penny(exact)) - exact) <= Fraction(1, 200)


def test_seven_days_make_exactly_a_week() -> None:
    assert a_day_of(Decimal("950.01")) * 7 == Fraction("950.01")


@pytest.mark.parametrize(("part", "whole", "percent"), [("85928.57", "86000", "99.91"), ("0", "0", "100.00")])
def test_a_percentage_is_rounded_down_and_nil_of_nil_is_all_of_it(part: str, whole: str, percent: str) -> None:
    assert str(percent_of(Decimal(part), Decimal(whole))) == percent


@pytest.mark.parametrize(
    ("part", "percent"),
    [("0.00", "0.00"), ("0.99", "0.99"), ("33.339", "33.33"), ("99.999", "99.99"), ("100", "100.00")],
)
def test_a_percentage_has_two_decimals(part: str, percent: str) -> None:
    assert str(percent_of(Decimal(part), Decimal(100))) == percent


@pytest.mark.parametrize("text", ["750/7", "-1/3", "0/1", "601500/7"])
def test_an_exact_amount_is_read_and_written_back_as_it_was(text: str) -> None:
    assert exact.dump_json(exact.validate_python(text)) == f'"{text}"'.encode()
    assert exact.validate_python(Fraction(text)) == Fraction(text)


def test_an_exact_amount_is_written_in_its_lowest_terms() -> None:
    assert exact.dump_json(exact.validate_python("4/2")) == b'"2/1"'


@pytest.mark.parametrize("value", ["1/0", "1", "1.5", "1/-2", "1/02", " 1/2", 1, 0.5, Decimal(1), None])
def test_what_is_no_exact_amount_is_refused_with_an_example(value: Any) -> None:
    with pytest.raises(ValidationError, match='Write an exact amount as a fraction of whole numbers, such as "750/7"'):
        exact.validate_python(value)
