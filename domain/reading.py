"""How a stored or sent text is read fast: by schemas that pydantic compiles, refusing what and as our functions do."""

from typing import Any, LiteralString

from pydantic import GetCoreSchemaHandler
from pydantic_core.core_schema import (
    CoreSchema,
    chain_schema,
    custom_error_schema,
    json_or_python_schema,
    str_schema,
)


class InJson:
    """JSON is read in steps, each of which refuses in its own words; values of Python as the type says without this."""

    def __init__(self, *steps: CoreSchema) -> None:
        self._steps = chain_schema(list(steps))

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return json_or_python_schema(json_schema=self._steps, python_schema=handler(source))


def refusing(step: CoreSchema, kind: LiteralString, sentence: LiteralString) -> CoreSchema:
    """A step that refuses in a sentence of ours."""
    return custom_error_schema(step, kind, custom_error_message=sentence)


def text(pattern: str) -> CoreSchema:
    """A text, and nothing else, that follows a pattern from its first sign to its last."""
    return str_schema(strict=True, pattern=f"^(?:{pattern})$")
