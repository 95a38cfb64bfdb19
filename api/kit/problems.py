"""How a failure is told: problem details (RFC 9457) with the fields that are wrong and how to mend them."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.account.statement import canonical


class FieldProblem(BaseModel):
    """One field that is wrong, by its JSON Pointer, with a sentence that says how to mend it."""

    model_config = ConfigDict(extra="forbid")
    pointer: str = Field(examples=["/weekly_cost"])
    detail: str


class Problem(BaseModel):
    """Why a request was not carried out."""

    model_config = ConfigDict(extra="forbid")
    type: str = Field(examples=["/problems/invalid-fields"])
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FieldProblem] = []


class ApiError(Exception):
    """A failure with the status and the stable name it is told under."""

    def __init__(
        self,
        status: int,
        slug: str,
        detail: str,
        errors: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.slug, self.detail, self.errors = status, slug, detail, list(errors)
        self.headers = dict(headers or {})


def told(error: ApiError) -> Response:
    """The response that tells an error."""
    problem = Problem(
        type=f"/problems/{error.slug}",
        title=error.slug.replace("-", " ").capitalize(),
        status=error.status,
        detail=error.detail,
        instance=request.path,
        errors=error.errors,
    )
    body = canonical(problem.model_dump(mode="json", exclude={"errors"} if not error.errors else None))
    response = Response(body, status=error.status, mimetype="application/problem+json")
    response.headers.update(error.headers)
    return response


def invalid(fault: ValidationError, where: str = "", tagged: bool = False) -> ApiError:
    """The problem of a body or query that does not fit its model. No value is repeated: it may be personal.

    `tagged`: the model is one of several, and the first part of each place only says which of them was read.
    """
    errors = [
        FieldProblem(pointer=where + pointer_to(*_place(e, tagged)), detail=sentence_of(e)) for e in fault.errors()
    ]
    return ApiError(422, "invalid-fields", "Some fields are wrong. Each is named with how to mend it.", errors)


def invalid_field(pointer: str, detail: str) -> ApiError:
    """The problem of one field that only the resource could judge."""
    return ApiError(422, "invalid-fields", detail, [FieldProblem(pointer=pointer, detail=detail)])


def pointer_to(*loc: int | str) -> str:
    """The JSON Pointer (RFC 6901) to a field."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in loc)


def _place(error: Any, tagged: bool) -> tuple[int | str, ...]:
    if error["type"] in _NO_TAG:
        return *error["loc"], error["ctx"]["discriminator"].strip("'")
    place: tuple[int | str, ...] = error["loc"]
    return place[1:] if tagged else place


_NO_TAG = ("union_tag_invalid", "union_tag_not_found")
_SENTENCES = {
    "missing": "This field is required: add it.",
    "extra_forbidden": "There is no such field here: remove it, or check how it is spelled.",
    "bool_type": "Write true or false, without quotation marks.",
    "bool_parsing": "Write true or false.",
    "string_type": "Write this as text, in quotation marks.",
    "int_parsing": "Write a whole number.",
    "int_type": "Write a whole number.",
    "tuple_type": "Write a list in square brackets.",
    "list_type": "Write a list in square brackets.",
    "model_type": "Write an object in curly brackets.",
    "model_attributes_type": "Write an object in curly brackets.",
    "dict_type": "Write an object in curly brackets.",
    "string_too_long": "This is too long: shorten it.",
    "string_too_short": "Write at least one character, or leave the field out.",
}


def sentence_of(error: Any) -> str:
    """What is wrong with a field and how to mend it. No value is repeated: it may be personal."""
    kind, context = error["type"], error.get("ctx", {})
    if kind in _NO_TAG:
        known = f": {context['expected_tags']}." if "expected_tags" in context else "."
        return f"Say in the field {context['discriminator']} which kind this is{known}"
    if kind == "literal_error":
        return f"Use one of: {context['expected']}."
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"Give a number of {context['ge']} or more." if "ge" in context else f"Give at most {context['le']}."
    if kind == "value_error":
        return str(context["error"])  # a sentence of our own, before pydantic put its own words in front of it
    return _SENTENCES.get(kind) or str(error["msg"])
