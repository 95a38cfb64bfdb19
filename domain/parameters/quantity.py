"""How a figure of law that need not be pounds is written: weeks, per cent, a share."""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

_WRITTEN = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?", re.ASCII)


def quantity_text(quantity: Decimal) -> str:
    """The figure with the decimals it was written with."""
    return f"{quantity:f}"


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
