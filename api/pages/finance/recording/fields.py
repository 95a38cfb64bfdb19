"""How does a form ask for a body of the API, and how is one that was filled in read as that body?

The body itself says what is wrong, so that a form, a file and a program are all told the same.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict

from api.kit.problems import sentence_of
from api.pages.asked import Asked, read_pounds

M = TypeVar("M", bound=BaseModel)
YES_OR_NO = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True)
class Field:
    """One question: which field of the body it fills (`provenance.kind` is one inside another), and its words."""

    path: str
    label: str
    kind: Literal["day", "pounds", "signed", "one_of", "yes_or_no", "code", "words"]
    hint: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The name under which it stands in the form."""
        return self.path.replace(".", "-")

    @property
    def title(self) -> str:
        """The question with a stop after it, so that a mistake can follow."""
        return self.label if self.label.endswith("?") else f"{self.label}."


def read_body(
    asked: Asked, fields: Sequence[Field], model: type[M], beside: Mapping[str, Any] | None = None
) -> M | None:
    """The body that the form fills; None with the mistakes kept by field where it cannot be read.

    `beside` is what the body holds of fields that the form does not ask for.
    """
    given = {each.path: value for each in fields if (value := _read(asked, each)) is not None}
    body = None if asked.errors else _validated(asked, fields, model, {**(beside or {}), **_nested(given)})
    for each in fields:
        if mistake := asked.errors.get(each.id):
            asked.errors[each.id] = f"{each.title} {mistake}"  # at the top of the page it stands by itself
    return body


def _validated(asked: Asked, fields: Sequence[Field], model: type[M], body: Mapping[str, Any]) -> M | None:
    try:
        return model.model_validate_json(json.dumps(body))
    except ValidationError as fault:
        for error in fault.errors():
            asked.errors.setdefault(_asked_at(error["loc"], fields), sentence_of(error).rstrip("."))
        return None


def not_asked(body: BaseModel, fields: Sequence[Field], model: type[BaseModel]) -> dict[str, Any]:
    """What was recorded in fields that the form does not ask for: a correction of the others leaves it as it is."""
    asked = {each.path.partition(".")[0] for each in fields}
    taken = {field.alias or name for name, field in model.model_fields.items()}
    stored = body.model_dump(mode="json", by_alias=True)
    return {name: value for name, value in stored.items() if name in taken - asked and value is not None}


def _read(asked: Asked, each: Field) -> Any:
    """A field as JSON gives it; None where nothing was typed, or what cannot be read."""
    if each.kind == "day":
        day = asked.day_in_boxes(each.id)
        return day.isoformat() if day else None
    if each.kind in ("pounds", "signed"):
        amount = asked.read(each.id, _read_signed if each.kind == "signed" else read_pounds, asked.text(each.id))
        return None if amount is None else str(amount)
    if each.kind == "yes_or_no":
        return {"yes": True, "no": False}.get(asked.text(each.id))
    return (asked.words(each.id) if each.kind == "words" else asked.text(each.id)) or None


def _read_signed(text: str) -> Decimal:
    """An amount with a minus before it where it is taken off."""
    minus = text.startswith(("-", "\N{MINUS SIGN}"))
    return -read_pounds(text[1:].strip()) if minus else read_pounds(text)


def _nested(given: Mapping[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for path, value in given.items():
        outer, _, inner = path.partition(".")
        if inner:
            body.setdefault(outer, {})[inner] = value
        else:
            body[outer] = value
    return body


def _asked_at(loc: Sequence[int | str], fields: Sequence[Field]) -> str:
    """The field that a mistake is told at: the one it names, one inside it, or else the first."""
    path = ".".join(map(str, loc))
    found = (each for each in fields if each.path == path or each.path.startswith(f"{path}."))
    return next(found, fields[0]).id


def typed_as(body: BaseModel, fields: Sequence[Field]) -> MultiDict[str, str]:
    """The form filled in as a body would be: where a correction begins from what was recorded."""
    stored = body.model_dump(mode="json", by_alias=True)
    return MultiDict(pair for each in fields for pair in _typed(each, _value_at(stored, each.path)))


def _value_at(stored: Any, path: str) -> Any:
    for name in path.split("."):
        stored = stored.get(name) if isinstance(stored, dict) else None
    return stored


def _typed(each: Field, value: Any) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if each.kind == "day":
        day = date.fromisoformat(value)
        yield from ((f"{each.id}-{part}", str(getattr(day, part))) for part in ("day", "month", "year"))
    elif each.kind == "yes_or_no":
        yield each.id, "yes" if value else "no"
    else:
        yield each.id, str(value)


def sent_again(typed: MultiDict[str, str], fields: Sequence[Field]) -> dict[str, str]:
    """What was typed, as the hidden fields of the page on which it is checked."""
    boxes = (f"{each.id}-{part}" for each in fields if each.kind == "day" for part in ("day", "month", "year"))
    names = [*(each.id for each in fields if each.kind != "day"), *boxes]
    return {name: typed[name] for name in names if typed.get(name)}
