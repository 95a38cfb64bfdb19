"""How a line of words is written, in which nothing is hidden."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Unicode categories of what is not seen, or moves what is: controls, direction marks, line and paragraph breaks."""

LONGEST_LINE = 200


def holds_unseen(text: str) -> bool:
    """Whether something in the text is not seen by whoever reads it."""
    return any(unicodedata.category(character) in _UNSEEN for character in text)


def _one_line(text: str) -> str:
    if not 0 < len(text) <= LONGEST_LINE or holds_unseen(text) or text != text.strip():
        raise PydanticCustomError("text", "Write 1 to 200 characters on one line, without spaces around them.")
    return text


Text = Annotated[
    str, AfterValidator(_one_line), WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_LINE})
]
"""Words on one line: what a person is called or reached by, or where an amount of law is written."""
