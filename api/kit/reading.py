"""How a request is read: strictly, so that nothing is guessed and nothing is silently left out."""

import json
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Request
from pydantic import BaseModel, GetJsonSchemaHandler, RootModel, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core.core_schema import union_schema

from api.kit.problems import ApiError, invalid, invalid_field, pointer_to

M = TypeVar("M", bound=BaseModel)

if TYPE_CHECKING:
    Unread = Mapping[str, Any]
else:
    Unread = dict[str, Any]
"""An object inside a body that is read by `part`, once it is known which model it has to be."""


class OneOf:
    """The description of an unread object: the models it may turn out to have to be, of which it fits one at most."""

    def __init__(self, *models: type[BaseModel]) -> None:
        self._models = models

    def __get_pydantic_json_schema__(self, _: Any, described: GetJsonSchemaHandler) -> JsonSchemaValue:
        choices = described(union_schema([model.__pydantic_core_schema__ for model in self._models]))
        return {"oneOf": choices["anyOf"]}


def body(request: Request, model: type[M]) -> M:
    """The body as its model; raises ApiError: 415 for another media type, 400 for no JSON, 422 for wrong fields."""
    if request.mimetype != "application/json":
        raise ApiError(415, "media-type", "Send the body as JSON, with Content-Type: application/json.")
    raw = request.get_data()
    _require_plain_json(raw)
    try:
        return model.model_validate_json(raw)
    except ValidationError as fault:
        if any(error["type"] == "json_invalid" for error in fault.errors()):
            raise _malformed() from fault
        raise invalid(fault, tagged=issubclass(model, RootModel)) from fault


class FileSent(BaseModel):
    """A file that is sent as it is."""

    content: bytes


LARGEST_FILE = 25 * 1024 * 1024


def file(request: Request, takes: Collection[str]) -> FileSent:
    """The file that is the body; raises ApiError 415 for another media type than it takes, 413 for a larger one."""
    request.max_content_length = LARGEST_FILE
    if request.mimetype not in takes:
        raise ApiError(415, "media-type", f"Send the file as it is, with Content-Type: {' or '.join(takes)}.")
    return FileSent(content=request.get_data())


def part(given: Unread, model: type[M], where: str) -> M:
    """An object inside a body, as strictly as the body itself; raises ApiError 422 with pointers below `where`."""
    try:
        return model.model_validate_json(json.dumps(given))
    except ValidationError as fault:
        raise invalid(fault, where, tagged=issubclass(model, RootModel)) from fault


def query(request: Request, model: type[M]) -> M:
    """The query parameters as their model; raises ApiError 422. A parameter given twice is refused."""
    given = request.args.to_dict(flat=False)
    twice = [name for name, values in given.items() if len(values) > 1 and name not in _REPEATABLE]
    if twice:
        raise invalid_field(pointer_to(twice[0]), "This parameter is given more than once: give it once.")
    values: dict[str, Any] = {name: tuple(found) if name in _REPEATABLE else found[0] for name, found in given.items()}
    try:
        return model.model_validate(values, strict=False)
    except ValidationError as fault:
        raise invalid(fault) from fault


_REPEATABLE = ("metering",)


def _require_plain_json(raw: bytes) -> None:
    """JSON by RFC 8259 whose objects name no field twice: a second value would silently win."""
    try:
        json.loads(raw.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_no_such_number)
    except (ValueError, RecursionError) as fault:
        raise _malformed() from fault


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field is named twice")
    return found


def _no_such_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _malformed() -> ApiError:
    return ApiError(400, "malformed", "The body is not well-formed JSON in UTF-8, or names a field twice.")
