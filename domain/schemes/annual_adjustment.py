"""By how much the accrued costs of everybody are adjusted in a year, and from which day (Care Act 2014 s 16)."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from domain.dates import Day
from domain.parameters.dated import Certainty, Status
from domain.terms import Terms

_PATTERN = r"-?(0|[1-9][0-9]{0,3})(\.[0-9]{1,4})?"
_WRITTEN = re.compile(_PATTERN, re.ASCII)
_TEN_THOUSANDTH = Decimal("0.0001")


def _percentage(value: Any) -> Decimal:
    """The percentage that a text names; anything else, a float above all, is refused."""
    if isinstance(value, str) and _WRITTEN.fullmatch(value):
        value = Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise _otherwise()
    if not -100 < value <= 1000:
        raise PydanticCustomError("percentage_range", "Give a percentage of more than -100 and at most 1000.")
    if value != value.quantize(_TEN_THOUSANDTH):
        raise _otherwise()
    return value


def _otherwise() -> PydanticCustomError:
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
    WithJsonSchema({"type": "string", "pattern": f"^{_PATTERN}$", "examples": ["4.25", "-1.5"]}),
]
"""A percentage of more than -100 and at most 1000, at most four decimals."""


class AnnualAdjustment(Terms):
    """Accrued costs are adjusted by a percentage at the start of the day, as average earnings rose or fell."""

    from_: Day = Field(alias="from")
    percentage: Percentage
    authority: str
    certainty: Certainty
    status: Status
    note: str | None = None
