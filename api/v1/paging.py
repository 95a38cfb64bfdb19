"""How a long list is read page by page without anything moving between two pages."""

import base64
import binascii
import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from api.kit.call import Call
from api.kit.problems import invalid_field
from domain.dates import Day, Instant
from domain.terms import Terms

MOST = 1000


def _limit(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}", value, re.ASCII):
        value = int(value)
    if isinstance(value, int) and 1 <= value <= MOST:
        return value
    raise PydanticCustomError("limit", f"Give a whole number from 1 to {MOST}.")


Limit = Annotated[
    int, BeforeValidator(_limit), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST, "default": 100})
]
Cursor = Annotated[str, Field(max_length=300)]


class Paged(Terms):
    """Which page of a list is wanted."""

    limit: Limit = 100
    cursor: Cursor | None = None


class Place(Terms):
    """Where a page begins, and the two times of the first page where the list depends on them."""

    offset: Annotated[int, Field(ge=0, lt=2**31)] = 0
    day: Day | None = None
    on: Day | None = None
    known_at: Instant | None = None


def cursor(place: Place) -> str:
    """Where the next page begins, in a form that callers hand back without reading it."""
    return base64.urlsafe_b64encode(place.model_dump_json(exclude_none=True).encode()).decode().rstrip("=")


def place_of(call: Call[Any, Any]) -> Place:
    """What a cursor handed out before says; the beginning when there is none."""
    text: str | None = getattr(call.query, "cursor", None)
    if text is None:
        return Place()
    try:
        return Place.model_validate_json(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error):
        raise bad_cursor() from None


def bad_cursor() -> Exception:
    """The problem of a cursor that this list never gave."""
    return invalid_field("/cursor", "Hand back the cursor exactly as `next` gave it.")
