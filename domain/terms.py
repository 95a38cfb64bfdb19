"""What every recorded shape has in common: frozen, complete, and nothing in it that was not asked for."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$")]
"""An opaque code or reference: letters, digits and . _ : / - only, so that no name or free text can stand in it."""


class Terms(BaseModel):
    """A frozen record of exactly the fields that it names."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def ends_after(begins: str) -> Any:
    """A check for `ending_before`: a span holds at least one day after the field that begins it."""

    def check(ending_before: date | None, info: ValidationInfo) -> date | None:
        first = info.data.get(begins)
        if ending_before is not None and first is not None and ending_before <= first:
            raise PydanticCustomError(
                "span_ends_early",
                "This span ends before it begins: give a day after {first}, or leave it out if there is no end yet.",
                {"first": first.isoformat()},
            )
        return ending_before

    return check
