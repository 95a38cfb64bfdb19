"""How a figure of law that need not be pounds is written: weeks, per cent, a share."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from domain.words import pounds

_WRITTEN = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?", re.ASCII)


def quantity_text(quantity: Decimal) -> str:
    """The figure with the decimals it was written with."""
    return f"{quantity:f}"


def quantity_words(quantity: Decimal, unit: str) -> str:
    """The figure with its unit, as a person says it: £30.15 a week, 12 weeks."""
    if unit.split(" ")[0] == "pounds":
        return pounds(quantity) + unit.removeprefix("pounds")
    return f"{quantity_text(quantity)} {unit}"


def _quantity(value: Any) -> Decimal:
    """The figure that a text names; anything else, a float above all, is refused."""
    text = quantity_text(value) if isinstance(value, Decimal) else value
    if isinstance(text, str) and _WRITTEN.fullmatch(text):
        return Decimal(text)
    raise PydanticCustomError("quantity", 'Write the figure as text with at most four decimals, for example "0.15".')


Quantity = Annotated[
    Decimal,
    BeforeValidator(_quantity),
    PlainSerializer(quantity_text, return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^{_WRITTEN.pattern}$", "examples": ["30.15", "12", "0.15"]}),
]
"""An exact figure of nil or more; its unit stands beside it. Every amount of money is one as well."""
