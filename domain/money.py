"""How pounds are written, kept exact and rounded.

At every door money is a string of pounds and pence ("750.00"); a number is refused there, because a JSON number is a
float to most programs. Inside, sums are fractions, since a seventh of a week has no exact decimal.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import decimal_schema, no_info_plain_validator_function

from domain.reading import InJson, refusing, text

if TYPE_CHECKING:
    from fractions import Fraction as Fraction
else:
    from quicktions import Fraction  # the standard library's, compiled: a life is tens of thousands of exact sums

PENNY = Decimal("0.01")
NIL = Fraction(0)
DAYS_IN_A_WEEK = 7

_POUNDS = re.compile(r"-?(0|[1-9][0-9]{0,8})\.[0-9]{2}", re.ASCII)
_PERCENTAGE = re.compile(r"-?(0|[1-9][0-9]{0,3})(\.[0-9]{1,4})?", re.ASCII)
_TEN_THOUSANDTH = Decimal("0.0001")
_FRACTION = re.compile(r"-?[0-9]+/[1-9][0-9]*", re.ASCII)
_PATTERN = r"^-?(0|[1-9][0-9]{0,8})\.[0-9]{2}$"


_NO_POUNDS: Final = ("money", 'Write pounds and pence as text with two decimals, for example "750.00".')
_NEGATIVE: Final = ("money_negative", "Give an amount of 0.00 or more.")


def _pounds(value: Any) -> Decimal:
    """The amount that a text of pounds and pence names; anything else, a float above all, is refused."""
    if isinstance(value, Decimal) and value.is_finite() and (pence := value.quantize(PENNY)) == value:
        return pence
    if isinstance(value, str) and _POUNDS.fullmatch(value):
        return Decimal(value)
    raise PydanticCustomError(*_NO_POUNDS)


def _not_negative(value: Any) -> Decimal:
    amount = _pounds(value)
    if amount < 0:
        raise PydanticCustomError(*_NEGATIVE)
    return amount


def _schema(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "description": "Pounds", "examples": ["750.00"]})


_POUNDS_IN_TEXT = refusing(text(_POUNDS.pattern), *_NO_POUNDS)

SignedMoney = Annotated[
    Decimal,
    BeforeValidator(_pounds),
    InJson(_POUNDS_IN_TEXT, decimal_schema(strict=False)),
    PlainSerializer(lambda m: f"{m:.2f}", return_type=str),
    _schema(_PATTERN),
]
"""Pounds, two decimals, of either sign."""

Money = Annotated[
    Decimal,
    BeforeValidator(_not_negative),
    InJson(_POUNDS_IN_TEXT, refusing(decimal_schema(strict=False, ge=Decimal(0)), *_NEGATIVE)),
    PlainSerializer(lambda m: f"{m:.2f}", return_type=str),
    _schema(_PATTERN.replace("-?", "")),
]
"""Pounds, two decimals, nil or more."""


def _percentage(value: Any) -> Decimal:
    """The percentage that a text names; anything else, a float above all, is refused."""
    if isinstance(value, str) and _PERCENTAGE.fullmatch(value):
        value = Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise _no_percentage()
    if not -100 < value <= 1000:
        raise PydanticCustomError("percentage_range", "Give a percentage of more than -100 and at most 1000.")
    if value != value.quantize(_TEN_THOUSANDTH):
        raise _no_percentage()
    return value


def _no_percentage() -> PydanticCustomError:
    return PydanticCustomError(
        "percentage", 'Write the percentage as text with at most four decimals, for example "4.25".'
    )


def percentage_text(percentage: Decimal) -> str:
    """The percentage in one way of writing only, so that 4.5 and 4.50 read the same."""
    return f"{percentage.normalize() + 0:f}"


Percentage = Annotated[
    Decimal,
    BeforeValidator(_percentage),
    PlainSerializer(percentage_text, return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^{_PERCENTAGE.pattern}$", "examples": ["4.25", "-1.5"]}),
]
"""A percentage of more than -100 and at most 1000, at most four decimals."""


_NO_FRACTION: Final = ("exact", 'Write an exact amount as a fraction of whole numbers, such as "750/7".')


def _exact(value: Any) -> Fraction:
    if isinstance(value, str) and _FRACTION.fullmatch(value):
        value = Fraction(value)
    if isinstance(value, Fraction):
        return value
    raise PydanticCustomError(*_NO_FRACTION)


Exact = Annotated[
    Fraction,
    PlainValidator(_exact),
    InJson(refusing(text(_FRACTION.pattern), *_NO_FRACTION), no_info_plain_validator_function(Fraction)),
    PlainSerializer(lambda f: f"{f.numerator}/{f.denominator}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^{_FRACTION.pattern}$", "examples": ["750/7"]}),
]
"""Pounds before any rounding."""


def to_the_penny(exact: Fraction) -> Decimal:
    """The amount in whole pennies, halves away from nil (the one rounding of accrued costs)."""
    numerator, denominator = exact.numerator, exact.denominator
    pennies = (abs(numerator) * 200 + denominator) // (2 * denominator)
    return Decimal(pennies if numerator >= 0 else -pennies) * PENNY


@lru_cache(maxsize=4096)  # the same few amounts are divided again for every stretch of every account
def a_day_of(weekly: Decimal) -> Fraction:
    """One day's share of a weekly amount: exactly one seventh, whatever the clocks do that day."""
    return Fraction(weekly) / DAYS_IN_A_WEEK


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """The part as a percentage, rounded down to two decimals so that 100.00 is never shown early."""
    hundredths = (part * 10_000) // whole if whole else Decimal(10_000)
    return (hundredths / 100).quantize(Decimal("0.01"))
