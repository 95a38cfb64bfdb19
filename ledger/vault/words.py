"""How words that may name somebody must be written: a line such as a name, and what people write in sentences."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Unicode categories of what is not seen, or moves what is: controls, direction marks, line and paragraph breaks."""

LONGEST_LINE = 200
LONGEST_WORDS = 4000


def _one_line(text: str) -> str:
    if not 0 < len(text) <= LONGEST_LINE or _holds_unseen(text) or text != text.strip():
        raise PydanticCustomError("text", "Write 1 to 200 characters on one line, without spaces around them.")
    return text


def _in_lines(text: str) -> str:
    """Line breaks are kept, written one way, since browsers and programs write them differently."""
    text = text.replace("\r\n", "\n")
    if not 0 < len(text) <= LONGEST_WORDS or _holds_unseen(text.replace("\n", "")) or text != text.strip():
        raise PydanticCustomError(
            "words", "Write 1 to 4,000 characters of plain text, without spaces or empty lines around them."
        )
    return text


def _holds_unseen(text: str) -> bool:
    return any(unicodedata.category(character) in _UNSEEN for character in text)


Text = Annotated[
    str, AfterValidator(_one_line), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_LINE})
]
"""Words that a person is called or reached by."""

Words = Annotated[
    str, AfterValidator(_in_lines), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_WORDS})
]
"""What somebody has to say about an entry, in as many lines as they need."""
