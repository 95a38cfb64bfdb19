"""What every recorded shape has in common: frozen, complete, and nothing in it that was not asked for."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, LiteralString

from pydantic import BaseModel, ConfigDict, GetPydanticSchema, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import chain_schema, str_schema

from domain.reading import refusing, text


def written_as(pattern: str, sentence: LiteralString) -> Any:
    """A text that follows a pattern; the sentence tells whoever wrote it otherwise how to mend it."""
    read = chain_schema([str_schema(strict=True), refusing(text(pattern), "written_otherwise", sentence)])
    return Annotated[
        str,
        GetPydanticSchema(lambda source, handler: read),
        WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"}),
    ]


if TYPE_CHECKING:
    Code = str
else:
    Code = written_as(
        r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}",
        "Write a code of at most 64 letters, digits and . _ : / - without spaces. Names and words do not belong here.",
    )
"""An opaque code or reference: no name or free text can stand in it."""


class Terms(BaseModel):
    """A frozen record of exactly the fields that it names."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


if TYPE_CHECKING:
    EntryId = str
else:
    EntryId = written_as(
        r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "Give the entry's id as the account's history shows it, in small letters.",
    )
"""The id of one entry of the same account."""


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
