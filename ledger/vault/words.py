"""How words that may name somebody must be written: a line such as a name, and what people write in sentences."""

from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from domain.text import Text, holds_unseen

__all__ = ["Text", "Words"]

LONGEST_WORDS = 4000


def _in_lines(text: str) -> str:
    """Line breaks are kept, written one way, since browsers and programs write them differently."""
    text = text.replace("\r\n", "\n")
    if not 0 < len(text) <= LONGEST_WORDS or holds_unseen(text.replace("\n", "")) or text != text.strip():
        raise PydanticCustomError(
            "words", "Write 1 to 4,000 characters of plain text, without spaces or empty lines around them."
        )
    return text


Words = Annotated[
    str, AfterValidator(_in_lines), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_WORDS})
]
"""What somebody has to say about an entry, in as many lines as they need."""
